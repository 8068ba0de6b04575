// How each event moves the quality review board.
#include "projections/review/board.h"

#include <algorithm>
#include <tuple>

#include "events/case/complaint.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/review.h"
#include "events/wire/reflect.h"
#include "projections/kit/add_up.h"
#include "projections/kit/fold.h"
#include "projections/kit/periods.h"
#include "projections/kit/personal.h"
#include "projections/kit/sums.h"
#include "projections/review/lists.h"

namespace casetrail::review {
namespace {

void add_item(SumRow& sum, const ScoreItem& item) {
  if (!item.applicable) return;
  sum.earned += item.score;
  sum.applicable += item.max;
}

void add_words(ReviewRow& row, const std::optional<std::vector<ItemImprovement>>& by_item) {
  for (const auto& [item, text] : by_item.value_or(std::vector<ItemImprovement>{}))
    row.improvement_points.push_back(text.empty() ? std::string() : item + ": " + text);
}

void take_score(ReviewRow& row, const ReviewScored& fact, const CaseEvent& event) {
  row.scored_at = event.occurred_at;
  row.scorecard = fact.scorecard;
  row.items = fact.items;
  row.total_permille = fact.total_permille;
  auto words = kit::without_person(fact.pii);
  row.improvement_points = std::move(words.improvement_points);
  add_words(row, words.by_item);
  row.comment = std::move(words.comment);
}

// The same number for every moment from a Monday to the Sunday behind it, in UTC.
std::int64_t week_of(Timestamp at) {
  constexpr auto kFirstMonday = std::chrono::sys_days(std::chrono::January / 5 / 1970);
  return std::chrono::floor<std::chrono::weeks>(at - kFirstMonday).count();
}

SumRow minus(SumRow sum) {
  for (auto* count : {&sum.reviews, &sum.earned, &sum.applicable, &sum.auto_fails, &sum.improvement_points,
                      &sum.recognitions})
    *count = -*count;
  return sum;
}

}  // namespace

SumRow points_of(const std::vector<ScoreItem>& items) {
  SumRow sum;
  sum.reviews = 1;
  for (const auto& item : items) add_item(sum, item);
  sum.auto_fails = std::ranges::any_of(items, &ScoreItem::auto_fail) ? 1 : 0;
  if (sum.auto_fails > 0) sum.earned = 0;
  return sum;
}

SumRow points_of(const std::vector<ScoreItem>& items, RaterDimension dimension) {
  SumRow sum;
  for (const auto& item : items) {
    if (item.dimension != dimension) continue;
    sum.reviews = 1;
    add_item(sum, item);
  }
  return sum;
}

void add(SampleRow& sum, const SampleRow& row) {
  const auto order = [](const SampleOrigin& origin) {
    return std::tie(origin.sample_id, origin.period, origin.rule_id, origin.seed, origin.population);
  };
  if (order(sum.origin) < order(row.origin)) sum.origin = row.origin;
  sum.drawn += row.drawn;
  sum.scored += row.scored;
}

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases),
      points_(rows, kPoints),
      periods_(rows, kit::kPeriods),
      reviews_(rows, kReviews,
               [this](std::string_view key, const ReviewRow& row) {
                 const auto* of_case = cases_.find(kit::split_key(key).first);
                 return places_of(row, of_case != nullptr ? *of_case : CaseRow());
               }),
      sums_(rows, kit::kNamedSums),
      totals_(rows, kit::kSumOfAll),
      samples_(rows, kSamples) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, ComplaintEvents, ReviewEvents, PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, ComplaintEvents, ReviewEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  reviews_.list_changes();
  cases_.write_changes(sink);
  points_.write_changes(sink);
  periods_.write_changes(sink);
  reviews_.write_changes(sink);
  sums_.write_changes(sink);
  totals_.write_changes(sink);
  samples_.write_changes(sink);
  reviews_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (const auto& review : row.reviews) reviews_.remember(kit::joined_key(event.case_id.value, review));
  return row;
}

PeriodRow& Board::period_of(Timestamp at, const ReviewRow& row) {
  return periods_.upsert(kit::period_key(at, row.department));
}

void Board::add_to(Tab tab, std::string_view name, const SumRow& points) {
  kit::add_up(sums_.upsert(kit::joined_key(name_of(tab), name)), points);
}

