// How the topics stand against what the engine needs, as JSON.
#pragma once

#include <string>
#include <vector>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// `{"topics":[{topic, exists, partitions, problems}]}`
[[nodiscard]] HttpResponse json_of(const std::vector<TopicReport>& reports);

/// JSON Schema of it.
[[nodiscard]] std::string topics_schema();

}  // namespace casetrail
