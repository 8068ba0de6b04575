// The fold of the follow-up board: who is to be called back, and what the customer said.
#pragma once

#include <string>

#include "events/assignment.h"
#include "events/callback.h"
#include "events/complaint.h"
#include "events/handoff.h"
#include "events/ids.h"
#include "events/request.h"
#include "events/resolution.h"
#include "projections/follow_up_rows.h"
#include "projections/lists.h"
#include "projections/table.h"
#include "projections/view.h"

namespace casetrail::follow_up {

class Board final : public View {
 public:
  explicit Board(const Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const RowSink& sink) override;

  void on(const RequestRegistered& fact, const CaseEvent& event);
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
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ComplaintClosed& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CaseReopened& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its callbacks.
  CaseRow& relisted_case_of(const CaseEvent& event);
  CallbackRow* callback_of(const CaseEvent& event, const CallbackId& callback);
  void end(const CallbackId& callback, State state, const CaseEvent& event);

  ListedTable<CallbackRow> callbacks_;
  Table<CaseRow> cases_;
  SingleRow<TotalsRow> totals_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::follow_up
