// The quality review board as JSON: reviews, tabs, samples, totals and metrics.
#include <algorithm>
#include <map>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/kit/add_up.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"
#include "projections/kit/sums.h"
#include "projections/review/board.h"
#include "projections/review/lists.h"

namespace casetrail::review {
namespace {

constexpr std::int64_t kMostPermille = 1000;
constexpr std::int64_t kMostVersions = 1'000'000;

using kit::Kind;

/// `period` is that of a sample here.
constexpr kit::FilterType kCountBy{"count_by", kit::kPeriodFilter.kind, kit::kPeriodFilter.label,
                                   kit::kPeriodFilter.meaning};

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"state", kit::filter::word<State>, {"state", "状态"}, "Reviews in this state.", "state"},
    {"agent", kit::filter::agent, {"agent", "人员"}, "Reviews of this agent's work.", "agent"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Reviews of work in this department.",
     "department"},
    {"reviewer", kit::filter::agent, {"reviewer", "质检员"}, "Reviews that this reviewer makes.", "reviewer"},
    {"period",
     kit::filter::text,
     {"period", "周期"},
     "Reviews of samples of this period, such as 2026-W47.",
     "period"},
    {"sample", kit::filter::text, {"sample", "样本"}, "Reviews that were drawn for this sample."},
    {"kind", kit::filter::word<ReviewKind>, {"kind", "类型"}, "Reviews of this kind.", "kind"},
    {"dimension",
     kit::filter::word<RaterDimension>,
     {"dimension", "维度"},
     "Scored reviews with an item of this dimension.",
     "dimension"},
    {"score_below",
     kit::filter::number<0, kMostPermille>,
     {"score below", "得分低于"},
     "Scored reviews with a score below this, in thousandths."},
    {"auto_fail",
     kit::filter::flag,
     {"failed outright", "一票否决"},
     "Whether the scored review failed outright.",
     "auto_fail"},
    {"complaint",
     kit::filter::flag,
     {"complaint", "投诉"},
     "Whether the case is a complaint or one was lodged in it.",
     "complaint"},
    {"dispute",
     kit::filter::word<Dispute>,
     {"dispute", "申诉"},
     "Reviews whose score was disputed, by how that stands.",
     "dispute"},
    {"scorecard",
     kit::filter::text,
     {"scorecard", "评分表"},
     "Reviews that were scored on this scorecard.",
     "scorecard"},
    {"scorecard_version",
     kit::filter::number<1, kMostVersions>,
     {"scorecard version", "评分表版本"},
     "Reviews that were scored on this version of a scorecard."},
    kCountBy,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<ReviewRow, CaseRow>;

std::optional<bool> auto_fail(const ReviewRow& row) {
  if (row.state != State::scored) return std::nullopt;
  return std::ranges::any_of(row.items, &ScoreItem::auto_fail);
}

bool has_dimension(const ReviewRow& row, const kit::Filters& filters) {
  return filters.values("dimension").empty() || std::ranges::any_of(row.items, [&](const ScoreItem& item) {
           return item.dimension && filters.passes("dimension", name_of(*item.dimension));
         });
}

template <class Part, class Field>
auto of(const std::optional<Part>& part, Field field) {
  return part ? std::optional((*part).*field) : std::nullopt;
}

bool matches(const Cell& cell, const kit::Filters& filters) {
  const auto& row = cell.row;
  const auto below = filters.number("score_below");
  const auto version = filters.number("scorecard_version");
  return kit::is_of_case(cell, filters) && filters.passes("state", name_of(row.state)) &&
         filters.passes("agent", row.agent) && filters.passes("department", row.department) &&
         filters.passes("reviewer", row.reviewer) &&
         filters.passes("period", row.sample ? std::optional(row.sample->period) : std::nullopt) &&
         filters.passes("sample", of(row.sample, &SampleOrigin::sample_id)) &&
         filters.passes("kind", name_of(row.kind)) && has_dimension(row, filters) &&
         (!below || (row.state == State::scored && row.total_permille < *below)) &&
         filters.passes_flag("auto_fail", auto_fail(row)) &&
         filters.passes_flag("complaint", [&] { return cell.of_case().complaint; }) &&
         filters.passes("dispute",
                        row.dispute ? std::optional(std::string(name_of(*row.dispute))) : std::nullopt) &&
         filters.passes("scorecard", row.scorecard ? std::optional(row.scorecard->id) : std::nullopt) &&
         (!version || (row.state == State::scored && row.scorecard->version == *version));
}

kit::ByWord<RaterDimension, std::optional<std::int64_t>> scores_by_dimension(const ReviewRow& row) {
  kit::ByWord<RaterDimension, std::optional<std::int64_t>> scores;
  for (std::size_t i = 0; i < enum_names(RaterDimension{}).size(); ++i) {
    const auto sum = points_of(row.items, static_cast<RaterDimension>(i));
    scores.values.push_back(kit::permille(sum.earned, sum.applicable));
  }
  return scores;
}

/// A row, when it is looked at, and what its items earned.
struct Shown {
  const Cell& cell;
  Timestamp now;
  SumRow sum;

