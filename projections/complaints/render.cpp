// The complaint register as JSON: complaints that are open first, what was found, and how they ended.
#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/complaints/board.h"
#include "projections/complaints/lists.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"
#include "projections/kit/sums.h"

namespace casetrail::complaints {
namespace {

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"state", kit::filter::word<State>, {"state", "状态"}, "Complaints in this state.", "state"},
    {"open",
     kit::filter::flag,
     {"open", "未办结"},
     "Whether it is neither closed, declined nor withdrawn.",
     "open"},
    {"category",
     kit::filter::code<ComplaintAbout>,
     {"category", "投诉对象类型"},
     "Complaints about this, as it was found or, before, as the customer said.",
     "category"},
    {"severity",
     kit::filter::code<ComplaintSeverity>,
     {"severity", "严重程度"},
     "Complaints of this severity.",
     "severity"},
    {"assessment",
     kit::filter::word<ComplaintAssessment>,
     {"assessment", "认定结果"},
     "Complaints that were assessed so.",
     "assessment"},
    {"cause", kit::filter::code<ComplaintCause>, {"cause", "投诉原因"}, "Complaints of this cause.", "cause"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Complaints about this department, or lodged when it had the case.",
     "department"},
    {"responsibility",
     kit::filter::word<Responsibility>,
     {"responsibility", "责任"},
     "Complaints whose responsibility stands so.",
     "responsibility"},
    {"appealed",
     kit::filter::flag,
     {"appealed", "已申诉"},
     "Whether the customer appealed the decision.",
     "appealed"},
    {"in_time",
     kit::filter::flag,
     {"in time", "按时受理"},
     "Whether it was accepted or declined by when it was due.",
     "in_time"},
    {"lodged_since",
     kit::filter::moment,
     {"lodged since", "提出不早于"},
     "Complaints that were lodged since."},
    {"lodged_until",
     kit::filter::moment,
     {"lodged before", "提出早于"},
     "Complaints that were lodged before."},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<ComplaintRow, CaseRow>;

bool matches(const Cell& cell, const kit::Filters& filters) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && filters.passes("state", name_of(row.state)) &&
         filters.passes_flag("open", row.is_open()) && filters.passes("category", row.category.text()) &&
         filters.passes("severity", kit::name_if(row.severity)) &&
         filters.passes("assessment", kit::name_if(row.assessment)) &&
         filters.passes("cause", kit::name_if(row.cause)) && filters.passes("department", row.department) &&
         filters.passes("responsibility", kit::name_if(row.responsibility)) &&
         filters.passes_flag("appealed", row.appeals > 0) &&
         filters.passes_flag("in_time", row.is_in_time()) &&
         filters.passes_moments("lodged_since", "lodged_until", row.lodged_at);
}

/// What of the board may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::Filters& filters) {
  return kit::candidates_between(lodged_list(), filters, "lodged_since", "lodged_until");
}

/// A row, and when it is looked at.
struct Shown {
  const Cell& cell;
  Timestamp now;

