// The follow-up board as JSON: callbacks on the board, totals and metrics.
#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/follow_up/board.h"
#include "projections/follow_up/lists.h"
#include "projections/kit/add_up.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"

namespace casetrail::follow_up {
namespace {

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"state", kit::filter::word<State>, {"state", "状态"}, "Callbacks in this state.", "state"},
    {"open", kit::filter::flag, {"open", "未结"}, "Whether the callback is still to be made."},
    {"today",
     kit::filter::flag,
     {"today", "今天"},
     "Whether the callback is open and its time touches the day of now, in UTC."},
    {"overdue", kit::filter::flag, {"overdue", "超时"}, "Whether the callback is open and its time is over."},
    {"callable_now", kit::filter::flag, {"due now", "现在可回访"}, "Whether the customer may be called now."},
    {"purpose", kit::filter::code<CallbackPurpose>, {"purpose", "目的"}, "Callbacks for this.", "purpose"},
    {"product", kit::filter::text, {"product", "产品"}, "Callbacks of cases about this product.", "product"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Callbacks of cases that this department has.",
     "department"},
    {"agent",
     kit::filter::agent,
     {"agent", "回访人"},
     "Callbacks that this agent is to make or last made.",
     "agent"},
    {"priority",
     kit::filter::word<Priority>,
     {"priority", "优先级"},
     "Callbacks of cases with this priority.",
     "priority"},
    {"unsatisfied",
     kit::filter::flag,
     {"dissatisfied", "不满意"},
     "Whether the customer answered that they are not satisfied.",
     "unsatisfied"},
    {"not_reached",
     kit::filter::flag,
     {"not reached", "未接通"},
     "Whether it was tried and there are no answers.",
     "not_reached"},
    {"routed_open",
     kit::filter::flag,
     {"feedback not closed", "意见未办结"},
     "Whether feedback was routed and its case has not been closed since.",
     "routed_open"},
    {"refused",
     kit::filter::flag,
     {"refused", "拒访"},
     "Whether the customer refused to answer a callback that is still on the board.",
     "refused"},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<CallbackRow, CaseRow>;

bool is_open(const Cell& cell) { return !is_over(cell.row.state); }

bool overdue(const Cell& cell, Timestamp now) { return is_open(cell) && now > cell.row.not_after; }

bool callable(const Cell& cell, Timestamp now) {
  return is_open(cell) && cell.row.not_before <= now && now <= cell.row.not_after &&
         !cell.of_case().do_not_call;
}

// Its window touches the day of `now`, in UTC.
bool today(const Cell& cell, Timestamp now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  return is_open(cell) && cell.row.not_before < day + std::chrono::days(1) && cell.row.not_after >= day;
}

bool unsatisfied(const Cell& cell) { return cell.row.answers && cell.row.answers->satisfied == false; }

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && filters.passes("state", name_of(row.state)) &&
         filters.passes_flag("open", is_open(cell)) && filters.passes_flag("today", today(cell, now)) &&
         filters.passes_flag("overdue", overdue(cell, now)) &&
         filters.passes_flag("callable_now", [&] { return callable(cell, now); }) &&
         filters.passes("purpose", name_of(row.purpose)) &&
         filters.passes("product", [&] { return cell.of_case().facts.product; }) &&
         filters.passes("department", [&] { return cell.of_case().department; }) &&
         filters.passes("agent", row.agent) &&
         filters.passes("priority", [&] { return kit::name_if(cell.of_case().facts.priority); }) &&
         filters.passes_flag("unsatisfied", unsatisfied(cell)) &&
         filters.passes_flag("not_reached", row.attempts > 0 && !row.answers) &&
         filters.passes_flag("routed_open", [&] { return row.route && cell.of_case().routed_open > 0; }) &&
         filters.passes_flag("refused", row.state == State::refused);
}

