// The sentence of every code with which something is refused, in English and Chinese.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "projections/kit/words.h"

namespace casetrail::api {

struct ProblemText {
  std::string_view code;
  kit::Words sentence;  ///< what is wrong, then what to do
};

/// Of the codes that are no refusal of the aggregates (`aggregates/case/refusal_texts.h`): what the engine
/// says of a command before it is decided, and the problems of HTTP.
[[nodiscard]] std::span<const ProblemText> problem_texts();

/// Of either; nothing for a code of another program.
[[nodiscard]] std::optional<kit::Words> find_sentence(std::string_view code);

}  // namespace casetrail::api
