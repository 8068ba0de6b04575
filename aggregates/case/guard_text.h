// What the names in a trace mean, for people, and which part of the policy they come from.
#pragma once

#include <optional>
#include <string_view>

namespace casetrail {

struct TraceText {
  std::string_view name;     ///< of a guard or a choice
  std::string_view en;       ///< of a guard: what it refuses with; of a choice: what was chosen
  std::string_view zh;       ///< the same
  std::string_view section;  ///< of the policy, as its YAML names it; empty: it does not depend on one
};

/// Nothing when no trace says so.
[[nodiscard]] std::optional<TraceText> trace_text(std::string_view name);

}  // namespace casetrail
