// The fold of the closures: each time that a case was closed, how long it took, and what came of it.
#pragma once

#include <string_view>
#include <vector>

#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "projections/closed/rows.h"
#include "projections/kit/case_fold.h"
#include "projections/kit/lists.h"
#include "projections/kit/sums.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::closed {

class Board final : public kit::View, public kit::CaseFold<Board> {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

  using CaseFold::on;
  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const HandoffAccepted& fact, const CaseEvent& event);
  void on(const MessageReceived& fact, const CaseEvent& event);
  void on(const InfoRequested& fact, const CaseEvent& event);
  void on(const WorkSuspended& fact, const CaseEvent& event);
  void on(const WorkChased& fact, const CaseEvent& event);
  void on(const ResolutionRejected& fact, const CaseEvent& event);
  void on(const SlaTargetMet& fact, const CaseEvent& event);
  void on(const SlaTargetMissed& fact, const CaseEvent& event);
  void on(const SlaExcused& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CaseReopened& fact, const CaseEvent& event);

 private:
  friend class kit::CaseFold<Board>;

  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its closures.
  CaseRow& relisted_case_of(const CaseEvent& event);
  /// More than the first contact is needed.
  void detour(const CaseEvent& event) { case_of(event).detour = true; }
  void count(const ClosureRow& row, const SumRow& sum);

  kit::Table<CaseRow> cases_;
  kit::ListedTable<ClosureRow> closures_;
  kit::SumTables<SumRow> sums_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::closed
