// The handoff board as JSON: open rows, the matrix of departments, the duties, totals and metrics.
#include <algorithm>
#include <map>
#include <utility>

#include "events/reflect.h"
#include "projections/add_up.h"
#include "projections/boards.h"
#include "projections/cells.h"
#include "projections/filters.h"
#include "projections/fingerprint.h"
#include "projections/handoff_board.h"
#include "projections/handoff_lists.h"
#include "projections/json_object.h"

namespace casetrail {
namespace handoff {
namespace {

constexpr std::int64_t kMostBounces = 1'000'000;

constexpr FilterType kFilters[] = {
    {"case", filter::text},
    {"from_department", filter::text, "from_department"},
    {"to_department", filter::text, "to_department"},
    {"department", filter::text, "department"},
    {"agent", filter::text, "agent"},
    {"kind", filter::word<HandoffKind>, "kind"},
    {"state", filter::word<State>, "state"},
    {"priority", filter::word<Priority>, "priority"},
    {"category", filter::text, "category"},
    {"overdue", filter::flag},
    {"bounces", filter::number<0, kMostBounces>},
    {"no_update_since", filter::moment},
    {"duty", filter::text, "duty"},
    {"owner", filter::text, "owner"},
    {"owner_left", filter::flag, "owner_left"},
};

using Cell = CellOf<OpenRow, CaseRow>;

bool overdue(const OpenRow& open, Timestamp now) {
  const auto by = due(open);
  return by && now > *by;
}

bool either(const Filters& filters, std::string_view name, const std::optional<std::string>& one,
            const std::optional<std::string>& other) {
  return filters.passes(name, one) || filters.passes(name, other);
}

bool matches(const Cell& cell, const Filters& filters, Timestamp now) {
  const auto& open = cell.row;
  const auto since = filters.moment("no_update_since");
  const auto bounces = filters.number("bounces");
  return is_of_case(cell, filters) && filters.passes("from_department", open.from.department_id.value) &&
         filters.passes("to_department", open.to.department_id.value) &&
         either(filters, "department", open.from.department_id.value, open.to.department_id.value) &&
         either(filters, "agent", text_of(open.from.agent_id), text_of(open.to.agent_id)) &&
         filters.passes("kind", name_of(open.kind)) && filters.passes("state", name_of(open.state)) &&
         filters.passes("priority", [&] { return name_if(cell.of_case().facts.priority); }) &&
         filters.passes("category", [&] { return cell.of_case().facts.category; }) &&
         filters.passes_flag("overdue", overdue(open, now)) &&
         (!bounces || cell.of_case().bounces >= *bounces) &&
         (!since || !cell.of_case().last_progress_at || *cell.of_case().last_progress_at < *since) &&
         filters.passes("duty", text_of(open.duty_id)) &&
         filters.passes("owner", [&] { return cell.of_case().facts.owner; }) &&
         filters.passes_flag("owner_left", [&] { return cell.of_case().owner_left; });
}

template <class Field>
std::optional<std::string> of_note(const OpenRow& open, Field field) {
  if (!open.note) return std::nullopt;
  return (*open.note).*field;
}

void write_cell(const Cell& cell, Timestamp now, std::string& out) {
  const auto& open = cell.row;
  const auto& of_case = cell.of_case();
  const auto& facts = of_case.facts;
  const auto promised = due(open);
  JsonObject(out)
      .add("case", cell.case_id)
      .add("case_no", facts.case_no)
      .add("reference", facts.reference())
      .add("handoff", cell.id)
      .add("kind", open.kind)
      .add("state", open.state)
      .add("priority", facts.priority)
      .add("category", facts.category)
      .add("from_department", open.from.department_id)
      .add("from_agent", open.from.agent_id)
      .add("to_department", open.to.department_id)
      .add("to_agent", open.to.agent_id)
      .add("reason", open.reason)
      .add("customer", open.note ? of_note(open, &HandoffNote::customer) : facts.customer)
      .add("contact_channel", open.note ? of_note(open, &HandoffNote::contact_channel) : facts.contact)
      .add("because", of_note(open, &HandoffNote::because))
      .add("wants", of_note(open, &HandoffNote::wants))
      .add("please_do", of_note(open, &HandoffNote::please_do))
      .add("how", of_note(open, &HandoffNote::how))
      .add("step_reached", open.step_reached)
      .add("duty", open.duty_id)
      .add("owner", facts.owner)
      .add("waiting_since", open.waiting_since)
      .add("waiting_ms", (now - open.waiting_since).count())
      .add("accept_by", open.accept_by)
      .add("complete_by", open.complete_by)
      .add("ola_left_ms", promised ? std::optional((*promised - now).count()) : std::nullopt)
      .add("overdue", overdue(open, now))
      .add("expired", open.expired)
      .add("bounces", of_case.bounces)
      .add("last_return_reason", of_case.last_return_reason)
      .add("last_progress_at", of_case.last_progress_at)
      .add("last_progress", of_case.last_progress);
}

// Everything that the partitions hold, added up.
struct Sums {
  TotalsRow totals;
  std::map<std::string, PairRow> pairs;
  std::map<std::string, DutyRow> duties;
};

Sums sum_up(std::span<const Rows* const> partitions) {
  Sums sums;
  for (const auto* rows : partitions) {
    add_up(sums.totals, read_row<TotalsRow>(*rows, kTotals, ""));
    for_each_row<PairRow>(*rows, kPairs, [&](std::string_view key, const PairRow& row) {
      add_up(sums.pairs[std::string(key)], row);
    });
    for_each_row<DutyRow>(*rows, kDuties, [&](std::string_view key, const DutyRow& row) {
      add_up(sums.duties[std::string(key)], row);
    });
  }
  return sums;
}

std::int64_t overdue_in(const ListReader& lists, Timestamp now) {
  return lists.count_before(due_list(), order_of(now));
}

/// A clock that was ahead makes it 0.
std::int64_t age_at(std::string_view waiting_since, Timestamp now) {
  return std::max<std::int64_t>(0, epoch_ms(now) - number_of(waiting_since));
}

std::int64_t oldest_pending_age(const ListReader& lists, Timestamp now) {
  std::int64_t age = 0;
  lists.read(pending_list(), {}, [&](const ListReader::Found& oldest) {
    age = age_at(oldest.place, now);
    return false;
  });
  return age;
}

/// The age that `percent` of those that wait do not exceed (nearest rank), as a histogram has it.
std::optional<std::int64_t> pending_age_percentile(const ListReader& lists, int percent, Timestamp now) {
  const auto pending = lists.count(pending_list());
  const auto since = lists.order_at(pending_list(), pending - nearest_rank(pending, percent));
  if (!since) return std::nullopt;
  Histogram age;
  age.add(age_at(*since, now));
  return age.percentile(percent);
}

/// What of the board may match, beside what filters name lists for.
std::vector<Candidates> candidates(const ListReader& lists, const Filters& filters, Timestamp now) {
  std::vector<Candidates> all;
  if (filters.text("overdue") == "true")
    all.push_back({.list = due_list(), .until = order_of(now), .passing = overdue_in(lists, now)});
  if (filters.number("bounces").value_or(0) > 0) all.push_back({.list = list_of("bounced", "true")});
  return all;
}

void write_totals(const TotalsRow& totals, const ListReader& lists, std::int64_t matching, Timestamp now,
                  std::string& out) {
  const auto in = [&](State state) { return lists.count(list_of("state", name_of(state))); };
  JsonObject(out)
      .add("cases", totals.cases)
      .add("handoffs", totals.handoffs)
      .add("cases_with_handoffs", totals.cases_with_handoffs)
      .add("ping_pongs", totals.ping_pongs)
      .add("cases_with_ping_pongs", totals.cases_with_ping_pongs)
      .add("reopened_cases", totals.reopened_cases)
      .add("requested", totals.requested)
      .add("returned", totals.returned)
      .add("expired", totals.expired)
      .add("ruled", totals.ruled)
      .add("completed", totals.completed)
      .add("open", lists.count(all_rows()))
      .add("pending", in(State::pending))
      .add("accepted", in(State::accepted))
      .add("working", in(State::working))
      .add("returned_open", in(State::returned))
      .add("disputed", in(State::disputed))
      .add("ruled_open", in(State::ruled))
      .add("overdue", overdue_in(lists, now))
      .add("matching", matching);
}

void write_metrics(const TotalsRow& totals, const ListReader& lists, Timestamp now, std::string& out) {
  JsonObject metrics(out);
  metrics.add("pending_age_p50_ms", pending_age_percentile(lists, 50, now))
      .add("pending_age_p90_ms", pending_age_percentile(lists, 90, now))
      .add("pending_oldest_ms", oldest_pending_age(lists, now))
      .add("acceptance_p50_ms", totals.acceptance_ms.percentile(50))
      .add("acceptance_p90_ms", totals.acceptance_ms.percentile(90))
      .add("return_rate_permille", permille(totals.returned, totals.requested));
  {
    JsonObject reasons(metrics.member("return_reasons"));
    for (std::size_t i = 0; i < enum_names(ReturnReason{}).size(); ++i)
      reasons.add(enum_names(ReturnReason{})[i], counted_at(totals.returns_because, i));
  }
  metrics.add("ping_pong_index_permille", permille(totals.returned + totals.ping_pongs, totals.handoffs))
      .add("hops_per_case_permille", permille(totals.handoffs, totals.cases))
      .add("hops_p50", totals.hops.percentile(50))
      .add("hops_p90", totals.hops.percentile(90))
      .add("shift_notes_complete_permille",
           permille(totals.shift_requested - totals.shift_incomplete, totals.shift_requested))
      .add("answered_by_owner_permille", permille(totals.answered_by_owner, totals.answers_due));
}

void write_matrix(const Sums& sums, std::string& out) {
  JsonArray matrix(out);
  for (const auto& [key, pair] : sums.pairs) {
    const auto [from, to] = split_key(key);
    JsonObject(matrix.element())
        .add("from_department", from)
        .add("to_department", to)
        .add("requested", pair.requested)
        .add("accepted", pair.accepted)
        .add("returned", pair.returned)
        .add("in_time", pair.in_time)
        .add("late", pair.late)
        .add("ola_attainment_permille", permille(pair.in_time, pair.in_time + pair.late));
  }
}

void write_duties(const Sums& sums, std::string& out) {
  JsonArray duties(out);
  for (const auto& [duty, row] : sums.duties) {
    JsonObject(duties.element())
        .add("duty", duty)
        .add("applied", row.applied)
        .add("cited_in_returns", row.cited_in_returns)
        .add("rulings", row.rulings);
  }
}

std::expected<std::string, std::string> render(std::span<const Rows* const> partitions,
                                               const BoardQuery& query) {
  const auto filters = Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const ListReader lists(partitions);
  const auto plan = plan_page(lists, *filters, candidates(lists, *filters, query.now), kMeasuredBytes, query);
  if (!plan) return std::unexpected(plan.error());
  const auto page = read_page<Cell>(partitions, {kOpen, kCases}, *plan, *filters, order_of_row,
                                    [&](const Cell& cell) { return matches(cell, *filters, query.now); });
  const auto sums = sum_up(partitions);

  std::string out;
  {
    JsonObject board(out);
    write_totals(sums.totals, lists, page.matching, query.now, board.member("totals"));
    write_metrics(sums.totals, lists, query.now, board.member("metrics"));
    write_page(page, board, [&](const Cell& cell, std::string& row) { write_cell(cell, query.now, row); });
    write_matrix(sums, board.member("matrix"));
    write_duties(sums, board.member("duties"));
  }
  return out;
}

}  // namespace
}  // namespace handoff

ViewType handoff_view() {
  return {.name = "handoff",
          .version = 4,
          .worker = "boards",
          .fingerprint = fingerprint_of<handoff::CaseRow, handoff::DutyRow, handoff::PairRow,
                                        handoff::OpenRow, handoff::TotalsRow, ListCount>,
          .ignored_events = handoff::ignored_events,
          .open = [](const Rows& rows) -> std::unique_ptr<View> {
            return std::make_unique<handoff::Board>(rows);
          },
          .render = handoff::render};
}

FilterSchemas handoff_filters() { return schemas_of(handoff::kFilters); }

}  // namespace casetrail
