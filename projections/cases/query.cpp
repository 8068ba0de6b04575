// The filters of the list of cases, and what each leaves.
#include "projections/cases/query.h"

#include <algorithm>
#include <functional>

#include "events/wire/letter_case.h"
#include "events/wire/reflect.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/contact.h"
#include "projections/kit/item_number.h"
#include "projections/kit/periods.h"

namespace casetrail::cases {
namespace {

using std::chrono::days;

constexpr std::int64_t kMostHandoffs = 1'000'000;
constexpr std::int64_t kMostDaysOfAge = 36'500;

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
    {"kind", kit::filter::code<CaseKind>, {"kind", "类型"}, "Cases of this kind.", "kind"},
    {"channel",
     kit::filter::code<Channel>,
     {"channel", "渠道"},
     "Cases that came by this channel.",
     "channel"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Cases that this department has, or in whose queue they wait.",
     "department"},
    {"queue", kit::filter::text, {"queue", "队列"}, "Cases that wait in this queue.", "queue"},
    {"assignee",
     kit::filter::agent,
     {"assignee", "处理人"},
     "Cases that this agent is to work on.",
     "assignee"},
    {"owner", kit::filter::agent, {"case owner", "首问责任人"}, "Cases that this agent owns.", "owner"},
    {"agent",
     kit::filter::agent,
     {"agent", "人员"},
     "Cases that this agent owns or is to work on: for oneself, mine.",
     "agent"},
    {"open", kit::filter::flag, {"open", "未结"}, "Whether the case is not closed."},
    {"unassigned",
     kit::filter::flag,
     {"unassigned", "未分派"},
     "Whether nobody in person is to work on an open case.",
     "unassigned"},
    {"breached",
     kit::filter::flag,
     {"breached", "已超时"},
     "Whether an SLA target is breached and not met yet."},
    {"due_within_hour",
     kit::filter::flag,
     {"due within an hour", "1 小时内到期"},
     "Whether the next SLA target is due within an hour and not breached yet."},
    {"due_before",
     kit::filter::moment,
     {"due before", "到期早于"},
     "Open cases whose next target is due before."},
    {"escalated",
     kit::filter::flag,
     {"escalated", "已升级"},
     "Whether the case was escalated since it was opened.",
     "escalated"},
    {"unanswered",
     kit::filter::flag,
     {"unanswered", "待答复"},
     "Whether the customer wrote or urged, and nobody answered since.",
     "unanswered"},
    {"chased",
     kit::filter::flag,
     {"chased", "已催单"},
     "Whether somebody urged that the case goes on.",
     "chased"},
    {"awaits_approval",
     kit::filter::flag,
     {"awaits approval", "待审批"},
     "Whether an approval was requested that nobody has decided yet.",
     "awaits_approval"},
    {"escalation_open",
     kit::filter::flag,
     {"escalation open", "升级待确认"},
     "Whether the case was escalated, and nobody has acknowledged it.",
     "escalation_open"},
    {"awaits_answer",
     kit::filter::flag,
     {"awaits an answer", "咨询待答复"},
     "Whether another department was asked something and has not answered.",
     "awaits_answer"},
    {"agreement_breached",
     kit::filter::flag,
     {"agreement breached", "协议逾期"},
     "Whether what was agreed was not done in time, and is not done yet.",
     "agreement_breached"},
    {"tag", kit::filter::text, {"tag", "标签"}, "Cases with this tag.", "tag"},
    {"linked",
     kit::filter::text,
     {"linked with", "关联工单"},
     "Cases that are linked with the case of this id, such as its duplicates.",
     "linked"},
    {"handoffs",
     kit::filter::number<0, kMostHandoffs>,
     {"handed off at least", "移交次数不少于"},
     "Cases that were handed off at least so many times."},
    {"category", kit::filter::text, {"category", "分类"}, "Cases that were classified as this.", "category"},
    {"product", kit::filter::text, {"product", "产品"}, "Cases about this product.", "product"},
    {"contact",
     kit::filter::text,
     {"contact", "联系方式"},
     "All cases of this telephone number or address in any spelling, closed ones too.",
     "contact"},
    {"customer",
     kit::filter::text,
     {"customer reference", "客户编号"},
     "All cases of this customer, closed ones too.",
     "customer"},
    {"order",
     kit::filter::text,
     {"order", "订单"},
     "All cases about this order, closed ones too; in capitals or not, with spaces and hyphens or without.",
     "order",
     [](std::string_view number) { return kit::plain_item_number(number); }},
    {"serial",
     kit::filter::text,
     {"serial number", "序列号"},
     "All cases about this item, closed ones too; in capitals or not, with spaces and hyphens or without.",
     "serial",
     [](std::string_view number) { return kit::plain_item_number(number); }},
    {"erasure",
     kit::filter::word<ErasureMark>,
     {"erasure", "个人信息删除"},
     "All cases under a legal hold, whose erasure waits for its release, or whose customer was erased, "
     "closed ones too.",
     "erasure"},
    {"text",
     kit::filter::text,
     {"text", "文本"},
     "Cases whose number, reference, product or category holds this, in capitals or not."},
    {"older_than_days",
     kit::filter::number<1, kMostDaysOfAge>,
     {"days open, more than", "未结天数超过"},
     "Open cases that were registered more than so many days ago."},
    {"registered_since", kit::filter::moment, {"registered since", "登记不早于"}, "Cases registered since."},
    {"registered_until", kit::filter::moment, {"registered before", "登记早于"}, "Cases registered before."},
    kit::kPeriodFilter,
    kit::kZoneFilter,
    {"closed_since",
     kit::filter::moment,
     {"closed since", "关闭不早于"},
     "Cases closed since, and no open ones."},
    {"closed_until",
     kit::filter::moment,
     {"closed before", "关闭早于"},
     "Cases closed before, and no open ones."},
};

bool is_of_case(const Cell& cell, const kit::Filters& filters) {
  return filters.passes("case", cell.case_id) || filters.passes("case", cell.row.number) ||
         filters.passes("case", cell.row.external_ref) ||
         filters.passes("case", [&] { return cell.row.reference(); });
}

bool holds_text(const CaseRow& row, const kit::Filters& filters) {
  const auto values = filters.values("text");
  const auto holds = [&](const std::optional<std::string>& text) {
    return text && std::ranges::any_of(values, [&, all = lower_case(*text)](const std::string& value) {
             return all.contains(lower_case(value));
           });
  };
  return values.empty() || holds(row.number) || holds(row.reference()) || holds(row.product) ||
         holds(row.state.category);
}

/// The first moment at which a case may have been registered that is not older.
std::optional<Timestamp> oldest_allowed(const kit::Filters& filters, Timestamp now) {
  const auto age = filters.number("older_than_days");
  return age ? std::optional(now - days(*age)) : std::nullopt;
}

bool is_due_soon(const CaseRow& row, Timestamp now) {
  const auto due = due_of(row);
  return due && *due >= now && *due < now + kSoon;
}

bool is_within_times(const CaseRow& row, const kit::Filters& filters, Timestamp now) {
  const auto age = oldest_allowed(filters, now);
  const bool asks_closed = filters.moment("closed_since") || filters.moment("closed_until");
  return filters.passes_moments("registered_since", "registered_until", row.state.registered_at) &&
         (!asks_closed ||
          (row.is_closed() && filters.passes_moments("closed_since", "closed_until", row.state.closed_at))) &&
         filters.passes_moments({}, "due_before", due_of(row)) &&
         filters.passes_flag("due_within_hour", [&] { return is_due_soon(row, now); }) &&
         (!age || (!row.is_closed() && row.state.registered_at.value_or(Timestamp{}) < *age));
}

bool is_of_people(const CaseRow& row, const kit::Filters& filters) {
  const auto assignee = kit::text_of(row.state.assignment.agent_id);
  const auto owner = kit::text_of(row.state.owner);
  return filters.passes("assignee", assignee) && filters.passes("owner", owner) &&
         (filters.passes("agent", assignee) || filters.passes("agent", owner)) &&
         filters.passes("department", [&] { return row.department(); }) &&
         filters.passes("queue", [&] { return row.queue(); });
}

/// Nothing asked for: any.
template <class List, class Name>
bool passes_any(const kit::Filters& filters, std::string_view filter, const List& list, Name name) {
  if (filters.values(filter).empty()) return true;
  return std::ranges::any_of(list,
                             [&](const auto& one) { return filters.passes(filter, std::invoke(name, one)); });
}

bool is_marked(const CaseRow& row, const kit::Filters& filters) {
  const auto& notes = row.state.notes;
  return passes_any(filters, "tag", notes.tags, std::identity{}) &&
         passes_any(filters, "linked", notes.links,
                    [](const CaseLink& link) -> const auto& { return link.other_case_id.value; }) &&
         passes_any(filters, "contact", row.contact_keys, std::identity{}) &&
         passes_any(filters, "erasure", row.erasure_marks(), [](ErasureMark mark) { return name_of(mark); });
}

}  // namespace

