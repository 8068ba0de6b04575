// The list of cases as JSON: the rows that need attention first, and how much work there is.
#include <algorithm>
#include <map>

#include "aggregates/case/draft.h"
#include "events/case/callback.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/cases/board.h"
#include "projections/cases/lists.h"
#include "projections/cases/query.h"
#include "projections/kit/add_up.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/known_codes.h"
#include "projections/kit/periods.h"
#include "projections/kit/selection.h"
#include "projections/kit/shape.h"

namespace casetrail::cases {
namespace {

using kit::Kind;
using std::chrono::days;

/// A row, and when it is looked at.
struct Shown {
  const Cell& cell;
  Timestamp now;

  [[nodiscard]] const CaseRow& row() const { return cell.row; }
  [[nodiscard]] const CaseState& state() const { return cell.row.state; }
  [[nodiscard]] std::optional<Timestamp> due() const { return due_of(row()); }
};

std::optional<SlaMetric> next_target(const CaseRow& row) {
  const auto next = row.next_target();
  return next ? std::optional(next->metric) : std::nullopt;
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

/// What somebody has to approve.
std::vector<std::string> approvals_requested(const CaseState& state) {
  std::vector<std::string> subjects;
  for (const auto& approval : state.approvals) {
    if (!approval.granted) subjects.emplace_back(name_of(approval.subject));
  }
  return subjects;
}

/// The departments that were asked something and have not answered.
std::vector<std::string> asked_departments(const CaseState& state) {
  std::vector<std::string> departments;
  for (const auto& question : state.questions) departments.push_back(question.to.department_id.value);
  return departments;
}

std::vector<std::string> linked_cases(const CaseState& state) {
  std::vector<std::string> ids;
  for (const auto& link : state.notes.links) ids.push_back(link.other_case_id.value);
  return ids;
}

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.row().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.row().external_ref; }},
    {kit::kReference, [](const Shown& at) { return at.row().reference(); }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of case it is."},
     [](const Shown& at) { return at.state().kind; }},
    {{"status", Kind::word, {"status", "状态"}, "How the case stands.", {2}},
     [](const Shown& at) { return at.state().status; }},
    {{"priority", Kind::word, {"prio", "优先级"}, "The case's priority.", {5}},
     [](const Shown& at) { return at.state().priority; }},
    {{"left_ms",
      Kind::duration,
      {"left", "剩余时间"},
      "Time until the next target is due, every hour counted; below 0 when it is breached.",
      {3}},
     [](const Shown& at) {
       const auto due = at.due();
       return due ? std::optional((*due - at.now).count()) : std::nullopt;
     }},
    {{"assignee", Kind::agent, {"assignee", "处理人"}, "Who is to work on it.", {4}},
     [](const Shown& at) -> const auto& { return at.state().assignment.agent_id; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner.", {6}},
     [](const Shown& at) -> const auto& { return at.state().owner; }},
    {{"customer", Kind::text, {"customer", "客户"}, "The customer's name, masked.", {7}},
     [](const Shown& at) -> const auto& { return at.row().customer; }},
    {{"next_target",
      Kind::word,
      {"next target", "下一时限"},
      "The SLA target that is breached or due next.",
      {8}},
     [](const Shown& at) { return next_target(at.row()); }},
    {{"due", Kind::moment, {"due", "时限"}, "When the next target was or is due."},
     [](const Shown& at) { return at.due(); }},
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
      Kind::roles,
      {"escalated to", "升级至"},
      "The roles that the case was last escalated to.",
      {11}},
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
    {{"department", Kind::department, {"department", "部门"}, "The department that has it.", {9}},
     [](const Shown& at) { return at.row().department(); }},
    {{"queue", Kind::text, {"queue", "队列"}, "The queue in which it waits."},
     [](const Shown& at) { return at.row().queue(); }},
    {{"waiting_for",
      Kind::word,
      {"waiting for", "等待"},
      "Whom it waits for: customer, why it is suspended, or the department that is to take it.",
      {10}},
     [](const Shown& at) { return at.row().waiting_for(); }},
    {{"suspended_until", Kind::moment, {"suspended until", "挂起至"}, "When the suspension is reviewed."},
     [](const Shown& at) { return at.row().suspended_until(); }},
    {{"channel", Kind::word, {"channel", "渠道"}, "How the request came."},
     [](const Shown& at) { return at.row().channel; }},
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
       return state.registered_at ? std::optional(kit::age_ms(*state.registered_at, end)) : std::nullopt;
     }},
    {{"in_status_ms", Kind::duration, {"in this status", "状态时长"}, "Time in this status.", {15}},
     [](const Shown& at) { return kit::age_ms(at.row().since, at.now); }},
    {{"closed_at", Kind::moment, {"closed", "关闭时间"}, "When it was closed, unless it is open again."},
     [](const Shown& at) { return at.row().is_closed() ? at.state().closed_at : std::nullopt; }},
    {{"handoffs", Kind::count, {"handoffs", "移交次数"}, "Handoffs that were accepted."},
     [](const Shown& at) { return at.row().handoffs; }},
    {{"ping_pongs", Kind::count, {"ping-pongs", "往返次数"}, "How often it went back to where it came from."},
     [](const Shown& at) { return at.row().ping_pongs; }},
    {{"went_through",
      Kind::departments,
      {"went through", "经手部门"},
      "The last departments that had it, in order."},
     [](const Shown& at) -> const auto& { return at.row().went_through; }},
    {{"cycle", Kind::number, {"cycle", "轮次"}, "1, and one more for each time that it was reopened."},
     [](const Shown& at) { return std::int64_t{at.state().cycle_no}; }},
    {{"unanswered_since",
      Kind::moment,
      {"unanswered since", "待答复始于"},
      "The customer's first word that nobody answered yet."},
     [](const Shown& at) -> const auto& { return at.row().unanswered_since; }},
    {{"chases", Kind::count, {"chased", "催单次数"}, "How often somebody urged that it goes on."},
     [](const Shown& at) { return std::int64_t{at.state().chases}; }},
    {{"approvals", Kind::texts, {"awaits approval of", "待审批事项"}, "What nobody has approved yet."},
     [](const Shown& at) { return approvals_requested(at.state()); }},
    {{"questions_to",
      Kind::departments,
      {"questions to", "咨询部门"},
      "The departments that were asked something and have not answered."},
     [](const Shown& at) { return asked_departments(at.state()); }},
    {{"agreement_due",
      Kind::moment,
      {"agreement due", "协议期限"},
      "When what was agreed with the customer is to be done, or was, while it is not."},
     [](const Shown& at) { return at.row().agreement_due(); }},
    {{"agreement_breached",
      Kind::flag,
      {"agreement breached", "协议逾期"},
      "Whether what was agreed was not done in time, and is not done yet."},
     [](const Shown& at) { return at.row().has_breached_agreement(); }},
    {{"escalation_open",
      Kind::flag,
      {"escalation open", "升级待确认"},
      "Whether it was escalated, and nobody has acknowledged it."},
     [](const Shown& at) { return at.row().has_open_escalation(); }},
    {{"tags", Kind::texts, {"tags", "标签"}, "The tags that people gave it."},
     [](const Shown& at) -> const auto& { return at.state().notes.tags; }},
    {{"linked_cases", Kind::texts, {"linked cases", "关联工单"}, "The ids of cases that it is linked with."},
     [](const Shown& at) { return linked_cases(at.state()); }},
    {{"seq",
      Kind::number,
      {"last event", "末事件"},
      "The number of its last event: what expected_seq is to be."},
     [](const Shown& at) { return at.state().seq; }},
    {{"erasure_due",
      Kind::moment,
      {"erasure due", "删除期限"},
      "By when personal texts have to be gone that a legal hold keeps."},
     [](const Shown& at) {
       const auto& privacy = at.state().privacy;
       return privacy && privacy->waiting ? std::optional(privacy->waiting->due_at) : std::nullopt;
     }},
};

