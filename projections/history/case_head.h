// A case as it stood at one of its events, so that who asks how it stands need not fold all that ever
// happened.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>

#include "events/case/case_event.h"
#include "projections/cases/rows.h"
#include "projections/history/history.h"

namespace casetrail::history {

/// So many events are folded at most for an answer. Shorter cases, which are nearly all, have no head.
inline constexpr std::int64_t kHeadEvery = 64;

/// The event that the row keeps, persons masked. Throws when its fact cannot be read.
[[nodiscard]] CaseEvent event_in(const CaseId& case_id, std::int64_t seq, const EventRow& from);

struct CaseHead {
  std::int64_t events = 0;  ///< that it covers, up to the last one that `row` has taken in
  cases::CaseRow row;

  [[nodiscard]] const CaseState& state() const { return row.state; }

  void take(const CaseEvent& event);
  void take(const CaseId& case_id, std::int64_t seq, const EventRow& from) {
    take(event_in(case_id, seq, from));
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(row));
  }
};

/// Longer than the key of an event, and behind all of them.
[[nodiscard]] std::string head_key(const CaseId& case_id);

}  // namespace casetrail::history
