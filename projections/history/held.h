// Who had a case, one after the other, and for how long.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "events/case/case_status.h"
#include "events/wire/timestamp.h"
#include "projections/history/case_rows.h"

namespace casetrail::history {

/// What is the same for as long as nobody else has it, and it waits for nobody else.
struct Holder {
  std::optional<std::string> department;  ///< absent: nobody
  std::optional<std::string> agent;
  std::optional<std::string> queue;  ///< present while it waits there
  CaseStatus status{};
  std::optional<std::string> waiting_for;  ///< see `CaseRow::waiting_for`

  bool operator==(const Holder&) const = default;
};

struct Held {
  Holder by;
  std::int64_t seq = 0;  ///< of the event that began it
  Timestamp from{};
  std::optional<Timestamp> to;      ///< absent: still
  std::int32_t policy_version = 0;  ///< of that event
};

/// From the first event to the last one, without a gap: each begins where the one before ends, and lasted
/// some time. Nobody has a closed case: a closing that a reopening followed is an interval of nobody; the
/// last one is left out, and the one before it ends by it.
[[nodiscard]] std::vector<Held> held_by(const CaseRows& of);
/// The same of all events of a case.
[[nodiscard]] std::vector<Held> held_by(std::span<const CaseEvent> events);

}  // namespace casetrail::history
