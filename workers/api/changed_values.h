// What the values of a change are called, each by the policy of its own moment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aggregates/case/why.h"
#include "aggregates/policy/policy.h"
#include "aggregates/policy/policy_versions.h"
#include "events/wire/timestamp.h"
#include "projections/kit/shape.h"

namespace casetrail::api {

/// What `policy` calls the value, of whose kind `names` is: `department`, `agent`, `role`, a catalogue or
/// `word`. Of a list, `a, b` or an array of JSON, each of its parts. Nothing where it has no other name.
[[nodiscard]] std::optional<Saying> called(const std::string& value, std::string_view names,
                                           const Policy& policy);

/// By whose names people went then: the policy in force, or, before there was any, the first one.
[[nodiscard]] const Policy& naming_policy(const PolicyVersions& policies, Timestamp then);

/// Whose names the values of such a column are; empty: their own.
[[nodiscard]] std::string_view names_in(kit::Kind column);

}  // namespace casetrail::api
