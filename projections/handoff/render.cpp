// The handoff board as JSON: open rows, the matrix of departments, the duties, totals and metrics.
#include <algorithm>
#include <map>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/handoff/board.h"
#include "projections/handoff/lists.h"
#include "projections/kit/add_up.h"
#include "projections/kit/answer.h"
#include "projections/kit/case_columns.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"

namespace casetrail::handoff {
namespace {

constexpr std::int64_t kMostBounces = 1'000'000;

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"from_department",
     kit::filter::department,
     {"from department", "移交部门"},
     "Handoffs that this department gives.",
     "from_department"},
    {"to_department",
     kit::filter::department,
     {"to department", "接收部门"},
     "Handoffs that this department is to take.",
     "to_department"},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Handoffs that this department gives or is to take.",
     "department"},
    {"agent",
     kit::filter::agent,
     {"agent", "人员"},
     "Handoffs that this agent gives or is to take.",
     "agent"},
    {"kind", kit::filter::word<HandoffKind>, {"kind", "类型"}, "Handoffs of this kind.", "kind"},
    {"mode",
     kit::filter::word<HandoffMode>,
     {"mode", "方式"},
     "Handoffs of the case, or questions about it.",
     "mode"},
    {"state", kit::filter::word<State>, {"state", "状态"}, "Handoffs in this state.", "state"},
    {"priority",
     kit::filter::word<Priority>,
     {"priority", "优先级"},
     "Handoffs of cases with this priority.",
     "priority"},
    {"category",
     kit::filter::text,
     {"category", "分类"},
     "Handoffs of cases that were classified as this.",
     "category"},
    {"overdue",
     kit::filter::flag,
     {"overdue", "超时"},
     "Whether the time to accept, to answer or to complete the handoff is over."},
    {"bounces",
     kit::filter::number<0, kMostBounces>,
     {"returned at least", "退回次数不少于"},
     "Handoffs of cases that came back at least so many times."},
    {"no_update_since",
     kit::filter::moment,
     {"no update since", "此后无更新"},
     "Handoffs of cases without a progress note since this moment."},
    {"duty", kit::filter::text, {"duty", "职责"}, "Handoffs that cite this duty.", "duty"},
    {"owner",
     kit::filter::agent,
     {"case owner", "首问责任人"},
     "Handoffs of cases that this agent owns.",
     "owner"},
    {"owner_left",
     kit::filter::flag,
     {"owner left", "责任人离职"},
     "Whether an owner of the case left the company.",
     "owner_left"},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<OpenRow, CaseRow>;

bool overdue(const OpenRow& open, Timestamp now) {
  const auto by = due(open);
  return by && now > *by;
}

bool either(const kit::Filters& filters, std::string_view name, const std::optional<std::string>& one,
            const std::optional<std::string>& other) {
  return filters.passes(name, one) || filters.passes(name, other);
}

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& open = cell.row;
  const auto since = filters.moment("no_update_since");
  const auto bounces = filters.number("bounces");
  return kit::is_of_case(cell, filters) && filters.passes("from_department", open.from.department_id.value) &&
         filters.passes("to_department", open.to.department_id.value) &&
         either(filters, "department", open.from.department_id.value, open.to.department_id.value) &&
         either(filters, "agent", kit::text_of(open.from.agent_id), kit::text_of(open.to.agent_id)) &&
         filters.passes("kind", name_of(open.kind)) && filters.passes("mode", name_of(open.mode)) &&
         filters.passes("state", name_of(open.state)) &&
         filters.passes("priority", [&] { return kit::name_if(cell.of_case().facts.priority); }) &&
         filters.passes("category", [&] { return cell.of_case().facts.category; }) &&
         filters.passes_flag("overdue", overdue(open, now)) &&
         (!bounces || cell.of_case().bounces >= *bounces) &&
         (!since || !cell.of_case().last_progress_at || *cell.of_case().last_progress_at < *since) &&
         filters.passes("duty", kit::text_of(open.duty_id)) &&
         filters.passes("owner", [&] { return cell.of_case().facts.owner; }) &&
         filters.passes_flag("owner_left", [&] { return cell.of_case().owner_left; });
}

