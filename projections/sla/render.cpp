// The SLA board as JSON: targets that are still to be done first, and how those that are over were kept.
#include <algorithm>
#include <array>
#include <cstdint>
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
#include "projections/sla/board.h"
#include "projections/sla/lists.h"

namespace casetrail::sla {
namespace {

using kit::Kind;

/// What is due within this time is due soon.
constexpr std::chrono::hours kSoon{1};

constexpr kit::FilterType kFilters[] = {
    kit::kCaseFilter,
    {"target", kit::filter::word<SlaMetric>, {"target", "时限"}, "Targets of this kind."},
    {"state", kit::filter::word<State>, {"state", "状态"}, "Targets in this state."},
    {"open",
     kit::filter::flag,
     {"still to be done", "待完成"},
     "Whether it is still to be done: running, paused, or missed and not done yet."},
    {"department",
     kit::filter::department,
     {"department", "部门"},
     "Targets that this department is to meet, or was when they ended."},
    {"priority",
     kit::filter::word<Priority>,
     {"priority", "优先级"},
     "Targets of cases with this priority, or that had it when they ended."},
    {"in_first_time",
     kit::filter::flag,
     {"by first due", "初始时限内"},
     "Whether it was met or missed, and done by its first due time."},
    {"due_within_hour",
     kit::filter::flag,
     {"due within an hour", "1 小时内到期"},
     "Whether it is still to be done, due within an hour and not late yet."},
    {"due_before",
     kit::filter::moment,
     {"due before", "到期早于"},
     "Targets still to be done that are due before."},
    {"ended_since",
     kit::filter::moment,
     {"over since", "结束不早于"},
     "Targets that were met, missed or canceled since."},
    {"ended_until",
     kit::filter::moment,
     {"over before", "结束早于"},
     "Targets that were met, missed or canceled before."},
    kit::kPeriodFilter,
    kit::kZoneFilter,
};

using Cell = kit::CellOf<TargetRow, CaseRow>;

/// When it is due that is still to be done; nothing while it is paused.
std::optional<Timestamp> waited_for(const TargetRow& row) {
  return row.is_to_be_done() ? row.due : std::nullopt;
}

bool is_due_within_hour(const TargetRow& row, Timestamp now) {
  const auto due = waited_for(row);
  return due && *due >= now && *due < now + kSoon;
}

bool passes(const Facet& facet, const kit::Filters& filters) {
  return filters.passes("target", name_of(facet.target)) && filters.passes("state", name_of(facet.state)) &&
         filters.passes_flag("open", facet.is_to_be_done) &&
         filters.passes_flag("in_first_time", facet.in_first_time) &&
         filters.passes("department", facet.department) &&
         filters.passes("priority", kit::name_if(facet.priority));
}

constexpr std::array<std::string_view, 6> kFacetFilters{"target",        "state",      "open",
                                                        "in_first_time", "department", "priority"};

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && passes(facet_of(row), filters) &&
         filters.passes_flag("due_within_hour", is_due_within_hour(row, now)) &&
         filters.passes_moments({}, "due_before", waited_for(row)) &&
         filters.passes_moments("ended_since", "ended_until", row.ended_at);
}

/// A row, when it is looked at, and how business time is counted.
struct Shown {
  const Cell& cell;
  const kit::BoardQuery& query;

