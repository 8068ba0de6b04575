// A case as it stood at one of its events, so that who asks how it stands need not fold all that ever
// happened.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/case/case_event.h"
#include "events/case/request_terms.h"
#include "projections/cases/head.h"
#include "projections/cases/rows.h"
#include "projections/history/history.h"

namespace casetrail::history {

/// So many events are folded at most for an answer. Shorter cases, which are nearly all, have no head.
inline constexpr std::int64_t kHeadEvery = 64;

/// The event that the row keeps, persons masked. Throws when its fact cannot be read.
[[nodiscard]] CaseEvent event_in(const CaseId& case_id, std::int64_t seq, const EventRow& from);

/// What was asked for, as it was registered and amended since; persons masked.
struct AskedFor {
  std::optional<ServiceStage> service_stage;
  std::optional<std::string> address;
  std::optional<std::string> service_need;
  std::optional<std::string> symptom;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(service_stage), CEREAL_NVP(address), CEREAL_NVP(service_need), CEREAL_NVP(symptom));
  }
};

struct CaseHead {
  std::int64_t events = 0;  ///< that it covers, up to the last one that `row` has taken in
  cases::CaseRow row;
  AskedFor request;

  [[nodiscard]] const CaseState& state() const { return row.state; }

  void take(const CaseEvent& event);
  void take(const CaseId& case_id, std::int64_t seq, const EventRow& from) {
    take(event_in(case_id, seq, from));
  }
  /// As if the customer's texts had never been known.
  void erase_person();

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(row), CEREAL_NVP(request));
  }
};

/// What a page tells of it.
[[nodiscard]] cases::Head head_of(const CaseHead& of);

/// Longer than the key of an event, and behind all of them.
[[nodiscard]] std::string head_key(const CaseId& case_id);

}  // namespace casetrail::history
