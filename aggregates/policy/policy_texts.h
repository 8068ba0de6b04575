// What a policy may say, for people and for their editors: made of the description that reads it.
#pragma once

#include <string>

#include "aggregates/policy/policy.h"

namespace casetrail {

/// JSON Schema, draft 2020-12.
[[nodiscard]] std::string policy_schema();

/// A page of Markdown with a table for each section: `deploy/policy/REFERENCE.md`.
[[nodiscard]] std::string policy_reference();

/// A policy in YAML in which each key has the value that `policy` has, with its meaning above it; what has
/// none is a comment. Of a list that is long, such as one of calendars, it may leave the elements out.
[[nodiscard]] std::string policy_example(const Policy& policy = {});

}  // namespace casetrail
