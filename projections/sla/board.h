// The fold of the SLA board: what was to be done by when, and how it was kept.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/assignment.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"
#include "projections/sla/rows.h"

namespace casetrail::sla {

class Board final : public kit::View {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const RequestAmended& fact, const CaseEvent& event);
  void on(const RequestClassified& fact, const CaseEvent& event);
  void on(const RequestPrioritized& fact, const CaseEvent& event);
  void on(const OwnerDesignated& fact, const CaseEvent& event);
  void on(const OwnerChanged& fact, const CaseEvent& event);
  void on(const AssignmentQueued& fact, const CaseEvent& event);
  void on(const AssignmentOffered& fact, const CaseEvent& event);
  void on(const AssignmentMade& fact, const CaseEvent& event);
  void on(const HandoffRequested& fact, const CaseEvent& event);
  void on(const HandoffRuled& fact, const CaseEvent& event);
  void on(const HandoffAccepted& fact, const CaseEvent& event);
  void on(const HandoffReturned& fact, const CaseEvent& event);
  void on(const HandoffWithdrawn& fact, const CaseEvent& event);
  void on(const HandoffCompleted& fact, const CaseEvent& event);
  void on(const ComplaintAccepted& fact, const CaseEvent& event);
  void on(const ComplaintDeclined& fact, const CaseEvent& event);
  void on(const ComplaintWithdrawn& fact, const CaseEvent& event);
  void on(const DecisionCommunicated& fact, const CaseEvent& event);
  void on(const ComplaintClosed& fact, const CaseEvent& event);
  void on(const TimerSet& fact, const CaseEvent& event);
  void on(const TimerPaused& fact, const CaseEvent& event);
  void on(const TimerResumed& fact, const CaseEvent& event);
  void on(const TimerExpired& fact, const CaseEvent& event);
  void on(const TimerCleared& fact, const CaseEvent& event);
  void on(const SlaTargetMet& fact, const CaseEvent& event);
  void on(const SlaTargetMissed& fact, const CaseEvent& event);
  void on(const SlaTargetCompletedLate& fact, const CaseEvent& event);
  void on(const SlaExcused& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CustomerErased& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change its numbers.
  CaseRow& relisted_case_of(const CaseEvent& event) {
    cases_.remember(event.case_id.value);
    return case_of(event);
  }
  /// A target of the case that a timer is set for from now on. Returns its key.
  std::string add_target(const CaseEvent& event, SlaMetric target, std::string_view timer);
  /// The last one that the timer was set for; null when there is none.
  [[nodiscard]] const TargetRow* timed(const CaseEvent& event, std::string_view timer, std::string& key);
  /// Of the last one of each timer the one that was set last; empty when none is meant.
  template <std::predicate<const TargetRow&> IsMeant>
  [[nodiscard]] std::string find_target(const CaseEvent& event, const IsMeant& is_meant);
  /// The one whose end an event tells that names no timer: that of the timer which ended just before, or
  /// one that is open. One that nobody told of before is added.
  std::string ended_target(const CaseEvent& event, SlaMetric target);

  /// Changes a target, and what is counted of those that are over.
  template <std::invocable<TargetRow&> Change>
  void change(const std::string& key, const Change& change);
  /// Changes what is open of the case, and those that are missed and not done.
  template <std::predicate<const TargetRow&> IsMeant, std::invocable<TargetRow&> Change>
  void change_all(const CaseEvent& event, const IsMeant& is_meant, const Change& change);
  void count(const TargetRow& row, std::int64_t by);
  void stop(const CaseEvent& event, const TimerId& timer);
  /// The department has the case.
  void enter(const CaseEvent& event, const DepartmentId& department);
  /// The department is to take the handoff, or took it.
  void follow(const CaseEvent& event, const HandoffId& handoff, const DepartmentId& department);
  /// What was missed is done, or nobody waits for it any more.
  void end_missed(const CaseEvent& event, SlaMetric target, const std::optional<HandoffId>& handoff = {});
  void end_all_missed(const CaseEvent& event);

  kit::ListedTable<CaseRow> cases_;
  kit::Table<SumRow> periods_;
  kit::ListedTable<TargetRow> targets_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::sla