/// An answer of a dissatisfied customer blocks until another case was made of it.
bool blocks_closing(const Cell& cell) {
  if (cell.of_case().closed) return false;
  if (is_open(cell)) return cell.row.required_before_close.value_or(false);
  return unsatisfied(cell) && !cell.row.created_case;
}

template <class Field>
auto of_words(const CallbackRow& row, Field field) {
  return row.words ? (*row.words).*field : std::nullopt;
}

/// A row, and when it is looked at.
struct Shown {
  const Cell& cell;
  Timestamp now;

  [[nodiscard]] const CallbackRow& row() const { return cell.row; }
  [[nodiscard]] const CaseRow& of_case() const { return cell.of_case(); }
  [[nodiscard]] const kit::CaseFacts& facts() const { return cell.of_case().facts; }
};

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.facts().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.facts().case_no; }},
    {kit::kReference, [](const Shown& at) { return at.facts().reference(); }},
    {{"callback", Kind::text, {"no", "回访号"}, "The callback within its case.", {2}},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"state", Kind::word, {"state", "状态"}, "How far the callback has come.", {3}},
     [](const Shown& at) { return at.row().state; }},
    {{"customer", Kind::text, {"customer", "客户"}, "The customer's name, masked.", {5}},
     [](const Shown& at) -> const auto& { return at.facts().customer; }},
    {{"contact", Kind::text, {"contact", "联系方式"}, "How the customer is reached, masked."},
     [](const Shown& at) -> const auto& { return at.facts().contact; }},
    {{"product", Kind::text, {"product", "产品"}, "The product that the case is about."},
     [](const Shown& at) -> const auto& { return at.facts().product; }},
    {{"priority", Kind::word, {"prio", "优先级"}, "The case's priority.", {9}},
     [](const Shown& at) { return at.facts().priority; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner."},
     [](const Shown& at) -> const auto& { return at.facts().owner; }},
    {{"purpose", Kind::word, {"purpose", "目的"}, "What the callback is for.", {7}},
     [](const Shown& at) { return at.row().purpose; }},
    {{"form", Kind::text, {"form", "回访表"}, "The form that is filled in."},
     [](const Shown& at) -> const auto& { return at.row().form.id; }},
    {{"form_version", Kind::number, {"form version", "回访表版本"}, "The form's version."},
     [](const Shown& at) { return at.row().form.version; }},
    {{"not_before", Kind::moment, {"not before", "最早"}, "From when the customer may be called."},
     [](const Shown& at) { return at.row().not_before; }},
    {{"not_after", Kind::moment, {"not after", "最晚"}, "By when the callback is to be completed."},
     [](const Shown& at) { return at.row().not_after; }},
    {{"tz", Kind::text, {"time zone", "时区"}, "The customer's time zone."},
     [](const Shown& at) -> const auto& { return at.row().tz; }},
    {{"shifted_because", Kind::word, {"moved because", "改期原因"}, "Why the time was moved."},
     [](const Shown& at) { return at.row().shifted_because; }},
    {{"due", Kind::moment, {"due", "时限"}, "By when the callback is to be completed.", {4}},
     [](const Shown& at) { return at.row().not_after; }},
    {{"overdue",
      Kind::flag,
      {"overdue", "超时"},
      "Whether its time is over, or once was before it was done."},
     [](const Shown& at) { return overdue(at.cell, at.now) || at.row().overdue; }},
    {{"overdue_by_ms", Kind::duration, {"late by", "超时时长"}, "Time since an open callback was due.", {6}},
     [](const Shown& at) {
       return overdue(at.cell, at.now) ? std::optional((at.now - at.row().not_after).count()) : std::nullopt;
     }},
    {{"callable_now",
      Kind::flag,
      {"due now", "现在可回访"},
      "Whether it is open, within its time, and the customer may be called."},
     [](const Shown& at) { return callable(at.cell, at.now); }},
    {{"do_not_call", Kind::flag, {"do not call", "勿回访"}, "Whether the customer asked not to be called."},
     [](const Shown& at) { return at.of_case().do_not_call; }},
    {{"agent", Kind::agent, {"agent", "回访人"}, "Who is to make the callback, or last tried.", {10}},
     [](const Shown& at) -> const auto& { return at.row().agent; }},
    {{"attempts", Kind::count, {"tries", "尝试次数"}, "How often it was tried.", {8}},
     [](const Shown& at) { return at.row().attempts; }},
    {{"last_outcome", Kind::word, {"last", "最近结果"}, "What became of the last attempt.", {11}},
     [](const Shown& at) { return at.row().last_outcome; }},
    {{"last_attempt_at", Kind::moment, {"last attempt at", "最近尝试时间"}, "When it was last tried."},
     [](const Shown& at) { return at.row().last_attempt_at; }},
    {{"satisfied", Kind::flag, {"satisfied", "满意"}, "The customer's answer: whether they are satisfied."},
     [](const Shown& at) { return at.row().answers ? at.row().answers->satisfied : std::nullopt; }},
    {{"service_rating",
      Kind::number,
      {"rating", "服务评分"},
      "The customer's answer: how good the service was."},
     [](const Shown& at) { return at.row().answers ? at.row().answers->service_rating : std::nullopt; }},
    {{"problem_where",
      Kind::text,
      {"problem", "问题所在"},
      "The customer's answer: where the problem is.",
      {.rank = 12, .may_be_cut = true}},
     [](const Shown& at) { return of_words(at.row(), &CallbackWords::problem_where); }},
    {{"how_to_satisfy",
      Kind::text,
      {"how to satisfy", "如何满意"},
      "The customer's answer: what would help."},
     [](const Shown& at) { return of_words(at.row(), &CallbackWords::how_to_satisfy); }},
    {{"use_experience",
      Kind::text,
      {"experience", "使用感受"},
      "The customer's answer: how the product is in use."},
     [](const Shown& at) { return of_words(at.row(), &CallbackWords::use_experience); }},
    {{"other_needs", Kind::text, {"other needs", "其他需求"}, "The customer's answer: what else they need."},
     [](const Shown& at) { return of_words(at.row(), &CallbackWords::other_needs); }},
    {{"comment", Kind::text, {"comment", "备注"}, "What the agent noted."},
     [](const Shown& at) { return of_words(at.row(), &CallbackWords::comment); }},
    {{"deliver_to_department",
      Kind::department,
      {"feedback for", "意见转交"},
      "The department that the answers are for."},
     [](const Shown& at) {
       return at.row().answers ? kit::text_of(at.row().answers->deliver_to_department) : std::nullopt;
     }},
    {{"routed_to_department",
      Kind::department,
      {"feedback routed to", "意见已转交"},
      "The department that got the feedback."},
     [](const Shown& at) -> const auto& { return at.row().routed_to; }},
    {{"route", Kind::word, {"route", "转交方式"}, "How the feedback was routed."},
     [](const Shown& at) { return at.row().route; }},
    {{"created_case", Kind::text, {"follow-up case", "后续工单"}, "The case that was made of the feedback."},
     [](const Shown& at) -> const auto& { return at.row().created_case; }},
    {{"resolution_code", Kind::word, {"resolution", "解决方式"}, "How the case was last resolved."},
     [](const Shown& at) { return at.of_case().resolution_code; }},
    {{"resolved_by_agents", Kind::agents, {"resolved by agents", "解决人员"}, "Who resolved the case."},
     [](const Shown& at) -> const auto& { return at.of_case().attributed.agents; }},
    {{"resolved_by_departments",
      Kind::departments,
      {"resolved by departments", "解决部门"},
      "Which departments resolved the case."},
     [](const Shown& at) -> const auto& { return at.of_case().attributed.departments; }},
    {{"department", Kind::department, {"department", "部门"}, "The department that has the case."},
     [](const Shown& at) -> const auto& { return at.of_case().department; }},
    {{"blocks_closing",
      Kind::flag,
      {"blocks closing", "阻止结案"},
      "Whether the case cannot be closed because of this callback."},
     [](const Shown& at) { return blocks_closing(at.cell); }},
};