template <class Field>
std::optional<std::string> of_note(const OpenRow& open, Field field) {
  if (!open.note) return std::nullopt;
  return (*open.note).*field;
}

/// A row, and when it is looked at.
struct Shown {
  const Cell& cell;
  Timestamp now;

  [[nodiscard]] const OpenRow& row() const { return cell.row; }
  [[nodiscard]] const CaseRow& of_case() const { return cell.of_case(); }
  [[nodiscard]] const kit::CaseFacts& facts() const { return cell.of_case().facts; }
};

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.facts().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.facts().case_no; }},
    {kit::kReference, [](const Shown& at) { return at.facts().reference(); }},
    {{"handoff", Kind::text, {"no", "移交号"}, "The handoff within its case.", {2}},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of handoff it is."},
     [](const Shown& at) { return at.row().kind; }},
    {{"mode", Kind::word, {"mode", "方式"}, "Whether the case goes over, or a question is asked.", {14}},
     [](const Shown& at) { return at.row().mode; }},
    {{"state", Kind::word, {"state", "状态"}, "How far the handoff has come.", {4}},
     [](const Shown& at) { return at.row().state; }},
    {{"priority", Kind::word, {"prio", "优先级"}, "The case's priority.", {3}},
     [](const Shown& at) { return at.facts().priority; }},
    {kit::kCategory, [](const Shown& at) -> const auto& { return at.facts().category; }},
    {{"from_department", Kind::department, {"from", "移交部门"}, "The department that gives the case.", {9}},
     [](const Shown& at) -> const auto& { return at.row().from.department_id; }},
    {{"from_agent", Kind::agent, {"from agent", "移交人"}, "The agent who gives the case."},
     [](const Shown& at) -> const auto& { return at.row().from.agent_id; }},
    {{"to_department", Kind::department, {"to", "接收部门"}, "The department that is to take the case.", {5}},
     [](const Shown& at) -> const auto& { return at.row().to.department_id; }},
    {{"to_agent", Kind::agent, {"agent", "接收人"}, "The agent who is to take the case.", {11}},
     [](const Shown& at) -> const auto& { return at.row().to.agent_id; }},
    {{"reason", Kind::word, {"reason", "移交原因"}, "Why the case is given."},
     [](const Shown& at) { return at.row().reason; }},
    {{"customer", Kind::text, {"customer", "客户"}, "The customer's name as the note has it, masked.", {10}},
     [](const Shown& at) {
       return at.row().note ? of_note(at.row(), &HandoffNote::customer) : at.facts().customer;
     }},
    {{"contact_channel", Kind::text, {"contact", "联系方式"}, "How the customer is reached, masked."},
     [](const Shown& at) {
       return at.row().note ? of_note(at.row(), &HandoffNote::contact_channel) : at.facts().contact;
     }},
    {{"because", Kind::text, {"because", "事由"}, "The note: why the customer called."},
     [](const Shown& at) { return of_note(at.row(), &HandoffNote::because); }},
    {{"wants", Kind::text, {"wants", "诉求"}, "The note: what the customer wants."},
     [](const Shown& at) { return of_note(at.row(), &HandoffNote::wants); }},
    {{"please_do",
      Kind::text,
      {"please do", "请协助"},
      "The note: what the receiver is to do.",
      {.rank = 7, .may_be_cut = true}},
     [](const Shown& at) { return of_note(at.row(), &HandoffNote::please_do); }},
    {{"how", Kind::text, {"how", "处理方式"}, "The note: how it is to be done."},
     [](const Shown& at) { return of_note(at.row(), &HandoffNote::how); }},
    {{"step_reached", Kind::text, {"step reached", "已到步骤"}, "The step that the work has come to."},
     [](const Shown& at) -> const auto& { return at.row().step_reached; }},
    {{"duty", Kind::text, {"duty", "职责"}, "The duty for which the receiver is asked."},
     [](const Shown& at) -> const auto& { return at.row().duty_id; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner.", {12}},
     [](const Shown& at) -> const auto& { return at.facts().owner; }},
    {{"waiting_since", Kind::moment, {"waiting since", "请求时间"}, "When the handoff was requested."},
     [](const Shown& at) { return at.row().waiting_since; }},
    {{"waiting_ms", Kind::duration, {"waiting", "已等待"}, "Time since the handoff was requested.", {8}},
     [](const Shown& at) { return kit::age_ms(at.row().waiting_since, at.now); }},
    {{"accept_by",
      Kind::moment,
      {"accept by", "接收时限"},
      "By when it is to be accepted, or a question answered."},
     [](const Shown& at) { return at.row().accept_by; }},
    {{"complete_by", Kind::moment, {"complete by", "完成时限"}, "By when the handoff is to be completed."},
     [](const Shown& at) { return at.row().complete_by; }},
    {{"ola_left_ms",
      Kind::duration,
      {"left", "剩余时间"},
      "Time until the handoff is overdue, every hour counted; below 0 when it is.",
      {6}},
     [](const Shown& at) {
       const auto by = due(at.row());
       return by ? std::optional((*by - at.now).count()) : std::nullopt;
     }},
    {{"overdue", Kind::flag, {"overdue", "超时"}, "Whether the time to accept or to complete it is over."},
     [](const Shown& at) { return overdue(at.row(), at.now); }},
    {{"expired", Kind::flag, {"expired", "已过期"}, "Whether nobody accepted it by its time."},
     [](const Shown& at) { return at.row().expired; }},
    {{"bounces", Kind::count, {"returned", "退回次数"}, "How many times the case came back.", {13}},
     [](const Shown& at) { return at.of_case().bounces; }},
    {{"last_return_reason", Kind::word, {"last returned as", "最近退回原因"}, "Why the case last came back."},
     [](const Shown& at) { return at.of_case().last_return_reason; }},
    {{"last_progress_at",
      Kind::moment,
      {"last progress at", "最近进展时间"},
      "When progress was last noted."},
     [](const Shown& at) { return at.of_case().last_progress_at; }},
    {{"last_progress", Kind::text, {"last progress", "最近进展"}, "The last progress note."},
     [](const Shown& at) -> const auto& { return at.of_case().last_progress; }},
};

