// What is asked of a policy before it is published.
#pragma once

#include <expected>
#include <string_view>

#include "aggregates/policy/policy.h"

namespace casetrail {

/// As `parse_policy`, which reads what was published already; but one without any section is an error, as it
/// would take every rule away.
[[nodiscard]] std::expected<Policy, PolicyError> parse_new_policy(std::string_view yaml);

}  // namespace casetrail
