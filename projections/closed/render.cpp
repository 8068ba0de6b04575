// The closures as JSON: the last first, and how cases were closed, by kind, department and period.
#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/closed/board.h"
#include "projections/closed/lists.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"
#include "projections/kit/sums.h"

namespace casetrail::closed {
namespace {

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"kind", kit::filter::code<CaseKind>, {"kind", "类型"}, "Cases of this kind.", "kind"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Cases that this department had when they were closed.",
     "department"},
    {"basis", kit::filter::word<ClosureBasis>, {"basis", "结案依据"}, "Cases that were closed so.", "basis"},
    {"resolution",
     kit::filter::code<ResolutionCode>,
     {"resolution", "解决方式"},
     "Cases that were resolved so.",
     "resolution"},
    {"first_contact",
     kit::filter::flag,
     {"resolved at first contact", "首次解决"},
     "Whether the first contact was enough.",
     "first_contact"},
    {"sla_met",
     kit::filter::flag,
     {"SLA met", "SLA 达标"},
     "Whether each SLA target that was due was met or excused.",
     "sla_met"},
    {"reopened", kit::filter::flag, {"reopened", "已重新打开"}, "Whether it was reopened since.", "reopened"},
    {"closed_since", kit::filter::moment, {"closed since", "关闭不早于"}, "Cases that were closed since."},
    {"closed_until", kit::filter::moment, {"closed before", "关闭早于"}, "Cases that were closed before."},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<ClosureRow, CaseRow>;

bool matches(const Cell& cell, const kit::Filters& filters) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && filters.passes("kind", row.kind.text()) &&
         filters.passes("department", row.department) && filters.passes("basis", name_of(row.basis)) &&
         filters.passes("resolution", kit::name_if(row.resolution)) &&
         filters.passes_flag("first_contact", row.first_contact) &&
         filters.passes_flag("sla_met", row.is_sla_met()) &&
         filters.passes_flag("reopened", row.reopened_at.has_value()) &&
         filters.passes_moments("closed_since", "closed_until", row.closed_at);
}

/// What of the board may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::Filters& filters) {
  return kit::candidates_between(closed_list(), filters, "closed_since", "closed_until");
}

const kit::CaseFacts& facts_of(const Cell& cell) { return cell.of_case().facts; }

