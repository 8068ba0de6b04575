// The quality review board as JSON: reviews, tabs, samples, totals and metrics.
#include <algorithm>
#include <map>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/kit/add_up.h"
#include "projections/kit/cells.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/review/board.h"
#include "projections/review/lists.h"

namespace casetrail::review {
namespace {

constexpr std::int64_t kMostPermille = 1000;
constexpr std::int64_t kMostVersions = 1'000'000;

constexpr kit::FilterType kFilters[] = {
    {"case", kit::filter::text},
    {"state", kit::filter::word<State>, "state"},
    {"agent", kit::filter::text, "agent"},
    {"department", kit::filter::text, "department"},
    {"reviewer", kit::filter::text, "reviewer"},
    {"period", kit::filter::text, "period"},
    {"kind", kit::filter::word<ReviewKind>, "kind"},
    {"dimension", kit::filter::word<RaterDimension>, "dimension"},
    {"score_below", kit::filter::number<0, kMostPermille>},
    {"auto_fail", kit::filter::flag, "auto_fail"},
    {"complaint", kit::filter::flag, "complaint"},
    {"scorecard", kit::filter::text, "scorecard"},
    {"scorecard_version", kit::filter::number<1, kMostVersions>},
};

using Cell = kit::CellOf<ReviewRow, CaseRow>;

std::optional<bool> auto_fail(const ReviewRow& row) {
  if (row.state != State::scored) return std::nullopt;
  return std::ranges::any_of(row.items, &ScoreItem::auto_fail);
}

bool has_dimension(const ReviewRow& row, const std::optional<std::string_view>& name) {
  return !name || std::ranges::any_of(row.items, [&](const ScoreItem& item) {
    return item.dimension && name_of(*item.dimension) == *name;
  });
}

bool matches(const Cell& cell, const kit::Filters& filters) {
  const auto& row = cell.row;
  const auto below = filters.number("score_below");
  const auto version = filters.number("scorecard_version");
  return kit::is_of_case(cell, filters) && filters.passes("state", name_of(row.state)) &&
         filters.passes("agent", row.agent) && filters.passes("department", row.department) &&
         filters.passes("reviewer", row.reviewer) &&
         filters.passes("period", row.sample ? std::optional(row.sample->period) : std::nullopt) &&
         filters.passes("kind", name_of(row.kind)) && has_dimension(row, filters.text("dimension")) &&
         (!below || (row.scorecard && row.total_permille < *below)) &&
         filters.passes_flag("auto_fail", auto_fail(row)) &&
         filters.passes_flag("complaint", [&] { return cell.of_case().complaint; }) &&
         filters.passes("scorecard", row.scorecard ? std::optional(row.scorecard->id) : std::nullopt) &&
         (!version || (row.scorecard && row.scorecard->version == *version));
}

template <class Part, class Field>
auto of(const std::optional<Part>& part, Field field) {
  return part ? std::optional((*part).*field) : std::nullopt;
}

void write_dimensions(const ReviewRow& row, std::string& out) {
  kit::JsonObject dimensions(out);
  for (std::size_t i = 0; i < enum_names(RaterDimension{}).size(); ++i) {
    const auto sum = points_of(row.items, static_cast<RaterDimension>(i));
    dimensions.add(enum_names(RaterDimension{})[i], kit::permille(sum.earned, sum.applicable));
  }
}

void write_cell(const Cell& cell, Timestamp now, std::string& out) {
  const auto& row = cell.row;
  const auto& of_case = cell.of_case();
  const bool scored = row.state == State::scored;
  const auto sum = points_of(row.items);
  kit::JsonObject json(out);
  json.add("case", cell.case_id)
      .add("case_no", of_case.facts.case_no)
      .add("reference", of_case.facts.reference())
      .add("review", cell.id)
      .add("state", row.state)
      .add("kind", row.kind)
      .add("agent", row.agent)
      .add("badge_no", row.badge_no)
      .add("department", row.department)
      .add("reviewer", row.reviewer)
      .add("priority", of_case.facts.priority)
      .add("category", of_case.facts.category)
      .add("complaint", of_case.complaint)
      .add("sample", of(row.sample, &SampleOrigin::sample_id))
      .add("period", of(row.sample, &SampleOrigin::period))
      .add("rule", of(row.sample, &SampleOrigin::rule_id))
      .add("seed", of(row.sample, &SampleOrigin::seed))
      .add("population", of(row.sample, &SampleOrigin::population))
      .add("assigned_at", row.assigned_at)
      .add("waiting_ms", scored ? std::nullopt : std::optional((now - row.assigned_at).count()))
      .add("scored_at", row.scored_at)
      .add("scorecard", of(row.scorecard, &Scorecard::id))
      .add("scorecard_version", of(row.scorecard, &Scorecard::version))
      .add("items", row.items)
      .add("earned", scored ? std::optional(sum.earned) : std::nullopt)
      .add("applicable", scored ? std::optional(sum.applicable) : std::nullopt)
      .add("total_permille", scored ? std::optional(row.total_permille) : std::nullopt)
      .add("auto_fail", auto_fail(row));
  write_dimensions(row, json.member("dimensions"));
  json.add("improvement_points", row.improvement_points).add("comment", row.comment);
}

struct Sums {
  TotalsRow totals;
  std::map<std::string, SumRow> tabs;
  std::map<std::string, SampleRow> samples;
  std::map<std::string, std::int64_t> points;
};

Sums sum_up(std::span<const kit::Rows* const> partitions) {
  Sums sums;
  for (const auto* rows : partitions) {
    kit::add_up(sums.totals, kit::read_row<TotalsRow>(*rows, kTotals, ""));
    kit::for_each_row<SampleRow>(*rows, kSamples, [&](std::string_view key, const SampleRow& row) {
      add(sums.samples[std::string(key)], row);
    });
    kit::for_each_row<SumRow>(*rows, kSums, [&](std::string_view key, const SumRow& row) {
      kit::add_up(sums.tabs[std::string(key)], row);
    });
    kit::for_each_row<PointRow>(*rows, kPoints, [&](std::string_view key, const PointRow& row) {
      sums.points[std::string(key)] += row.times;
    });
  }
  return sums;
}

/// What of the board may match, beside what filters name lists for: a score is that of a scored review.
std::vector<kit::Candidates> candidates(const kit::Filters& filters) {
  if (!filters.text("score_below") && !filters.text("scorecard_version")) return {};
  return {{.list = kit::list_of("state", name_of(State::scored))}};
}

std::optional<std::int64_t> iqs(const SumRow& sum) { return kit::permille(sum.earned, sum.applicable); }

template <class OnRow>
void for_each_of(const Sums& sums, Tab tab, OnRow&& on_row) {
  for (const auto& [key, row] : sums.tabs) {
    const auto [tab_name, name] = kit::split_key(key);
    if (tab_name == name_of(tab)) on_row(name, row);
  }
}

// The score that `percent` of the agents do not exceed (nearest rank).
std::optional<std::int64_t> agents_score(const Sums& sums, std::size_t percent) {
  std::vector<std::int64_t> scores;
  for_each_of(sums, Tab::agents, [&](std::string_view, const SumRow& row) {
    if (const auto score = iqs(row)) scores.push_back(*score);
  });
  if (scores.empty()) return std::nullopt;
  std::ranges::sort(scores);
  return scores[std::max<std::size_t>(1, (scores.size() * percent + 99) / 100) - 1];
}

void write_totals(const TotalsRow& totals, std::int64_t open, std::int64_t matching, std::string& out) {
  kit::JsonObject(out)
      .add("cases", totals.cases)
      .add("cases_reviewed", totals.cases_reviewed)
      .add("assigned", totals.assigned)
      .add("open", open)
      .add("scored", totals.scored.reviews)
      .add("earned", totals.scored.earned)
      .add("applicable", totals.scored.applicable)
      .add("auto_fails", totals.scored.auto_fails)
      .add("improvement_points", totals.scored.improvement_points)
      .add("matching", matching);
}

void write_metrics(const Sums& sums, std::string& out) {
  const auto& totals = sums.totals;
  SumRow mystery;
  SumRow normal;
  for_each_of(sums, Tab::kinds, [&](std::string_view kind, const SumRow& row) {
    kit::add_up(kind == name_of(ReviewKind::mystery) ? mystery : normal, row);
  });
  std::int64_t repeated = 0;
  for (const auto& [key, times] : sums.points) repeated += times - 1;
  const auto low = agents_score(sums, 10);
  const auto high = agents_score(sums, 90);
  kit::JsonObject(out)
      .add("iqs_permille", iqs(totals.scored))
      .add("case_coverage_permille", kit::permille(totals.cases_reviewed, totals.cases))
      .add("plan_coverage_permille", kit::permille(totals.scored.reviews, totals.assigned))
      .add("agents_p10_permille", low)
      .add("agents_p90_permille", high)
      .add("agents_spread_permille", low && high ? std::optional(*high - *low) : std::nullopt)
      .add("repeated_improvement_points", repeated)
      .add("mystery_iqs_permille", iqs(mystery))
      .add("normal_iqs_permille", iqs(normal))
      .add("scored_in_week_permille", kit::permille(totals.scored_in_week, totals.assigned));
}

void write_tab(const Sums& sums, Tab tab, std::string_view what, std::string& out) {
  kit::JsonArray list(out);
  for_each_of(sums, tab, [&](std::string_view name, const SumRow& row) {
    kit::JsonObject(list.element())
        .add(what, name)
        .add("reviews", row.reviews)
        .add("earned", row.earned)
        .add("applicable", row.applicable)
        .add("iqs_permille", iqs(row))
        .add("auto_fails", row.auto_fails)
        .add("improvement_points", row.improvement_points);
  });
}

void write_samples(const Sums& sums, std::string& out) {
  kit::JsonArray list(out);
  for (const auto& [sample, row] : sums.samples) {
    kit::JsonObject(list.element())
        .add("sample", sample)
        .add("period", row.origin.period)
        .add("rule", row.origin.rule_id)
        .add("seed", row.origin.seed)
        .add("population", row.origin.population)
        .add("drawn", row.drawn)
        .add("scored", row.scored);
  }
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const kit::ListReader lists(partitions);
  const auto plan = kit::plan_page(lists, *filters, candidates(*filters), kOrderBytes, query);
  if (!plan) return std::unexpected(plan.error());
  const auto page = kit::read_page<Cell>(partitions, {kReviews, kCases}, *plan, *filters, order_of_row,
                                         [&](const Cell& cell) { return matches(cell, *filters); });
  const auto sums = sum_up(partitions);
  const auto open = lists.count(kit::list_of("state", name_of(State::assigned)));

  std::string out;
  {
    kit::JsonObject board(out);
    write_totals(sums.totals, open, page.matching, board.member("totals"));
    write_metrics(sums, board.member("metrics"));
    kit::write_page(page, board,
                    [&](const Cell& cell, std::string& row) { write_cell(cell, query.now, row); });
    write_samples(sums, board.member("samples"));
    write_tab(sums, Tab::agents, "agent", board.member("agents"));
    write_tab(sums, Tab::departments, "department", board.member("departments"));
    write_tab(sums, Tab::dimensions, "dimension", board.member("dimensions"));
    write_tab(sums, Tab::kinds, "kind", board.member("kinds"));
  }
  return out;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "review",
          .version = 4,
          .worker = "boards",
          .fingerprint =
              kit::fingerprint_of<CaseRow, PointRow, ReviewRow, SumRow, TotalsRow, SampleRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render};
}

kit::FilterSchemas filter_schemas() { return kit::schemas_of(kFilters); }

}  // namespace casetrail::review
