// The list of cases as JSON: the rows that need attention first, and how much work there is.
#include <algorithm>
#include <map>

#include "aggregates/case/draft.h"
#include "events/case/case_number.h"
#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/cases/board.h"
#include "projections/cases/lists.h"
#include "projections/kit/add_up.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/cells.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/shape.h"

namespace casetrail::cases {
namespace {

using kit::Kind;
using std::chrono::days;

constexpr std::int64_t kMostHandoffs = 1'000'000;

/// So long a closed case is shown without being asked for, in whole days.
constexpr days kShownWhenClosed{7};
/// So many days of closed cases are looked at together.
constexpr days kMostDays{400};

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"status", kit::filter::word<CaseStatus>, {"status", "状态"}, "Cases in this status.", "status"},
    {"priority",
     kit::filter::word<Priority>,
     {"priority", "优先级"},
     "Cases with this priority.",
     "priority"},
    {"kind", kit::filter::word<CaseKind>, {"kind", "类型"}, "Cases of this kind.", "kind"},
    {"channel",
     kit::filter::word<Channel>,
     {"channel", "渠道"},
     "Cases that came by this channel.",
     "channel"},
    {"department",
     kit::filter::text,
     {"department", "部门"},
     "Cases that this department has, or in whose queue they wait.",
     "department"},
    {"queue", kit::filter::text, {"queue", "队列"}, "Cases that wait in this queue.", "queue"},
    {"assignee",
     kit::filter::text,
     {"assignee", "处理人"},
     "Cases that this agent is to work on.",
     "assignee"},
    {"owner", kit::filter::text, {"case owner", "首问责任人"}, "Cases that this agent owns.", "owner"},
    {"agent",
     kit::filter::text,
     {"agent", "人员"},
     "Cases that this agent owns or is to work on: for oneself, mine.",
     "agent"},
    {"unassigned",
     kit::filter::flag,
     {"unassigned", "未分派"},
     "Whether nobody in person is to work on an open case.",
     "unassigned"},
    {"breached",
     kit::filter::flag,
     {"breached", "已超时"},
     "Whether an SLA target is breached and not met yet."},
    {"due_before",
     kit::filter::moment,
     {"due before", "到期早于"},
     "Open cases whose next target is due before."},
    {"escalated",
     kit::filter::flag,
     {"escalated", "已升级"},
     "Whether the case was escalated since it was opened.",
     "escalated"},
    {"handoffs",
     kit::filter::number<0, kMostHandoffs>,
     {"handed off at least", "移交次数不少于"},
     "Cases that were handed off at least so many times."},
    {"category", kit::filter::text, {"category", "分类"}, "Cases that were classified as this.", "category"},
    {"product", kit::filter::text, {"product", "产品"}, "Cases about this product.", "product"},
    {"customer",
     kit::filter::text,
     {"customer reference", "客户编号"},
     "All cases of this customer, closed ones too.",
     "customer"},
    {"order", kit::filter::text, {"order", "订单"}, "All cases about this order, closed ones too.", "order"},
    {"serial",
     kit::filter::text,
     {"serial number", "序列号"},
     "All cases about this item, closed ones too.",
     "serial"},
    {"text",
     kit::filter::text,
     {"text", "文本"},
     "Cases whose number, reference, product or category holds this, in capitals or not."},
    {"registered_since", kit::filter::moment, {"registered since", "登记不早于"}, "Cases registered since."},
    {"registered_until", kit::filter::moment, {"registered before", "登记早于"}, "Cases registered before."},
    {"closed_since",
     kit::filter::moment,
     {"closed since", "关闭不早于"},
     "Cases closed since, and no open ones."},
    {"closed_until",
     kit::filter::moment,
     {"closed before", "关闭早于"},
     "Cases closed before, and no open ones."},
};

struct Cell {
  std::string case_id;
  CaseRow row;

  Cell(const kit::Rows& rows, kit::CellTables tables, std::string_view key)
      : case_id(kit::split_key(key).first), row(kit::read_row<CaseRow>(rows, tables.rows, key)) {}
};