/// What totals and metrics are read from.
struct Figures {
  TotalsRow totals;
  const kit::ListReader& lists;
  std::int64_t matching;
  Timestamp now;
  days closed_for{};

  [[nodiscard]] std::int64_t in(CaseStatus status) const {
    return lists.count(kit::list_of("status", name_of(status)));
  }
  [[nodiscard]] std::int64_t shown_in(CaseStatus status) const {
    return status == CaseStatus::closed ? closed_lately() : in(status);
  }
  [[nodiscard]] std::int64_t due_before(Timestamp until) const {
    return lists.count_before(open_list(), kit::order_of(until));
  }
  [[nodiscard]] std::int64_t older_than(Duration age) const {
    return lists.count_before(age_list(), kit::order_of(now - age));
  }
  [[nodiscard]] std::int64_t closed_lately() const {
    std::int64_t closed = 0;
    for (const auto& list : lists_within(cases::closed_lately(now, closed_for), "all", {}))
      closed += lists.count(list);
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

template <NamedEnum E, class OnWord>
void for_each_word(OnWord&& on_word) {
  for (std::size_t i = 0; i < enum_names(E{}).size(); ++i) on_word(static_cast<E>(i));
}

std::vector<CaseStatus> open_statuses() {
  std::vector<CaseStatus> all;
  for_each_word<CaseStatus>([&](CaseStatus status) {
    if (status != CaseStatus::none && status != CaseStatus::closed) all.push_back(status);
  });
  return all;
}

template <NamedEnum E, class Of>
auto by_word(Of&& of) {
  kit::ByWord<E, std::decay_t<decltype(of(E{}))>> all;
  for_each_word<E>([&](E word) { all.values.push_back(of(word)); });
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
     [](const Figures& of) { return of.lists.count(open_list()); },
     {{"open", "true"}}},
    {{"unassigned",
      Kind::count,
      {"unassigned", "未分派"},
      "Open cases, not resolved, that nobody in person is to work on.",
      {2, kOpenNow}},
     [](const Figures& of) { return of.lists.count(kit::list_of("unassigned", "true")); },
     {{"unassigned", "true"}}},
    {{"breached",
      Kind::count,
      {"breached", "已超时"},
      "Open cases with an SLA target that is breached.",
      {1, kAttention}},
     [](const Figures& of) { return of.due_before(of.now); },
     {{"breached", "true"}}},
    {{"due_within_hour",
      Kind::count,
      {"due within an hour", "1 小时内到期"},
      "Open cases whose next SLA target is due within an hour.",
      {2, kAttention}},
     [](const Figures& of) { return of.due_before(of.now + kSoon) - of.due_before(of.now); },
     {{"due_within_hour", "true"}}},
    {{"escalated",
      Kind::count,
      {"escalated", "已升级"},
      "Open cases that were escalated since they were opened.",
      {3, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("escalated", "true")); },
     {{"escalated", "true"}, {"open", "true"}}},
    {{"unanswered",
      Kind::count,
      {"unanswered", "待答复"},
      "Open cases whose customer wrote or urged, and nobody answered since.",
      {4, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("unanswered", "true")); },
     {{"unanswered", "true"}, {"open", "true"}}},
    {{"awaiting_approval",
      Kind::count,
      {"awaiting approval", "待审批"},
      "Cases with an approval that nobody has decided yet, closed ones too.",
      {5, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("awaits_approval", "true")); },
     {{"awaits_approval", "true"}}},
    {{"escalations_open",
      Kind::count,
      {"escalations open", "升级待确认"},
      "Cases that were escalated, and nobody has acknowledged it; closed ones that were since.",
      {6, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("escalation_open", "true")); },
     {{"escalation_open", "true"}}},
    {{"awaiting_answer",
      Kind::count,
      {"awaiting an answer", "咨询待答复"},
      "Open cases with a question to another department that is not answered.",
      {7, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("awaits_answer", "true")); },
     {{"awaits_answer", "true"}, {"open", "true"}}},
    {{"agreements_breached",
      Kind::count,
      {"agreements breached", "协议逾期"},
      "Cases with something agreed that was not done in time, and is not done yet; closed ones too.",
      {8, kAttention}},
     [](const Figures& of) { return of.lists.count(kit::list_of("agreement_breached", "true")); },
     {{"agreement_breached", "true"}}},
    {{"suspended", Kind::count, {"suspended", "已挂起"}, "Cases that are suspended.", {3, kOpenNow}},
     [](const Figures& of) { return of.in(CaseStatus::suspended); },
     {{"status", "suspended"}}},
    {{"waiting_for_customer",
      Kind::count,
      {"waiting for the customer", "等待客户"},
      "Cases that wait for an answer of the customer.",
      {4, kOpenNow}},
     [](const Figures& of) { return of.in(CaseStatus::awaiting_customer); },
     {{"status", "awaiting_customer"}}},
    {{"older_than_1_day",
      Kind::count,
      {"> 1 day", "超过 1 天"},
      "Open cases that were registered more than a day ago.",
      {1, kAging}},
     [](const Figures& of) { return of.older_than(days(1)); },
     {{"older_than_days", "1"}}},
    {{"older_than_3_days",
      Kind::count,
      {"> 3 days", "超过 3 天"},
      "Open cases that were registered more than three days ago.",
      {2, kAging}},
     [](const Figures& of) { return of.older_than(days(3)); },
     {{"older_than_days", "3"}}},
    {{"older_than_7_days",
      Kind::count,
      {"> 7 days", "超过 7 天"},
      "Open cases that were registered more than seven days ago.",
      {3, kAging}},
     [](const Figures& of) { return of.older_than(days(7)); },
     {{"older_than_days", "7"}}},
    {{"older_than_30_days",
      Kind::count,
      {"> 30 days", "超过 30 天"},
      "Open cases that were registered more than thirty days ago.",
      {4, kAging}},
     [](const Figures& of) { return of.older_than(days(30)); },
     {{"older_than_days", "30"}}},
    {{"by_status",
      Kind::counts,
      {"by status", "按状态"},
      "Cases by status; of the closed ones those closed lately.",
      {1, kByStatus}},
     [](const Figures& of) {
       return by_word<CaseStatus>([&](CaseStatus status) { return of.shown_in(status); });
     },
     {{"status"}}},
    {{"closed_lately",
      Kind::count,
      {"closed lately", "近期关闭"},
      "Cases that were closed today or in the days before, UTC, that the policy says; seven by default.",
      {3, kSoFar}},
     [](const Figures& of) { return of.closed_lately(); },
     {{"status", "closed"}}},
    {{"registered", Kind::count, {"registered", "已登记"}, "Cases that were registered.", {1, kSoFar}},
     [](const Figures& of) { return of.totals.registered; },
     kit::CountedRows::events({{"type", RequestRegistered::kType}})},
    {{"reopened", Kind::count, {"reopenings", "重开次数"}, "Times that a case was reopened.", {2, kSoFar}},
     [](const Figures& of) { return of.totals.reopened; },
     kit::CountedRows::events({{"type", CaseReopened::kType}})},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

/// How an SLA target was kept.
struct Kept {
  SlaMetric target;
  std::int64_t met;
  std::int64_t breached;
  std::int64_t excused;
};

constexpr kit::Column<Kept> kSlaColumns[] = {
    {{"target", Kind::word, {"target", "时限"}, "The SLA target."}, [](const Kept& of) { return of.target; }},
    {{"met", Kind::count, {"met", "达标"}, "How often it was met."},
     [](const Kept& of) { return of.met; },
     kit::CountedRows::events({{"type", SlaTargetMet::kType}, {"metric"}})},
    {{"breached", Kind::count, {"breached", "超时"}, "How often it was breached."},
     [](const Kept& of) { return of.breached; },
     kit::CountedRows::events({{"type", SlaTargetMissed::kType}, {"metric"}})},
    {{"excused",
      Kind::count,
      {"excused", "免责"},
      "How often a breach was excused; each counts as breached, too."},
     [](const Kept& of) { return of.excused; },
     kit::CountedRows::events({{"type", SlaExcused::kType}, {"metric"}})},
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
       for_each_word<SlaMetric>([&](SlaMetric target) {
         if (of.met(target) + of.breached(target) > 0)
           kept.rows.push_back({target, of.met(target), of.breached(target),
                                kit::counted_at(of.totals.excused, static_cast<std::size_t>(target))});
       });
       return kept;
     }},
};

