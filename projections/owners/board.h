// The fold of the owner ledger: who answered for which case, from when to when, and what was left to be done.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "events/case/solution.h"
#include "projections/kit/case_fold.h"
#include "projections/kit/lists.h"
#include "projections/kit/sums.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"
#include "projections/owners/rows.h"

namespace casetrail::owners {

class Board final : public kit::View, public kit::CaseFold<Board> {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

  using CaseFold::on;
  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const OwnerDesignated& fact, const CaseEvent& event);
  void on(const OwnerChanged& fact, const CaseEvent& event);
  void on(const HandoffRequested& fact, const CaseEvent& event);
  void on(const HandoffAccepted& fact, const CaseEvent& event);
  void on(const HandoffReturned& fact, const CaseEvent& event);
  void on(const HandoffWithdrawn& fact, const CaseEvent& event);
  void on(const HandoffCompleted& fact, const CaseEvent& event);
  void on(const CallbackScheduled& fact, const CaseEvent& event);
  void on(const CallbackCompleted& fact, const CaseEvent& event);
  void on(const CallbackRefused& fact, const CaseEvent& event);
  void on(const CallbackExhausted& fact, const CaseEvent& event);
  void on(const CallbackWaived& fact, const CaseEvent& event);
  void on(const CallbackCanceled& fact, const CaseEvent& event);
  void on(const AgreementReached& fact, const CaseEvent& event);
  void on(const AgreementFulfilled& fact, const CaseEvent& event);
  void on(const AgreementSuperseded& fact, const CaseEvent& event);
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ComplaintAppealed& fact, const CaseEvent& event);
  void on(const ComplaintClosed& fact, const CaseEvent& event);
  void on(const ComplaintDeclined& fact, const CaseEvent& event);
  void on(const ComplaintWithdrawn& fact, const CaseEvent& event);
  void on(const CaseClosed& fact, const CaseEvent& event);
  void on(const CaseReopened& fact, const CaseEvent& event);

 private:
  friend class kit::CaseFold<Board>;

  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its stints.
  CaseRow& relisted_case_of(const CaseEvent& event);
  void open(const CaseEvent& event, const std::string& id);
  void done(const CaseEvent& event, std::string_view id);
  /// The owner answers for the case from now on.
  void begin(const CaseEvent& event, const std::string& owner, Began how);
  /// The current stint, where there is one, is over; null where there is none.
  StintRow* end(const CaseEvent& event, State how);
  void count(const StintRow& row, std::int64_t by);

  kit::Table<CaseRow> cases_;
  kit::ListedTable<StintRow> stints_;
  kit::SumTables<SumRow> sums_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::owners
