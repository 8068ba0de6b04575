// The fold of the quality review board: whose contact was looked at, and what it was worth.
#pragma once

#include <string>
#include <vector>

#include "events/case/complaint.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/review.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"
#include "projections/review/rows.h"

namespace casetrail::review {

enum class Sign { plus, minus };

class Board final : public kit::View {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

  void on(const RequestRegistered& fact, const CaseEvent& event);
  void on(const RequestAmended& fact, const CaseEvent& event);
  void on(const RequestClassified& fact, const CaseEvent& event);
  void on(const RequestPrioritized& fact, const CaseEvent& event);
  void on(const ComplaintLodged& fact, const CaseEvent& event);
  void on(const ReviewAssigned& fact, const CaseEvent& event);
  void on(const ReviewScored& fact, const CaseEvent& event);
  void on(const ReviewCalibrated& fact, const CaseEvent& event);
  void on(const ReviewDisputed& fact, const CaseEvent& event);
  void on(const ReviewDisputeResolved& fact, const CaseEvent& event);
  void on(const RecognitionGiven& fact, const CaseEvent& event);
  void on(const ReviewSampleDrawn& fact, const CaseEvent& event);
  void on(const CustomerErased& fact, const CaseEvent& event);

 private:
  CaseRow& case_of(const CaseEvent& event) { return cases_.upsert_case(event); }
  /// To change what tells the places of its reviews.
  CaseRow& relisted_case_of(const CaseEvent& event);
  PeriodRow& period_of(Timestamp at, const ReviewRow& row);
  ReviewRow& review_of(const CaseEvent& event, const ReviewId& id);
  void add_to(Tab tab, std::string_view name, const SumRow& points);
  void add_points(const ReviewRow& row, const SumRow& points);
  /// Counts the words of its improvement points, or takes them back.
  void count_points(const ReviewRow& row, Sign sign);
  /// The settled points in place of those that were given.
  void correct(ReviewRow& row, const std::vector<ScoreItem>& items, const DisputeReasons& reasons,
               Timestamp at);
  /// A score that another one of the same review replaces, as facts from elsewhere may have it.
  void take_back_score(const ReviewRow& row);
  void add_dimensions(const ReviewRow& row, Sign sign);
  /// Counts it in the sample that it was drawn for, or takes it out.
  void count_sample(const ReviewRow& row, Sign sign);

  kit::Table<CaseRow> cases_;
  kit::Table<PointRow> points_;
  kit::Table<PeriodRow> periods_;
  kit::ListedTable<ReviewRow> reviews_;
  kit::Table<SumRow> sums_;
  kit::SingleRow<TotalsRow> totals_;
  kit::Table<SampleRow> samples_;
};

/// The types of events that the board passes over.
[[nodiscard]] std::vector<std::string_view> ignored_events();

}  // namespace casetrail::review