  [[nodiscard]] const ReviewRow& row() const { return cell.row; }
  [[nodiscard]] const CaseRow& of_case() const { return cell.of_case(); }
  [[nodiscard]] bool scored() const { return cell.row.state >= State::scored; }
};

constexpr kit::Description kAgent{"agent", Kind::agent, {"agent", "人员"}, "Whose work is reviewed.", {4}};
constexpr kit::Description kDepartment{
    "department", Kind::department, {"department", "部门"}, "The department of the work.", {9}};
constexpr kit::Description kKind{"kind", Kind::word, {"kind", "类型"}, "What kind of review it is.", {7}};
constexpr kit::Description kPeriod{
    "period", Kind::text, {"period", "周期"}, "The sample's period, such as 2026-W47."};
constexpr kit::Description kRule{
    "rule", Kind::text, {"rule", "抽样规则"}, "The policy's rule that drew the sample."};
constexpr kit::Description kSeed{
    "seed", Kind::number, {"seed", "随机种子"}, "The seed with which the sample can be drawn again."};
constexpr kit::Description kPopulation{
    "population", Kind::count, {"population", "总体"}, "Cases that the rule could have drawn."};
constexpr kit::Description kEarned{"earned",
                                   Kind::count,
                                   {"earned", "得分"},
                                   "Points of the items that applied; none when it failed outright."};
constexpr kit::Description kApplicable{
    "applicable", Kind::count, {"applicable", "应得分"}, "Points that the items that applied could earn."};

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.of_case().facts.number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.of_case().facts.case_no; }},
    {kit::kReference, [](const Shown& at) { return at.of_case().facts.reference(); }},
    {{"review", Kind::text, {"no", "质检号"}, "The review within its case.", {2}},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"state",
      Kind::word,
      {"state", "状态"},
      "Whether it was drawn, assigned to a reviewer, or scored. A second review is compared with the first "
      "once it is scored, and calibrated once the differences are settled.",
      {3}},
     [](const Shown& at) { return at.row().state; }},
    {kKind, [](const Shown& at) { return at.row().kind; }},
    {kAgent, [](const Shown& at) -> const auto& { return at.row().agent; }},
    {{"badge_no", Kind::text, {"badge", "工号"}, "The number on the agent's badge."},
     [](const Shown& at) -> const auto& { return at.row().badge_no; }},
    {kDepartment, [](const Shown& at) -> const auto& { return at.row().department; }},
    {{"reviewer", Kind::agent, {"reviewer", "质检员"}, "Who reviews.", {6}},
     [](const Shown& at) -> const auto& { return at.row().reviewer; }},
    {{"priority", Kind::word, {"priority", "优先级"}, "The case's priority."},
     [](const Shown& at) { return at.of_case().facts.priority; }},
    {kit::kCategory, [](const Shown& at) -> const auto& { return at.of_case().facts.category; }},
    {{"complaint",
      Kind::flag,
      {"complaint", "投诉"},
      "Whether the case is a complaint or one was lodged in it."},
     [](const Shown& at) { return at.of_case().complaint; }},
    {{"sample", Kind::text, {"sample", "样本"}, "The sample that the case was drawn for."},
     [](const Shown& at) { return of(at.row().sample, &SampleOrigin::sample_id); }},
    {kPeriod, [](const Shown& at) { return of(at.row().sample, &SampleOrigin::period); }},
    {kRule, [](const Shown& at) { return of(at.row().sample, &SampleOrigin::rule_id); }},
    {kSeed, [](const Shown& at) { return of(at.row().sample, &SampleOrigin::seed); }},
    {kPopulation, [](const Shown& at) { return of(at.row().sample, &SampleOrigin::population); }},
    {{"assigned_at", Kind::moment, {"assigned at", "分派时间"}, "When the review was drawn or assigned."},
     [](const Shown& at) { return at.row().assigned_at; }},
    {{"as_of_seq",
      Kind::number,
      {"as of event", "所检时点"},
      "The last event of the case as the reviewer looks at it: that of the draw, or of the assignment."},
     [](const Shown& at) { return at.row().as_of_seq; }},
    {{"waiting_ms",
      Kind::duration,
      {"waiting", "已等待"},
      "Time since a review that is not scored was drawn or assigned.",
      {8}},
     [](const Shown& at) {
       return at.scored() ? std::nullopt : std::optional(kit::age_ms(at.row().assigned_at, at.now));
     }},
    {{"scored_at", Kind::moment, {"scored at", "评分时间"}, "When it was scored."},
     [](const Shown& at) { return at.row().scored_at; }},
    {{"scorecard", Kind::text, {"scorecard", "评分表"}, "The scorecard on which it was scored."},
     [](const Shown& at) { return of(at.row().scorecard, &Scorecard::id); }},
    {{"scorecard_version", Kind::number, {"scorecard version", "评分表版本"}, "The scorecard's version."},
     [](const Shown& at) { return of(at.row().scorecard, &Scorecard::version); }},
    {{"items", Kind::record, {"items", "评分项"}, "The items with their points."},
     [](const Shown& at) -> const auto& { return at.row().items; }},
    {kEarned, [](const Shown& at) { return at.scored() ? std::optional(at.sum.earned) : std::nullopt; }},
    {kApplicable,
     [](const Shown& at) { return at.scored() ? std::optional(at.sum.applicable) : std::nullopt; }},
    {{"total_permille", Kind::share, {"score", "得分率"}, "The reviewer's total, in thousandths.", {5}},
     [](const Shown& at) { return at.scored() ? std::optional(at.row().total_permille) : std::nullopt; }},
    {{"auto_fail", Kind::flag, {"failed outright", "一票否决"}, "Whether an item failed the whole review."},
     [](const Shown& at) { return auto_fail(at.row()); }},
    {{"dimensions", Kind::shares, {"dimensions", "维度"}, "Points earned / applicable, by dimension."},
     [](const Shown& at) { return scores_by_dimension(at.row()); }},
    {{"dispute", Kind::word, {"dispute", "申诉"}, "How a score stands that the agent disputed.", {11}},
     [](const Shown& at) { return at.row().dispute; }},
    {{"disputed_at", Kind::moment, {"disputed at", "申诉时间"}, "When the agent disputed the score."},
     [](const Shown& at) { return at.row().disputed_at; }},
    {{"calibrates",
      Kind::text,
      {"second of", "所复评"},
      "The review of which this is the second look; its points count for nobody."},
     [](const Shown& at) -> const auto& { return at.row().calibrates; }},
    {{"spread_permille",
      Kind::points,
      {"apart", "总分差"},
      "How far apart the two totals were, once they were calibrated."},
     [](const Shown& at) -> const auto& { return at.row().spread_permille; }},
    {{"improvement_points", Kind::texts, {"points to improve", "改进点"}, "What the agent is to improve."},
     [](const Shown& at) -> const auto& { return at.row().improvement_points; }},
    {{"comment",
      Kind::text,
      {"comment", "评语"},
      "What the reviewer wrote.",
      {.rank = 10, .may_be_cut = true}},
     [](const Shown& at) -> const auto& { return at.row().comment; }},
};

