// What a policy says of something, in the words of its own text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casetrail {

/// Some lines of a policy's text.
struct PolicyWords {
  std::string path;    ///< `sla.P2`, `calendars[cn_office]`
  int first_line = 0;  ///< 1 is the first
  std::string text;    ///< the lines whole, with their comments
};

/// The lines of `path`: keys behind points, and what an element of a list is known by in brackets. Nothing
/// when the text does not say it, so that the engine's own value holds. Requires: `parse_policy` reads it.
[[nodiscard]] std::optional<PolicyWords> policy_words(std::string_view yaml, std::string_view path);

}  // namespace casetrail