/// What the clock says of all that are open.
struct Clocked {
  std::int64_t overdue;
  std::int64_t callable_now;
};

Clocked clocked(const kit::ListReader& lists, Timestamp now) {
  const auto begun = lists.count_before(begins_list(), kit::order_of(now + std::chrono::milliseconds(1)));
  return {.overdue = lists.count_before(open_list(), kit::order_of(now)),
          .callable_now = begun - lists.count_before(ends_list(), kit::order_of(now))};
}

/// What of the board may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::ListReader& lists, const Clocked& clock,
                                        const kit::Filters& filters, Timestamp now) {
  std::vector<kit::Candidates> all;
  if (filters.text("open") == "true")
    all.push_back({.lists = {open_list()}, .in_order = false, .passing = lists.count(open_list())});
  if (filters.text("overdue") == "true")
    all.push_back(
        {.lists = {open_list()}, .in_order = false, .until = kit::order_of(now), .passing = clock.overdue});
  if (filters.text("today") == "true")
    all.push_back({.lists = {open_list()},
                   .in_order = false,
                   .from = kit::order_of(std::chrono::floor<std::chrono::days>(now))});
  if (filters.text("callable_now") == "true") {
    all.push_back({.lists = {ends_list()},
                   .in_order = false,
                   .from = kit::order_of(now),
                   .passing = clock.callable_now});
    all.push_back({.lists = {begins_list()},
                   .in_order = false,
                   .until = kit::order_of(now + std::chrono::milliseconds(1)),
                   .passing = clock.callable_now});
  }
  return all;
}

