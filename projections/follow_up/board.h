// The fold of the follow-up board: who is to be called back, and what the customer said.
#pragma once

#include <string>

#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/wire/ids.h"
#include "projections/follow_up/rows.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::follow_up {

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
  void on(const AssignmentMade& fact, const CaseEvent& event);
  void on(const HandoffAccepted& fact, const CaseEvent& event);
  void on(const CallbackScheduled& fact, const CaseEvent& event);
  void on(const CallbackRescheduled& fact, const CaseEvent& event);
  void on(const CallbackAttempted& fact, const CaseEvent& event);
  void on(const CallbackCompleted& fact, const CaseEvent& event);
  void on(const CallbackFeedbackRouted& fact, const CaseEvent& event);
  void on(const CallbackRefused& fact, const CaseEvent& event);
  void on(const CallbackExhausted& fact, const CaseEvent& event);
  void on(const CallbackWaived& fact, const CaseEvent& event);
  void on(const CallbackOverdue& fact, const CaseEvent& event);
  void on(const CallbackCanceled& fact, const CaseEvent& event);
  void on(const CallbackAssigned& fact, const CaseEvent& event);
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ComplaintClosed& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CaseReopened& fact, const CaseEvent& event);
  void on(const CustomerErased& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its callbacks.
  CaseRow& relisted_case_of(const CaseEvent& event);
  CallbackRow* callback_of(const CaseEvent& event, const CallbackId& callback);
  PeriodRow& period_of(const CaseEvent& event);
  void end(const CallbackId& callback, State state, const CaseEvent& event);
  void take_off(const CallbackId& callback, const CaseEvent& event);

  kit::ListedTable<CallbackRow> callbacks_;
  kit::Table<CaseRow> cases_;
  kit::Table<PeriodRow> periods_;
  kit::SingleRow<TotalsRow> totals_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::follow_up