constexpr kit::Description kDepartments{"departments",
                                        Kind::table,
                                        {"departments", "部门"},
                                        "Open cases of each department, a row a department.",
                                        {1}};
using Department = std::map<std::string, std::int64_t>::value_type;

constexpr kit::Column<Department> kDepartmentColumns[] = {
    {{"department", Kind::department, {"department", "部门"}, "The department.", {1}},
     [](const Department& of) -> const auto& { return of.first; }},
    {{"open", Kind::count, {"backlog", "待办"}, "Its cases that are not closed.", {2}},
     [](const Department& of) { return of.second; },
     {{"department"}, {"open", "true"}}},
};

constexpr kit::Description kPeriodTable{"periods",
                                        Kind::table,
                                        {"periods", "周期"},
                                        "What happened in each day, week or month of a zone, the last one "
                                        "first; empty unless period is asked for.",
                                        {1},
                                        {},
                                        {{"period", "day"}}};

using PeriodSum = kit::PeriodSum<PeriodRow>;

constexpr kit::Column<PeriodSum> kPeriodColumns[] = {
    kit::kBegins<PeriodRow>,
    kit::kSince<PeriodRow>,
    kit::kUntil<PeriodRow>,
    {{"registered", Kind::count, {"registered", "登记"}, "Cases that were registered.", {2}},
     [](const PeriodSum& of) { return of.sum.registered; },
     kit::events_recorded_in_period(RequestRegistered::kType)},
    {{"resolved", Kind::count, {"resolved", "解决"}, "Times that a case was resolved.", {3}},
     [](const PeriodSum& of) { return of.sum.resolved; },
     kit::events_recorded_in_period(CaseResolved::kType)},
    {{"solved",
      Kind::count,
      {"solved", "问题解决"},
      "Of resolved, those by a code that counts as solved: all but no_reply, unless the policy says "
      "otherwise."},
     [](const PeriodSum& of) { return of.sum.solved; }},
    {{"solution_rate_permille",
      Kind::share,
      {"solution rate", "问题解决率"},
      "solved / resolved.",
      {12},
      {"solved", "resolved"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.solved, of.sum.resolved); }},
    {{"closed", Kind::count, {"closed", "关闭"}, "Times that a case was closed.", {7}},
     [](const PeriodSum& of) { return of.sum.closed; },
     kit::events_recorded_in_period(CaseClosed::kType)},
    {{"reopened", Kind::count, {"reopened", "重开"}, "Times that a case was reopened."},
     [](const PeriodSum& of) { return of.sum.reopened; },
     kit::events_recorded_in_period(CaseReopened::kType)},
    {{"reopen_rate_permille",
      Kind::share,
      {"reopen rate", "重开率"},
      "reopened / resolved.",
      {8},
      {"reopened", "resolved"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.reopened, of.sum.resolved); }},
    {{"targets_met", Kind::count, {"targets met", "达标"}, "SLA targets that were met."},
     [](const PeriodSum& of) { return of.sum.targets_met; },
     kit::events_recorded_in_period(SlaTargetMet::kType)},
    {{"targets_over", Kind::count, {"targets over", "时限合计"}, "SLA targets that were met or breached."},
     [](const PeriodSum& of) { return of.sum.targets_met + of.sum.targets_breached; }},
    {{"targets_excused",
      Kind::count,
      {"targets excused", "免责"},
      "Breaches that were excused, whenever they happened."},
     [](const PeriodSum& of) { return of.sum.targets_excused; },
     kit::events_recorded_in_period(SlaExcused::kType)},
    {{"sla_attainment_permille",
      Kind::share,
      {"SLA attainment", "SLA 达标率"},
      "targets_met / targets_over.",
      {4},
      {"targets_met", "targets_over"}},
     [](const PeriodSum& of) {
       return kit::permille(of.sum.targets_met, of.sum.targets_met + of.sum.targets_breached);
     }},
    {{"first_responses",
      Kind::count,
      {"first responses", "首次响应"},
      "Cases whose customer got a first word."},
     [](const PeriodSum& of) { return of.sum.first_response_ms.count(); }},
    {{"first_response_p50_ms",
      Kind::duration_at_most,
      {"first response p50", "首次响应 P50"},
      "The time from the registration that half of first_responses do not exceed.",
      {5}},
     [](const PeriodSum& of) { return of.sum.first_response_ms.percentile(50); }},
    {{"first_response_p90_ms",
      Kind::duration_at_most,
      {"first response p90", "首次响应 P90"},
      "The time from the registration that 9 of 10 of first_responses do not exceed.",
      {10}},
     [](const PeriodSum& of) { return of.sum.first_response_ms.percentile(90); }},
    {{"resolve_p50_ms",
      Kind::duration_at_most,
      {"time to resolve p50", "解决用时 P50"},
      "The time from the registration or reopening that half of resolved do not exceed.",
      {6}},
     [](const PeriodSum& of) { return of.sum.resolve_ms.percentile(50); }},
    {{"resolve_p90_ms",
      Kind::duration_at_most,
      {"time to resolve p90", "解决用时 P90"},
      "The time from the registration or reopening that 9 of 10 of resolved do not exceed.",
      {11}},
     [](const PeriodSum& of) { return of.sum.resolve_ms.percentile(90); }},
    {{"satisfied", Kind::count, {"satisfied", "满意"}, "Callbacks whose customer is satisfied."},
     [](const PeriodSum& of) { return of.sum.satisfied; },
     kit::events_recorded_in_period(CallbackCompleted::kType, "answers.satisfied", "true")},
    {{"answered", Kind::count, {"answered", "已答复"}, "Callbacks with answers."},
     [](const PeriodSum& of) { return of.sum.answered; }},
    {{"csat_permille",
      Kind::share,
      {"CSAT", "满意度"},
      "satisfied / answered.",
      {9},
      {"satisfied", "answered"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.satisfied, of.sum.answered); }},
};

