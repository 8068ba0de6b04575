// The other case that a command names beside its own.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/case/context.h"

namespace casetrail {

/// Why `other`, which the command calls `field`, cannot be it: it is no id, as cases go by on the log, or the
/// command's own case. Whether there is such a case, another partition knows. Nothing: it can.
[[nodiscard]] std::optional<Rejection> objection_to_other(const CaseId& other, std::string_view field,
                                                          std::string_view intent, const Context& context);

}  // namespace casetrail
