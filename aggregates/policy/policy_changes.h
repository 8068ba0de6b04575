// What one policy says otherwise than another, for those who have to live by it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

struct PolicyChange {
  std::string path;                   ///< `departments[tech].duties`, `routing[0].to`
  std::optional<std::string> before;  ///< nothing: it was not said
  std::optional<std::string> after;   ///< nothing: it is not said any more
};

/// By path. What has an id is compared with its like, wherever it stands in its list. Requires:
/// `parse_policy` reads both texts.
[[nodiscard]] std::vector<PolicyChange> policy_changes(std::string_view before, std::string_view after);

/// `handoff.bounce_limit: 2 -> 3`.
[[nodiscard]] std::string line_of(const PolicyChange& change);

}  // namespace casetrail