bool is_breached(const CaseRow& row, Timestamp now) {
  const auto due = row.is_closed() ? std::nullopt : row.next_due();
  return due && *due < now;
}

bool is_of_case(const Cell& cell, const kit::Filters& filters) {
  return filters.passes("case", cell.case_id) || filters.passes("case", cell.row.number) ||
         filters.passes("case", cell.row.external_ref) ||
         filters.passes("case", [&] { return cell.row.reference(); });
}

/// In small letters, those of ASCII: of Chinese there are none.
std::string small(std::string_view text) {
  std::string all(text);
  std::ranges::transform(all, all.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return all;
}

bool holds_text(const CaseRow& row, const kit::Filters& filters) {
  const auto values = filters.values("text");
  const auto holds = [&](const std::optional<std::string>& text) {
    return text && std::ranges::any_of(values, [&, all = small(*text)](const std::string& value) {
             return all.contains(small(value));
           });
  };
  return values.empty() || holds(row.number) || holds(row.reference()) || holds(row.product) ||
         holds(row.state.category);
}

bool within(const std::optional<Timestamp>& at, const std::optional<Timestamp>& since,
            const std::optional<Timestamp>& until) {
  return (!since || (at && *at >= *since)) && (!until || (at && *at < *until));
}

bool is_within_times(const CaseRow& row, const kit::Filters& filters) {
  const auto closed_at = row.is_closed() ? row.state.closed_at : std::nullopt;
  const auto due = row.is_closed() ? std::nullopt : row.next_due();
  return within(row.state.registered_at, filters.moment("registered_since"),
                filters.moment("registered_until")) &&
         within(closed_at, filters.moment("closed_since"), filters.moment("closed_until")) &&
         within(due, std::nullopt, filters.moment("due_before"));
}

bool is_of_people(const CaseRow& row, const kit::Filters& filters) {
  const auto assignee = kit::text_of(row.state.assignment.agent_id);
  const auto owner = kit::text_of(row.state.owner);
  return filters.passes("assignee", assignee) && filters.passes("owner", owner) &&
         (filters.passes("agent", assignee) || filters.passes("agent", owner)) &&
         filters.passes("department", [&] { return row.department(); }) &&
         filters.passes("queue", [&] { return row.queue(); });
}

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& row = cell.row;
  const auto handoffs = filters.number("handoffs");
  return is_of_case(cell, filters) && filters.passes("status", name_of(row.state.status)) &&
         filters.passes("priority", [&] { return kit::name_if(row.state.priority); }) &&
         filters.passes("kind", name_of(row.state.kind)) &&
         filters.passes("channel", [&] { return kit::name_if(row.channel); }) && is_of_people(row, filters) &&
         filters.passes_flag("unassigned", row.is_unassigned()) &&
         filters.passes_flag("breached", [&] { return is_breached(row, now); }) &&
         filters.passes_flag("escalated", row.escalation.has_value()) &&
         (!handoffs || row.handoffs >= *handoffs) && filters.passes("category", row.state.category) &&
         filters.passes("product", row.product) && filters.passes("customer", row.customer_ref) &&
         filters.passes("order", row.order_ref) && filters.passes("serial", row.serial_no) &&
         holds_text(row, filters) && is_within_times(row, filters);
}

/// Whether the query looks for a certain case, or those of a customer, an order or an item.
bool is_searching(const kit::Filters& filters) {
  return std::ranges::any_of(filters.asked(), [](const auto& asked) { return is_search(asked.type->list); });
}

std::chrono::sys_days day_of(Timestamp at) { return std::chrono::floor<days>(at); }

