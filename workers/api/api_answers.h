// How the API turns what it learned into answers.
#pragma once

#include <string>

#include "events/wire/outcome.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

inline constexpr auto kTokenHeader = "X-Casetrail-Token";

/// What became of a command, as JSON: an outcome, and whether it was known before.
struct CommandResult {
  Outcome outcome;
  bool repeated = false;  ///< it was accepted before; nothing was added
};

/// 201 with new events, 200 without, 409 when refused.
[[nodiscard]] http::HttpResponse answer_of(const CommandResult& result);
/// One element of the answer to a batch.
[[nodiscard]] std::string json_of(const CommandResult& result);

// JSON Schema of the answers to a command.
[[nodiscard]] std::string outcome_schema();
[[nodiscard]] std::string refusal_schema();

[[nodiscard]] http::HttpResponse answer_of(DeskAnswer answer);
/// The board, or 503 `being_made` with how far it is: the client asks again.
[[nodiscard]] http::HttpResponse answer_of(PastBoard board);
/// JSON Schema of a 503 that may say how far something is made.
[[nodiscard]] std::string being_made_schema();
[[nodiscard]] http::HttpResponse json_answer(int status, std::string body);

}  // namespace casetrail::api
