// What a policy may say, for who describes it.
#pragma once

#include "aggregates/policy/policy.h"
#include "aggregates/policy/shape.h"

namespace casetrail::yaml {

/// The sections of a policy with their keys; their values are those of `policy`.
[[nodiscard]] Shape policy_shape(Policy policy = {});

}  // namespace casetrail::yaml