  [[nodiscard]] const ComplaintRow& row() const { return cell.row; }
  [[nodiscard]] const kit::CaseFacts& facts() const { return cell.of_case().facts; }
};

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.facts().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.facts().case_no; }},
    {kit::kReference, [](const Shown& at) { return at.facts().reference(); }},
    {{"no", Kind::text, {"no", "编号"}, "The complaint within its case."},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"state", Kind::word, {"state", "状态"}, "How far the complaint is.", {2}},
     [](const Shown& at) { return at.row().state; }},
    {{"open", Kind::flag, {"open", "未办结"}, "Whether it is neither closed, declined nor withdrawn."},
     [](const Shown& at) { return at.row().is_open(); }},
    {{"category",
      Kind::word,
      {"category", "投诉对象类型"},
      "What it is about, as it was found or, before, as the customer said.",
      {3}},
     [](const Shown& at) { return at.row().category; }},
    {{"about",
      Kind::text,
      {"about", "投诉对象"},
      "The product or department in question. Persons are named in the case alone."},
     [](const Shown& at) -> const auto& { return at.row().about; }},
    {{"severity", Kind::word, {"severity", "严重程度"}, "How serious the matter was found to be.", {5}},
     [](const Shown& at) -> const auto& { return at.row().severity; }},
    {{"department",
      Kind::department,
      {"department", "部门"},
      "The department that it is about, or that had the case when it was lodged.",
      {6}},
     [](const Shown& at) -> const auto& { return at.row().department; }},
    {{"lodged_at", Kind::moment, {"lodged", "提出时间"}, "When the customer complained.", {7}},
     [](const Shown& at) { return at.row().lodged_at; }},
    {{"open_ms",
      Kind::duration,
      {"time open", "未办结时长"},
      "Time from when it was lodged until it ended or until now, every hour counted.",
      {8}},
     [](const Shown& at) { return kit::age_ms(at.row().lodged_at, at.row().ended_at.value_or(at.now)); }},
    {{"accept_by", Kind::moment, {"accept by", "受理时限"}, "By when it was to be accepted or declined."},
     [](const Shown& at) -> const auto& { return at.row().accept_by; }},
    {{"accepted_at", Kind::moment, {"accepted at", "受理时间"}, "When it was accepted or declined."},
     [](const Shown& at) -> const auto& { return at.row().accepted_at; }},
    {{"in_time",
      Kind::flag,
      {"in time", "按时受理"},
      "Whether it was accepted or declined by accept_by; null while it was not."},
     [](const Shown& at) { return at.row().is_in_time(); }},
    {{"assessment", Kind::word, {"assessment", "认定结果"}, "Whether it was found to be justified.", {4}},
     [](const Shown& at) { return at.row().assessment; }},
    {{"assessed_at", Kind::moment, {"assessed at", "认定时间"}, "When it was assessed the last time."},
     [](const Shown& at) -> const auto& { return at.row().assessed_at; }},
    {{"cause", Kind::word, {"cause", "投诉原因"}, "What was found to be the cause.", {10}},
     [](const Shown& at) -> const auto& { return at.row().cause; }},
    {{"responsibility",
      Kind::word,
      {"responsibility", "责任"},
      "Whether the responsibility was attributed, is disputed, or was settled after a dispute."},
     [](const Shown& at) { return at.row().responsibility; }},
    {{"liable_departments",
      Kind::departments,
      {"responsible departments", "责任部门"},
      "Departments that have a share of the responsibility.",
      {11}},
     [](const Shown& at) -> const auto& { return at.row().liable_departments; }},
    {{"decided_at",
      Kind::moment,
      {"decision told at", "告知时间"},
      "When the customer was told the decision the last time.",
      {9}},
     [](const Shown& at) -> const auto& { return at.row().decided_at; }},
    {{"appeal_until", Kind::moment, {"appeal until", "申诉截止"}, "So long the customer may appeal."},
     [](const Shown& at) -> const auto& { return at.row().appeal_until; }},
    {{"appealed", Kind::flag, {"appealed", "已申诉"}, "Whether the customer appealed the decision."},
     [](const Shown& at) { return at.row().appeals > 0; }},
    {{"appealed_at", Kind::moment, {"appealed at", "申诉时间"}, "When the customer appealed the last time."},
     [](const Shown& at) -> const auto& { return at.row().appealed_at; }},
    {{"appeals", Kind::count, {"appeals", "申诉次数"}, "How often the customer appealed."},
     [](const Shown& at) { return at.row().appeals; }},
    {{"ended_at", Kind::moment, {"ended at", "办结时间"}, "When it was closed, declined or withdrawn."},
     [](const Shown& at) -> const auto& { return at.row().ended_at; }},
    {{"remedy",
      Kind::word,
      {"remedy", "补救结果"},
      "With what the case was resolved since it was lodged.",
      {12}},
     [](const Shown& at) -> const auto& { return at.row().remedy; }},
    {{"accepted_by_customer",
      Kind::flag,
      {"accepted by the customer", "客户接受"},
      "Whether the customer accepted how it was closed."},
     [](const Shown& at) -> const auto& { return at.row().accepted_by_customer; }},
    {{"retained", Kind::flag, {"retained", "已挽回"}, "Whether the customer stays a customer."},
     [](const Shown& at) -> const auto& { return at.row().retained; }},
    {{"priority", Kind::word, {"priority", "优先级"}, "The case's priority."},
     [](const Shown& at) { return at.facts().priority; }},
    {{"product", Kind::text, {"product", "产品"}, "The product of the case."},
     [](const Shown& at) -> const auto& { return at.facts().product; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner."},
     [](const Shown& at) -> const auto& { return at.facts().owner; }},
};

std::int64_t assessed(const CountsRow& counts) {
  return counts.justified + counts.partly_justified + counts.unjustified;
}

