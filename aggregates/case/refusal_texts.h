// The codes with which the aggregates refuse a command, each with its sentence in English and Chinese.
#pragma once

#include <span>
#include <string_view>

namespace casetrail {

/// What would have to change for the same command to be taken.
enum class Escape { other_fields, another_actor, another_state };

struct RefusalText {
  std::string_view code;
  Escape escape;
  std::string_view en;  ///< what is wrong, then what to do; the refusal itself names ids, dates and numbers
  std::string_view zh;
};

[[nodiscard]] std::span<const RefusalText> refusal_texts();

/// Null for a code of somebody else.
[[nodiscard]] const RefusalText* find_refusal(std::string_view code);

}  // namespace casetrail
