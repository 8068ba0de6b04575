// What became of a case between two of its moments: each field that differs, and the event that did it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/history/case_rows.h"

namespace casetrail::history {

struct Change {
  std::string field;  ///< see `KnownFields`
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::int64_t seq = 0;  ///< of the event that did it
  EventRow event;
  std::optional<std::string> names = {};  ///< as `KnownValue` has it; absent: the values are their own names
  std::optional<std::string> rule = {};  ///< the section of the policy whose clock ran out; absent: a command
};

/// net: what differs in the end, by the last event that touched it; every: each change of each field
enum class Changes { net, every };

/// From behind the event `from` (0: before there was any) to behind the event `to`, in the order of events;
/// with `from` behind `to`, what has to be taken back. It folds the case from its beginning.
[[nodiscard]] std::vector<Change> changes_between(const CaseRows& of, std::int64_t from, std::int64_t to,
                                                  Changes which);

}  // namespace casetrail::history
