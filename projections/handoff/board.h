// The fold of the department handoff board: who gives a case to whom, and what became of it.
#pragma once

#include <string>

#include "events/case/assignment.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/work.h"
#include "events/wire/ids.h"
#include "projections/handoff/rows.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::handoff {

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
  void on(const MessageSent& fact, const CaseEvent& event);
  void on(const WorkStarted& fact, const CaseEvent& event);
  void on(const ProgressReported& fact, const CaseEvent& event);
  void on(const HandoffRequested& fact, const CaseEvent& event);
  void on(const HandoffAccepted& fact, const CaseEvent& event);
  void on(const HandoffReturned& fact, const CaseEvent& event);
  void on(const HandoffExpired& fact, const CaseEvent& event);
  void on(const HandoffRuled& fact, const CaseEvent& event);
  void on(const HandoffCompleted& fact, const CaseEvent& event);
  void on(const HandoffWithdrawn& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CaseReopened& fact, const CaseEvent& event);
  void on(const CustomerErased& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// For a change that moves the handoffs of the case in lists, which have to know the old places.
  CaseRow& relisted_case_of(const CaseEvent& event);
  OpenRow* open_of(const CaseEvent& event, const HandoffId& handoff);
  PairRow& pair_of(const DepartmentId& from, const DepartmentId& to);
  /// `open` is the handoff that the event is about; null: it is not known who was to take it.
  PeriodRow& period_of(const CaseEvent& event, const OpenRow* open);
  void enter(CaseRow& row, const DepartmentId& department);
  void count_acceptance(const OpenRow& open, const HandoffAccepted& fact, const CaseEvent& event);
  void work_goes_on(const CaseRow& row, const CaseEvent& event);
  void customer_told(CaseRow& row, const CaseEvent& event);
  void leave(CaseRow& row, const CaseEvent& event, const HandoffId& handoff);
  void leave_returned(CaseRow& row, const CaseEvent& event);
  void leave_all(const CaseEvent& event);

  kit::Table<CaseRow> cases_;
  kit::Table<DutyRow> duties_;
  kit::Table<PairRow> pairs_;
  kit::ListedTable<OpenRow> open_;
  kit::Table<PeriodRow> periods_;
  kit::SingleRow<TotalsRow> totals_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::handoff