/// What totals and metrics are read from.
struct Figures {
  const TotalsRow& totals;
  const kit::ListReader& lists;
  const Clocked& clock;
  std::int64_t matching;

  /// Rows that this is true of.
  [[nodiscard]] std::int64_t having(std::string_view flag) const {
    return lists.count(kit::list_of(flag, "true"));
  }
};

constexpr kit::Words kOnTheBoard{"on the board", "当前"};
constexpr kit::Words kSoFar{"so far", "累计"};
constexpr kit::Words kCaseLine{"cases", "工单"};
constexpr kit::Words kReached{"reached", "接通"};
constexpr kit::Words kAnswers{"answers", "回访结果"};
constexpr kit::Words kRouted{"feedback routed to", "意见已转交"};
constexpr kit::Words kQuality{"quality", "质量"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"cases", Kind::count, {"cases", "工单"}, "Cases that were registered."},
     [](const Figures& of) { return of.totals.cases; },
     kit::CountedRows::events({{"type", RequestRegistered::kType}})},
    {{"scheduled", Kind::count, {"planned", "已计划"}, "Callbacks that were planned.", {1, kSoFar}},
     [](const Figures& of) { return of.totals.scheduled; },
     kit::CountedRows::events({{"type", CallbackScheduled::kType}})},
    {{"rescheduled", Kind::count, {"moved", "改期"}, "Times that a callback was moved.", {2, kSoFar}},
     [](const Figures& of) { return of.totals.rescheduled; },
     kit::CountedRows::events({{"type", CallbackRescheduled::kType}})},
    {{"attempts", Kind::count, {"attempts", "尝试"}, "Attempts to reach a customer.", {3, kSoFar}},
     [](const Figures& of) { return of.totals.attempts; },
     kit::CountedRows::events({{"type", CallbackAttempted::kType}})},
    {{"completed", Kind::count, {"completed", "已完成"}, "Callbacks with answers so far.", {4, kSoFar}},
     [](const Figures& of) { return of.totals.completed; },
     kit::CountedRows::events({{"type", CallbackCompleted::kType}})},
    {{"refused",
      Kind::count,
      {"refused", "拒访"},
      "Callbacks that the customer refused so far.",
      {5, kSoFar}},
     [](const Figures& of) { return of.totals.refused; },
     kit::CountedRows::events({{"type", CallbackRefused::kType}})},
    {{"exhausted",
      Kind::count,
      {"unreachable", "联系不上"},
      "Callbacks that ended so far because their attempts were exhausted.",
      {6, kSoFar}},
     [](const Figures& of) { return of.totals.exhausted; },
     kit::CountedRows::events({{"type", CallbackExhausted::kType}})},
    {{"waived", Kind::count, {"waived", "免访"}, "Callbacks that were waived so far.", {7, kSoFar}},
     [](const Figures& of) { return of.totals.waived; },
     kit::CountedRows::events({{"type", CallbackWaived::kType}})},
    {{"canceled",
      Kind::count,
      {"canceled", "已取消"},
      "Callbacks that were canceled, for the work goes on or nobody needs them.",
      {9, kSoFar}},
     [](const Figures& of) { return of.totals.canceled; },
     kit::CountedRows::events({{"type", CallbackCanceled::kType}})},
    {{"went_overdue",
      Kind::count,
      {"went overdue", "曾超时"},
      "Times that a callback was not completed by its time.",
      {8, kSoFar}},
     [](const Figures& of) { return of.totals.overdue; },
     kit::CountedRows::events({{"type", CallbackOverdue::kType}})},
    {{"cases_due", Kind::count, {"due", "应回访"}, "Cases for which a callback was planned.", {1, kCaseLine}},
     [](const Figures& of) { return of.totals.cases_due; }},
    {{"cases_called", Kind::count, {"called", "已回访"}, "Of cases_due, those with a completed callback."},
     [](const Figures& of) { return of.totals.cases_called; }},
    {{"dissatisfied",
      Kind::count,
      {"dissatisfied", "不满意"},
      "Completed callbacks of dissatisfied customers."},
     [](const Figures& of) { return of.totals.dissatisfied; },
     kit::CountedRows::events({{"type", CallbackCompleted::kType}, {"answers.satisfied", "false"}})},
    {{"problems_found",
      Kind::count,
      {"problems found", "发现问题"},
      "Completed callbacks that name a problem."},
     [](const Figures& of) { return of.totals.problems_found; }},
    {{"on_board",
      Kind::count,
      {"all", "全部"},
      "Callbacks on the board: open, or over and their case is not closed.",
      {4, kOnTheBoard}},
     [](const Figures& of) { return of.lists.count(kit::all_rows()); },
     kit::CountedRows::all()},
    {{"open", Kind::count, {"open", "未结"}, "Callbacks that are still to be made.", {1, kOnTheBoard}},
     [](const Figures& of) { return of.lists.count(open_list()); },
     {{"open", "true"}}},
    {{"overdue", Kind::count, {"overdue", "超时"}, "Open callbacks whose time is over.", {2, kOnTheBoard}},
     [](const Figures& of) { return of.clock.overdue; },
     {{"overdue", "true"}}},
    {{"callable_now",
      Kind::count,
      {"due now", "现在可回访"},
      "Open callbacks within their time whose customers may be called.",
      {3, kOnTheBoard}},
     [](const Figures& of) { return of.clock.callable_now; },
     {{"callable_now", "true"}}},
    {{"not_reached",
      Kind::count,
      {"not reached", "未接通"},
      "Callbacks on the board that were tried and have no answers.",
      {5, kOnTheBoard}},
     [](const Figures& of) { return of.having("not_reached"); },
     {{"not_reached", "true"}}},
    {{"unsatisfied",
      Kind::count,
      {"dissatisfied", "不满意"},
      "Callbacks on the board whose customers are not satisfied.",
      {6, kOnTheBoard}},
     [](const Figures& of) { return of.having("unsatisfied"); },
     {{"unsatisfied", "true"}}},
    {{"routed_open",
      Kind::count,
      {"feedback not closed", "意见未办结"},
      "Callbacks whose feedback was routed and whose case has not been closed since.",
      {7, kOnTheBoard}},
     [](const Figures& of) { return of.having("routed_open"); },
     {{"routed_open", "true"}}},
    {{"refused_on_board",
      Kind::count,
      {"refused", "拒访"},
      "Callbacks on the board that the customer refused.",
      {8, kOnTheBoard}},
     [](const Figures& of) { return of.having("refused"); },
     {{"refused", "true"}}},
    {{"complaints_closed", Kind::count, {"complaints closed", "已结投诉"}, "Complaints that were closed."},
     [](const Figures& of) { return of.totals.complaints_closed; },
     kit::CountedRows::events({{"type", ComplaintClosed::kType}})},
    {{"complaints_retained",
      Kind::count,
      {"retained", "挽回"},
      "Closed complaints whose customer was retained."},
     [](const Figures& of) { return of.totals.complaints_retained; },
     kit::CountedRows::events({{"type", ComplaintClosed::kType}, {"retained", "true"}})},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

