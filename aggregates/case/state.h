// What a case is at a moment: all that `decide` asks about, and no more. Rebuilt from events alone.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/approval/region.h"
#include "aggregates/case/assignment/region.h"
#include "aggregates/case/callback/region.h"
#include "aggregates/case/complaint/region.h"
#include "aggregates/case/errand/region.h"
#include "aggregates/case/handoff/region.h"
#include "aggregates/case/notes/region.h"
#include "aggregates/case/privacy/region.h"
#include "aggregates/case/request/region.h"
#include "aggregates/case/review/region.h"
#include "aggregates/case/solution/region.h"
#include "aggregates/case/timer/region.h"
#include "events/case/case_status.h"
#include "events/case/complaint_terms.h"
#include "events/case/request_terms.h"
#include "events/case/resolution_terms.h"
#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// How many of each were minted in this case: the next is `h<handoffs + 1>`, and so on.
struct MintedIds {
  std::int32_t assignments = 0;
  std::int32_t offers = 0;
  std::int32_t handoffs = 0;
  std::int32_t agreements = 0;
  std::int32_t callbacks = 0;
  std::int32_t reviews = 0;
  std::int32_t notes = 0;
  std::int32_t approvals = 0;
  std::int32_t returns = 0;
  std::int32_t visits = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assignments), CEREAL_NVP(offers), CEREAL_NVP(handoffs), CEREAL_NVP(agreements),
            CEREAL_NVP(callbacks), CEREAL_NVP(reviews), CEREAL_NVP(notes), CEREAL_NVP(approvals),
            CEREAL_NVP(returns), CEREAL_NVP(visits));
  }
};

struct CaseState {
  std::int64_t seq = 0;     ///< of the last event taken in
  bool lives_here = false;  ///< has events that were not imported
  CaseStatus status{};
  std::int32_t cycle_no = 1;
  MintedIds minted;

  Code<CaseKind> kind = CaseKind::service_request;
  std::optional<std::string> category;
  std::optional<Classification> classification;
  std::optional<Priority> priority;
  bool acknowledged = false;
  std::optional<AgentId> owner;
  // Each is absent until it happened.
  std::optional<Timestamp> registered_at;
  std::optional<Timestamp> received_at;       ///< when the customer came; absent for an imported case
  std::optional<Timestamp> opened_at;         ///< when it was registered by the sender's word
  std::optional<Timestamp> last_heard_at;     ///< the customer spoke
  std::optional<Timestamp> last_informed_at;  ///< the customer was told of the progress
  std::optional<Timestamp> suspended_at;      ///< the last time
  std::optional<Timestamp> closed_at;         ///< the last time

  AssignmentRegion assignment;
  std::optional<OpenHandoff> pending_handoff;  ///< the handoff that waits for an answer or a ruling
  std::vector<OpenHandoff> accepted_handoffs;  ///< handoffs that were accepted and not yet reported back
  std::int32_t bounces = 0;  ///< handoffs that were returned as the work of others, in this cycle
  AgreementRegion agreement;
  std::vector<CallbackRegion> callbacks;
  bool do_not_call = false;
  bool callback_waived = false;      ///< in this cycle
  bool resolution_accepted = false;  ///< by the customer, in this cycle
  ComplaintPhase complaint{};
  std::optional<Code<ComplaintCause>> complaint_cause;
  std::optional<std::string> complaint_of;  ///< whom or what the last complaint names
  std::vector<ReviewRegion> reviews;
  Attribution handled_by;              ///< who worked on it in this cycle, in order
  std::vector<SlaTarget> sla_targets;  ///< as attached last
  std::vector<RunningTimer> timers;
  std::vector<SlaClock> clocks;  ///< one for each promise to the customer that was made
  NotesRegion notes;
  std::int32_t chases = 0;     ///< times that somebody urged
  std::int32_t reminders = 0;  ///< of the question that the customer was asked last
  bool answer_owed = false;    ///< the customer wrote on the resolved case, and nobody answered
  std::vector<ApprovalRegion> approvals;
  std::optional<std::string> customer_tz;     ///< IANA name of the zone that the customer lives in
  std::uint32_t lot = 0;                      ///< of its id, in draws of samples
  std::optional<PrivacyRegion> privacy;       ///< absent: nothing was decided
  std::vector<OpenHandoff> questions;         ///< that other departments were asked and have not answered
  std::vector<MissedTarget> missed;           ///< the last miss of each SLA target
  std::optional<OpenEscalation> escalated;    ///< absent: all escalations were acknowledged
  std::optional<ErrandRegion> errands;        ///< absent: there was none
  std::optional<ComplaintFindings> findings;  ///< on the last complaint; absent: there are none
  KnownFields known;

  /// `asked` and `held` are the names under which the API published those two.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(lives_here), CEREAL_NVP(status), CEREAL_NVP(cycle_no),
            CEREAL_NVP(minted), CEREAL_NVP(kind), CEREAL_NVP(category), CEREAL_NVP(classification),
            CEREAL_NVP(priority), CEREAL_NVP(acknowledged), CEREAL_NVP(owner), CEREAL_NVP(registered_at),
            CEREAL_NVP(received_at), CEREAL_NVP(opened_at), CEREAL_NVP(last_heard_at),
            CEREAL_NVP(last_informed_at), CEREAL_NVP(suspended_at), CEREAL_NVP(closed_at),
            CEREAL_NVP(assignment), cereal::make_nvp("asked", pending_handoff),
            cereal::make_nvp("held", accepted_handoffs), CEREAL_NVP(bounces), CEREAL_NVP(agreement),
            CEREAL_NVP(callbacks), CEREAL_NVP(do_not_call), CEREAL_NVP(callback_waived),
            CEREAL_NVP(resolution_accepted), CEREAL_NVP(complaint), CEREAL_NVP(complaint_cause),
            CEREAL_NVP(complaint_of), CEREAL_NVP(reviews), CEREAL_NVP(handled_by), CEREAL_NVP(sla_targets),
            CEREAL_NVP(timers), CEREAL_NVP(clocks), CEREAL_NVP(notes), CEREAL_NVP(chases),
            CEREAL_NVP(reminders), CEREAL_NVP(answer_owed), CEREAL_NVP(approvals), CEREAL_NVP(customer_tz),
            CEREAL_NVP(lot), CEREAL_NVP(privacy), CEREAL_NVP(questions), CEREAL_NVP(missed),
            CEREAL_NVP(escalated), CEREAL_NVP(errands), CEREAL_NVP(findings), CEREAL_NVP(known));
  }
};

}  // namespace casetrail