// Everything that the partitions hold, added up.
struct Sums {
  TotalsRow totals;
  std::map<std::string, PairRow> pairs;
  std::map<std::string, DutyRow> duties;
};

Sums sum_up(std::span<const kit::Rows* const> partitions) {
  Sums sums;
  for (const auto* rows : partitions) {
    kit::add_up(sums.totals, kit::read_row<TotalsRow>(*rows, kTotals, ""));
    kit::for_each_row<PairRow>(*rows, kPairs, [&](std::string_view key, const PairRow& row) {
      kit::add_up(sums.pairs[std::string(key)], row);
    });
    kit::for_each_row<DutyRow>(*rows, kDuties, [&](std::string_view key, const DutyRow& row) {
      kit::add_up(sums.duties[std::string(key)], row);
    });
  }
  return sums;
}

std::int64_t overdue_in(const kit::ListReader& lists, Timestamp now) {
  return lists.count_before(due_list(), kit::order_of(now));
}

/// A clock that was ahead makes it 0.
std::int64_t age_at(std::string_view waiting_since, Timestamp now) {
  return std::max<std::int64_t>(0, epoch_ms(now) - kit::number_of(waiting_since));
}

std::int64_t oldest_pending_age(const kit::ListReader& lists, Timestamp now) {
  std::int64_t age = 0;
  lists.read(pending_list(), {}, [&](const kit::ListReader::Found& oldest) {
    age = age_at(oldest.place, now);
    return false;
  });
  return age;
}

/// The age that `percent` of those that wait do not exceed (nearest rank), as a histogram has it.
std::optional<std::int64_t> pending_age_percentile(const kit::ListReader& lists, int percent, Timestamp now) {
  const auto pending = lists.count(pending_list());
  const auto since = lists.order_at(pending_list(), pending - kit::nearest_rank(pending, percent));
  if (!since) return std::nullopt;
  kit::Histogram age;
  age.add(age_at(*since, now));
  return age.percentile(percent);
}

/// What of the board may match, beside what filters name lists for.
std::vector<kit::Candidates> candidates(const kit::ListReader& lists, const kit::Filters& filters,
                                        Timestamp now) {
  std::vector<kit::Candidates> all;
  if (filters.text("overdue") == "true")
    all.push_back({.lists = {due_list()},
                   .in_order = false,
                   .until = kit::order_of(now),
                   .passing = overdue_in(lists, now)});
  if (filters.number("bounces").value_or(0) > 0) all.push_back({.lists = {kit::list_of("bounced", "true")}});
  return all;
}