void Board::add_points(const ReviewRow& row, const SumRow& points) {
  add_to(Tab::agents, row.agent, points);
  if (row.department) add_to(Tab::departments, *row.department, points);
  add_to(Tab::kinds, name_of(row.kind), points);
}

// A point whose words were erased is one of its agent's, and none of the words that come up most.
void Board::count_points(const ReviewRow& row, Sign sign) {
  if (row.state != State::scored) return;
  for (const auto& point : row.improvement_points) {
    if (point.empty()) continue;
    const auto key = kit::joined_key(row.agent, point);
    auto& times = points_.upsert(key).times;
    times += sign == Sign::plus ? 1 : -1;
    if (times <= 0) points_.erase(key);
  }
}

void Board::add_dimensions(const ReviewRow& row, Sign sign) {
  for (std::size_t i = 0; i < enum_names(RaterDimension{}).size(); ++i) {
    const auto points = points_of(row.items, static_cast<RaterDimension>(i));
    if (points.reviews > 0)
      add_to(Tab::dimensions, enum_names(RaterDimension{})[i], sign == Sign::plus ? points : minus(points));
  }
}

void Board::count_sample(const ReviewRow& row, Sign sign) {
  if (!row.sample) return;
  const std::int64_t by = sign == Sign::plus ? 1 : -1;
  add(samples_.upsert(row.sample->sample_id),
      {.origin = *row.sample, .drawn = by, .scored = row.state == State::scored ? by : 0});
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  if (!row.facts.registered) ++totals_.edit().cases;
  row.facts.learn(fact);
  row.complaint = row.complaint || fact.is_complaint.value_or(fact.kind == CaseKind::complaint);
}

void Board::on(const RequestAmended& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  row.facts.learn(fact);
  row.complaint = row.complaint || fact.is_complaint.value_or(fact.kind == CaseKind::complaint);
}

void Board::on(const RequestClassified& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const RequestPrioritized& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const ComplaintLodged&, const CaseEvent& event) { relisted_case_of(event).complaint = true; }

ReviewRow& Board::review_of(const CaseEvent& event, const ReviewId& id) {
  auto& reviews = case_of(event).reviews;
  if (std::ranges::find(reviews, id.value) == reviews.end()) reviews.push_back(id.value);
  return reviews_.upsert(kit::joined_key(event.case_id.value, id.value));
}

void Board::on(const ReviewSampleDrawn& fact, const CaseEvent& event) {
  auto& row = review_of(event, fact.review_id);
  if (row.state != State::drawn) return;
  count_sample(row, Sign::minus);
  row.kind = fact.kind;
  row.agent = fact.agent_id.value;
  row.department = kit::text_of(fact.department_id);
  row.sample = fact.sample;
  row.assigned_at = event.occurred_at;
  row.as_of_seq = event.seq;
  count_sample(row, Sign::plus);
}

void Board::on(const ReviewAssigned& fact, const CaseEvent& event) {
  auto& row = review_of(event, fact.review_id);
  count_sample(row, Sign::minus);
  row.reviewer = fact.reviewer_id.value;
  // The sums name who was reviewed when it was scored.
  if (row.state < State::scored) {
    row.kind = fact.kind;
    row.agent = fact.agent_id.value;
    row.department = kit::text_of(fact.department_id);
    row.calibrates = kit::text_of(fact.calibrates);
  }
  row.badge_no = fact.badge_no;
  if (row.state == State::drawn) row.state = State::assigned;
  row.sample = fact.sample;
  row.assigned_at = event.occurred_at;
  row.as_of_seq = fact.as_of_seq.value_or(event.seq);
  ++period_of(event.occurred_at, row).assigned;
  count_sample(row, Sign::plus);
}

void Board::take_back_score(const ReviewRow& row) {
  auto points = points_of(row.items);
  points.improvement_points = std::ssize(row.improvement_points);
  const auto taken = minus(points);
  kit::add_up(totals_.edit().scored, taken);
  kit::add_up(period_of(row.scored_at.value_or(row.assigned_at), row).scored, taken);
  add_points(row, taken);
  add_dimensions(row, Sign::minus);
}

