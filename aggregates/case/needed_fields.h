// What a case asks for of an action beside what the schema of its command requires: found by trying it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/decider.h"

namespace casetrail {

struct NeededField {
  std::string path;                 ///< `pii.customer`
  std::vector<std::string> unless;  ///< choices with which it may be left out: `mode=question`
};

/// The fields that the refusals of `type` quote, one after the other, as long as they lack; none of what is
/// refused whatever its fields say.
[[nodiscard]] std::vector<NeededField> needed_fields(std::string_view type, const CaseState& state,
                                                     const std::optional<Actor>& actor, Timestamp now,
                                                     const Policy& policy);

}  // namespace casetrail