/// What totals and metrics are read from.
struct Figures {
  const TotalsRow& totals;
  const kit::ListReader& lists;
  std::int64_t matching;
  Timestamp now;

  [[nodiscard]] std::int64_t in(State state) const {
    return lists.count(kit::list_of("state", name_of(state)));
  }
};

constexpr kit::Words kOpenNow{"open now", "当前未结"};
constexpr kit::Words kSoFar{"so far", "累计"};
constexpr kit::Words kPendingFor{"pending for", "待接收时长"};
constexpr kit::Words kAcceptedIn{"accepted in", "接收用时"};
constexpr kit::Words kBouncing{"bouncing", "推诿"};
constexpr kit::Words kReturnedAs{"returned as", "退回原因"};
constexpr kit::Words kQuality{"quality", "质量"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"cases", Kind::count, {"cases", "工单"}, "Cases that were registered.", {1, kSoFar}},
     [](const Figures& of) { return of.totals.cases; },
     kit::CountedRows::events({{"type", RequestRegistered::kType}})},
    {{"handoffs",
      Kind::count,
      {"accepted", "已接收"},
      "Handoffs that were accepted so far, imported ones too.",
      {3, kSoFar}},
     [](const Figures& of) { return of.totals.handoffs; },
     kit::CountedRows::events({{"type", HandoffAccepted::kType}})},
    {{"cases_with_handoffs",
      Kind::count,
      {"in cases", "涉及工单"},
      "Cases with an accepted handoff.",
      {4, kSoFar}},
     [](const Figures& of) { return of.totals.cases_with_handoffs; }},
    {{"ping_pongs",
      Kind::count,
      {"ping-pongs", "往返"},
      "Moves of a case back to the department that it had just come from; assignments count as moves.",
      {2, kBouncing}},
     [](const Figures& of) { return of.totals.ping_pongs; }},
    {{"cases_with_ping_pongs",
      Kind::count,
      {"in cases", "涉及工单"},
      "Cases with a ping-pong.",
      {3, kBouncing}},
     [](const Figures& of) { return of.totals.cases_with_ping_pongs; }},
    {{"reopened_cases",
      Kind::count,
      {"reopened cases", "重新打开的工单"},
      "Cases that were reopened at least once.",
      {9, kSoFar}},
     [](const Figures& of) { return of.totals.reopened_cases; }},
    {{"requested", Kind::count, {"requested", "已请求"}, "Handoffs that were requested.", {2, kSoFar}},
     [](const Figures& of) { return of.totals.requested; },
     kit::CountedRows::events({{"type", HandoffRequested::kType}})},
    {{"returned", Kind::count, {"returned", "已退回"}, "Returns of handoffs so far.", {5, kSoFar}},
     [](const Figures& of) { return of.totals.returned; },
     kit::CountedRows::events({{"type", HandoffReturned::kType}})},
    {{"expired",
      Kind::count,
      {"expired", "已过期"},
      "Handoffs that nobody accepted by their time.",
      {6, kSoFar}},
     [](const Figures& of) { return of.totals.expired; },
     kit::CountedRows::events({{"type", HandoffExpired::kType}})},
    {{"ruled", Kind::count, {"ruled", "已裁定"}, "Rulings so far on whose duty it is.", {7, kSoFar}},
     [](const Figures& of) { return of.totals.ruled; },
     kit::CountedRows::events({{"type", HandoffRuled::kType}})},
    {{"completed", Kind::count, {"completed", "已完成"}, "Handoffs that were completed.", {8, kSoFar}},
     [](const Figures& of) { return of.totals.completed; },
     kit::CountedRows::events({{"type", HandoffCompleted::kType}})},
    {{"withdrawn",
      Kind::count,
      {"withdrawn", "已撤回"},
      "Handoffs that the giving side withdrew, or that ended as the case went on elsewhere or was closed.",
      {10, kSoFar}},
     [](const Figures& of) { return of.totals.withdrawn; },
     kit::CountedRows::events({{"type", HandoffWithdrawn::kType}})},
    {{"open", Kind::count, {"all", "全部"}, "Handoffs on the board.", {1, kOpenNow}},
     [](const Figures& of) { return of.lists.count(kit::all_rows()); },
     kit::CountedRows::all()},
    {{"pending", Kind::count, {"pending", "待接收"}, "Handoffs that wait to be accepted.", {2, kOpenNow}},
     [](const Figures& of) { return of.in(State::pending); },
     {{"state", "pending"}}},
    {{"accepted",
      Kind::count,
      {"accepted", "已接收"},
      "Handoffs that were accepted and not begun.",
      {3, kOpenNow}},
     [](const Figures& of) { return of.in(State::accepted); },
     {{"state", "accepted"}}},
    {{"working", Kind::count, {"working", "处理中"}, "Handoffs that are worked on.", {4, kOpenNow}},
     [](const Figures& of) { return of.in(State::working); },
     {{"state", "working"}}},
    {{"returned_open",
      Kind::count,
      {"returned", "已退回"},
      "Handoffs on the board that came back.",
      {5, kOpenNow}},
     [](const Figures& of) { return of.in(State::returned); },
     {{"state", "returned"}}},
    {{"disputed",
      Kind::count,
      {"disputed", "有争议"},
      "Handoffs that came back as often as the policy allows: a ruling is at hand.",
      {6, kOpenNow}},
     [](const Figures& of) { return of.in(State::disputed); },
     {{"state", "disputed"}}},
    {{"ruled_open",
      Kind::count,
      {"ruled", "已裁定"},
      "Handoffs on the board whose receiver was ruled.",
      {7, kOpenNow}},
     [](const Figures& of) { return of.in(State::ruled); },
     {{"state", "ruled"}}},
    {{"questions_open",
      Kind::count,
      {"questions", "咨询待答复"},
      "Questions that nobody has answered.",
      {9, kOpenNow}},
     [](const Figures& of) { return of.in(State::asked); },
     {{"state", "asked"}}},
    {{"questions", Kind::count, {"questions", "咨询"}, "Questions that were asked.", {11, kSoFar}},
     [](const Figures& of) { return of.totals.questions; },
     kit::CountedRows::events({{"type", HandoffRequested::kType}, {"mode", name_of(HandoffMode::question)}})},
    {{"answered", Kind::count, {"answered", "已答复咨询"}, "Questions that were answered.", {12, kSoFar}},
     [](const Figures& of) { return of.totals.answered; }},
    {{"overdue",
      Kind::count,
      {"overdue", "超时"},
      "Handoffs whose time to accept, to answer or to complete is over.",
      {8, kOpenNow}},
     [](const Figures& of) { return overdue_in(of.lists, of.now); },
     {{"overdue", "true"}}},
    {{"shift_handoffs", Kind::count, {"shift handoffs", "交班移交"}, "Shift handoffs that were requested."},
     [](const Figures& of) { return of.totals.shift_requested; },
     kit::CountedRows::events({{"type", HandoffRequested::kType}, {"kind", name_of(HandoffKind::shift)}})},
    {{"shift_notes_complete",
      Kind::count,
      {"shift notes complete", "交班记录完整"},
      "Shift handoffs that were not returned as incomplete."},
     [](const Figures& of) { return of.totals.shift_requested - of.totals.shift_incomplete; }},
    {{"answers_due",
      Kind::count,
      {"answers due", "应答复客户"},
      "Completed handoffs whose result the customer had to hear."},
     [](const Figures& of) { return of.totals.answers_due; }},
    {{"answered_by_owner",
      Kind::count,
      {"customer told by the owner", "由责任人答复客户"},
      "Results of handoffs that the case owner told the customer."},
     [](const Figures& of) { return of.totals.answered_by_owner; }},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"pending_age_p50_ms",
      Kind::duration_at_most,
      {"p50", "P50"},
      "The age that half of the pending handoffs do not exceed.",
      {1, kPendingFor}},
     [](const Figures& of) { return pending_age_percentile(of.lists, 50, of.now); }},
    {{"pending_age_p90_ms",
      Kind::duration_at_most,
      {"p90", "P90"},
      "The age that 9 of 10 pending handoffs do not exceed.",
      {2, kPendingFor}},
     [](const Figures& of) { return pending_age_percentile(of.lists, 90, of.now); }},
    {{"pending_oldest_ms",
      Kind::duration,
      {"oldest", "最久"},
      "The age of the oldest pending handoff; 0 when none is pending.",
      {3, kPendingFor}},
     [](const Figures& of) { return oldest_pending_age(of.lists, of.now); }},
    {{"acceptance_p50_ms",
      Kind::duration_at_most,
      {"p50", "P50"},
      "The time from request to acceptance that half of the accepted handoffs, imported ones left out, do "
      "not "
      "exceed.",
      {1, kAcceptedIn}},
     [](const Figures& of) { return of.totals.acceptance_ms.percentile(50); }},
    {{"acceptance_p90_ms",
      Kind::duration_at_most,
      {"p90", "P90"},
      "The time from request to acceptance that 9 of 10 accepted handoffs, imported ones left out, do not "
      "exceed.",
      {2, kAcceptedIn}},
     [](const Figures& of) { return of.totals.acceptance_ms.percentile(90); }},
    {{"return_rate_permille",
      Kind::share,
      {"returned", "退回"},
      "returned / requested.",
      {1, kBouncing},
      {"returned", "requested"}},
     [](const Figures& of) { return kit::permille(of.totals.returned, of.totals.requested); }},
    {{"return_reasons",
      Kind::counts,
      {"returned as", "退回原因"},
      "Returns by the reason that they give; n is returned.",
      {1, kReturnedAs}},
     [](const Figures& of) { return kit::ByCode<ReturnReason>{of.totals.returns_because}; },
     kit::CountedRows::events({{"type", HandoffReturned::kType}, {"reason_code"}})},
    {{"ping_pong_index_permille",
      Kind::share,
      {"ping-pong index", "往返指数"},
      "(returned + ping_pongs) / handoffs.",
      {4, kBouncing},
      {.of = "handoffs"}},
     [](const Figures& of) {
       return kit::permille(of.totals.returned + of.totals.ping_pongs, of.totals.handoffs);
     }},
    {{"hops_per_case_permille", Kind::ratio, {"handoffs a case", "每单移交次数"}, "handoffs / cases."},
     [](const Figures& of) { return kit::permille(of.totals.handoffs, of.totals.cases); }},
    {{"hops_p50",
      Kind::number,
      {"handoffs a case p50", "每单移交 P50"},
      "The accepted handoffs that half of cases_with_handoffs do not exceed.",
      {5, kBouncing}},
     [](const Figures& of) { return of.totals.hops.percentile(50); }},
    {{"hops_p90",
      Kind::number,
      {"p90", "P90"},
      "The accepted handoffs that 9 of 10 of cases_with_handoffs do not exceed.",
      {6, kBouncing}},
     [](const Figures& of) { return of.totals.hops.percentile(90); }},
    {{"shift_notes_complete_permille",
      Kind::share,
      {"shift notes complete", "交班记录完整"},
      "shift_notes_complete / shift_handoffs.",
      {1, kQuality},
      {"shift_notes_complete", "shift_handoffs"}},
     [](const Figures& of) {
       return kit::permille(of.totals.shift_requested - of.totals.shift_incomplete,
                            of.totals.shift_requested);
     }},
    {{"answered_by_owner_permille",
      Kind::share,
      {"customer told by the owner", "由责任人答复客户"},
      "answered_by_owner / answers_due.",
      {2, kQuality},
      {"answered_by_owner", "answers_due"}},
     [](const Figures& of) { return kit::permille(of.totals.answered_by_owner, of.totals.answers_due); }},
};