/// Attempts of one number, or in one hour.
struct Reach {
  std::int64_t at;
  std::int64_t attempts;
  std::int64_t reached;
};

constexpr kit::Column<Reach> kTries{
    {"attempts", Kind::count, {"attempts", "尝试"}, "Attempts to reach a customer."},
    [](const Reach& reach) { return reach.attempts; }};
constexpr kit::Column<Reach> kConnected{
    {"reached", Kind::count, {"reached", "接通"}, "Attempts at which the customer answered."},
    [](const Reach& reach) { return reach.reached; }};
constexpr kit::Column<Reach> kReach{
    {"reach_permille",
     Kind::share,
     {"reached", "接通率"},
     "reached / attempts.",
     {},
     {"reached", "attempts"}},
    [](const Reach& reach) { return kit::permille(reach.reached, reach.attempts); }};
constexpr auto kAt = [](const Reach& reach) { return reach.at; };
constexpr kit::Column<Reach> kReachByNo[] = {
    {{"attempt", Kind::number, {"attempt", "第几次"}, "Which attempt of its callback it was, from 1."}, kAt},
    kTries,
    kConnected,
    kReach};
constexpr kit::Column<Reach> kReachByHour[] = {
    {{"utc_hour", Kind::number, {"hour (UTC)", "小时 (UTC)"}, "The hour of the day, in UTC."}, kAt},
    kTries,
    kConnected,
    kReach};