std::span<const kit::FilterType> filter_types() { return kFilters; }

kit::FilterValues with_keys(kit::FilterValues filters, std::string_view country_code,
                            std::span<const kit::Rows* const> partitions) {
  if (partitions.empty()) return filters;
  static constexpr auto kContact = "contact";
  kit::FilterValues keys;
  for (auto [found, end] = filters.equal_range(kContact); found != end; ++found) {
    for (const auto& spelling : kit::contact_spellings(found->second, country_code))
      keys.emplace(kContact, kit::contact_key(partitions.front()->secret(), spelling));
  }
  filters.erase(kContact);
  filters.merge(std::move(keys));
  return filters;
}

std::optional<Timestamp> due_of(const CaseRow& row) {
  const auto next = row.next_target();
  return next ? std::optional(next->due_at) : std::nullopt;
}

bool is_breached(const CaseRow& row, Timestamp now) {
  const auto due = due_of(row);
  return due && *due < now;
}

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& row = cell.row;
  const auto handoffs = filters.number("handoffs");
  return is_of_case(cell, filters) && filters.passes("status", name_of(row.state.status)) &&
         filters.passes("priority", [&] { return kit::name_if(row.state.priority); }) &&
         filters.passes("kind", name_of(row.state.kind)) &&
         filters.passes("channel", [&] { return kit::name_if(row.channel); }) && is_of_people(row, filters) &&
         filters.passes_flag("open", !row.is_closed()) &&
         filters.passes_flag("unassigned", row.is_unassigned()) &&
         filters.passes_flag("breached", [&] { return is_breached(row, now); }) &&
         filters.passes_flag("escalated", row.escalation.has_value()) &&
         filters.passes_flag("unanswered", row.unanswered_since.has_value()) &&
         filters.passes_flag("chased", row.state.chases > 0) &&
         filters.passes_flag("awaits_approval", [&] { return row.awaits_approval(); }) &&
         filters.passes_flag("escalation_open", row.has_open_escalation()) &&
         filters.passes_flag("awaits_answer", !row.state.questions.empty()) &&
         filters.passes_flag("agreement_breached", [&] { return row.has_breached_agreement(); }) &&
         is_marked(row, filters) && (!handoffs || row.handoffs >= *handoffs) &&
         filters.passes("category", row.state.category) && filters.passes("product", row.product) &&
         filters.passes("customer", row.customer_ref) &&
         filters.passes("order", [&] { return kit::plain_item_number(row.order_ref); }) &&
         filters.passes("serial", [&] { return kit::plain_item_number(row.serial_no); }) &&
         holds_text(row, filters) && is_within_times(row, filters, now);
}