  [[nodiscard]] const TargetRow& row() const { return cell.row; }
  [[nodiscard]] const kit::CaseFacts& facts() const { return cell.of_case().facts; }
  /// Until it was done, or until now.
  [[nodiscard]] std::int64_t used_ms() const {
    const auto& at = row();
    if (!at.since || at.state == State::canceled) return at.counted_ms;
    const auto until = std::max(*at.since, at.done_at.value_or(query.now));
    return at.counted_ms + query.settings.business_time(at.calendar, *at.since, until).count();
  }
};

std::optional<std::int64_t> late_ms(const TargetRow& row, Timestamp now) {
  if (!row.is_missed() || !row.due) return std::nullopt;
  return (row.done_at.value_or(now) - *row.due).count();
}

constexpr kit::Column<Shown> kColumns[] = {
    {kit::kCaseId, [](const Shown& at) -> const auto& { return at.cell.case_id; }},
    {kit::kNumber, [](const Shown& at) -> const auto& { return at.facts().number; }},
    {kit::kCaseNo, [](const Shown& at) -> const auto& { return at.facts().case_no; }},
    {kit::kReference, [](const Shown& at) { return at.facts().reference(); }},
    {{"no", Kind::text, {"no", "编号"}, "The target within its case."},
     [](const Shown& at) -> const auto& { return at.cell.id; }},
    {{"target", Kind::word, {"target", "时限"}, "What is to be done by then.", {2}},
     [](const Shown& at) { return at.row().target; }},
    {{"handoff", Kind::text, {"handoff", "移交号"}, "The handoff that it is about."},
     [](const Shown& at) -> const auto& { return at.row().handoff; }},
    {{"state", Kind::word, {"state", "状态"}, "How the target stands.", {3}},
     [](const Shown& at) { return at.row().state; }},
    {{"left_ms",
      Kind::duration,
      {"left", "剩余时间"},
      "Time until it is due, every hour counted; below 0 when it is late and still to be done.",
      {4}},
     [](const Shown& at) {
       const auto due = waited_for(at.row());
       return due ? std::optional((*due - at.query.now).count()) : std::nullopt;
     }},
    {{"priority",
      Kind::word,
      {"prio", "优先级"},
      "The case's priority; of a target that is over as it was then.",
      {6}},
     [](const Shown& at) { return at.row().priority; }},
    {{"first_priority",
      Kind::word,
      {"first priority", "初始优先级"},
      "The priority when the target was set."},
     [](const Shown& at) { return at.row().first_priority; }},
    {{"department",
      Kind::department,
      {"department", "部门"},
      "The department that is to meet it; of a target that is over the one that was.",
      {5}},
     [](const Shown& at) -> const auto& { return at.row().department; }},
    {{"first_department",
      Kind::department,
      {"first department", "初始部门"},
      "The department that was to meet it when the target was set."},
     [](const Shown& at) -> const auto& { return at.row().first_department; }},
    {{"due",
      Kind::moment,
      {"due", "时限时间"},
      "By when it is to be done, after pauses, other priorities and reopenings; null while it is paused.",
      {7}},
     [](const Shown& at) -> const auto& { return at.row().due; }},
    {{"first_due",
      Kind::moment,
      {"first due", "初始时限"},
      "By when it was to be done when the target was set.",
      {8}},
     [](const Shown& at) -> const auto& { return at.row().first_due; }},
    {{"in_first_time",
      Kind::flag,
      {"by first due", "初始时限内"},
      "Whether it was done by first_due; null while it is not done."},
     [](const Shown& at) { return facet_of(at.row()).in_first_time; }},
    {{"used_ms",
      Kind::duration,
      {"time used", "已用时间"},
      "Business time that was used, until it was done or until now.",
      {9}},
     [](const Shown& at) { return at.used_ms(); }},
    {{"target_ms",
      Kind::duration,
      {"time allowed", "允许时间"},
      "Business time that may be used; null for a target that was set for a moment.",
      {10}},
     [](const Shown& at) -> const auto& { return at.row().target_ms; }},
    {{"first_target_ms",
      Kind::duration,
      {"time allowed at first", "初始允许时间"},
      "Business time that was to be used at most when the target was set."},
     [](const Shown& at) -> const auto& { return at.row().first_target_ms; }},
    {{"late_ms",
      Kind::duration,
      {"late by", "超时时长"},
      "Of a missed target the time from due until it was done or until now, every hour counted.",
      {11}},
     [](const Shown& at) { return late_ms(at.row(), at.query.now); }},
    {{"set_at", Kind::moment, {"set at", "设定时间"}, "When the target was set."},
     [](const Shown& at) { return at.row().set_at; }},
    {{"ended_at", Kind::moment, {"over at", "结束时间"}, "When it was met, missed or canceled.", {12}},
     [](const Shown& at) -> const auto& { return at.row().ended_at; }},
    {{"done_at",
      Kind::moment,
      {"done at", "完成时间"},
      "When it was met or done late, or nobody waited for it any more."},
     [](const Shown& at) -> const auto& { return at.row().done_at; }},
    {{"excuse", Kind::word, {"excused because", "免责原因"}, "Why a missed target was excused."},
     [](const Shown& at) -> const auto& { return at.row().excuse; }},
    {{"kind", Kind::word, {"kind", "类型"}, "What kind of case it is."},
     [](const Shown& at) { return at.facts().kind; }},
    {{"channel", Kind::word, {"channel", "渠道"}, "How the request came."},
     [](const Shown& at) { return at.facts().channel; }},
    {kit::kCategory, [](const Shown& at) -> const auto& { return at.facts().category; }},
    {{"owner", Kind::agent, {"owner", "首问责任人"}, "The case owner."},
     [](const Shown& at) -> const auto& { return at.facts().owner; }},
};

/// How targets were kept.
struct Kept {
  std::int64_t running = 0;
  std::int64_t paused = 0;
  std::int64_t met = 0;
  std::int64_t missed = 0;
  std::int64_t excused = 0;
  std::int64_t canceled = 0;
  std::int64_t in_first_time = 0;

