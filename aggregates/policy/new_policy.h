// What is asked of a policy before it is published.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "aggregates/policy/complaint.h"
#include "aggregates/policy/policy.h"

namespace casetrail {

/// As `parse_policy`, which reads what was published already, but strict: what can be read and can never be
/// meant is an error, too, such as an empty text, a key twice, a limit of 0 or a duty that no department has.
/// An error is all that is wrong, by its lines.
[[nodiscard]] std::expected<Policy, std::vector<Complaint>> parse_new_policy(std::string_view yaml);

}  // namespace casetrail
