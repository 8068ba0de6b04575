// Errors as RFC 9457 has them: one JSON form for every answer that is not what was asked for.
#pragma once

#include <string>
#include <string_view>

#include "workers/http/exchange.h"

namespace casetrail::http {

inline constexpr auto kProblemType = "application/problem+json";

/// The standard's words for a status: `Not Found`.
[[nodiscard]] std::string_view status_title(int status);

/// An `application/problem+json` answer. `code` is stable and for programs (`stale_version`), `detail` is a
/// sentence for people that says what was expected and what to do; what it quotes of a request may be any
/// bytes.
[[nodiscard]] HttpResponse problem(int status, std::string_view code, std::string_view detail);

/// JSON Schema of a problem.
[[nodiscard]] std::string problem_schema();

}  // namespace casetrail::http