  [[nodiscard]] std::int64_t over() const { return met + missed; }
  [[nodiscard]] bool is_empty() const { return running + paused + over() + excused + canceled == 0; }
  Kept& operator+=(const Kept& other) {
    running += other.running;
    paused += other.paused;
    met += other.met;
    missed += other.missed;
    excused += other.excused;
    canceled += other.canceled;
    in_first_time += other.in_first_time;
    return *this;
  }
};

/// `on_kept(target, priority, kept)` of each target and priority of which any are counted.
template <class OnKept>
void for_each_kept(const SumRow& sum, OnKept&& on_kept) {
  const auto read = [&](SlaMetric target, std::optional<Priority> priority) {
    const auto index = sum_index(target, priority);
    const Kept kept{.running = kit::counted_at(sum.running, index),
                    .paused = kit::counted_at(sum.paused, index),
                    .met = kit::counted_at(sum.met, index),
                    .missed = kit::counted_at(sum.missed, index),
                    .excused = kit::counted_at(sum.excused, index),
                    .canceled = kit::counted_at(sum.canceled, index),
                    .in_first_time = kit::counted_at(sum.in_first_time, index)};
    if (!kept.is_empty()) on_kept(target, priority, kept);
  };
  for (std::size_t i = 0; i < enum_names(SlaMetric{}).size(); ++i) {
    const auto target = static_cast<SlaMetric>(i);
    read(target, std::nullopt);
    for (std::size_t k = 0; k < enum_names(Priority{}).size(); ++k) read(target, static_cast<Priority>(k));
  }
}

/// Of the targets and priorities that the filters leave.
Kept kept_of(const SumRow& sum, const kit::Filters& filters) {
  Kept all;
  for_each_kept(sum, [&](SlaMetric target, std::optional<Priority> priority, const Kept& kept) {
    if (filters.passes("target", name_of(target)) && filters.passes("priority", kit::name_if(priority)))
      all += kept;
  });
  return all;
}

using KeptByName = std::map<std::string, Kept>;
/// How those of one kind, department or priority were kept, or those that ended in one period.
using Named = KeptByName::value_type;

/// All that was kept, and by what it can be told apart; what has no name is in `all` alone.
struct Sums {
  Kept all;
  std::int64_t missed_open = 0;  ///< not done yet
  KeptByName targets;
  KeptByName departments;
  KeptByName priorities;
};

/// How many targets there are of each facet.
struct Counted {
  Facet facet;
  std::int64_t rows;
};

std::vector<Counted> count_facets(const kit::ListReader& lists) {
  std::vector<Counted> counted;
  for (const auto& [bytes, rows] : lists.count_by_value(kFacets))
    counted.push_back({kit::decode_row<Facet>(kFacets, bytes), rows});
  return counted;
}

Sums sum_up(std::span<const Counted> counted) {
  Sums sums;
  for (const auto& [facet, rows] : counted) {
    Kept kept;
    in_state(kept, facet.state) = rows;
    if (facet.in_first_time.value_or(false)) kept.in_first_time = rows;
    if (facet.state == State::missed && facet.is_to_be_done) sums.missed_open += rows;
    sums.all += kept;
    sums.targets[std::string(name_of(facet.target))] += kept;
    if (facet.priority) sums.priorities[std::string(name_of(*facet.priority))] += kept;
    if (facet.department) sums.departments[*facet.department] += kept;
  }
  return sums;
}

/// What totals and metrics are read from.
struct Figures {
  const Kept& all;
  std::int64_t missed_open;
  const kit::ListReader& lists;
  Timestamp now;
  std::int64_t matching;

