// Goes through the rows of each partition, case by case.
#include "projections/history/held_board.h"

#include <algorithm>

#include "events/case/request.h"
#include "projections/history/case_head.h"
#include "projections/history/case_rows.h"
#include "projections/history/held_totals.h"
#include "projections/kit/case_facts.h"

namespace casetrail::history {
namespace {

using kit::Kind;

constexpr kit::FilterType kHeldFilters[] = {
    {"by",
     kit::filter::single(kit::filter::word<Holders>),
     {"by", "按"},
     "A row for each person, or for each department."},
    {"from", kit::filter::moment, {"from", "起"}, "The time from then on alone."},
    {"to", kit::filter::moment, {"to", "止"}, "The time before that alone; without it, until now."},
    {"kind", kit::filter::code<CaseKind>, {"kind", "类型"}, "Cases of this kind."},
    {"category", kit::filter::text, {"category", "分类"}, "Cases that were classified as this."},
    {"priority", kit::filter::word<Priority>, {"priority", "优先级"}, "Cases with this priority."},
};

constexpr kit::Column<HolderTotal> kHolderColumns[] = {
    {{"department", Kind::department, {"department", "部门"}, "That had the cases; null: nobody.", {1}},
     [](const HolderTotal& of) -> const auto& { return of.department; }},
    {{"agent",
      Kind::agent,
      {"agent", "人员"},
      "Who had them, or was to take them; null: nobody in person.",
      {2}},
     [](const HolderTotal& of) -> const auto& { return of.agent; }},
    {{"cases",
      Kind::count,
      {"cases", "工单数"},
      "Cases that they had at some time; one may be had by many.",
      {3}},
     [](const HolderTotal& of) { return of.cases; }},
    {{"elapsed_ms", Kind::duration, {"elapsed", "自然时间"}, "How long, by every hour.", {4}},
     [](const HolderTotal& of) { return of.elapsed_ms; }},
    {{"business_ms",
      Kind::duration,
      {"business time", "工作时间"},
      "How long, by the hours of the calendar of each case's SLA targets, else of the policy's first, as the "
      "policy had them then.",
      {5}},
     [](const HolderTotal& of) { return of.business_ms; }},
};

bool is_chosen(std::span<const CaseEvent> events, const kit::Filters& filters) {
  if (filters.values("kind").empty() && filters.values("category").empty() &&
      filters.values("priority").empty())
    return true;
  CaseHead head;
  for (const auto& event : events) head.take(event);
  const auto& state = head.state();
  return filters.passes("kind", name_of(state.kind)) && filters.passes("category", state.category) &&
         filters.passes("priority", [&] { return kit::name_if(state.priority); });
}

/// Calls `take(events)` with all events of each case.
template <class Take>
void for_each_case(const kit::Rows& rows, const Take& take) {
  std::vector<CaseEvent> events;
  CaseId id;
  rows.scan({}, [&](std::string_view key, std::string_view bytes) {
    const auto end = key.find('\0');  // the number of an event begins with it, and no id holds it
    if (end == std::string_view::npos) return true;  // the head of a case
    if (key.substr(0, end) != id.value) {
      if (!events.empty()) take(events);
      events.clear();
      id.value = key.substr(0, end);
    }
    events.push_back(event_in(id, seq_in(key), kit::decode_row<EventRow>(id.value, bytes)));
    return true;
  });
  if (!events.empty()) take(events);
}

}  // namespace

std::span<const kit::FilterType> held_filters() { return kHeldFilters; }

std::expected<std::string, std::string> add_up_held(std::span<const kit::Rows* const> partitions,
                                                    const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(query.filters, kHeldFilters);
  if (!filters) return std::unexpected(filters.error());
  const auto from = filters->moment("from");
  const auto to = std::min(filters->moment("to").value_or(query.now), query.now);
  if (from && *from >= to) return std::unexpected("Expected 'from' to be before 'to', and past.");
  const auto by =
      filters->text("by") == name_of(Holders::departments) ? Holders::departments : Holders::people;
  HeldTotals totals(query.settings.business_time_then, {.from = from, .to = to}, by);
  for (const auto* rows : partitions)
    for_each_case(*rows, [&](std::span<const CaseEvent> events) {
      if (is_chosen(events, *filters)) totals.take(events);
    });
  auto held = totals.total();
  std::ranges::sort(held.holders, std::greater(), &HolderTotal::elapsed_ms);
  std::string out;
  {
    kit::JsonObject answer(out);
    answer.add("elapsed_ms", held.elapsed_ms);
    answer.add("business_ms", held.business_ms);
    answer.add("cases", held.cases);
    kit::write_table(kHolderColumns, held.holders, answer.member(kit::kRows.key));
  }
  return out;
}

std::vector<kit::Member> holder_members() { return kit::members_of(kHolderColumns); }

}  // namespace casetrail::history