/// Which cases a query looks at; an error is a sentence.
std::expected<Scope, std::string> scope_of(const kit::Filters& filters, Timestamp now) {
  const auto since = filters.moment("closed_since");
  const auto until = filters.moment("closed_until");
  if (!since && !until) {
    const auto statuses = filters.values("status");
    const auto closed = std::ranges::count(statuses, name_of(CaseStatus::closed));
    Scope scope{.closed_from = day_of(now) - kShownWhenClosed, .closed_until = day_of(now) + days(1)};
    if (!statuses.empty() && closed == 0) scope.closed_until = scope.closed_from;
    if (!statuses.empty() && closed == std::ssize(statuses)) scope.open = false;
    return scope;
  }
  const auto last = day_of(until.value_or(now)) + days(1);
  const Scope scope{
      .open = false, .closed_from = since ? day_of(*since) : last - kMostDays, .closed_until = last};
  if (scope.closed_until - scope.closed_from > kMostDays + days(1))
    return std::unexpected("Expected 'closed_since' and 'closed_until' to be " +
                           std::to_string(kMostDays.count()) + " days apart at most.");
  return scope;
}

/// What of the list may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::ListReader& lists, const kit::Filters& filters,
                                        Timestamp now) {
  std::vector<kit::Candidates> all;
  const auto due_before = [&](Timestamp until) {
    all.push_back({.lists = {open_list()}, .until = kit::order_of(until)});
    all.back().passing = lists.count_before(open_list(), kit::order_of(until));
  };
  if (is_searching(filters)) return all;
  if (filters.text("breached") == "true") due_before(now);
  if (const auto until = filters.moment("due_before")) due_before(*until);
  return all;
}

/// A row, and when it is looked at.
struct Shown {
  const Cell& cell;
  Timestamp now;

  [[nodiscard]] const CaseRow& row() const { return cell.row; }
  [[nodiscard]] const CaseState& state() const { return cell.row.state; }
  [[nodiscard]] std::optional<Timestamp> due() const {
    return row().is_closed() ? std::nullopt : row().next_due();
  }
};

std::optional<SlaMetric> next_target(const Shown& at) {
  const auto due = at.due();
  if (!due) return std::nullopt;
  for (const auto& breach : at.row().breaches) {
    if (!breach.over && breach.due_at == *due) return breach.metric;
  }
  for (const auto& timer : at.state().timers) {
    if (!timer.paused_with_ms && timer.due_at == *due && metric_of(timer.kind)) return metric_of(timer.kind);
  }
  return std::nullopt;
}

std::optional<Timestamp> breached_since(const Shown& at) {
  return is_breached(at.row(), at.now) ? at.due() : std::nullopt;
}