template <const auto& kOf>
kit::TableOf<kOf, Reach> reach_of(const std::vector<std::int64_t>& tried,
                                  const std::vector<std::int64_t>& reached, std::int64_t first) {
  kit::TableOf<kOf, Reach> table;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (tried[i] == 0) continue;
    table.rows.push_back({first + static_cast<std::int64_t>(i), tried[i], kit::counted_at(reached, i)});
  }
  return table;
}

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"coverage_permille",
      Kind::share,
      {"called", "已回访"},
      "cases_called / cases_due.",
      {2, kCaseLine},
      {"cases_called", "cases_due"}},
     [](const Figures& of) { return kit::permille(of.totals.cases_called, of.totals.cases_due); }},
    {{"reach_by_attempt",
      Kind::table,
      {"reached by attempt", "按次接通"},
      "How many customers answered at their first attempt, their second and so on.",
      {1, kReached}},
     [](const Figures& of) {
       return reach_of<kReachByNo>(of.totals.tried_by_no, of.totals.reached_by_no, 1);
     }},
    {{"reach_by_utc_hour",
      Kind::table,
      {"reached by hour", "按时段接通"},
      "How many customers answered at which hour of the day, in UTC."},
     [](const Figures& of) {
       return reach_of<kReachByHour>(of.totals.tried_by_hour, of.totals.reached_by_hour, 0);
     }},
    {{"on_time_permille",
      Kind::share,
      {"in time", "按时"},
      "Callbacks that were completed by their time / completed.",
      {1, kQuality},
      {.of = "completed"}},
     [](const Figures& of) { return kit::permille(of.totals.on_time, of.totals.completed); }},
    {{"quiet_hour_violations",
      Kind::count,
      {"calls outside permitted hours", "超出允许时段"},
      "Attempts outside of the customer's calling hours.",
      {2, kQuality}},
     [](const Figures& of) { return of.totals.quiet_hour_violations; },
     kit::CountedRows::events({{"type", CallbackAttempted::kType}, {"in_hours", "false"}})},
    {{"dissatisfied_permille",
      Kind::share,
      {"dissatisfied", "不满意"},
      "dissatisfied / completed.",
      {1, kAnswers},
      {"dissatisfied", "completed"}},
     [](const Figures& of) { return kit::permille(of.totals.dissatisfied, of.totals.completed); }},
    {{"problem_found_permille",
      Kind::share,
      {"problems found", "发现问题"},
      "problems_found / completed.",
      {2, kAnswers},
      {"problems_found", "completed"}},
     [](const Figures& of) { return kit::permille(of.totals.problems_found, of.totals.completed); }},
    {{"routed_feedback",
      Kind::counts,
      {"feedback routed to", "意见已转交"},
      "Feedback by what was made of it.",
      {1, kRouted}},
     [](const Figures& of) { return kit::counts_by<FeedbackRoute>(of.totals.routed); },
     kit::CountedRows::events({{"type", CallbackFeedbackRouted::kType}, {"route"}})},
    {{"routed_feedback_closed",
      Kind::count,
      {"closed", "已办结"},
      "Feedback for which its own case was reopened or handed over, and the case was closed since.",
      {2, kRouted}},
     [](const Figures& of) { return of.totals.routed_closed; }},
    {{"reopened_after_callback_permille",
      Kind::share,
      {"reopened after a call", "回访后重新打开"},
      "Cases that were reopened after a completed callback / cases_called.",
      {3, kQuality},
      {.of = "cases_called"}},
     [](const Figures& of) { return kit::permille(of.totals.cases_reopened_after, of.totals.cases_called); }},
    {{"retained_after_complaint_permille",
      Kind::share,
      {"retention after complaint", "投诉后挽回"},
      "complaints_retained / complaints_closed.",
      {4, kQuality},
      {"complaints_retained", "complaints_closed"}},
     [](const Figures& of) {
       return kit::permille(of.totals.complaints_retained, of.totals.complaints_closed);
     }},
};