constexpr kit::Column<Cell> kColumns[] = {
    {kit::kCaseId, [](const Cell& at) -> const auto& { return at.case_id; }},
    {kit::kNumber, [](const Cell& at) -> const auto& { return facts_of(at).number; }},
    {kit::kCaseNo, [](const Cell& at) -> const auto& { return facts_of(at).case_no; }},
    {kit::kReference, [](const Cell& at) { return facts_of(at).reference(); }},
    {{"no", Kind::text, {"no", "编号"}, "The closure within its case."},
     [](const Cell& at) -> const auto& { return at.id; }},
    {{"closed_at", Kind::moment, {"closed at", "关闭时间"}, "When it was closed.", {2}},
     [](const Cell& at) { return at.row.closed_at; }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of case it was.", {4}},
     [](const Cell& at) { return at.row.kind; }},
    {{"department",
      Kind::department,
      {"department", "部门"},
      "The department that had it when it was closed.",
      {5}},
     [](const Cell& at) -> const auto& { return at.row.department; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner then.", {9}},
     [](const Cell& at) -> const auto& { return at.row.owner; }},
    {{"basis", Kind::word, {"basis", "结案依据"}, "What it was closed for.", {8}},
     [](const Cell& at) { return at.row.basis; }},
    {{"resolution",
      Kind::word,
      {"resolution", "解决方式"},
      "How it was resolved; null for what was closed without that.",
      {3}},
     [](const Cell& at) -> const auto& { return at.row.resolution; }},
    {{"resolve_ms",
      Kind::duration,
      {"time to resolve", "解决时长"},
      "From when it was registered or reopened until it was resolved, every hour counted.",
      {6}},
     [](const Cell& at) -> const auto& { return at.row.resolve_ms; }},
    {{"first_contact",
      Kind::flag,
      {"resolved at first contact", "首次解决"},
      "Whether it was resolved without another message of the customer, a question, a handoff, a suspension, "
      "a "
      "rejected resolution or a reopening."},
     [](const Cell& at) { return at.row.first_contact; }},
    {{"targets_met", Kind::count, {"SLA targets met", "达标时限"}, "SLA targets that were met in the cycle."},
     [](const Cell& at) { return at.row.targets_met; }},
    {{"targets_missed",
      Kind::count,
      {"SLA targets breached", "超时时限"},
      "SLA targets that were missed in the cycle, without those that were excused before it was closed."},
     [](const Cell& at) { return at.row.targets_missed; }},
    {{"sla_met",
      Kind::flag,
      {"SLA met", "SLA 达标"},
      "Whether each SLA target that was due was met or excused; null when none was due.",
      {7}},
     [](const Cell& at) { return at.row.is_sla_met(); }},
    {{"reopened", Kind::flag, {"reopened", "已重新打开"}, "Whether it was reopened since."},
     [](const Cell& at) { return at.row.reopened_at.has_value(); }},
    {{"reopened_at", Kind::moment, {"reopened at", "重新打开时间"}, "When it was reopened.", {10}},
     [](const Cell& at) -> const auto& { return at.row.reopened_at; }},
    {{"channel", Kind::word, {"channel", "渠道"}, "How the request came."},
     [](const Cell& at) { return facts_of(at).channel; }},
    {kit::kCategory, [](const Cell& at) -> const auto& { return facts_of(at).category; }},
    {{"priority", Kind::word, {"priority", "优先级"}, "The case's priority."},
     [](const Cell& at) { return facts_of(at).priority; }},
};

std::optional<std::int64_t> mean_ms(const SumRow& sum) {
  return sum.resolved == 0 ? std::nullopt : std::optional(sum.resolved_ms / sum.resolved);
}

/// What totals and metrics are read from.
struct Figures {
  SumRow sum;
  std::int64_t matching;
};

constexpr kit::Words kClosedLine{"closed so far", "累计关闭"};
constexpr kit::Words kQuality{"quality", "质量"};
constexpr kit::Words kTime{"time to resolve", "解决时长"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"closed",
      Kind::count,
      {"closed", "已关闭"},
      "Times that a case was closed; again when it had been reopened.",
      {1, kClosedLine}},
     [](const Figures& of) { return of.sum.closed; },
     kit::CountedRows::all()},
    {{"resolved",
      Kind::count,
      {"resolved", "已解决"},
      "Of closed, those that were resolved.",
      {2, kClosedLine}},
     [](const Figures& of) { return of.sum.resolved; }},
    {{"first_contact",
      Kind::count,
      {"at first contact", "首次解决"},
      "Of resolved, those for which the first contact was enough.",
      {3, kClosedLine}},
     [](const Figures& of) { return of.sum.first_contact; },
     {{"first_contact", "true"}}},
    {{"reopened",
      Kind::count,
      {"reopened", "已重新打开"},
      "Of closed, those reopened since.",
      {4, kClosedLine}},
     [](const Figures& of) { return of.sum.reopened; },
     {{"reopened", "true"}}},
    {{"sla_met",
      Kind::count,
      {"SLA met", "SLA 达标"},
      "Of closed, those whose SLA targets were all met or excused."},
     [](const Figures& of) { return of.sum.sla_met; },
     {{"sla_met", "true"}}},
    {{"sla_missed",
      Kind::count,
      {"SLA breached", "SLA 超时"},
      "Of closed, those with a breached SLA target."},
     [](const Figures& of) { return of.sum.sla_missed; },
     {{"sla_met", "false"}}},
    {{"sla_due", Kind::count, {"with SLA targets", "有 SLA 时限"}, "sla_met + sla_missed."},
     [](const Figures& of) { return of.sum.sla_met + of.sum.sla_missed; }},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"first_contact_permille",
      Kind::share,
      {"first contact resolution", "首次解决率"},
      "first_contact / resolved.",
      {1, kQuality},
      {"first_contact", "resolved"}},
     [](const Figures& of) { return kit::permille(of.sum.first_contact, of.sum.resolved); }},
    {{"reopened_permille",
      Kind::share,
      {"reopen rate", "重新打开率"},
      "reopened / closed.",
      {2, kQuality},
      {"reopened", "closed"}},
     [](const Figures& of) { return kit::permille(of.sum.reopened, of.sum.closed); }},
    {{"sla_met_permille",
      Kind::share,
      {"SLA met", "SLA 达标率"},
      "sla_met / sla_due.",
      {3, kQuality},
      {"sla_met", "sla_due"}},
     [](const Figures& of) { return kit::permille(of.sum.sla_met, of.sum.sla_met + of.sum.sla_missed); }},
    {{"resolve_median_ms",
      Kind::duration_at_most,
      {"median", "中位数"},
      "The time in which half of resolved were resolved.",
      {1, kTime}},
     [](const Figures& of) { return of.sum.resolve_ms.percentile(50); }},
    {{"resolve_mean_ms", Kind::duration, {"mean", "平均"}, "Mean time of resolved.", {2, kTime}},
     [](const Figures& of) { return mean_ms(of.sum); }},
};

using Part = kit::PartOf<SumRow>;

constexpr kit::Column<Part> kClosedCount{
    {"closed", Kind::count, {"closed", "已关闭"}, "Times that a case was closed.", {2}},
    [](const Part& of) { return of.sum.closed; }};
constexpr kit::Column<Part> kResolved{
    {"resolved", Kind::count, {"resolved", "已解决"}, "Of closed, those that were resolved."},
    [](const Part& of) { return of.sum.resolved; }};
