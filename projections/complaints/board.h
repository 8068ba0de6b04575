// The fold of the complaint register: what was complained of, what was found, and how it ended.
#pragma once

#include <concepts>
#include <string_view>
#include <vector>

#include "events/case/complaint.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "projections/complaints/rows.h"
#include "projections/kit/case_fold.h"
#include "projections/kit/lists.h"
#include "projections/kit/sums.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::complaints {

class Board final : public kit::View, public kit::CaseFold<Board> {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

  using CaseFold::on;
  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ComplaintAccepted& fact, const CaseEvent& event);
  void on(const ComplaintCauseDetermined& fact, const CaseEvent& event);
  void on(const ResponsibilityAttributed& fact, const CaseEvent& event);
  void on(const ResponsibilityDisputed& fact, const CaseEvent& event);
  void on(const ResponsibilityConfirmed& fact, const CaseEvent& event);
  void on(const ComplaintAssessed& fact, const CaseEvent& event);
  void on(const DecisionCommunicated& fact, const CaseEvent& event);
  void on(const ComplaintAppealed& fact, const CaseEvent& event);
  void on(const ComplaintClosed& fact, const CaseEvent& event);
  void on(const ComplaintDeclined& fact, const CaseEvent& event);
  void on(const ComplaintWithdrawn& fact, const CaseEvent& event);
  void on(const TimerSet& fact, const CaseEvent& event);
  void on(const CaseResolved& fact, const CaseEvent& event);

 private:
  friend class kit::CaseFold<Board>;

  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its complaints.
  CaseRow& relisted_case_of(const CaseEvent& event);
  /// Changes the case's last complaint, where there is one, and what is counted of it.
  template <std::invocable<ComplaintRow&> Change>
  void change(const CaseEvent& event, const Change& change);
  void count(const ComplaintRow& row, std::int64_t by);

  kit::Table<CaseRow> cases_;
  kit::ListedTable<ComplaintRow> complaints_;
  kit::SumTables<CountsRow> sums_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::complaints