/// The SLA targets that were breached in this cycle, each once.
std::vector<std::string> breached_targets(const CaseRow& row) {
  std::vector<std::string> names;
  for (const auto& breach : row.breaches) {
    std::string name(name_of(breach.metric));
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

std::optional<Timestamp> suspended_until(const CaseState& state) {
  const auto found = std::ranges::find(state.timers, TimerKind::suspension_review, &RunningTimer::kind);
  return found == state.timers.end() ? std::nullopt : std::optional(found->due_at);
}

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {{"number", Kind::text, {"number", "工单号"}, "What people call the case; older cases have none.", {10}},
     [](const Shown& at) -> const auto& { return at.row().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.row().external_ref; }},
    {kit::kReference, [](const Shown& at) { return at.row().reference(); }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of case it is."},
     [](const Shown& at) { return at.state().kind; }},
    {{"status", Kind::word, {"status", "状态"}, "How the case stands.", {3}},
     [](const Shown& at) { return at.state().status; }},
    {{"priority", Kind::word, {"prio", "优先级"}, "The case's priority.", {2}},
     [](const Shown& at) { return at.state().priority; }},
    {{"next_target",
      Kind::word,
      {"next target", "下一时限"},
      "The SLA target that is breached or due next.",
      {6}},
     [](const Shown& at) { return next_target(at); }},
    {{"due", Kind::moment, {"due (UTC)", "时限 (UTC)"}, "When the next target was or is due."},
     [](const Shown& at) { return at.due(); }},
    {{"left_ms",
      Kind::duration,
      {"left", "剩余时间"},
      "Time until the next target is due, every hour counted; below 0 when it is breached.",
      {4}},
     [](const Shown& at) {
       const auto due = at.due();
       return due ? std::optional((*due - at.now).count()) : std::nullopt;
     }},
    {{"breached_since",
      Kind::moment,
      {"breached since", "超时始于"},
      "Since when a target is breached that is not met yet."},
     [](const Shown& at) { return breached_since(at); }},
    {{"breached_targets",
      Kind::texts,
      {"breached targets", "已超时时限"},
      "The SLA targets that were breached since the case was opened, met later or not."},
     [](const Shown& at) { return breached_targets(at.row()); }},
    {{"escalated_to",
      Kind::texts,
      {"escalated to", "升级至"},
      "The roles that the case was last escalated to.",
      {9}},
     [](const Shown& at) {
       return at.row().escalation ? at.row().escalation->to : std::vector<std::string>();
     }},
    {{"escalated_at", Kind::moment, {"escalated at", "升级时间"}, "When the case was last escalated."},
     [](const Shown& at) {
       return at.row().escalation ? std::optional(at.row().escalation->at) : std::nullopt;
     }},
    {{"escalations",
      Kind::count,
      {"escalations", "升级次数"},
      "How often it was escalated since it was opened."},
     [](const Shown& at) { return std::int64_t{at.row().escalations}; }},
    {{"department", Kind::text, {"department", "部门"}, "The department that has it.", {7}},
     [](const Shown& at) { return at.row().department(); }},
    {{"queue", Kind::text, {"queue", "队列"}, "The queue in which it waits."},
     [](const Shown& at) { return at.row().queue(); }},
    {{"assignee", Kind::text, {"assignee", "处理人"}, "Who is to work on it.", {5}},
     [](const Shown& at) -> const auto& { return at.state().assignment.agent_id; }},
    {{"owner", Kind::text, {"owner", "首问责任人"}, "The case owner.", {11}},
     [](const Shown& at) -> const auto& { return at.state().owner; }},
    {{"waiting_for",
      Kind::text,
      {"waiting for", "等待"},
      "Whom it waits for: customer, why it is suspended, or the department that is to take it.",
      {8}},
     [](const Shown& at) { return at.row().waiting_for(); }},
    {{"suspended_until", Kind::moment, {"suspended until", "挂起至"}, "When the suspension is reviewed."},
     [](const Shown& at) { return suspended_until(at.state()); }},
    {{"channel", Kind::word, {"channel", "渠道"}, "How the request came."},
     [](const Shown& at) { return at.row().channel; }},
    {{"customer", Kind::text, {"customer", "客户"}, "The customer's name, masked.", {12}},
     [](const Shown& at) -> const auto& { return at.row().customer; }},
    {{"contact", Kind::text, {"contact", "联系方式"}, "How the customer is reached, masked."},
     [](const Shown& at) -> const auto& { return at.row().contact; }},
    {{"customer_ref", Kind::text, {"customer reference", "客户编号"}, "The customer in the sender's system."},
     [](const Shown& at) -> const auto& { return at.row().customer_ref; }},
    {{"product",
      Kind::text,
      {"product", "产品"},
      "The product that the case is about.",
      {.rank = 14, .may_be_cut = true}},
     [](const Shown& at) -> const auto& { return at.row().product; }},
    {{"order_ref", Kind::text, {"order", "订单"}, "The order that the case is about."},
     [](const Shown& at) -> const auto& { return at.row().order_ref; }},
    {{"serial_no", Kind::text, {"serial number", "序列号"}, "The item that the case is about."},
     [](const Shown& at) -> const auto& { return at.row().serial_no; }},
    {kit::kCategory, [](const Shown& at) -> const auto& { return at.state().category; }},
    {{"registered_at", Kind::moment, {"registered", "登记时间"}, "When it was registered."},
     [](const Shown& at) -> const auto& { return at.state().registered_at; }},
    {{"age_ms", Kind::duration, {"age", "时长"}, "Time since it was registered, until it was closed.", {13}},
     [](const Shown& at) {
       const auto& state = at.state();
       const auto end = at.row().is_closed() ? state.closed_at.value_or(at.now) : at.now;
       return state.registered_at ? std::optional((end - *state.registered_at).count()) : std::nullopt;
     }},
    {{"in_status_ms", Kind::duration, {"in this status", "状态时长"}, "Time in this status.", {15}},
     [](const Shown& at) { return (at.now - at.row().since).count(); }},
    {{"closed_at", Kind::moment, {"closed", "关闭时间"}, "When it was closed, unless it is open again."},
     [](const Shown& at) { return at.row().is_closed() ? at.state().closed_at : std::nullopt; }},
    {{"handoffs", Kind::count, {"handoffs", "移交次数"}, "Handoffs that were accepted."},
     [](const Shown& at) { return at.row().handoffs; }},
    {{"ping_pongs", Kind::count, {"ping-pongs", "往返次数"}, "How often it went back to where it came from."},
     [](const Shown& at) { return at.row().ping_pongs; }},
    {{"went_through",
      Kind::texts,
      {"went through", "经手部门"},
      "The last departments that had it, in order."},
     [](const Shown& at) -> const auto& { return at.row().went_through; }},
    {{"cycle", Kind::number, {"cycle", "轮次"}, "1, and one more for each time that it was reopened."},
     [](const Shown& at) { return std::int64_t{at.state().cycle_no}; }},
    {{"seq",
      Kind::number,
      {"last event", "末事件"},
      "The number of its last event: what expected_seq is to be."},
     [](const Shown& at) { return at.state().seq; }},
};

/// What totals and metrics are read from.
struct Figures {
  TotalsRow totals;
  const kit::ListReader& lists;
  std::int64_t matching;
  Timestamp now;

  [[nodiscard]] std::int64_t in(CaseStatus status) const {
    return lists.count(kit::list_of("status", name_of(status)));
  }
  [[nodiscard]] std::int64_t due_before(Timestamp until) const {
    return lists.count_before(open_list(), kit::order_of(until));
  }
  [[nodiscard]] std::int64_t older_than(Duration age) const {
    return lists.count_before(age_list(), kit::order_of(now - age));
  }
  [[nodiscard]] std::int64_t closed_lately() const {
    std::int64_t closed = 0;
    const Scope scope{
        .open = false, .closed_from = day_of(now) - kShownWhenClosed, .closed_until = day_of(now) + days(1)};
    for (const auto& list : lists_within(scope, "all", {})) closed += lists.count(list);
    return closed;
  }
  [[nodiscard]] std::int64_t met(SlaMetric metric) const {
    return kit::counted_at(totals.targets_met, static_cast<std::size_t>(metric));
  }
  [[nodiscard]] std::int64_t breached(SlaMetric metric) const {
    std::int64_t all = kit::counted_at(totals.breaches, breach_index(metric, std::nullopt));
    for (std::size_t i = 0; i < enum_names(Priority{}).size(); ++i)
      all += kit::counted_at(totals.breaches, breach_index(metric, static_cast<Priority>(i)));
    return all;
  }
};

template <NamedEnum E, class Of>
auto by_word(Of&& of) {
  kit::ByWord<E, std::decay_t<decltype(of(E{}))>> all;
  for (std::size_t i = 0; i < enum_names(E{}).size(); ++i) all.values.push_back(of(static_cast<E>(i)));
  return all;
}

constexpr kit::Words kOpenNow{"open now", "当前未结"};
constexpr kit::Words kAttention{"attention", "需关注"};
constexpr kit::Words kAging{"aging", "账龄"};
constexpr kit::Words kByStatus{"by status", "按状态"};
constexpr kit::Words kSla{"SLA attainment", "SLA 达标"};
constexpr kit::Words kSoFar{"so far", "累计"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"open", Kind::count, {"backlog", "待办"}, "Cases that are not closed.", {1, kOpenNow}},
     [](const Figures& of) { return of.lists.count(open_list()); }},
    {{"unassigned",
      Kind::count,
      {"unassigned", "未分派"},
      "Open cases, not resolved, that nobody in person is to work on.",
      {2, kOpenNow}},
     [](const Figures& of) { return of.lists.count(kit::list_of("unassigned", "true")); }},
    {{"breached",
      Kind::count,
      {"breached", "已超时"},
      "Open cases with an SLA target that is breached.",
      {1, kAttention}},
     [](const Figures& of) { return of.due_before(of.now); }},
    {{"due_within_hour",
      Kind::count,
      {"due within an hour", "1 小时内到期"},
      "Open cases whose next SLA target is due within an hour.",
      {2, kAttention}},
     [](const Figures& of) { return of.due_before(of.now + std::chrono::hours(1)) - of.due_before(of.now); }},
    {{"escalated",
      Kind::count,
      {"escalated", "已升级"},
      "Open cases that were escalated since they were opened.",
      {3, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("escalated", "true")); }},
    {{"suspended", Kind::count, {"suspended", "已挂起"}, "Cases that are suspended.", {3, kOpenNow}},
     [](const Figures& of) { return of.in(CaseStatus::suspended); }},
    {{"waiting_for_customer",
      Kind::count,
      {"waiting for the customer", "等待客户"},
      "Cases that wait for an answer of the customer.",
      {4, kOpenNow}},
     [](const Figures& of) { return of.in(CaseStatus::awaiting_customer); }},
    {{"older_than_1_day",
      Kind::count,
      {"> 1 day", "超过 1 天"},
      "Open cases that were registered more than a day ago.",
      {1, kAging}},
     [](const Figures& of) { return of.older_than(days(1)); }},
    {{"older_than_3_days",
      Kind::count,
      {"> 3 days", "超过 3 天"},
      "Open cases that were registered more than three days ago.",
      {2, kAging}},
     [](const Figures& of) { return of.older_than(days(3)); }},
    {{"older_than_7_days",
      Kind::count,
      {"> 7 days", "超过 7 天"},
      "Open cases that were registered more than seven days ago.",
      {3, kAging}},
     [](const Figures& of) { return of.older_than(days(7)); }},
    {{"older_than_30_days",
      Kind::count,
      {"> 30 days", "超过 30 天"},
      "Open cases that were registered more than thirty days ago.",
      {4, kAging}},
     [](const Figures& of) { return of.older_than(days(30)); }},
    {{"by_status", Kind::counts, {"by status", "按状态"}, "Open cases by status.", {1, kByStatus}},
     [](const Figures& of) { return by_word<CaseStatus>([&](CaseStatus status) { return of.in(status); }); }},
    {{"closed_lately",
      Kind::count,
      {"closed lately", "近期关闭"},
      "Cases that were closed today or in the seven days before, UTC.",
      {3, kSoFar}},
     [](const Figures& of) { return of.closed_lately(); }},
    {{"registered", Kind::count, {"registered", "已登记"}, "Cases that were registered.", {1, kSoFar}},
     [](const Figures& of) { return of.totals.registered; }},
    {{"reopened", Kind::count, {"reopenings", "重开次数"}, "Times that a case was reopened.", {2, kSoFar}},
     [](const Figures& of) { return of.totals.reopened; }},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

