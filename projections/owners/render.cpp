// The owner ledger as JSON: who answers for which case, and how long owners did.
#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"
#include "projections/kit/sums.h"
#include "projections/owners/board.h"
#include "projections/owners/lists.h"

namespace casetrail::owners {
namespace {

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"owner", kit::filter::agent, {"owner", "首问责任人"}, "Stints of this owner.", "owner"},
    {"state", kit::filter::word<State>, {"state", "状态"}, "Stints in this state.", "state"},
    {"reason",
     kit::filter::code<OwnerChangeReason>,
     {"reason", "变更原因"},
     "Stints that ended for this reason.",
     "reason"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Stints that began when this department had the case.",
     "department"},
    {"with_open",
     kit::filter::flag,
     {"with something open", "有未了事项"},
     "Whether something was left to be done when it ended.",
     "with_open"},
    {"ended_since", kit::filter::moment, {"ended since", "结束不早于"}, "Stints that ended since."},
    {"ended_until", kit::filter::moment, {"ended before", "结束早于"}, "Stints that ended before."},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<StintRow, CaseRow>;

bool matches(const Cell& cell, const kit::Filters& filters) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && filters.passes("owner", row.owner) &&
         filters.passes("state", name_of(row.state)) && filters.passes("reason", kit::name_if(row.reason)) &&
         filters.passes("department", row.department) &&
         filters.passes_flag("with_open", !row.open.empty()) &&
         filters.passes_moments("ended_since", "ended_until", row.until);
}

/// What of the board may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::Filters& filters) {
  return kit::candidates_between(ended_list(), filters, "ended_since", "ended_until");
}

/// A row, when it is looked at, and how business time is counted.
struct Shown {
  const Cell& cell;
  const kit::BoardQuery& query;

  [[nodiscard]] const StintRow& row() const { return cell.row; }
  [[nodiscard]] const kit::CaseFacts& facts() const { return cell.of_case().facts; }
  [[nodiscard]] std::int64_t business_ms() const {
    const auto until = std::max(row().since, row().until.value_or(query.now));
    return query.settings.business_time_then(row().policy_version, std::nullopt, row().since, until).count();
  }
};

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.facts().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.facts().case_no; }},
    {kit::kReference, [](const Shown& at) { return at.facts().reference(); }},
    {{"no", Kind::text, {"no", "编号"}, "The stint within its case."},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "Who answered for the case to the customer.", {2}},
     [](const Shown& at) -> const auto& { return at.row().owner; }},
    {{"state",
      Kind::word,
      {"state", "状态"},
      "Whether the owner has the case, handed it over, or it was closed.",
      {3}},
     [](const Shown& at) { return at.row().state; }},
    {{"began",
      Kind::word,
      {"began by", "起因"},
      "Whether the owner was named first, after another one, or when the case was reopened."},
     [](const Shown& at) { return at.row().began; }},
    {{"since", Kind::moment, {"from", "起"}, "From when on the owner answered for it.", {4}},
     [](const Shown& at) { return at.row().since; }},
    {{"until", Kind::moment, {"until", "止"}, "Until when; null for who has it.", {5}},
     [](const Shown& at) -> const auto& { return at.row().until; }},
    {{"held_ms",
      Kind::duration,
      {"time", "时长"},
      "Time of the stint up to its end or now, every hour counted."},
     [](const Shown& at) { return at.row().held_ms(at.query.now); }},
    {{"business_ms",
      Kind::duration,
      {"business time", "工作时长"},
      "The same in the usual calendar of the policy that held when it began.",
      {6}},
     [](const Shown& at) { return at.business_ms(); }},
    {{"reason", Kind::word, {"reason", "变更原因"}, "Why the owner changed.", {7}},
     [](const Shown& at) -> const auto& { return at.row().reason; }},
    {{"next", Kind::agent, {"next owner", "继任者"}, "Who answered for it after that.", {8}},
     [](const Shown& at) -> const auto& { return at.row().next; }},
    {{"approved_by", Kind::agent, {"approved by", "批准人"}, "Who approved the change."},
     [](const Shown& at) -> const auto& { return at.row().approved_by; }},
    {{"open",
      Kind::texts,
      {"left to be done", "未了事项"},
      "Handoffs and questions (h), callbacks (c), agreements (g) and the complaint that were open when the "
      "stint ended.",
      {9}},
     [](const Shown& at) -> const auto& { return at.row().open; }},
    {{"with_open", Kind::flag, {"with something open", "有未了事项"}, "Whether there was any."},
     [](const Shown& at) { return !at.row().open.empty(); }},
    {{"department",
      Kind::department,
      {"department", "部门"},
      "The department that had the case when the stint began.",
      {10}},
     [](const Shown& at) -> const auto& { return at.row().department; }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of case it is."},
     [](const Shown& at) { return at.facts().kind; }},
    {kit::kCategory, [](const Shown& at) -> const auto& { return at.facts().category; }},
    {{"priority", Kind::word, {"priority", "优先级"}, "The case's priority."},
     [](const Shown& at) { return at.facts().priority; }},
};

/// Of the stints that ended.
std::optional<std::int64_t> mean_ms(const SumRow& sum) {
  const auto ended = sum.handed_over + sum.closed;
  return ended == 0 ? std::nullopt : std::optional(sum.ended_ms / ended);
}

/// What totals and metrics are read from.
struct Figures {
  SumRow sum;
  std::int64_t matching;
};