constexpr kit::Column<Part> kFirstContact{{"first_contact",
                                           Kind::count,
                                           {"at first contact", "首次解决"},
                                           "Of resolved, those for which the first contact was enough.",
                                           {3}},
                                          [](const Part& of) { return of.sum.first_contact; }};
constexpr kit::Column<Part> kFirstContactShare{
    {"first_contact_permille",
     Kind::share,
     {"first contact resolution", "首次解决率"},
     "first_contact / resolved.",
     {4},
     {"first_contact", "resolved"}},
    [](const Part& of) { return kit::permille(of.sum.first_contact, of.sum.resolved); }};
constexpr kit::Column<Part> kReopened{
    {"reopened", Kind::count, {"reopened", "已重新打开"}, "Of closed, those reopened since.", {5}},
    [](const Part& of) { return of.sum.reopened; }};
constexpr kit::Column<Part> kMedian{{"resolve_median_ms",
                                     Kind::duration_at_most,
                                     {"median", "中位数"},
                                     "The time in which half of resolved were resolved.",
                                     {6}},
                                    [](const Part& of) { return of.sum.resolve_ms.percentile(50); }};
constexpr kit::Column<Part> kMean{
    {"resolve_mean_ms", Kind::duration, {"mean", "平均"}, "Mean time of resolved.", {7}},
    [](const Part& of) { return mean_ms(of.sum); }};
constexpr kit::Column<Part> kSlaMet{{"sla_met",
                                     Kind::count,
                                     {"SLA met", "SLA 达标"},
                                     "Those whose SLA targets were all met or excused.",
                                     {8}},
                                    [](const Part& of) { return of.sum.sla_met; }};
constexpr kit::Column<Part> kSlaMissed{
    {"sla_missed", Kind::count, {"SLA breached", "SLA 超时"}, "Those with a breached SLA target.", {9}},
    [](const Part& of) { return of.sum.sla_missed; }};

/// `kOf` describes the name, a `Value`, which is what the filter of the same key asks for.
template <const kit::Description& kOf, class Value>
constexpr kit::Column<Part> kPartColumns[] = {
    kit::kPartName<kOf, Value, SumRow>,
    kit::with_rows(kClosedCount, {{kOf.key}}),
    kResolved,
    kit::with_rows(kFirstContact, {{kOf.key}, {"first_contact", "true"}}),
    kFirstContactShare,
    kit::with_rows(kReopened, {{kOf.key}, {"reopened", "true"}}),
    kMedian,
    kMean,
    kit::with_rows(kSlaMet, {{kOf.key}, {"sla_met", "true"}}),
    kit::with_rows(kSlaMissed, {{kOf.key}, {"sla_met", "false"}})};

constexpr kit::Column<Part> kPeriodColumns[] = {kit::kPartBegins<SumRow>,
                                                kClosedCount,
                                                kResolved,
                                                kFirstContact,
                                                kFirstContactShare,
                                                kReopened,
                                                kMedian,
                                                kMean,
                                                kSlaMet,
                                                kSlaMissed};

constexpr kit::Description kKind{"kind", Kind::word, {"kind", "类型"}, "What kind of cases they were.", {1}};
constexpr kit::Description kDepartment{"department",
                                       Kind::department,
                                       {"department", "部门"},
                                       "The department that had them when they were closed.",
                                       {1}};

constexpr kit::Description kKindTable{
    "kinds", Kind::table, {"kinds", "类型"}, "How cases were closed, a row a kind."};
constexpr kit::Description kDepartmentTable{
    "departments", Kind::table, {"departments", "部门"}, "How cases were closed, a row a department."};
constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "Cases that were closed in each day, week or month of a zone, the last one first; empty unless period is "
    "asked for. department leaves those of it.",
    {1},
    {},
    {{"period", "day"}}};

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::BoardRows board_rows{
      .tables = {kClosures, kCases}, .filters = kFilters, .listing = {.order_bytes = kit::kMeasuredBytes}};
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
    kit::write_asked(*asked, kTotalColumns, kMetricColumns, figures, board,
                     [&](const Cell& cell, std::string& row) { kit::write_object(kColumns, cell, row); });
    kit::write_table(kPartColumns<kKind, Code<CaseKind>>, sums.parts_of(Tab::kinds),
                     board.member(kKindTable.key));
    kit::write_table(kPartColumns<kDepartment, std::string>, sums.parts_of(Tab::departments),
                     board.member(kDepartmentTable.key));
    kit::write_table(kPeriodColumns, kit::parts_of(periods), board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"closed cases", "结案统计"},
      .meaning =
          {"Each time that a case was closed, the last first: how it was resolved, how long that took, and "
           "whether it was reopened.",
           "历次结案，最近的在前：解决方式、解决时长与是否重新打开。"},
      .headings = {kClosedLine, kQuality, kTime},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kKindTable, kPartColumns<kKind, Code<CaseKind>>),
                  kit::part(kDepartmentTable, kPartColumns<kDepartment, std::string>),
                  kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "no"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "closed",
          .version = 1,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, ClosureRow, SumRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::closed
