// How the topics stand against what the engine needs, as JSON.
#pragma once

#include <string>
#include <vector>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"topics":[{topic, exists, partitions, problems}]}`
[[nodiscard]] http::HttpResponse json_of(const std::vector<log::TopicReport>& reports);

/// JSON Schema of it.
[[nodiscard]] std::string topics_schema();

}  // namespace casetrail::api