struct Sums {
  TotalsRow totals;
  kit::NamedSums<SumRow> tabs;
  std::map<std::string, SampleRow> samples{};
  std::map<std::string, std::int64_t> points{};
};

Sums sum_up(std::span<const kit::Rows* const> partitions) {
  Sums sums{.totals = kit::sum_of_all<TotalsRow>(partitions), .tabs = kit::NamedSums<SumRow>(partitions)};
  for (const auto* rows : partitions) {
    kit::for_each_row<SampleRow>(*rows, kSamples, [&](std::string_view key, const SampleRow& row) {
      add(sums.samples[std::string(key)], row);
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
  return {{.lists = {kit::list_of("state", name_of(State::scored))}}};
}

std::optional<std::int64_t> iqs(const SumRow& sum) { return kit::permille(sum.earned, sum.applicable); }

// The score that `percent` of the agents do not exceed (nearest rank).
std::optional<std::int64_t> agents_score(const Sums& sums, std::size_t percent) {
  std::vector<std::int64_t> scores;
  for (const auto& [agent, sum] : sums.tabs.parts_of(Tab::agents)) {
    if (const auto score = iqs(sum)) scores.push_back(*score);
  }
  if (scores.empty()) return std::nullopt;
  std::ranges::sort(scores);
  return scores[std::max<std::size_t>(1, (scores.size() * percent + 99) / 100) - 1];
}

/// What totals and metrics are read from.
struct Figures {
  const Sums& sums;
  const kit::ListReader& lists;
  std::int64_t matching;

  [[nodiscard]] const TotalsRow& totals() const { return sums.totals; }
  [[nodiscard]] const SumRow& scored() const { return sums.totals.scored; }
  [[nodiscard]] std::int64_t in(State state) const {
    return lists.count(kit::list_of("state", name_of(state)));
  }
};

constexpr kit::Words kReviewLine{"reviews", "质检"};
constexpr kit::Words kCovered{"covered", "覆盖"};
constexpr kit::Words kScore{"score", "得分率"};

constexpr kit::Description kAutoFails{"auto_fails",
                                      Kind::count,
                                      {"failed outright", "一票否决"},
                                      "Scored reviews that failed outright.",
                                      {4, kReviewLine}};
constexpr kit::Description kImprovementPoints{"improvement_points",
                                              Kind::count,
                                              {"points to improve", "改进点"},
                                              "Points to improve in scored reviews.",
                                              {5, kReviewLine}};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"cases", Kind::count, {"cases", "工单"}, "Cases that were registered.", {1, kCovered}},
     [](const Figures& of) { return of.totals().cases; },
     kit::CountedRows::events({{"type", RequestRegistered::kType}})},
    {{"cases_reviewed", Kind::count, {"reviewed", "已质检"}, "Cases with a scored review."},
     [](const Figures& of) { return of.totals().cases_reviewed; }},
    {{"assigned",
      Kind::count,
      {"assigned", "已分派"},
      "Reviews that were drawn or assigned.",
      {1, kReviewLine}},
     [](const Figures& of) { return of.lists.count(kit::all_rows()); },
     kit::CountedRows::all()},
    {{"open",
      Kind::count,
      {"open", "未评分"},
      "Reviews that a reviewer has and has not scored yet.",
      {2, kReviewLine}},
     [](const Figures& of) { return of.in(State::assigned); },
     {{"state", "assigned"}}},
    {{"drawn",
      Kind::count,
      {"to assign", "待分派"},
      "Reviews that were drawn and nobody is to make yet.",
      {8, kReviewLine}},
     [](const Figures& of) { return of.in(State::drawn); },
     {{"state", "drawn"}}},
    {{"scored", Kind::count, {"scored", "已评分"}, "Reviews that were scored.", {3, kReviewLine}},
     [](const Figures& of) { return of.in(State::scored); },
     {{"state", "scored"}}},
    {kEarned, [](const Figures& of) { return of.scored().earned; }},
    {kApplicable, [](const Figures& of) { return of.scored().applicable; }},
    {kAutoFails,
     [](const Figures& of) { return of.lists.count(kit::list_of("auto_fail", "true")); },
     {{"auto_fail", "true"}}},
    {kImprovementPoints, [](const Figures& of) { return of.scored().improvement_points; }},
    {{"disputes_open",
      Kind::count,
      {"disputed", "申诉中"},
      "Scores that the agent disputed and nobody has decided on yet.",
      {7, kReviewLine}},
     [](const Figures& of) { return of.lists.count(kit::list_of("dispute", name_of(Dispute::undecided))); },
     {{"dispute", "undecided"}}},
    {{"compared",
      Kind::count,
      {"to calibrate", "待校准"},
      "Second reviews that were scored, and whose differences from the first nobody settled yet.",
      {9, kReviewLine}},
     [](const Figures& of) { return of.in(State::compared); },
     {{"state", "compared"}}},
    {{"calibrated", Kind::count, {"calibrated", "已校准"}, "Second reviews whose differences were settled."},
     [](const Figures& of) { return of.in(State::calibrated); },
     {{"state", "calibrated"}}},
    {{"items_compared", Kind::count, {"items compared", "比对项"}, "Items of calibrated reviews."},
     [](const Figures& of) { return of.totals().items_compared; }},
    {{"items_alike",
      Kind::count,
      {"items alike", "一致项"},
      "Of items_compared, those that both reviewers scored alike."},
     [](const Figures& of) { return of.totals().items_alike; }},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

std::int64_t repeated(const Sums& sums) {
  std::int64_t repeated = 0;
  for (const auto& [key, times] : sums.points) repeated += times - 1;
  return repeated;
}

std::optional<std::int64_t> agents_spread(const Sums& sums) {
  const auto low = agents_score(sums, 10);
  const auto high = agents_score(sums, 90);
  return low && high ? std::optional(*high - *low) : std::nullopt;
}

std::optional<std::int64_t> iqs_of_kinds(const Sums& sums, bool mystery) {
  SumRow sum;
  for (const auto& [kind, of_kind] : sums.tabs.parts_of(Tab::kinds)) {
    if ((kind == name_of(ReviewKind::mystery)) == mystery) kit::add_up(sum, of_kind);
  }
  return iqs(sum);
}

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"iqs_permille",
      Kind::share,
      {"all", "全部"},
      "Internal quality score: earned / applicable.",
      {1, kScore}},
     [](const Figures& of) { return iqs(of.scored()); }},
    {{"case_coverage_permille",
      Kind::share,
      {"reviewed", "已质检"},
      "cases_reviewed / cases.",
      {2, kCovered},
      {"cases_reviewed", "cases"}},
     [](const Figures& of) { return kit::permille(of.totals().cases_reviewed, of.totals().cases); }},
    {{"plan_coverage_permille",
      Kind::share,
      {"scored", "已评分"},
      "scored / assigned.",
      {3, kCovered},
      {"scored", "assigned"}},
     [](const Figures& of) { return kit::permille(of.in(State::scored), of.lists.count(kit::all_rows())); }},
    {{"agents_p10_permille",
      Kind::share,
      {"agents p10", "人员 P10"},
      "The score, earned / applicable, that 1 of 10 agents does not exceed.",
      {2, kScore}},
     [](const Figures& of) { return agents_score(of.sums, 10); }},
    {{"agents_p90_permille",
      Kind::share,
      {"p90", "P90"},
      "The score, earned / applicable, that 9 of 10 agents do not exceed.",
      {3, kScore}},
     [](const Figures& of) { return agents_score(of.sums, 90); }},
    {{"agents_spread_permille",
      Kind::points,
      {"spread p90–p10", "离散度 P90–P10"},
      "agents_p90_permille - agents_p10_permille.",
      {4, kScore}},
     [](const Figures& of) { return agents_spread(of.sums); }},
    {{"repeated_improvement_points",
      Kind::count,
      {"repeat findings", "重复问题"},
      "Points to improve that the same agent had been told before.",
      {6, kReviewLine}},
     [](const Figures& of) { return repeated(of.sums); }},
    {{"mystery_iqs_permille",
      Kind::share,
      {"mystery visits", "神秘访客"},
      "earned / applicable of mystery visits.",
      {5, kScore}},
     [](const Figures& of) { return iqs_of_kinds(of.sums, true); }},
    {{"normal_iqs_permille",
      Kind::share,
      {"others", "其他"},
      "earned / applicable of all other reviews.",
      {6, kScore}},
     [](const Figures& of) { return iqs_of_kinds(of.sums, false); }},
    {{"agreement_permille",
      Kind::share,
      {"reviewers agree", "质检一致率"},
      "items_alike / items_compared.",
      {7, kScore},
      {"items_alike", "items_compared"}},
     [](const Figures& of) { return kit::permille(of.totals().items_alike, of.totals().items_compared); }},
    {{"scored_in_week_permille",
      Kind::share,
      {"scored in the same week", "当周评分"},
      "Reviews that were scored in the week, Monday to Sunday in UTC, in which they were assigned / "
      "assigned.",
      {4, kCovered},
      {.of = "assigned"}},
     [](const Figures& of) {
       return kit::permille(of.totals().scored_in_week, of.lists.count(kit::all_rows()));
     }},
};