bool is_searching(const kit::Filters& filters) {
  return std::ranges::any_of(filters.asked(), [](const auto& asked) {
    return is_search(asked.type->list) && asked.values.front() != "false";
  });
}

Scope closed_lately(Timestamp now, days closed_for) {
  return {.open = false, .closed_from = day_of(now) - closed_for, .closed_until = day_of(now) + days(1)};
}

std::expected<Scope, std::string> scope_of(const kit::Filters& filters, Timestamp now, days closed_for) {
  const auto since = filters.moment("closed_since");
  const auto until = filters.moment("closed_until");
  if (!since && !until) {
    const auto statuses = filters.values("status");
    const auto closed = std::ranges::count(statuses, name_of(CaseStatus::closed));
    auto scope = closed_lately(now, closed_for);
    scope.open = filters.text("open") != "false" && (statuses.empty() || closed != std::ssize(statuses));
    const bool open_alone = filters.text("open") == "true" || filters.number("older_than_days") ||
                            (!statuses.empty() && closed == 0);
    if (open_alone) scope.closed_until = scope.closed_from;
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

std::vector<kit::Candidates> candidates(const kit::ListReader& lists, const kit::Filters& filters,
                                        const Scope& scope, Timestamp now) {
  std::vector<kit::Candidates> all;
  if (is_searching(filters)) return all;
  const auto between = [&](const kit::List& list, std::optional<Timestamp> from, Timestamp until) {
    kit::Candidates rows{
        .lists = {list}, .from = from ? kit::order_of(*from) : std::string(), .until = kit::order_of(until)};
    rows.passing = lists.count_before(list, rows.until) - (from ? lists.count_before(list, rows.from) : 0);
    all.push_back(std::move(rows));
  };
  if (filters.text("breached") == "true") between(open_list(), std::nullopt, now);
  if (filters.text("due_within_hour") == "true") between(open_list(), now, now + kSoon);
  if (const auto until = filters.moment("due_before")) between(open_list(), std::nullopt, *until);
  if (const auto age = oldest_allowed(filters, now)) {
    between(age_list(), std::nullopt, *age);
    all.back().in_order = false;
  }
  if (filters.text("open")) {
    all.push_back({.lists = lists_within(scope, "all", {}), .passing = 0});
    for (const auto& list : all.back().lists) *all.back().passing += lists.count(list);
  }
  return all;
}

}  // namespace casetrail::cases