TotalsRow sum_up(std::span<const kit::Rows* const> partitions) {
  TotalsRow sum;
  for (const auto* rows : partitions) kit::add_up(sum, kit::read_row<TotalsRow>(*rows, kTotals, {}));
  return sum;
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const auto filters = kit::Filters::read(with_keys(query.filters, query.settings.country_code, partitions),
                                          filter_types(), kit::objection_to_codes(query.settings, lists));
  if (!filters) return std::unexpected(filters.error());
  const auto scope = scope_of(*filters, query.now, query.settings.closed_for);
  if (!scope) return std::unexpected(scope.error());
  const bool searching = is_searching(*filters);
  const kit::Listing listing{
      .order_bytes = kOrderBytes,
      .filters_in_order = false,
      .lists = [&](std::string_view name, std::string_view value) -> std::vector<kit::List> {
        if (searching && !is_search(name)) return {};
        return lists_within(*scope, name, value);
      }};
  const auto plan =
      kit::plan_page(lists, *filters, candidates(lists, *filters, *scope, query.now), listing, query);
  if (!plan) return std::unexpected(plan.error());
  kit::Selection selected(kTotalColumns, filter_types());
  const auto page = kit::read_page<Cell>(
      partitions, {kCases, kCases}, *plan, *filters, order_of_row,
      [&](const Cell& cell, const kit::Filters& asked) { return matches(cell, asked, query.now); }, selected);
  const Figures figures{.totals = sum_up(partitions),
                        .lists = lists,
                        .matching = page.matching,
                        .now = query.now,
                        .closed_for = query.settings.closed_for};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_object(kTotalColumns, figures, board.member(kit::kTotals.key));
    kit::write_object(kMetricColumns, figures, board.member(kit::kMetrics.key));
    kit::write_selection(*plan, selected, board);
    kit::write_page(page, board, [&](const Cell& cell, std::string& row) {
      kit::write_object(kColumns, Shown{cell, query.now}, row);
    });
    kit::write_table(
        kPeriodColumns,
        kit::sums_of<PeriodRow>(kit::PeriodQuery(*filters, query), partitions, filters->values("department")),
        board.member(kPeriodTable.key));
    kit::write_table(kDepartmentColumns, lists.count_by_value("department"), board.member(kDepartments.key));
  }
  return out;
}