constexpr kit::Description kSampleTable{"samples", Kind::table, {"samples", "样本"}, "A row a sample."};
using Sample = std::map<std::string, SampleRow>::value_type;

constexpr kit::Column<Sample> kSampleColumns[] = {
    {{"sample", Kind::text, {"sample", "样本"}, "The sample's id."},
     [](const Sample& sample) -> const auto& { return sample.first; }},
    {kPeriod, [](const Sample& sample) -> const auto& { return sample.second.origin.period; }},
    {kRule, [](const Sample& sample) -> const auto& { return sample.second.origin.rule_id; }},
    {kSeed, [](const Sample& sample) { return sample.second.origin.seed; }},
    {kPopulation, [](const Sample& sample) { return sample.second.origin.population; }},
    {{"drawn", Kind::count, {"drawn", "已抽取"}, "Reviews that were assigned of it."},
     [](const Sample& sample) { return sample.second.drawn; },
     {{"sample"}}},
    {{"scored", Kind::count, {"scored", "已评分"}, "Of drawn, those that were scored."},
     [](const Sample& sample) { return sample.second.scored; },
     {{"sample"}, {"state", "scored"}}},
};

/// What the reviews of one agent, department, dimension or kind add up to.
using Part = kit::PartOf<SumRow>;

constexpr kit::Column<Part> kPartEarned{kEarned, [](const Part& part) { return part.sum.earned; }};
constexpr kit::Column<Part> kPartApplicable{kApplicable,
                                            [](const Part& part) { return part.sum.applicable; }};
