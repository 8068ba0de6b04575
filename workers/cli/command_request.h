// A command as it is sent to the API.
#pragma once

#include <string>

#include "workers/cli/command_line.h"
#include "workers/http/exchange.h"

namespace casetrail::cli {

/// `POST /v1/commands` in the plain form; `data` is the JSON object of its fields.
[[nodiscard]] http::HttpRequest command_request(const verb::Submit& submit, const std::string& data);

}  // namespace casetrail::cli