constexpr kit::Description kMatrix{"matrix",
                                   Kind::table,
                                   {"departments", "部门往来"},
                                   "Handoffs from department to department, a row a pair."};
using Pair = std::map<std::string, PairRow>::value_type;

constexpr kit::Column<Pair> kMatrixColumns[] = {
    {{"from_department", Kind::department, {"from", "移交部门"}, "The department that gave."},
     [](const Pair& pair) { return kit::split_key(pair.first).first; }},
    {{"to_department", Kind::department, {"to", "接收部门"}, "The department that was asked."},
     [](const Pair& pair) { return kit::split_key(pair.first).second; }},
    {{"requested", Kind::count, {"requested", "已请求"}, "Handoffs that were requested."},
     [](const Pair& pair) { return pair.second.requested; },
     kit::CountedRows::events({{"type", HandoffRequested::kType},
                               {"from.department_id"},
                               {.filter = "to.department_id", .member = "to_department"}})},
    {{"accepted", Kind::count, {"accepted", "已接收"}, "Handoffs that were accepted."},
     [](const Pair& pair) { return pair.second.accepted; }},
    {{"returned", Kind::count, {"returned", "已退回"}, "Returns of handoffs."},
     [](const Pair& pair) { return pair.second.returned; }},
    {{"in_time", Kind::count, {"in time", "按时"}, "Handoffs that were accepted by their time."},
     [](const Pair& pair) { return pair.second.in_time; }},
    {{"late", Kind::count, {"late", "逾时"}, "Handoffs that were accepted after their time."},
     [](const Pair& pair) { return pair.second.late; }},
    {{"ola_attainment_permille",
      Kind::share,
      {"OLA attainment", "OLA 达标率"},
      "in_time / (in_time + late)."},
     [](const Pair& pair) {
       return kit::permille(pair.second.in_time, pair.second.in_time + pair.second.late);
     }},
};

