// The word that somebody meant who wrote another.
#pragma once

#include <span>
#include <string_view>

namespace casetrail {

/// The one of `words` in which the fewest letters have to be added, taken away or changed (Levenshtein): two
/// at most, and half of them. Empty when there is none so near.
[[nodiscard]] std::string_view nearest(std::string_view written, std::span<const std::string_view> words);

}  // namespace casetrail