constexpr kit::Column<Part> kIqs{{"iqs_permille", Kind::share, {"score", "得分率"}, "earned / applicable."},
                                 [](const Part& part) { return iqs(part.sum); }};
constexpr kit::Column<Part> kToImprove{kImprovementPoints,
                                       [](const Part& part) { return part.sum.improvement_points; }};

/// Scored reviews of a part, whose name is what the filter of the same key asks for.
consteval kit::Column<Part> review_count(const kit::Description& part) {
  return {{"reviews", Kind::count, {"reviews", "质检次数"}, "Scored reviews."},
          [](const Part& of) { return of.sum.reviews; },
          {{part.key}, {"state", "scored"}}};
}
consteval kit::Column<Part> fail_count(const kit::Description& part) {
  return {kAutoFails, [](const Part& of) { return of.sum.auto_fails; }, {{part.key}, {"auto_fail", "true"}}};
}

constexpr kit::Column<Part> kAgentColumns[] = {
    kit::kPartName<kAgent, std::string, SumRow>,
    review_count(kAgent),
    kPartEarned,
    kPartApplicable,
    kIqs,
    fail_count(kAgent),
    kToImprove,
    {{"recognitions", Kind::count, {"thanked", "表扬次数"}, "How often the agent was thanked."},
     [](const Part& part) { return part.sum.recognitions; }}};
