// The regions of a case: what runs beside its main status, each with one value at a time.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/callback_terms.h"
#include "events/complaint_terms.h"
#include "events/handoff_terms.h"
#include "events/ids.h"
#include "events/party.h"
#include "events/review_terms.h"
#include "events/solution_terms.h"
#include "events/timer_terms.h"
#include "events/timestamp.h"

namespace casetrail {

/// Where a case waits for somebody to take it.
struct QueuePlace {
  QueueId queue_id;
  DepartmentId department_id;

  bool operator==(const QueuePlace&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(queue_id), CEREAL_NVP(department_id));
  }
};

/// Who works on the case, or is asked to.
struct AssignmentRegion {
  std::optional<DepartmentId> department_id;  ///< absent: nobody
  std::optional<AgentId> agent_id;
  std::optional<OfferId> offer_id;  ///< present while the offer is open
  bool accepted = false;
  std::optional<QueuePlace> queued =
      std::nullopt;  ///< present while it is queued and was not just opened again

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department_id), CEREAL_NVP(agent_id), CEREAL_NVP(offer_id), CEREAL_NVP(accepted),
            CEREAL_NVP(queued));
  }
};

/// pending: asked, and maybe expired; ruled: asked by a ruling, cannot be returned; working: accepted, not
/// yet reported back; disputed: returned as often as the policy allows, waits for a ruling while the giver
/// has the case
enum class HandoffPhase { pending, ruled, working, disputed };
constexpr auto enum_names(HandoffPhase) {
  return std::to_array<std::string_view>({"pending", "ruled", "working", "disputed"});
}

/// What the case is about, and who can help.
struct Classification {
  std::string category;
  std::optional<std::string> service_type;
  std::int32_t difficulty = 1;  ///< 1 to 5
  std::vector<std::string> required_skills;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(service_type), CEREAL_NVP(difficulty),
            CEREAL_NVP(required_skills));
  }
};

struct OpenHandoff {
  HandoffId handoff_id;
  HandoffPhase phase{};
  Party from;
  Party to;
  Timestamp started_at{};  ///< when it was asked for, ruled, returned when disputed, or accepted when working

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(phase), CEREAL_NVP(from), CEREAL_NVP(to),
            CEREAL_NVP(started_at));
  }
};

struct OfferedOption {
  OptionId option_id;
  std::int64_t cost_minor = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id), CEREAL_NVP(cost_minor));
  }
};

struct AgreementRegion {
  std::vector<OfferedOption> offered;
  std::optional<OptionId> selected;
  std::optional<AgreementId> agreement_id;  ///< the latest
  std::optional<Finality> finality;         ///< of the latest
  std::optional<OptionId> agreed_option;    ///< of the latest

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offered), CEREAL_NVP(selected), CEREAL_NVP(agreement_id), CEREAL_NVP(finality),
            CEREAL_NVP(agreed_option));
  }
};

enum class CallbackPhase { scheduled, completed, refused, exhausted, waived };
constexpr auto enum_names(CallbackPhase) {
  return std::to_array<std::string_view>({"scheduled", "completed", "refused", "exhausted", "waived"});
}

struct CallbackRegion {
  CallbackId callback_id;
  CallbackPurpose purpose{};
  CallbackPhase phase{};
  std::int32_t cycle_no = 1;  ///< of the case when it was scheduled
  std::int32_t attempts = 0;
  Timestamp not_before{};
  std::string tz;  ///< of the customer
  bool satisfied = false;
  bool routed = false;
  bool taken_on = false;  ///< what dissatisfied the customer lives on: in another case, or in this one

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(purpose), CEREAL_NVP(phase), CEREAL_NVP(cycle_no),
            CEREAL_NVP(attempts), CEREAL_NVP(not_before), CEREAL_NVP(tz), CEREAL_NVP(satisfied),
            CEREAL_NVP(routed), CEREAL_NVP(taken_on));
  }
};

/// closed, declined and withdrawn are its three ends
enum class ComplaintPhase {
  none,
  lodged,
  accepted,
  cause_determined,
  attributed,
  closed,
  declined,
  withdrawn
};
constexpr auto enum_names(ComplaintPhase) {
  return std::to_array<std::string_view>(
      {"none", "lodged", "accepted", "cause_determined", "attributed", "closed", "declined", "withdrawn"});
}

/// Lodged, and not at one of its ends.
constexpr bool is_open(ComplaintPhase phase) {
  return phase >= ComplaintPhase::lodged && phase <= ComplaintPhase::attributed;
}

struct ReviewRegion {
  ReviewId review_id;
  ReviewKind kind{};
  AgentId reviewer_id;
  AgentId agent_id;
  bool scored = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(kind), CEREAL_NVP(reviewer_id), CEREAL_NVP(agent_id),
            CEREAL_NVP(scored));
  }
};

/// A promise that still runs, or waits.
struct RunningTimer {
  TimerId timer_id;
  TimerKind kind{};
  Timestamp set_at{};
  Timestamp due_at{};
  std::optional<CalendarId> calendar;
  std::optional<Timestamp> warn_at;            ///< absent: no warning, or given already
  std::optional<std::int64_t> paused_with_ms;  ///< business time that was left; present while paused

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(kind), CEREAL_NVP(set_at), CEREAL_NVP(due_at),
            CEREAL_NVP(calendar), CEREAL_NVP(warn_at), CEREAL_NVP(paused_with_ms));
  }
};

}  // namespace casetrail