constexpr kit::Description kDutyTable{
    "duties", Kind::table, {"duties", "职责"}, "How often a duty decided where a case went, a row a duty."};
using Duty = std::map<std::string, DutyRow>::value_type;

constexpr kit::Column<Duty> kDutyColumns[] = {
    {{"duty", Kind::text, {"duty", "职责"}, "The duty's id."},
     [](const Duty& duty) -> const auto& { return duty.first; }},
    {{"applied", Kind::count, {"applied", "适用"}, "Handoffs that were requested for it."},
     [](const Duty& duty) { return duty.second.applied; },
     kit::CountedRows::events({{"type", HandoffRequested::kType}, {"duty_id"}})},
    {{"cited_in_returns", Kind::count, {"cited in returns", "退回时引用"}, "Returns that cite it."},
     [](const Duty& duty) { return duty.second.cited_in_returns; },
     kit::CountedRows::events({{"type", HandoffReturned::kType}, {"duty_id"}})},
    {{"rulings", Kind::count, {"rulings", "裁定"}, "Rulings that cite it."},
     [](const Duty& duty) { return duty.second.rulings; },
     kit::CountedRows::events({{"type", HandoffRuled::kType}, {"duty_id"}})},
};

constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "What happened to handoffs in each day, week or month of a zone, the last one first; empty unless period "
    "is asked for. to_department, or else department, leaves those that it took or was to.",
    {1},
    {},
    {{"period", "day"}}};
