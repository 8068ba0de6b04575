// The handoff board as JSON: open rows, the matrix of departments, the duties, totals and metrics.
#include <algorithm>
#include <map>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/handoff/board.h"
#include "projections/handoff/lists.h"
#include "projections/kit/add_up.h"
#include "projections/kit/cells.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"

namespace casetrail::handoff {
namespace {

constexpr std::int64_t kMostBounces = 1'000'000;

constexpr kit::FilterType kFilters[] = {
    {"case", kit::filter::text},
    {"from_department", kit::filter::text, "from_department"},
    {"to_department", kit::filter::text, "to_department"},
    {"department", kit::filter::text, "department"},
    {"agent", kit::filter::text, "agent"},
    {"kind", kit::filter::word<HandoffKind>, "kind"},
    {"state", kit::filter::word<State>, "state"},
    {"priority", kit::filter::word<Priority>, "priority"},
    {"category", kit::filter::text, "category"},
    {"overdue", kit::filter::flag},
    {"bounces", kit::filter::number<0, kMostBounces>},
    {"no_update_since", kit::filter::moment},
    {"duty", kit::filter::text, "duty"},
    {"owner", kit::filter::text, "owner"},
    {"owner_left", kit::filter::flag, "owner_left"},
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
         filters.passes("kind", name_of(open.kind)) && filters.passes("state", name_of(open.state)) &&
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

void write_cell(const Cell& cell, Timestamp now, std::string& out) {
  const auto& open = cell.row;
  const auto& of_case = cell.of_case();
  const auto& facts = of_case.facts;
  const auto promised = due(open);
  kit::JsonObject(out)
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
    all.push_back({.list = due_list(), .until = kit::order_of(now), .passing = overdue_in(lists, now)});
  if (filters.number("bounces").value_or(0) > 0) all.push_back({.list = kit::list_of("bounced", "true")});
  return all;
}

void write_totals(const TotalsRow& totals, const kit::ListReader& lists, std::int64_t matching, Timestamp now,
                  std::string& out) {
  const auto in = [&](State state) { return lists.count(kit::list_of("state", name_of(state))); };
  kit::JsonObject(out)
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
      .add("open", lists.count(kit::all_rows()))
      .add("pending", in(State::pending))
      .add("accepted", in(State::accepted))
      .add("working", in(State::working))
      .add("returned_open", in(State::returned))
      .add("disputed", in(State::disputed))
      .add("ruled_open", in(State::ruled))
      .add("overdue", overdue_in(lists, now))
      .add("matching", matching);
}

void write_metrics(const TotalsRow& totals, const kit::ListReader& lists, Timestamp now, std::string& out) {
  kit::JsonObject metrics(out);
  metrics.add("pending_age_p50_ms", pending_age_percentile(lists, 50, now))
      .add("pending_age_p90_ms", pending_age_percentile(lists, 90, now))
      .add("pending_oldest_ms", oldest_pending_age(lists, now))
      .add("acceptance_p50_ms", totals.acceptance_ms.percentile(50))
      .add("acceptance_p90_ms", totals.acceptance_ms.percentile(90))
      .add("return_rate_permille", kit::permille(totals.returned, totals.requested));
  {
    kit::JsonObject reasons(metrics.member("return_reasons"));
    for (std::size_t i = 0; i < enum_names(ReturnReason{}).size(); ++i)
      reasons.add(enum_names(ReturnReason{})[i], kit::counted_at(totals.returns_because, i));
  }
  metrics.add("ping_pong_index_permille", kit::permille(totals.returned + totals.ping_pongs, totals.handoffs))
      .add("hops_per_case_permille", kit::permille(totals.handoffs, totals.cases))
      .add("hops_p50", totals.hops.percentile(50))
      .add("hops_p90", totals.hops.percentile(90))
      .add("shift_notes_complete_permille",
           kit::permille(totals.shift_requested - totals.shift_incomplete, totals.shift_requested))
      .add("answered_by_owner_permille", kit::permille(totals.answered_by_owner, totals.answers_due));
}

void write_matrix(const Sums& sums, std::string& out) {
  kit::JsonArray matrix(out);
  for (const auto& [key, pair] : sums.pairs) {
    const auto [from, to] = kit::split_key(key);
    kit::JsonObject(matrix.element())
        .add("from_department", from)
        .add("to_department", to)
        .add("requested", pair.requested)
        .add("accepted", pair.accepted)
        .add("returned", pair.returned)
        .add("in_time", pair.in_time)
        .add("late", pair.late)
        .add("ola_attainment_permille", kit::permille(pair.in_time, pair.in_time + pair.late));
  }
}

void write_duties(const Sums& sums, std::string& out) {
  kit::JsonArray duties(out);
  for (const auto& [duty, row] : sums.duties) {
    kit::JsonObject(duties.element())
        .add("duty", duty)
        .add("applied", row.applied)
        .add("cited_in_returns", row.cited_in_returns)
        .add("rulings", row.rulings);
  }
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const kit::ListReader lists(partitions);
  const auto plan =
      kit::plan_page(lists, *filters, candidates(lists, *filters, query.now), kit::kMeasuredBytes, query);
  if (!plan) return std::unexpected(plan.error());
  const auto page =
      kit::read_page<Cell>(partitions, {kOpen, kCases}, *plan, *filters, order_of_row,
                           [&](const Cell& cell) { return matches(cell, *filters, query.now); });
  const auto sums = sum_up(partitions);

  std::string out;
  {
    kit::JsonObject board(out);
    write_totals(sums.totals, lists, page.matching, query.now, board.member("totals"));
    write_metrics(sums.totals, lists, query.now, board.member("metrics"));
    kit::write_page(page, board,
                    [&](const Cell& cell, std::string& row) { write_cell(cell, query.now, row); });
    write_matrix(sums, board.member("matrix"));
    write_duties(sums, board.member("duties"));
  }
  return out;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "handoff",
          .version = 4,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CaseRow, DutyRow, PairRow, OpenRow, TotalsRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render};
}

kit::FilterSchemas filter_schemas() { return kit::schemas_of(kFilters); }

}  // namespace casetrail::handoff