/// How an SLA target was kept.
struct Kept {
  SlaMetric target;
  std::int64_t met;
  std::int64_t breached;
};

constexpr kit::Column<Kept> kSlaColumns[] = {
    {{"target", Kind::word, {"target", "时限"}, "The SLA target."}, [](const Kept& of) { return of.target; }},
    {{"met", Kind::count, {"met", "达标"}, "How often it was met."}, [](const Kept& of) { return of.met; }},
    {{"breached", Kind::count, {"breached", "超时"}, "How often it was breached."},
     [](const Kept& of) { return of.breached; }},
    {{"over", Kind::count, {"over", "合计"}, "met + breached."},
     [](const Kept& of) { return of.met + of.breached; }},
    {{"attainment_permille",
      Kind::share,
      {"SLA attainment", "SLA 达标率"},
      "met / over.",
      {},
      {"met", "over"}},
     [](const Kept& of) { return kit::permille(of.met, of.met + of.breached); }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"sla",
      Kind::table,
      {"SLA attainment", "SLA 达标"},
      "How the SLA targets were kept, a row a target.",
      {1, kSla}},
     [](const Figures& of) {
       kit::TableOf<kSlaColumns, Kept> kept;
       for (std::size_t i = 0; i < enum_names(SlaMetric{}).size(); ++i) {
         const auto target = static_cast<SlaMetric>(i);
         if (of.met(target) + of.breached(target) > 0)
           kept.rows.push_back({target, of.met(target), of.breached(target)});
       }
       return kept;
     }},
};