std::optional<std::int64_t> justified_share(const CountsRow& counts) {
  return kit::permille(counts.justified + counts.partly_justified, assessed(counts));
}

/// What totals and metrics are read from.
struct Figures {
  CountsRow counts;
  const kit::ListReader& lists;
  std::int64_t matching;
};

constexpr kit::Words kNow{"to be done", "待处理"};
constexpr kit::Words kSoFar{"complaints so far", "累计投诉"};
constexpr kit::Words kShares{"shares", "比率"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"lodged",
      Kind::count,
      {"lodged", "已提出"},
      "Complaints that were lodged, whatever became of them.",
      {1, kSoFar}},
     [](const Figures& of) { return of.counts.lodged; },
     kit::CountedRows::all()},
    {{"open",
      Kind::count,
      {"open", "未办结"},
      "Complaints that are neither closed, declined nor withdrawn.",
      {1, kNow}},
     [](const Figures& of) { return of.counts.open; },
     {{"open", "true"}}},
    {{"not_accepted",
      Kind::count,
      {"to accept", "待受理"},
      "Complaints that are neither accepted nor declined yet.",
      {2, kNow}},
     [](const Figures& of) { return of.lists.count(kit::list_of("state", name_of(State::lodged))); },
     {{"state", "lodged"}}},
    {{"appeals_open",
      Kind::count,
      {"appealed, to assess", "申诉待认定"},
      "Complaints that the customer appealed and nobody has assessed since.",
      {3, kNow}},
     [](const Figures& of) { return of.lists.count(kit::list_of("state", name_of(State::appealed))); },
     {{"state", "appealed"}}},
    {{"disputed",
      Kind::count,
      {"responsibility disputed", "责任有异议"},
      "Complaints whose responsibility is disputed, and that is not decided.",
      {4, kNow}},
     [](const Figures& of) {
       return of.lists.count(kit::list_of("responsibility", name_of(Responsibility::disputed)));
     },
     {{"responsibility", "disputed"}}},
    {{"closed", Kind::count, {"closed", "已办结"}, "Complaints that were closed.", {2, kSoFar}},
     [](const Figures& of) { return of.counts.closed; },
     {{"state", "closed"}}},
    {{"declined", Kind::count, {"declined", "不予受理"}, "Complaints that were declined.", {3, kSoFar}},
     [](const Figures& of) { return of.counts.declined; },
     {{"state", "turned_down"}}},
    {{"withdrawn", Kind::count, {"withdrawn", "已撤回"}, "Complaints that were withdrawn.", {4, kSoFar}},
     [](const Figures& of) { return of.counts.withdrawn; },
     {{"state", "withdrawn"}}},
    {{"assessed", Kind::count, {"assessed", "已认定"}, "justified + partly_justified + unjustified."},
     [](const Figures& of) { return assessed(of.counts); }},
    {{"justified", Kind::count, {"justified", "成立"}, "Complaints that were found to be justified."},
     [](const Figures& of) { return of.counts.justified; },
     {{"assessment", "justified"}}},
    {{"partly_justified",
      Kind::count,
      {"partly justified", "部分成立"},
      "Complaints that were found to be justified in part."},
     [](const Figures& of) { return of.counts.partly_justified; },
     {{"assessment", "partly_justified"}}},
    {{"unjustified",
      Kind::count,
      {"unjustified", "不成立"},
      "Complaints that were found not to be justified."},
     [](const Figures& of) { return of.counts.unjustified; },
     {{"assessment", "unjustified"}}},
    {{"decided",
      Kind::count,
      {"decision told", "已告知"},
      "Complaints whose decision was told, once at least."},
     [](const Figures& of) { return of.counts.decided; }},
    {{"appealed",
      Kind::count,
      {"appealed", "已申诉"},
      "Complaints whose decision was appealed.",
      {5, kSoFar}},
     [](const Figures& of) { return of.counts.appealed; },
     {{"appealed", "true"}}},
    {{"in_time",
      Kind::count,
      {"accepted in time", "按时受理"},
      "Complaints that were accepted or declined by when it was due."},
     [](const Figures& of) { return of.counts.in_time; }},
    {{"late", Kind::count, {"accepted late", "逾期受理"}, "Complaints that were accepted or declined later."},
     [](const Figures& of) { return of.counts.late; }},
    {{"accepted", Kind::count, {"accepted or declined", "已受理或不予受理"}, "in_time + late."},
     [](const Figures& of) { return of.counts.in_time + of.counts.late; }},
    {{"retained", Kind::count, {"retained", "已挽回"}, "Closed complaints whose customer stays a customer."},
     [](const Figures& of) { return of.counts.retained; }},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"justified_permille",
      Kind::share,
      {"justified", "成立率"},
      "(justified + partly_justified) / assessed.",
      {1, kShares},
      {.of = "assessed"}},
     [](const Figures& of) { return justified_share(of.counts); }},
    {{"in_time_permille",
      Kind::share,
      {"accepted in time", "按时受理率"},
      "in_time / accepted.",
      {2, kShares},
      {"in_time", "accepted"}},
     [](const Figures& of) { return kit::permille(of.counts.in_time, of.counts.in_time + of.counts.late); }},
    {{"appealed_permille",
      Kind::share,
      {"appealed", "申诉率"},
      "appealed / decided.",
      {3, kShares},
      {"appealed", "decided"}},
     [](const Figures& of) { return kit::permille(of.counts.appealed, of.counts.decided); }},
    {{"retained_permille",
      Kind::share,
      {"retained", "挽回率"},
      "retained / closed.",
      {4, kShares},
      {"retained", "closed"}},
     [](const Figures& of) { return kit::permille(of.counts.retained, of.counts.closed); }},
};