/// In seconds of Unix time, of the cases that stand in `waiting`; 0 where none does.
std::int64_t first_erasure_due(const kit::ListReader& lists, const kit::List& waiting) {
  std::optional<Timestamp> first;
  lists.read(waiting, {}, [&](const kit::ListReader::Found& found) {
    const auto key = std::string_view(found.place).substr(kit::kMeasuredBytes);
    const auto privacy = kit::read_row<CaseRow>(*found.rows, kCases, key).state.privacy;
    if (privacy && privacy->waiting)
      first = std::min(first.value_or(Timestamp::max()), privacy->waiting->due_at);
    return true;
  });
  return first ? epoch_ms(*first) / 1000 : 0;
}

std::vector<kit::Sample> samples(std::span<const kit::Rows* const> partitions) {
  const kit::ListReader lists(partitions);
  const Figures figures{.totals = sum_up(partitions), .lists = lists, .matching = 0, .now = {}};
  std::vector<kit::Sample> all;
  for (const auto status : open_statuses()) {
    all.push_back({.name = "casetrail_open_cases",
                   .help = "Cases that are not closed, by status.",
                   .labels = {{"status", name_of(status)}},
                   .value = figures.in(status)});
  }
  all.push_back({.name = "casetrail_unassigned_cases",
                 .help = "Open cases, not resolved, that nobody in person is to work on.",
                 .labels = {},
                 .value = lists.count(kit::list_of("unassigned", "true"))});
  all.push_back({.name = "casetrail_escalations_open",
                 .help = "Cases that were escalated, and nobody has acknowledged it.",
                 .labels = {},
                 .value = lists.count(kit::list_of("escalation_open", "true"))});
  const auto waiting = kit::list_of("erasure", name_of(ErasureMark::waiting));
  all.push_back({.name = "casetrail_erasures_open",
                 .help = "Cases whose erasure of personal texts waits for the release of a legal hold.",
                 .labels = {},
                 .value = lists.count(waiting)});
  all.push_back(
      {.name = "casetrail_erasure_due_timestamp_seconds",
       .help = "By when the first of them has to be gone, in seconds of Unix time; 0 while none waits.",
       .labels = {},
       .value = first_erasure_due(lists, waiting)});
  for_each_word<SlaMetric>([&](SlaMetric target) {
    all.push_back({.name = "casetrail_sla_targets_met_total",
                   .help = "SLA targets that were met.",
                   .labels = {{"target", name_of(target)}},
                   .value = figures.met(target)});
  });
  for_each_word<SlaMetric>([&](SlaMetric target) {
    const auto add = [&](std::optional<Priority> priority) {
      all.push_back(
          {.name = "casetrail_sla_breaches_total",
           .help = "SLA targets that were breached, by the priority that the case had.",
           .labels = {{"target", name_of(target)}, {"priority", priority ? name_of(*priority) : "none"}},
           .value = kit::counted_at(figures.totals.breaches, breach_index(target, priority))});
    };
    for_each_word<Priority>(add);
    add(std::nullopt);
  });
  return all;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"cases", "工单"},
      .meaning = {"Every open case and those closed lately, what needs attention first.",
                  "全部未结工单和近期关闭的工单，最需关注的在前。"},
      .headings = {kOpenNow, kAttention, kAging, kByStatus, kSla, kSoFar},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kPeriodTable, kPeriodColumns), kit::part(kDepartments, kDepartmentColumns)},
      .filters = filter_types()};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "cases",
          .version = 6,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, PeriodRow, TotalsRow, kit::ListCount>,
          .ignored_events = [] { return std::vector<std::string_view>(); },
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape,
          .samples = samples};
}

}  // namespace casetrail::cases