constexpr kit::Description kDepartments{"departments",
                                        Kind::table,
                                        {"departments", "部门"},
                                        "Open cases of each department, a row a department."};
using Department = std::map<std::string, std::int64_t>::value_type;

constexpr kit::Column<Department> kDepartmentColumns[] = {
    {{"department", Kind::text, {"department", "部门"}, "The department."},
     [](const Department& of) -> const auto& { return of.first; }},
    {{"open", Kind::count, {"backlog", "待办"}, "Its cases that are not closed."},
     [](const Department& of) { return of.second; }},
};

TotalsRow sum_up(std::span<const kit::Rows* const> partitions) {
  TotalsRow sum;
  for (const auto* rows : partitions) kit::add_up(sum, kit::read_row<TotalsRow>(*rows, kTotals, {}));
  return sum;
}

/// A number is known in capitals.
kit::FilterValues with_numbers(kit::FilterValues filters) {
  for (auto [found, end] = filters.equal_range("case"); found != end; ++found) {
    if (auto number = parse_case_number(found->second)) found->second = *std::move(number);
  }
  return filters;
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(with_numbers(query.filters), kFilters);
  if (!filters) return std::unexpected(filters.error());
  const auto scope = scope_of(*filters, query.now);
  if (!scope) return std::unexpected(scope.error());
  const kit::ListReader lists(partitions);
  const bool searching = is_searching(*filters);
  const kit::Listing listing{
      .order_bytes = kOrderBytes,
      .filters_in_order = false,
      .lists = [&](std::string_view name, std::string_view value) -> std::vector<kit::List> {
        if (searching && !is_search(name)) return {};
        return lists_within(*scope, name, value);
      }};
  const auto plan = kit::plan_page(lists, *filters, candidates(lists, *filters, query.now), listing, query);
  if (!plan) return std::unexpected(plan.error());
  const auto page =
      kit::read_page<Cell>(partitions, {kCases, kCases}, *plan, *filters, order_of_row,
                           [&](const Cell& cell) { return matches(cell, *filters, query.now); });
  const Figures figures{
      .totals = sum_up(partitions), .lists = lists, .matching = page.matching, .now = query.now};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_object(kTotalColumns, figures, board.member(kit::kTotals.key));
    kit::write_object(kMetricColumns, figures, board.member(kit::kMetrics.key));
    kit::write_page(page, board, [&](const Cell& cell, std::string& row) {
      kit::write_object(kColumns, Shown{cell, query.now}, row);
    });
    kit::write_table(kDepartmentColumns, lists.count_by_value("department"), board.member(kDepartments.key));
  }
  return out;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "cases",
          .version = 1,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, TotalsRow, kit::ListCount>,
          .ignored_events = [] { return std::vector<std::string_view>(); },
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render};
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"cases", "工单"},
      .meaning = {"Every open case and those closed lately, what needs attention first.",
                  "全部未结工单和近期关闭的工单，最需关注的在前。"},
      .headings = {kOpenNow, kAttention, kAging, kByStatus, kSla, kSoFar},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::part(kit::kRows, kColumns), kit::part(kDepartments, kDepartmentColumns)},
      .filters = kFilters};
  return kShape;
}

}  // namespace casetrail::cases