constexpr kit::Words kStintLine{"stints", "任期"};
constexpr kit::Words kHandovers{"handovers", "交接"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"stints",
      Kind::count,
      {"so far", "累计"},
      "Times that somebody became the owner of a case, or had it again after it was reopened.",
      {1, kStintLine}},
     [](const Figures& of) { return of.sum.stints; },
     kit::CountedRows::all()},
    {{"current", Kind::count, {"current", "在任"}, "Stints of who owns a case now.", {2, kStintLine}},
     [](const Figures& of) { return of.sum.current; },
     {{"state", "current"}}},
    {{"closed", Kind::count, {"closed", "随工单关闭"}, "Stints that ended with the case.", {3, kStintLine}},
     [](const Figures& of) { return of.sum.closed; },
     {{"state", "closed"}}},
    {{"handed_over",
      Kind::count,
      {"handed over", "已交接"},
      "Stints that ended because another one became the owner.",
      {1, kHandovers}},
     [](const Figures& of) { return of.sum.handed_over; },
     {{"state", "handed_over"}}},
    {{"with_open",
      Kind::count,
      {"with something open", "有未了事项"},
      "Of handed_over, those with something left to be done."},
     [](const Figures& of) { return of.sum.with_open; },
     {{"state", "handed_over"}, {"with_open", "true"}}},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"mean_ms",
      Kind::duration,
      {"mean time", "平均时长"},
      "Mean time of the stints that ended, every hour counted.",
      {4, kStintLine}},
     [](const Figures& of) { return mean_ms(of.sum); }},
    {{"with_open_permille",
      Kind::share,
      {"with something open", "有未了事项"},
      "with_open / handed_over.",
      {2, kHandovers},
      {"with_open", "handed_over"}},
     [](const Figures& of) { return kit::permille(of.sum.with_open, of.sum.handed_over); }},
};

using Part = kit::PartOf<SumRow>;

constexpr kit::Column<Part> kStintCount{
    {"stints", Kind::count, {"stints", "任期"}, "Stints that began.", {2}},
    [](const Part& of) { return of.sum.stints; }};
constexpr kit::Column<Part> kCurrent{{"current", Kind::count, {"current", "在任"}, "Those that go on.", {3}},
                                     [](const Part& of) { return of.sum.current; }};
constexpr kit::Column<Part> kClosed{
    {"closed", Kind::count, {"closed", "随工单关闭"}, "Those that ended with the case.", {4}},
    [](const Part& of) { return of.sum.closed; }};
constexpr kit::Column<Part> kHandedOver{{"handed_over",
                                         Kind::count,
                                         {"handed over", "已交接"},
                                         "Those that ended because another one became the owner.",
                                         {5}},
                                        [](const Part& of) { return of.sum.handed_over; }};
constexpr kit::Column<Part> kWithOpen{{"with_open",
                                       Kind::count,
                                       {"with something open", "有未了事项"},
                                       "Of handed_over, those with something left to be done.",
                                       {6}},
                                      [](const Part& of) { return of.sum.with_open; }};
constexpr kit::Column<Part> kMean{{"mean_ms",
                                   Kind::duration,
                                   {"mean time", "平均时长"},
                                   "Mean time of those that ended, every hour counted.",
                                   {7}},
                                  [](const Part& of) { return mean_ms(of.sum); }};

constexpr kit::Description kOwner{"owner", Kind::agent, {"owner", "首问责任人"}, "The owner.", {1}};

constexpr kit::Column<Part> kOwnerColumns[] = {
    kit::kPartName<kOwner, std::string, SumRow>,
    kit::with_rows(kStintCount, {{kOwner.key}}),
    kit::with_rows(kCurrent, {{kOwner.key}, {"state", "current"}}),
    kit::with_rows(kClosed, {{kOwner.key}, {"state", "closed"}}),
    kit::with_rows(kHandedOver, {{kOwner.key}, {"state", "handed_over"}}),
    kWithOpen,
    kMean};

constexpr kit::Column<Part> kPeriodColumns[] = {
    kit::kPartBegins<SumRow>, kStintCount, kCurrent, kClosed, kHandedOver, kWithOpen, kMean};

constexpr kit::Description kOwnerTable{
    "owners", Kind::table, {"owners", "首问责任人"}, "Stints as they stand, a row an owner."};
constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "Stints that began in each day, week or month of a zone, as they stand, the last one first; empty unless "
    "period is asked for. department leaves those of it.",
    {1},
    {},
    {{"period", "day"}}};

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::BoardRows board_rows{
      .tables = {kStints, kCases}, .filters = kFilters, .listing = {.order_bytes = kit::kMeasuredBytes}};
  const auto asked =
      kit::read_asked<Cell>(partitions, query, board_rows, kTotalColumns, candidates, order_of_row, matches);
  if (!asked) return std::unexpected(asked.error());
  const kit::NamedSums<SumRow> sums(partitions);
  const Figures figures{.sum = kit::sum_of_all<SumRow>(partitions), .matching = asked->page.matching};
  const auto periods = kit::sums_of<SumRow>(kit::PeriodQuery(asked->filters, query), partitions,
                                            asked->filters.values("department"));

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(
        *asked, kTotalColumns, kMetricColumns, figures, board,
        [&](const Cell& cell, std::string& row) { kit::write_object(kColumns, Shown{cell, query}, row); });
    kit::write_table(kOwnerColumns, sums.parts_of(Tab::owners), board.member(kOwnerTable.key));
    kit::write_table(kPeriodColumns, kit::parts_of(periods), board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"owner ledger", "责任人台账"},
      .meaning =
          {"Who answered for which case, from when to when, why that changed, and what was left to be done.",
           "各工单首问责任人的任期、变更原因与交接时的未了事项。"},
      .headings = {kStintLine, kHandovers},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kOwnerTable, kOwnerColumns), kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "no"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "owners",
          .version = 2,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, StintRow, SumRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::owners