using PeriodSum = kit::PeriodSum<PeriodRow>;

constexpr kit::Column<PeriodSum> kPeriodColumns[] = {
    kit::kBegins<PeriodRow>,
    kit::kSince<PeriodRow>,
    kit::kUntil<PeriodRow>,
    {{"requested", Kind::count, {"requested", "已请求"}, "Handoffs that were requested.", {2}},
     [](const PeriodSum& of) { return of.sum.requested; },
     kit::events_of_period(HandoffRequested::kType)},
    {{"accepted", Kind::count, {"accepted", "已接收"}, "Handoffs that were accepted.", {3}},
     [](const PeriodSum& of) { return of.sum.accepted; },
     kit::events_of_period(HandoffAccepted::kType)},
    {{"completed", Kind::count, {"completed", "已完成"}, "Handoffs that were completed.", {4}},
     [](const PeriodSum& of) { return of.sum.completed; },
     kit::events_of_period(HandoffCompleted::kType)},
    {{"returned", Kind::count, {"returned", "已退回"}, "Returns of handoffs."},
     [](const PeriodSum& of) { return of.sum.returned; },
     kit::events_of_period(HandoffReturned::kType)},
    {{"return_rate_permille",
      Kind::share,
      {"return rate", "退回率"},
      "returned / requested.",
      {5},
      {"returned", "requested"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.returned, of.sum.requested); }},
    {{"in_time", Kind::count, {"in time", "按时"}, "Handoffs that were accepted by their time."},
     [](const PeriodSum& of) { return of.sum.in_time; }},
    {{"timed",
      Kind::count,
      {"accepted with a time limit", "有时限的接收"},
      "Accepted handoffs that had a time."},
     [](const PeriodSum& of) { return of.sum.in_time + of.sum.late; }},
    {{"ola_attainment_permille",
      Kind::share,
      {"OLA attainment", "OLA 达标率"},
      "in_time / timed.",
      {6},
      {"in_time", "timed"}},
     [](const PeriodSum& of) { return kit::permille(of.sum.in_time, of.sum.in_time + of.sum.late); }},
    {{"acceptance_p50_ms",
      Kind::duration_at_most,
      {"accepted in p50", "接收用时 P50"},
      "The time from request to acceptance that half of the accepted handoffs do not exceed.",
      {7}},
     [](const PeriodSum& of) { return of.sum.acceptance_ms.percentile(50); }},
    {{"acceptance_p90_ms",
      Kind::duration_at_most,
      {"accepted in p90", "接收用时 P90"},
      "The time from request to acceptance that 9 of 10 accepted handoffs do not exceed.",
      {8}},
     [](const PeriodSum& of) { return of.sum.acceptance_ms.percentile(90); }},
    {{"expired", Kind::count, {"expired", "已过期"}, "Handoffs that nobody accepted by their time.", {9}},
     [](const PeriodSum& of) { return of.sum.expired; },
     kit::events_of_period(HandoffExpired::kType)},
    {{"ruled", Kind::count, {"ruled", "已裁定"}, "Rulings on whose duty it is."},
     [](const PeriodSum& of) { return of.sum.ruled; },
     kit::events_of_period(HandoffRuled::kType)},
    {{"withdrawn",
      Kind::count,
      {"withdrawn", "已撤回"},
      "Handoffs that the giving side withdrew, or that ended as the case went on elsewhere or was closed."},
     [](const PeriodSum& of) { return of.sum.withdrawn; },
     kit::events_of_period(HandoffWithdrawn::kType)},
};

