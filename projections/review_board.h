// The fold of the quality review board: whose contact was looked at, and what it was worth.
#pragma once

#include <string>

#include "events/complaint.h"
#include "events/request.h"
#include "events/review.h"
#include "projections/lists.h"
#include "projections/review_rows.h"
#include "projections/table.h"
#include "projections/view.h"

namespace casetrail::review {

class Board final : public View {
 public:
  explicit Board(const Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const RowSink& sink) override;

  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const RequestClassified& fact, const CaseEvent& event);
  void on(const RequestPrioritized& fact, const CaseEvent& event);
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ReviewAssigned& fact, const CaseEvent& event);
  void on(const ReviewScored& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its reviews.
  CaseRow& relisted_case_of(const CaseEvent& event);
  void add_to(Tab tab, std::string_view name, const SumRow& points);
  void count(const ReviewRow& row, const SumRow& points);

  Table<CaseRow> cases_;
  Table<PointRow> points_;
  ListedTable<ReviewRow> reviews_;
  Table<SumRow> sums_;
  SingleRow<TotalsRow> totals_;
  Table<SampleRow> samples_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::review