  [[nodiscard]] std::int64_t due_before(Timestamp until) const {
    return lists.count_before(all_list(), kit::order_of(until));
  }
};

constexpr kit::Words kToDo{"to be done", "待完成"};
constexpr kit::Words kOver{"over so far", "累计"};
constexpr kit::Words kAttainment{"SLA attainment", "SLA 达标"};

constexpr kit::AskedFilter kMetState{"state", "met"};
constexpr kit::AskedFilter kMissedState{"state", "missed"};
constexpr kit::AskedFilter kDoneInFirstTime{"in_first_time", "true"};

constexpr kit::Column<Figures> kTotalColumns[] = {
    {{"open",
      Kind::count,
      {"still to be done", "待完成"},
      "Targets that are running, paused, or missed and not done yet.",
      {1, kToDo}},
     [](const Figures& of) { return of.all.running + of.all.paused + of.missed_open; },
     {{"open", "true"}}},
    {{"missed_open",
      Kind::count,
      {"breached, not done", "超时未完成"},
      "Missed targets that are not done yet.",
      {2, kToDo}},
     [](const Figures& of) { return of.missed_open; },
     {{"state", "missed"}, {"open", "true"}}},
    {{"due_within_hour",
      Kind::count,
      {"due within an hour", "1 小时内到期"},
      "Targets still to be done that are due within an hour.",
      {3, kToDo}},
     [](const Figures& of) { return of.due_before(of.now + kSoon) - of.due_before(of.now); },
     {{"due_within_hour", "true"}}},
    {{"running", Kind::count, {"running", "计时中"}, "Targets whose time runs.", {4, kToDo}},
     [](const Figures& of) { return of.all.running; },
     {{"state", "running"}}},
    {{"paused",
      Kind::count,
      {"paused", "已暂停"},
      "Targets whose time stands still, for the case waits.",
      {5, kToDo}},
     [](const Figures& of) { return of.all.paused; },
     {{"state", "paused"}}},
    {{"met", Kind::count, {"met", "达标"}, "Targets that were met.", {1, kOver}},
     [](const Figures& of) { return of.all.met; },
     {{"state", "met"}}},
    {{"missed",
      Kind::count,
      {"breached", "超时"},
      "Targets that were missed, done since or not.",
      {2, kOver}},
     [](const Figures& of) { return of.all.missed; },
     {{"state", "missed"}}},
    {{"over", Kind::count, {"met or breached", "达标与超时"}, "met + missed."},
     [](const Figures& of) { return of.all.over(); },
     {kMetState, kMissedState}},
    {{"excused",
      Kind::count,
      {"excused", "已免责"},
      "Missed targets that were excused: neither met nor missed.",
      {3, kOver}},
     [](const Figures& of) { return of.all.excused; },
     {{"state", "excused"}}},
    {{"canceled",
      Kind::count,
      {"canceled", "已取消"},
      "Targets that nobody had to meet any more before they were due.",
      {4, kOver}},
     [](const Figures& of) { return of.all.canceled; },
     {{"state", "canceled"}}},
    {{"in_first_time",
      Kind::count,
      {"by first due", "初始时限内"},
      "Of over, those that were done by first_due, whatever moved it since."},
     [](const Figures& of) { return of.all.in_first_time; },
     {kDoneInFirstTime}},
    {kit::kMatching, [](const Figures& of) { return of.matching; }},
};

constexpr kit::Column<Figures> kMetricColumns[] = {
    {{"attainment_permille",
      Kind::share,
      {"SLA attainment", "SLA 达标率"},
      "met / over, by the due times as they stood in the end. Excused and canceled ones are in neither.",
      {1, kAttainment},
      {"met", "over"}},
     [](const Figures& of) { return kit::permille(of.all.met, of.all.over()); }},
    {{"first_attainment_permille",
      Kind::share,
      {"by first due", "初始时限达标率"},
      "in_first_time / over: by the due times as they were set at first.",
      {2, kAttainment},
      {"in_first_time", "over"}},
     [](const Figures& of) { return kit::permille(of.all.in_first_time, of.all.over()); }},
};

/// How those of one period were kept.
using PeriodKept = kit::PeriodSum<Kept>;

const Kept& kept_in(const Named& of) { return of.second; }
const Kept& kept_in(const PeriodKept& of) { return of.sum; }

constexpr kit::Column<Named> kRunning{
    {"running", Kind::count, {"running", "计时中"}, "Targets whose time runs."},
    [](const Named& of) { return of.second.running; }};
constexpr kit::Column<Named> kPaused{
    {"paused", Kind::count, {"paused", "已暂停"}, "Targets whose time stands still."},
    [](const Named& of) { return of.second.paused; }};

// Of a name or of a period.
template <class From>
constexpr kit::Column<From> kMet{{"met", Kind::count, {"met", "达标"}, "Targets that were met.", {2}},
                                 [](const From& of) { return kept_in(of).met; }};
template <class From>
constexpr kit::Column<From> kMissed{
    {"missed", Kind::count, {"breached", "超时"}, "Targets that were missed, done since or not.", {3}},
    [](const From& of) { return kept_in(of).missed; }};
template <class From>
constexpr kit::Column<From> kMetOrMissed{
    {"over", Kind::count, {"met or breached", "达标与超时"}, "met + missed."},
    [](const From& of) { return kept_in(of).over(); }};
template <class From>
constexpr kit::Column<From> kMetShare{
    {"attainment_permille",
     Kind::share,
     {"SLA attainment", "SLA 达标率"},
     "met / over, by the due times as they stood in the end.",
     {4},
     {"met", "over"}},
    [](const From& of) { return kit::permille(kept_in(of).met, kept_in(of).over()); }};
template <class From>
constexpr kit::Column<From> kInFirstTime{{"in_first_time",
                                          Kind::count,
                                          {"by first due", "初始时限内"},
                                          "Of over, those that were done by first_due."},
                                         [](const From& of) { return kept_in(of).in_first_time; }};
template <class From>
constexpr kit::Column<From> kFirstShare{
    {"first_attainment_permille",
     Kind::share,
     {"by first due", "初始时限达标率"},
     "in_first_time / over: by the due times as they were set at first.",
     {5},
     {"in_first_time", "over"}},
    [](const From& of) { return kit::permille(kept_in(of).in_first_time, kept_in(of).over()); }};
template <class From>
constexpr kit::Column<From> kExcused{
    {"excused", Kind::count, {"excused", "已免责"}, "Missed targets that were excused.", {6}},
    [](const From& of) { return kept_in(of).excused; }};
template <class From>
constexpr kit::Column<From> kCanceled{
    {"canceled", Kind::count, {"canceled", "已取消"}, "Targets that nobody had to meet any more.", {7}},
    [](const From& of) { return kept_in(of).canceled; }};

/// Those of its name in the state of its key.
consteval kit::Column<Named> named_in_state(kit::Column<Named> column, std::string_view filter) {
  return kit::with_rows(column, {{filter}, {"state", column.of.key}});
}

constexpr kit::AskedFilter kEndedSince{.filter = "ended_since", .member = kit::kPeriodSince.key};
constexpr kit::AskedFilter kEndedUntil{.filter = "ended_until", .member = kit::kPeriodUntil.key};
constexpr kit::AskedFilter kAskedTarget{.filter = "target", .as_asked = true};
constexpr kit::AskedFilter kAskedDepartment{.filter = "department", .as_asked = true};
constexpr kit::AskedFilter kAskedPriority{.filter = "priority", .as_asked = true};

/// Those that ended in the period, and that `filter` leaves.
consteval kit::Column<PeriodKept> ended_in(kit::Column<PeriodKept> column, kit::AskedFilter filter) {
  return kit::with_rows(column,
                        {filter, kEndedSince, kEndedUntil, kAskedTarget, kAskedDepartment, kAskedPriority});
}

/// Those that ended in the period in the state of its key.
consteval kit::Column<PeriodKept> ended_in_state(kit::Column<PeriodKept> column) {
  return ended_in(column, {"state", column.of.key});
}

/// `kOf` describes the name, a `Value`, which is what the filter of the same key asks for.
template <const kit::Description& kOf, class Value>
constexpr kit::Column<Named> kKeptColumns[] = {
    {kOf,
     [](const Named& of) {
       if constexpr (NamedEnum<Value>) {
         return enum_from<Value>(of.first).value();
       } else {
         return of.first;
       }
     }},
    named_in_state(kRunning, kOf.key),
    named_in_state(kPaused, kOf.key),
    named_in_state(kMet<Named>, kOf.key),
    named_in_state(kMissed<Named>, kOf.key),
    kit::with_rows(kMetOrMissed<Named>, {{kOf.key}, kMetState, kMissedState}),
    kMetShare<Named>,
    kit::with_rows(kInFirstTime<Named>, {{kOf.key}, kDoneInFirstTime}),
    kFirstShare<Named>,
    named_in_state(kExcused<Named>, kOf.key),
    named_in_state(kCanceled<Named>, kOf.key)};

constexpr kit::Description kTarget{
    "target", Kind::word, {"target", "时限"}, "What is to be done by then.", {1}};
constexpr kit::Description kDepartment{"department",
                                       Kind::department,
                                       {"department", "部门"},
                                       "The department that is or was to meet them.",
                                       {1}};
constexpr kit::Description kPriority{
    "priority", Kind::word, {"priority", "优先级"}, "The priority of their cases.", {1}};

constexpr kit::Description kTargetTable{
    "targets", Kind::table, {"targets", "时限"}, "How targets are kept, a row a kind of target."};
constexpr kit::Description kDepartmentTable{
    "departments", Kind::table, {"departments", "部门"}, "How departments keep targets, a row a department."};
constexpr kit::Description kPriorityTable{"priorities",
                                          Kind::table,
                                          {"priorities", "优先级"},
                                          "How targets of each priority are kept, a row a priority."};
constexpr kit::Description kPeriodTable{
    "periods",
    Kind::table,
    {"periods", "周期"},
    "Targets that ended in each day, week or month of a zone, the last one "
    "first; empty unless period is asked for. target, department and "
    "priority leave those of theirs.",
    {1},
    {},
    {{"period", "day"}}};

constexpr kit::Column<PeriodKept> kPeriodColumns[] = {
    kit::kBegins<Kept>,
    kit::kSince<Kept>,
    kit::kUntil<Kept>,
    ended_in_state(kMet<PeriodKept>),
    ended_in_state(kMissed<PeriodKept>),
    kit::with_rows(kMetOrMissed<PeriodKept>, {kMetState, kMissedState, kEndedSince, kEndedUntil, kAskedTarget,
                                              kAskedDepartment, kAskedPriority}),
    kMetShare<PeriodKept>,
    ended_in(kInFirstTime<PeriodKept>, kDoneInFirstTime),
    kFirstShare<PeriodKept>,
    ended_in_state(kExcused<PeriodKept>),
    ended_in_state(kCanceled<PeriodKept>)};

std::vector<PeriodKept> periods_of(std::span<const kit::Rows* const> partitions, const kit::Filters& filters,
                                   const kit::BoardQuery& query) {
  std::vector<PeriodKept> rows;
  for (const auto& [span, sum] :
       kit::sums_of<SumRow>(kit::PeriodQuery(filters, query), partitions, filters.values("department")))
    rows.push_back({span, kept_of(sum, filters)});
  return rows;
}

/// What of the board may match.
std::vector<kit::Candidates> candidates(const kit::Filters& filters, std::span<const Counted> counted,
                                        Timestamp now) {
  auto all = kit::candidates_between(ended_list(), filters, "ended_since", "ended_until");
  const auto told = std::ranges::count_if(
      kFacetFilters, [&](std::string_view filter) { return !filters.values(filter).empty(); });
  if (told > 0) {
    auto& chosen = all.emplace_back(kit::Candidates{.lists = {}, .passing = 0, .told = told});
    for (const auto& [facet, rows] : counted) {
      if (!passes(facet, filters)) continue;
      chosen.lists.push_back(facet_list(facet));
      *chosen.passing += rows;
    }
  }
  const auto due_between = [&](Timestamp from, Timestamp until) {
    all.push_back({.lists = {all_list()}, .from = kit::order_of(from), .until = kit::order_of(until)});
  };
  if (filters.text("due_within_hour") == "true") due_between(now, now + kSoon);
  if (const auto until = filters.moment("due_before")) due_between(Timestamp{}, *until);
  return all;
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const kit::ListReader lists(partitions);
  const auto every_row = [](std::string_view name, std::string_view value) {
    return std::vector{name == "all" ? all_list() : kit::list_of(name, value)};
  };
  const kit::BoardRows board_rows{.tables = {kTargets, kCases},
                                  .filters = kFilters,
                                  .listing = {.order_bytes = kit::kMeasuredBytes, .lists = every_row}};
  const auto counted = count_facets(lists);
  const auto asked = kit::read_asked<Cell>(
      partitions, query, board_rows, kTotalColumns,
      [&](const kit::Filters& filters) { return candidates(filters, counted, query.now); }, order_of_row,
      [&](const Cell& cell, const kit::Filters& filters) { return matches(cell, filters, query.now); });
  if (!asked) return std::unexpected(asked.error());
  const auto sums = sum_up(counted);
  const Figures figures{.all = sums.all,
                        .missed_open = sums.missed_open,
                        .lists = lists,
                        .now = query.now,
                        .matching = asked->page.matching};

  std::string out;
  {
    kit::JsonObject board(out);
    kit::write_asked(
        *asked, kTotalColumns, kMetricColumns, figures, board,
        [&](const Cell& cell, std::string& row) { kit::write_object(kColumns, Shown{cell, query}, row); });
    kit::write_table(kKeptColumns<kTarget, SlaMetric>, sums.targets, board.member(kTargetTable.key));
    kit::write_table(kKeptColumns<kDepartment, std::string>, sums.departments,
                     board.member(kDepartmentTable.key));
    kit::write_table(kKeptColumns<kPriority, Priority>, sums.priorities, board.member(kPriorityTable.key));
    kit::write_table(kPeriodColumns, periods_of(partitions, asked->filters, query),
                     board.member(kPeriodTable.key));
  }
  return out;
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"SLA", "SLA 时限"},
      .meaning =
          {"Every SLA target of every case, what is still to be done first, and how targets were kept.",
           "全部工单的 SLA 时限，待完成的在前，以及时限达标情况。"},
      .headings = {kToDo, kOver, kAttainment},
      .members = {kit::part(kit::kTotals, kTotalColumns), kit::part(kit::kMetrics, kMetricColumns),
                  kit::Selection::member(kTotalColumns), kit::part(kit::kRows, kColumns),
                  kit::part(kTargetTable, kKeptColumns<kTarget, SlaMetric>),
                  kit::part(kDepartmentTable, kKeptColumns<kDepartment, std::string>),
                  kit::part(kPriorityTable, kKeptColumns<kPriority, Priority>),
                  kit::part(kPeriodTable, kPeriodColumns)},
      .filters = kFilters,
      .part = "no"};
  return kShape;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "sla",
          .version = 1,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, TargetRow, SumRow, Facet, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render,
          .shape = shape};
}

}  // namespace casetrail::sla