constexpr kit::Description kPeriodTable{"periods",
                                        Kind::table,
                                        {"periods", "周期"},
                                        "What happened to callbacks in each day, week or month of a zone, "
                                        "the last one first; empty unless period "
                                        "is asked for. department leaves those whose case it had then.",
                                        {1},
                                        {},
                                        {{"period", "day"}}};
using PeriodSum = kit::PeriodSum<PeriodRow>;

constexpr kit::Column<PeriodSum> kPeriodColumns[] = {
    kit::kBegins<PeriodRow>,
    kit::kSince<PeriodRow>,
    kit::kUntil<PeriodRow>,
    {{"scheduled", Kind::count, {"scheduled", "已计划"}, "Callbacks that were scheduled.", {2}},
     [](const PeriodSum& of) { return of.sum.scheduled; },
     kit::events_of_period(CallbackScheduled::kType)},
    {{"completed", Kind::count, {"completed", "已完成"}, "Callbacks that were completed.", {3}},
     [](const PeriodSum& of) { return of.sum.completed; },
     kit::events_of_period(CallbackCompleted::kType)},
    {{"on_time", Kind::count, {"in time", "按时"}, "Callbacks that were completed by their time."},
     [](const PeriodSum& of) { return of.sum.on_time; }},
    {{"on_time_permille",
      Kind::share,
      {"in time", "按时率"},
      "on_time / completed.",
      {4},
      {"on_time", "completed"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.on_time, of.sum.completed); }},
    {{"attempts", Kind::count, {"attempts", "尝试"}, "Attempts to reach a customer."},
     [](const PeriodSum& of) { return of.sum.attempts; },
     kit::events_of_period(CallbackAttempted::kType)},
    {{"reached", Kind::count, {"reached", "接通"}, "Attempts at which the customer answered."},
     [](const PeriodSum& of) { return of.sum.reached; },
     kit::events_of_period(CallbackAttempted::kType, "outcome", name_of(CallbackOutcome::connected))},
    {{"reach_permille",
      Kind::share,
      {"reach rate", "接通率"},
      "reached / attempts.",
      {5},
      {"reached", "attempts"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.reached, of.sum.attempts); }},
    {{"dissatisfied", Kind::count, {"dissatisfied", "不满意"}, "Customers who were not satisfied."},
     [](const PeriodSum& of) { return of.sum.dissatisfied; },
     kit::events_of_period(CallbackCompleted::kType, "answers.satisfied", "false")},
    {{"dissatisfied_permille",
      Kind::share,
      {"dissatisfied", "不满意率"},
      "dissatisfied / completed.",
      {6},
      {"dissatisfied", "completed"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.dissatisfied, of.sum.completed); }},
    {{"problems_found", Kind::count, {"problems found", "发现问题"}, "Callbacks that found a problem.", {7}},
     [](const PeriodSum& of) { return of.sum.problems_found; }},
    {{"exhausted", Kind::count, {"unreachable", "联系不上"}, "Callbacks whose attempts were used up.", {8}},
     [](const PeriodSum& of) { return of.sum.exhausted; },
     kit::events_of_period(CallbackExhausted::kType)},
    {{"overdue", Kind::count, {"overdue", "超时"}, "Callbacks whose time went by.", {9}},
     [](const PeriodSum& of) { return of.sum.overdue; },
     kit::events_of_period(CallbackOverdue::kType)},
    {{"refused", Kind::count, {"refused", "拒访"}, "Callbacks that the customer refused."},
     [](const PeriodSum& of) { return of.sum.refused; },
     kit::events_of_period(CallbackRefused::kType)},
    {{"waived", Kind::count, {"waived", "免访"}, "Callbacks that were waived."},
     [](const PeriodSum& of) { return of.sum.waived; },
     kit::events_of_period(CallbackWaived::kType)},
};

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const auto clock = clocked(lists, query.now);
  const kit::BoardRows board_rows{
      .tables = {kCallbacks, kCases}, .filters = kFilters, .listing = {.order_bytes = kOrderBytes}};
  const auto asked = kit::read_asked<Cell>(
      partitions, query, board_rows, kTotalColumns,
      [&](const kit::Filters& filters) { return candidates(lists, clock, filters, query.now); }, order_of_row,
      [&](const Cell& cell, const kit::Filters& filters) { return matches(cell, filters, query.now); });
  if (!asked) return std::unexpected(asked.error());
  TotalsRow totals;
  for (const auto* rows : partitions) kit::add_up(totals, kit::read_row<TotalsRow>(*rows, kTotals, ""));

  const Figures figures{.totals = totals, .lists = lists, .clock = clock, .matching = asked->page.matching};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(*asked, kTotalColumns, kMetricColumns, figures, board,
                     [&](const Cell& cell, std::string& row) {
                       kit::write_object(kColumns, Shown{cell, query.now}, row);
                     });
    kit::write_table(kPeriodColumns,
                     kit::sums_of<PeriodRow>(kit::PeriodQuery(asked->filters, query), partitions,
                                             asked->filters.values("department")),
                     board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"follow-up", "回访"},
      .meaning = {"Callbacks to make, what customers answered, and what became of their feedback.",
                  "待回访、客户的回答以及意见的办理。"},
      .headings = {kOnTheBoard, kSoFar, kCaseLine, kReached, kAnswers, kRouted, kQuality},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "callback"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "follow_up",
          .version = 5,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CallbackRow, CaseRow, PeriodRow, TotalsRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::follow_up