void Board::on(const ReviewScored& fact, const CaseEvent& event) {
  auto& totals = totals_.edit();
  auto& of_case = case_of(event);
  if (!of_case.reviewed) ++totals.cases_reviewed;
  of_case.reviewed = true;

  auto* row = reviews_.edit(kit::joined_key(event.case_id.value, fact.review_id.value));
  if (row != nullptr && row->calibrates) {
    if (row->state == State::calibrated) return;
    row->state = State::compared;
    return take_score(*row, fact, event);
  }
  auto points = points_of(fact.items);
  points.improvement_points =
      std::ssize(fact.pii.improvement_points) + (fact.pii.by_item ? std::ssize(*fact.pii.by_item) : 0);
  kit::add_up(totals.scored, points);
  if (row == nullptr) return;
  if (row->state == State::scored) take_back_score(*row);
  count_points(*row, Sign::minus);
  count_sample(*row, Sign::minus);
  row->state = State::scored;
  take_score(*row, fact, event);
  if (week_of(event.occurred_at) == week_of(row->assigned_at)) ++totals.scored_in_week;
  count_sample(*row, Sign::plus);
  kit::add_up(period_of(event.occurred_at, *row).scored, points);
  add_points(*row, points);
  add_dimensions(*row, Sign::plus);
  count_points(*row, Sign::plus);
}

void Board::correct(ReviewRow& row, const std::vector<ScoreItem>& items, const DisputeReasons& reasons,
                    Timestamp at) {
  auto change = points_of(items);
  kit::add_up(change, minus(points_of(row.items)));
  if (reasons.by_item)
    change.improvement_points = std::ssize(*reasons.by_item) - std::ssize(row.improvement_points);
  kit::add_up(totals_.edit().scored, change);
  kit::add_up(period_of(row.scored_at.value_or(at), row).scored, change);
  add_points(row, change);
  if (reasons.by_item) {
    count_points(row, Sign::minus);
    row.improvement_points.clear();
    add_words(row, kit::without_person(reasons).by_item);
    count_points(row, Sign::plus);
  }
  add_dimensions(row, Sign::minus);
  row.items = items;
  add_dimensions(row, Sign::plus);
}

void Board::on(const ReviewDisputed& fact, const CaseEvent& event) {
  auto* row = reviews_.edit(kit::joined_key(event.case_id.value, fact.review_id.value));
  if (row == nullptr) return;
  row->dispute = Dispute::undecided;
  row->disputed_at = event.occurred_at;
  ++period_of(event.occurred_at, *row).disputed;
}

void Board::on(const ReviewDisputeResolved& fact, const CaseEvent& event) {
  auto* row = reviews_.edit(kit::joined_key(event.case_id.value, fact.review_id.value));
  if (row == nullptr) return;
  row->dispute = fact.outcome == DisputeOutcome::corrected ? Dispute::corrected : Dispute::confirmed;
  if (row->state != State::scored || row->dispute != Dispute::corrected || !fact.items) return;
  correct(*row, *fact.items, fact.pii, event.occurred_at);
  ++period_of(event.occurred_at, *row).corrected;
  row->total_permille = fact.total_permille.value_or(row->total_permille);
}

void Board::on(const ReviewCalibrated& fact, const CaseEvent& event) {
  auto* second = reviews_.edit(kit::joined_key(event.case_id.value, fact.review_id.value));
  if (second == nullptr || second->state != State::compared) return;
  second->state = State::calibrated;
  second->spread_permille = fact.spread_permille;
  auto& totals = totals_.edit();
  totals.items_compared += std::ssize(second->items);
  totals.items_alike += std::ssize(second->items) - std::ssize(fact.differences);
  auto* first = reviews_.edit(kit::joined_key(event.case_id.value, fact.first_id.value));
  if (first == nullptr || first->state != State::scored || !fact.items) return;
  correct(*first, *fact.items, fact.pii, event.occurred_at);
  first->total_permille = fact.total_permille.value_or(first->total_permille);
}

void Board::on(const RecognitionGiven& fact, const CaseEvent&) {
  SumRow given;
  given.recognitions = 1;
  add_to(Tab::agents, fact.agent_id.value, given);
}

void Board::on(const CustomerErased& fact, const CaseEvent& event) {
  auto& of_case = relisted_case_of(event);
  of_case.facts.learn(fact);
  for (const auto& review : of_case.reviews) {
    auto* row = reviews_.edit(kit::joined_key(event.case_id.value, review));
    if (row == nullptr) continue;
    count_points(*row, Sign::minus);
    for (auto& point : row->improvement_points) point.clear();
    kit::erase_texts(row->comment);
  }
}

}  // namespace casetrail::review
