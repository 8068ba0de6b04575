// A command as it is sent to the API.
#pragma once

#include <expected>
#include <string>

#include "workers/cli/command_line.h"
#include "workers/http/exchange.h"

namespace casetrail::cli {

/// `POST /v1/commands` in the plain form; `data` is the JSON object of its fields.
[[nodiscard]] http::HttpRequest command_request(const verb::Submit& submit, const std::string& data);

/// What the option --body names: JSON, `-` for standard input, or `@FILE`. An error is a sentence: it cannot
/// be read, or is no JSON object.
[[nodiscard]] std::expected<std::string, std::string> body_of(const std::string& text);

}  // namespace casetrail::cli