std::span<const std::string> taking_departments(const kit::Filters& filters) {
  const auto asked = filters.values("to_department");
  return asked.empty() ? filters.values("department") : asked;
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const kit::BoardRows board_rows{
      .tables = {kOpen, kCases}, .filters = kFilters, .listing = {.order_bytes = kit::kMeasuredBytes}};
  const auto asked = kit::read_asked<Cell>(
      partitions, query, board_rows, kTotalColumns,
      [&](const kit::Filters& filters) { return candidates(lists, filters, query.now); }, order_of_row,
      [&](const Cell& cell, const kit::Filters& filters) { return matches(cell, filters, query.now); });
  if (!asked) return std::unexpected(asked.error());
  const auto sums = sum_up(partitions);
  const Figures figures{
      .totals = sums.totals, .lists = lists, .matching = asked->page.matching, .now = query.now};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(*asked, kTotalColumns, kMetricColumns, figures, board,
                     [&](const Cell& cell, std::string& row) {
                       kit::write_object(kColumns, Shown{cell, query.now}, row);
                     });
    kit::write_table(kMatrixColumns, sums.pairs, board.member(kMatrix.key));
    kit::write_table(kDutyColumns, sums.duties, board.member(kDutyTable.key));
    kit::write_table(kPeriodColumns,
                     kit::sums_of<PeriodRow>(kit::PeriodQuery(asked->filters, query), partitions,
                                             taking_departments(asked->filters)),
                     board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"handoffs", "部门移交"},
      .meaning = {"Open handoffs between departments, who sends cases to whom, and which duties decide it.",
                  "部门之间未结的移交、往来矩阵和职责依据。"},
      .headings = {kOpenNow, kSoFar, kPendingFor, kAcceptedIn, kBouncing, kReturnedAs, kQuality},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kMatrix, kMatrixColumns), kit::part(kDutyTable, kDutyColumns),
                  kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "handoff"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "handoff",
          .version = 4,
          .worker = "boards",
          .fingerprint =
              kit::fingerprint_of<CaseRow, DutyRow, PairRow, OpenRow, PeriodRow, TotalsRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::handoff