constexpr kit::Column<Part> kDepartmentColumns[] = {kit::kPartName<kDepartment, std::string, SumRow>,
                                                    review_count(kDepartment),
                                                    kPartEarned,
                                                    kPartApplicable,
                                                    kIqs,
                                                    fail_count(kDepartment),
                                                    kToImprove};
constexpr kit::Description kDimension{
    "dimension", Kind::word, {"dimension", "维度"}, "The dimension of the items."};
constexpr kit::Column<Part> kDimensionColumns[] = {
    kit::kPartName<kDimension, RaterDimension, SumRow>,
    review_count(kDimension),
    kPartEarned,
    kPartApplicable,
    kIqs,
    {kAutoFails, [](const Part& part) { return part.sum.auto_fails; }},
    kToImprove};
constexpr kit::Column<Part> kKindColumns[] = {kit::kPartName<kKind, ReviewKind, SumRow>,
                                              review_count(kKind),
                                              kPartEarned,
                                              kPartApplicable,
                                              kIqs,
                                              fail_count(kKind),
                                              kToImprove};

constexpr kit::Description kAgents{
    "agents", Kind::table, {"agents", "人员"}, "Scored reviews, a row an agent."};
constexpr kit::Description kDepartments{
    "departments", Kind::table, {"departments", "部门"}, "Scored reviews, a row a department."};
constexpr kit::Description kDimensions{
    "dimensions", Kind::table, {"dimensions", "维度"}, "Items of scored reviews, a row a dimension."};
constexpr kit::Description kKinds{
    "kinds", Kind::table, {"kinds", "类型"}, "Scored reviews, a row a kind of review."};

constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "What was reviewed in each day, week or month of a zone, the last one first; empty unless count_by is "
    "asked for. department leaves reviews of work in it.",
    {1},
    {},
    {{"count_by", "day"}}};
using PeriodSum = kit::PeriodSum<PeriodRow>;

constexpr kit::Column<PeriodSum> kPeriodColumns[] = {
    kit::kBegins<PeriodRow>,
    kit::kSince<PeriodRow>,
    kit::kUntil<PeriodRow>,
    {{"assigned", Kind::count, {"assigned", "已分派"}, "Reviews that were assigned.", {2}},
     [](const PeriodSum& of) { return of.sum.assigned; },
     kit::events_of_period(ReviewAssigned::kType)},
    // No event tells whether it scored a first review or a second one, which counts for nobody.
    {{"reviews", Kind::count, {"scored", "已评分"}, "Scored reviews.", {3}},
     [](const PeriodSum& of) { return of.sum.scored.reviews; }},
    {kEarned, [](const PeriodSum& of) { return of.sum.scored.earned; }},
    {kApplicable, [](const PeriodSum& of) { return of.sum.scored.applicable; }},
    {{"iqs_permille",
      Kind::share,
      {"score", "得分率"},
      "earned / applicable of the reviews that were scored in it, as they stand now.",
      {4},
      {"earned", "applicable"}},
     [](const PeriodSum& of) { return iqs(of.sum.scored); }},
    {kAutoFails, [](const PeriodSum& of) { return of.sum.scored.auto_fails; }},
    {kImprovementPoints, [](const PeriodSum& of) { return of.sum.scored.improvement_points; }},
    {{"disputed", Kind::count, {"disputed", "申诉"}, "Scores that were disputed.", {5}},
     [](const PeriodSum& of) { return of.sum.disputed; },
     kit::events_of_period(ReviewDisputed::kType)},
    {{"corrected", Kind::count, {"corrected", "已更正"}, "Scores that a dispute corrected.", {6}},
     [](const PeriodSum& of) { return of.sum.corrected; },
     kit::events_of_period(ReviewDisputeResolved::kType, "outcome", name_of(DisputeOutcome::corrected))},
};

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const kit::BoardRows board_rows{
      .tables = {kReviews, kCases}, .filters = kFilters, .listing = {.order_bytes = kOrderBytes}};
  const auto asked =
      kit::read_asked<Cell>(partitions, query, board_rows, kTotalColumns, candidates, order_of_row, matches);
  if (!asked) return std::unexpected(asked.error());
  const auto sums = sum_up(partitions);
  const Figures figures{.sums = sums, .lists = lists, .matching = asked->page.matching};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(*asked, kTotalColumns, kMetricColumns, figures, board,
                     [&](const Cell& cell, std::string& row) {
                       kit::write_object(kColumns, Shown{cell, query.now, points_of(cell.row.items)}, row);
                     });
    kit::write_table(kSampleColumns, sums.samples, board.member(kSampleTable.key));
    kit::write_table(kAgentColumns, sums.tabs.parts_of(Tab::agents), board.member(kAgents.key));
    kit::write_table(kDepartmentColumns, sums.tabs.parts_of(Tab::departments),
                     board.member(kDepartments.key));
    kit::write_table(kDimensionColumns, sums.tabs.parts_of(Tab::dimensions), board.member(kDimensions.key));
    kit::write_table(kKindColumns, sums.tabs.parts_of(Tab::kinds), board.member(kKinds.key));
    kit::write_table(kPeriodColumns,
                     kit::sums_of<PeriodRow>(kit::PeriodQuery(asked->filters, query, kCountBy), partitions,
                                             asked->filters.values("department")),
                     board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"quality reviews", "质检"},
      .meaning = {"Reviews to score, what agents and departments earned, and what is to improve.",
                  "待评分的质检、人员与部门得分以及改进点。"},
      .headings = {kReviewLine, kCovered, kScore},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kSampleTable, kSampleColumns), kit::part(kAgents, kAgentColumns),
                  kit::part(kDepartments, kDepartmentColumns), kit::part(kDimensions, kDimensionColumns),
                  kit::part(kKinds, kKindColumns), kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "review"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "review",
          .version = 9,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, PointRow, PeriodRow, ReviewRow, SumRow, TotalsRow,
                                             SampleRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::review