using Part = kit::PartOf<CountsRow>;

constexpr kit::Column<Part> kLodged{
    {"lodged", Kind::count, {"lodged", "已提出"}, "Complaints that were lodged.", {2}},
    [](const Part& of) { return of.sum.lodged; }};
constexpr kit::Column<Part> kOpen{
    {"open", Kind::count, {"open", "未办结"}, "Those that are neither closed, declined nor withdrawn.", {3}},
    [](const Part& of) { return of.sum.open; }};
constexpr kit::Column<Part> kClosed{{"closed", Kind::count, {"closed", "已办结"}, "Those that were closed."},
                                    [](const Part& of) { return of.sum.closed; }};
constexpr kit::Column<Part> kDeclined{
    {"declined", Kind::count, {"declined", "不予受理"}, "Those that were declined."},
    [](const Part& of) { return of.sum.declined; }};
constexpr kit::Column<Part> kWithdrawn{
    {"withdrawn", Kind::count, {"withdrawn", "已撤回"}, "Those that were withdrawn."},
    [](const Part& of) { return of.sum.withdrawn; }};
constexpr kit::Column<Part> kJustified{
    {"justified", Kind::count, {"justified", "成立"}, "Those that were found to be justified.", {4}},
    [](const Part& of) { return of.sum.justified; }};
constexpr kit::Column<Part> kPartlyJustified{{"partly_justified",
                                              Kind::count,
                                              {"partly justified", "部分成立"},
                                              "Those that were found to be justified in part.",
                                              {5}},
                                             [](const Part& of) { return of.sum.partly_justified; }};
constexpr kit::Column<Part> kUnjustified{{"unjustified",
                                          Kind::count,
                                          {"unjustified", "不成立"},
                                          "Those that were found not to be justified.",
                                          {6}},
                                         [](const Part& of) { return of.sum.unjustified; }};
constexpr kit::Column<Part> kJustifiedShare{{"justified_permille",
                                             Kind::share,
                                             {"justified", "成立率"},
                                             "(justified + partly_justified) / those that were assessed.",
                                             {7}},
                                            [](const Part& of) { return justified_share(of.sum); }};
constexpr kit::Column<Part> kAppealed{
    {"appealed", Kind::count, {"appealed", "已申诉"}, "Those whose decision was appealed.", {8}},
    [](const Part& of) { return of.sum.appealed; }};
constexpr kit::Column<Part> kLate{
    {"late", Kind::count, {"accepted late", "逾期受理"}, "Those that were accepted or declined late.", {9}},
    [](const Part& of) { return of.sum.late; }};

/// `kOf` describes the name, a `Value`, which is what the filter of the same key asks for.
template <const kit::Description& kOf, class Value>
constexpr kit::Column<Part> kPartColumns[] = {
    kit::kPartName<kOf, Value, CountsRow>,
    kit::with_rows(kLodged, {{kOf.key}}),
    kit::with_rows(kOpen, {{kOf.key}, {"open", "true"}}),
    kit::with_rows(kClosed, {{kOf.key}, {"state", "closed"}}),
    kit::with_rows(kDeclined, {{kOf.key}, {"state", "turned_down"}}),
    kit::with_rows(kWithdrawn, {{kOf.key}, {"state", "withdrawn"}}),
    kit::with_rows(kJustified, {{kOf.key}, {"assessment", "justified"}}),
    kit::with_rows(kPartlyJustified, {{kOf.key}, {"assessment", "partly_justified"}}),
    kit::with_rows(kUnjustified, {{kOf.key}, {"assessment", "unjustified"}}),
    kJustifiedShare,
    kit::with_rows(kAppealed, {{kOf.key}, {"appealed", "true"}}),
    kLate};

