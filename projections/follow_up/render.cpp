// The follow-up board as JSON: callbacks on the board, totals and metrics.
#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "projections/follow_up/board.h"
#include "projections/follow_up/lists.h"
#include "projections/kit/add_up.h"
#include "projections/kit/cells.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"

namespace casetrail::follow_up {
namespace {

constexpr kit::FilterType kFilters[] = {
    {"case", kit::filter::text},
    {"state", kit::filter::word<State>, "state"},
    {"today", kit::filter::flag},
    {"overdue", kit::filter::flag},
    {"callable_now", kit::filter::flag},
    {"purpose", kit::filter::word<CallbackPurpose>, "purpose"},
    {"product", kit::filter::text, "product"},
    {"department", kit::filter::text, "department"},
    {"agent", kit::filter::text, "agent"},
    {"priority", kit::filter::word<Priority>, "priority"},
    {"unsatisfied", kit::filter::flag, "unsatisfied"},
    {"not_reached", kit::filter::flag, "not_reached"},
    {"routed_open", kit::filter::flag, "routed_open"},
    {"refused", kit::filter::flag, "refused"},
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

bool unsatisfied(const Cell& cell) { return cell.row.answers && !cell.row.answers->satisfied; }

bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now) {
  const auto& row = cell.row;
  return kit::is_of_case(cell, filters) && filters.passes("state", name_of(row.state)) &&
         filters.passes_flag("today", today(cell, now)) &&
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

void write_answers(const CallbackRow& row, kit::JsonObject& cell) {
  const auto& answers = row.answers;
  cell.add("satisfied", answers ? std::optional(answers->satisfied) : std::nullopt)
      .add("service_rating", answers ? answers->service_rating : std::nullopt)
      .add("problem_where", of_words(row, &CallbackWords::problem_where))
      .add("how_to_satisfy", of_words(row, &CallbackWords::how_to_satisfy))
      .add("use_experience", of_words(row, &CallbackWords::use_experience))
      .add("other_needs", of_words(row, &CallbackWords::other_needs))
      .add("comment", of_words(row, &CallbackWords::comment))
      .add("deliver_to_department", answers ? kit::text_of(answers->deliver_to_department) : std::nullopt)
      .add("routed_to_department", row.routed_to)
      .add("route", row.route)
      .add("created_case", row.created_case);
}

void write_cell(const Cell& cell, Timestamp now, std::string& out) {
  const auto& row = cell.row;
  const auto& of_case = cell.of_case();
  const auto& facts = of_case.facts;
  const bool late = overdue(cell, now);
  kit::JsonObject json(out);
  json.add("case", cell.case_id)
      .add("case_no", facts.case_no)
      .add("reference", facts.reference())
      .add("callback", cell.id)
      .add("state", row.state)
      .add("customer", facts.customer)
      .add("contact", facts.contact)
      .add("product", facts.product)
      .add("priority", facts.priority)
      .add("owner", facts.owner)
      .add("purpose", row.purpose)
      .add("form", row.form.id)
      .add("form_version", row.form.version)
      .add("not_before", row.not_before)
      .add("not_after", row.not_after)
      .add("tz", row.tz)
      .add("shifted_because", row.shifted_because)
      .add("due", row.not_after)
      .add("overdue", late || row.overdue)
      .add("overdue_by_ms", late ? std::optional((now - row.not_after).count()) : std::nullopt)
      .add("callable_now", callable(cell, now))
      .add("do_not_call", of_case.do_not_call)
      .add("agent", row.agent)
      .add("attempts", row.attempts)
      .add("last_outcome", row.last_outcome)
      .add("last_attempt_at", row.last_attempt_at);
  write_answers(row, json);
  json.add("resolution_code", of_case.resolution_code)
      .add("resolved_by_agents", of_case.attributed.agents)
      .add("resolved_by_departments", of_case.attributed.departments)
      .add("department", of_case.department)
      .add("blocks_closing", blocks_closing(cell));
}

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
std::vector<kit::Candidates> candidates(const Clocked& clock, const kit::Filters& filters, Timestamp now) {
  std::vector<kit::Candidates> all;
  if (filters.text("overdue") == "true")
    all.push_back({.list = open_list(), .until = kit::order_of(now), .passing = clock.overdue});
  if (filters.text("today") == "true")
    all.push_back({.list = open_list(), .from = kit::order_of(std::chrono::floor<std::chrono::days>(now))});
  if (filters.text("callable_now") == "true") {
    all.push_back({.list = ends_list(), .from = kit::order_of(now), .passing = clock.callable_now});
    all.push_back({.list = begins_list(),
                   .until = kit::order_of(now + std::chrono::milliseconds(1)),
                   .passing = clock.callable_now});
  }
  return all;
}

void write_totals(const TotalsRow& totals, const kit::ListReader& lists, const Clocked& clock,
                  std::int64_t matching, std::string& out) {
  kit::JsonObject(out)
      .add("cases", totals.cases)
      .add("scheduled", totals.scheduled)
      .add("rescheduled", totals.rescheduled)
      .add("attempts", totals.attempts)
      .add("completed", totals.completed)
      .add("refused", totals.refused)
      .add("exhausted", totals.exhausted)
      .add("waived", totals.waived)
      .add("went_overdue", totals.overdue)
      .add("cases_due", totals.cases_due)
      .add("cases_called", totals.cases_called)
      .add("dissatisfied", totals.dissatisfied)
      .add("problems_found", totals.problems_found)
      .add("on_board", lists.count(kit::all_rows()))
      .add("open", lists.count(open_list()))
      .add("overdue", clock.overdue)
      .add("callable_now", clock.callable_now)
      .add("matching", matching);
}

void write_reach(const std::vector<std::int64_t>& tried, const std::vector<std::int64_t>& reached,
                 std::string_view what, std::int64_t first, std::string& out) {
  kit::JsonArray list(out);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (tried[i] == 0) continue;
    kit::JsonObject(list.element())
        .add(what, first + static_cast<std::int64_t>(i))
        .add("attempts", tried[i])
        .add("reached", kit::counted_at(reached, i))
        .add("reach_permille", kit::permille(kit::counted_at(reached, i), tried[i]));
  }
}

void write_metrics(const TotalsRow& totals, std::string& out) {
  kit::JsonObject metrics(out);
  metrics.add("coverage_permille", kit::permille(totals.cases_called, totals.cases_due));
  write_reach(totals.tried_by_no, totals.reached_by_no, "attempt", 1, metrics.member("reach_by_attempt"));
  write_reach(totals.tried_by_hour, totals.reached_by_hour, "utc_hour", 0,
              metrics.member("reach_by_utc_hour"));
  metrics.add("on_time_permille", kit::permille(totals.on_time, totals.completed))
      .add("quiet_hour_violations", totals.quiet_hour_violations)
      .add("dissatisfied_permille", kit::permille(totals.dissatisfied, totals.completed))
      .add("problem_found_permille", kit::permille(totals.problems_found, totals.completed));
  {
    kit::JsonObject routed(metrics.member("routed_feedback"));
    for (std::size_t i = 0; i < enum_names(FeedbackRoute{}).size(); ++i)
      routed.add(enum_names(FeedbackRoute{})[i], kit::counted_at(totals.routed, i));
  }
  metrics.add("routed_feedback_closed", totals.routed_closed)
      .add("reopened_after_callback_permille",
           kit::permille(totals.cases_reopened_after, totals.cases_called))
      .add("retained_after_complaint_permille",
           kit::permille(totals.complaints_retained, totals.complaints_closed));
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const kit::ListReader lists(partitions);
  const auto clock = clocked(lists, query.now);
  const auto plan =
      kit::plan_page(lists, *filters, candidates(clock, *filters, query.now), kOrderBytes, query);
  if (!plan) return std::unexpected(plan.error());
  const auto page =
      kit::read_page<Cell>(partitions, {kCallbacks, kCases}, *plan, *filters, order_of_row,
                           [&](const Cell& cell) { return matches(cell, *filters, query.now); });
  TotalsRow totals;
  for (const auto* rows : partitions) kit::add_up(totals, kit::read_row<TotalsRow>(*rows, kTotals, ""));

  std::string out;
  {
    kit::JsonObject board(out);
    write_totals(totals, lists, clock, page.matching, board.member("totals"));
    write_metrics(totals, board.member("metrics"));
    kit::write_page(page, board,
                    [&](const Cell& cell, std::string& row) { write_cell(cell, query.now, row); });
  }
  return out;
}

}  // namespace

kit::ViewType view_type() {
  return {.name = "follow_up",
          .version = 5,
          .worker = "boards",
          .fingerprint = kit::fingerprint_of<CallbackRow, CaseRow, TotalsRow, kit::ListCount>,
          .ignored_events = ignored_events,
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<Board>(rows);
          },
          .render = render};
}

kit::FilterSchemas filter_schemas() { return kit::schemas_of(kFilters); }

}  // namespace casetrail::follow_up
