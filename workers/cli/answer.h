// The API's answers on the terminal: tables for people, the JSON as it is for programs.
#pragma once

#include <string>
#include <string_view>

#include "workers/http/exchange.h"

namespace casetrail {

/// The sentence of a problem document; the text itself when it is none.
[[nodiscard]] std::string problem_sentence(const std::string& json);

/// The exit code that tells a script what `response` says.
[[nodiscard]] int exit_code_of(const HttpResponse& response);

// Each makes the text for people of one kind of answer; `width` as of `Table::text`.
[[nodiscard]] std::string outcome_text(const std::string& json);
[[nodiscard]] std::string case_text(const std::string& json, std::size_t width);
[[nodiscard]] std::string history_text(const std::string& json, std::size_t width);
[[nodiscard]] std::string board_text(std::string_view view, const std::string& json, std::size_t width);
[[nodiscard]] std::string lag_text(const std::string& json, std::size_t width);
[[nodiscard]] std::string dead_letters_text(const std::string& json, std::size_t width);
[[nodiscard]] std::string topics_text(const std::string& json, std::size_t width);

}  // namespace casetrail