constexpr kit::Column<Part> kPeriodColumns[] = {kit::kPartBegins<CountsRow>,
                                                kLodged,
                                                kOpen,
                                                kClosed,
                                                kDeclined,
                                                kWithdrawn,
                                                kJustified,
                                                kPartlyJustified,
                                                kUnjustified,
                                                kJustifiedShare,
                                                kAppealed,
                                                kLate};

constexpr kit::Description kCategory{
    "category", Kind::word, {"category", "投诉对象类型"}, "What they are about.", {1}};
constexpr kit::Description kDepartment{
    "department", Kind::department, {"department", "部门"}, "The department in question.", {1}};
constexpr kit::Description kCause{"cause", Kind::word, {"cause", "投诉原因"}, "Their cause.", {1}};

constexpr kit::Description kCategoryTable{
    "categories", Kind::table, {"categories", "投诉对象"}, "Complaints as they stand, a row a category."};
constexpr kit::Description kDepartmentTable{
    "departments", Kind::table, {"departments", "部门"}, "Complaints as they stand, a row a department."};
constexpr kit::Description kCauseTable{
    "causes", Kind::table, {"causes", "投诉原因"}, "Complaints as they stand, a row a cause."};
constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "Complaints that were lodged in each day, week or month of a zone, as they stand, the last one first; "
    "empty unless period is asked for. department leaves those of it.",
    {1},
    {},
    {{"period", "day"}}};

/// Those of which there are any: a complaint may have gone from one name to another.
std::vector<Part> parts_of(const kit::NamedSums<CountsRow>& sums, Tab tab) {
  std::vector<Part> parts;
  std::ranges::copy_if(sums.parts_of(tab), std::back_inserter(parts),
                       [](const Part& part) { return part.sum.lodged > 0; });
  return parts;
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const kit::BoardRows board_rows{
      .tables = {kComplaints, kCases}, .filters = kFilters, .listing = {.order_bytes = kit::kMeasuredBytes}};
  const auto asked =
      kit::read_asked<Cell>(partitions, query, board_rows, kTotalColumns, candidates, order_of_row, matches);
  if (!asked) return std::unexpected(asked.error());
  const kit::NamedSums<CountsRow> sums(partitions);
  const Figures figures{
      .counts = kit::sum_of_all<CountsRow>(partitions), .lists = lists, .matching = asked->page.matching};
  const auto periods = kit::sums_of<CountsRow>(kit::PeriodQuery(asked->filters, query), partitions,
                                               asked->filters.values("department"));

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(*asked, kTotalColumns, kMetricColumns, figures, board,
                     [&](const Cell& cell, std::string& row) {
                       kit::write_object(kColumns, Shown{cell, query.now}, row);
                     });
    kit::write_table(kPartColumns<kCategory, Code<ComplaintAbout>>, parts_of(sums, Tab::categories),
                     board.member(kCategoryTable.key));
    kit::write_table(kPartColumns<kDepartment, std::string>, parts_of(sums, Tab::departments),
                     board.member(kDepartmentTable.key));
    kit::write_table(kPartColumns<kCause, Code<ComplaintCause>>, parts_of(sums, Tab::causes),
                     board.member(kCauseTable.key));
    kit::write_table(kPeriodColumns, kit::parts_of(periods), board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"complaint register", "投诉台账"},
      .meaning =
          {"Every complaint, those that are open first: what was found, who is responsible, how it ended.",
           "全部投诉，未办结的在前：认定结果、责任与办结情况。"},
      .headings = {kNow, kSoFar, kShares},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kCategoryTable, kPartColumns<kCategory, Code<ComplaintAbout>>),
                  kit::part(kDepartmentTable, kPartColumns<kDepartment, std::string>),
                  kit::part(kCauseTable, kPartColumns<kCause, Code<ComplaintCause>>),
                  kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "no"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "complaints",
          .version = 1,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, ComplaintRow, CountsRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::complaints
