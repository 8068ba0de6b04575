// A board as people read it: a few lines of figures, then the rows that are open.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

/// A total or a metric and what it is called; a field ends in its unit, `_ms` or `_permille`.
struct Figure {
  std::string_view label;
  std::string_view field;
  std::string_view of = {};     ///< the total that it is a part of
  std::string_view share = {};  ///< the metric that says which part, where `field` is a count
};
struct FigureLine {
  std::string_view heading;
  std::vector<Figure> figures;
};
struct Column {
  std::string_view field;
  TableColumn shown;
};
/// What of a board fits a terminal; `--json` has the rest.
struct BoardLook {
  std::string_view view;
  std::vector<FigureLine> figures;
  std::vector<Column> columns;
};

const std::vector<BoardLook>& looks() {
  static const std::vector<BoardLook> kLooks{
      {"handoff",
       {{"open now",
         {{"all", "open"},
          {"pending", "pending"},
          {"accepted", "accepted"},
          {"working", "working"},
          {"returned", "returned_open"},
          {"disputed", "disputed"},
          {"ruled", "ruled_open"},
          {"overdue", "overdue"}}},
        {"so far",
         {{"cases", "cases"},
          {"requested", "requested"},
          {"accepted", "handoffs"},
          {"in cases", "cases_with_handoffs"},
          {"returned", "returned"},
          {"expired", "expired"},
          {"ruled", "ruled"},
          {"completed", "completed"},
          {"reopened cases", "reopened_cases"}}},
        {"pending for",
         {{"p50", "pending_age_p50_ms"}, {"p90", "pending_age_p90_ms"}, {"oldest", "pending_oldest_ms"}}},
        {"accepted in", {{"p50", "acceptance_p50_ms"}, {"p90", "acceptance_p90_ms"}}},
        {"bouncing",
         {{"returned", "returned", "requested", "return_rate_permille"},
          {"ping-pongs", "ping_pongs"},
          {"in cases", "cases_with_ping_pongs"},
          {"ping-pong index", "ping_pong_index_permille", "handoffs"},
          {"handoffs a case p50", "hops_p50"},
          {"p90", "hops_p90"}}},
        {"returned as", {{"", "return_reasons"}}},
        {"quality",
         {{"shift notes complete", "shift_notes_complete_permille"},
          {"customer told by the owner", "answered_by_owner_permille"}}}},
       {{"reference", {"case", 1}},
        {"handoff", {"no", 2}},
        {"priority", {"prio", 3}},
        {"state", {"state", 4}},
        {"from_department", {"from", 9}},
        {"to_department", {"to", 5}},
        {"to_agent", {"agent", 11}},
        {"customer", {"customer", 10}},
        {"please_do", {"please do", 7, 12}},
        {"owner", {"owner", 12}},
        {"waiting_ms", {"waiting", 8}},
        {"ola_left_ms", {"left", 6}},
        {"bounces", {"returned", 13}}}},
      {"follow_up",
       {{"on the board",
         {{"open", "open"}, {"overdue", "overdue"}, {"due now", "callable_now"}, {"all", "on_board"}}},
        {"so far",
         {{"planned", "scheduled"},
          {"moved", "rescheduled"},
          {"attempts", "attempts"},
          {"completed", "completed"},
          {"refused", "refused"},
          {"unreachable", "exhausted"},
          {"waived", "waived"},
          {"went overdue", "went_overdue"}}},
        {"cases", {{"due", "cases_due"}, {"called", "cases_called", "cases_due", "coverage_permille"}}},
        {"reached", {{"", "reach_by_attempt"}}},
        {"answers",
         {{"dissatisfied", "dissatisfied", "completed", "dissatisfied_permille"},
          {"problems found", "problems_found", "completed", "problem_found_permille"}}},
        {"feedback routed to", {{"", "routed_feedback"}, {"closed", "routed_feedback_closed"}}},
        {"quality",
         {{"in time", "on_time_permille", "completed"},
          {"calls outside permitted hours", "quiet_hour_violations"},
          {"reopened after a call", "reopened_after_callback_permille", "cases_called"},
          {"retention after complaint", "retained_after_complaint_permille"}}}},
       {{"reference", {"case", 1}},
        {"callback", {"no", 2}},
        {"priority", {"prio", 9}},
        {"state", {"state", 3}},
        {"purpose", {"purpose", 7}},
        {"customer", {"customer", 5}},
        {"agent", {"agent", 10}},
        {"due", {"due (UTC)", 4}},
        {"overdue_by_ms", {"late by", 6}},
        {"attempts", {"tries", 8}},
        {"last_outcome", {"last", 11}},
        {"problem_where", {"problem", 12, 12}}}},
      {"review",
       {{"reviews",
         {{"assigned", "assigned"},
          {"open", "open"},
          {"scored", "scored"},
          {"failed outright", "auto_fails"},
          {"points to improve", "improvement_points"},
          {"repeat findings", "repeated_improvement_points"}}},
        {"covered",
         {{"cases", "cases"},
          {"reviewed", "cases_reviewed", "cases", "case_coverage_permille"},
          {"scored", "scored", "assigned", "plan_coverage_permille"},
          {"scored within 7 days", "scored_in_week_permille", "assigned"}}},
        {"score",
         {{"all", "iqs_permille"},
          {"agents p10", "agents_p10_permille"},
          {"p90", "agents_p90_permille"},
          {"spread p90–p10", "agents_spread_permille"},
          {"mystery visits", "mystery_iqs_permille"},
          {"others", "normal_iqs_permille"}}}},
       {{"reference", {"case", 1}},
        {"review", {"no", 2}},
        {"state", {"state", 3}},
        {"kind", {"kind", 7}},
        {"agent", {"agent", 4}},
        {"department", {"department", 9}},
        {"reviewer", {"reviewer", 6}},
        {"waiting_ms", {"waiting", 8}},
        {"total_permille", {"score", 5}},
        {"comment", {"comment", 10, 12}}}}};
  return kLooks;
}

std::string value_text(const Fields& fields, std::string_view name) {
  if (name == "reference" && fields.text(name).empty()) return fields.text("case");
  const auto number = fields.number(name);
  if (number && name.ends_with("_ms")) return duration_text(*number);
  if (number && name.ends_with("_spread_permille"))
    return fmt::format("{}.{} points", *number / 10, *number % 10);
  if (number && name.ends_with("_permille")) return percent_text(*number);
  return moment_text(fields.text(name));
}

/// Every attempt with the share that reached somebody.
std::vector<std::string> reach_items(const std::vector<Fields>& attempts) {
  std::vector<std::string> items;
  for (const auto& attempt : attempts) {
    items.push_back(fmt::format("attempt {}: {} of {} ({})", attempt.text("attempt"), attempt.text("reached"),
                                attempt.text("attempts"), value_text(attempt, "reach_permille")));
  }
  return items;
}

/// The percentiles of a histogram: the end of the bucket that they lie in.
bool is_upper_bound(std::string_view field) {
  return field.ends_with("_p50_ms") || field.ends_with("_p90_ms");
}

/// Of how many a figure is a part, and which part.
std::string part_text(const Figure& figure, const Fields& totals, const Fields& metrics) {
  const auto all = totals.text(figure.of);
  const auto share = value_text(metrics, figure.share);
  if (all.empty() || (share.empty() && !figure.share.empty())) return {};
  return " of " + all + (share.empty() ? "" : " (" + share + ")");
}

/// What is known of one figure: nothing, a value, or a value a word.
std::vector<std::string> items_of(const Figure& figure, const Fields& totals, const Fields& metrics) {
  const auto& from = metrics.text(figure.field).empty() ? totals : metrics;
  const auto value = value_text(from, figure.field);
  if (value.starts_with('[')) return reach_items(from.objects(figure.field));
  if (value.empty()) return {};
  if (!value.starts_with('{')) {
    return {fmt::format("{} {}{}{}", figure.label, is_upper_bound(figure.field) ? "≤ " : "", value,
                        part_text(figure, totals, metrics))};
  }
  std::vector<std::string> items;
  const auto counts = from.object(figure.field);
  for (const auto& name : counts.names()) {
    if (counts.number(name).value_or(0) > 0) items.push_back(words_of(name) + " " + counts.text(name));
  }
  return items;
}

/// The items behind a heading, as many a line as fit.
std::string line_of(std::string_view heading, std::size_t indent, const std::vector<std::string>& items,
                    std::size_t width) {
  static constexpr std::size_t kGap = 3;
  auto text = fmt::format("{:{}}", heading, indent);
  auto used = indent;
  for (const auto& item : items) {
    const auto wide = display_width(item);
    if (used > indent && width > 0 && used + kGap + wide > width) {
      text.append("\n").append(indent, ' ');
      used = indent;
    }
    if (used > indent) text.append(kGap, ' ');
    used += wide + (used > indent ? kGap : 0);
    text += item;
  }
  return text + "\n";
}

std::string figures_text(const std::vector<FigureLine>& lines, const Fields& board, std::size_t width) {
  const auto totals = board.object("totals");
  const auto metrics = board.object("metrics");
  std::size_t indent = 0;
  for (const auto& line : lines) indent = std::max(indent, line.heading.size() + 2);
  std::string text;
  for (const auto& line : lines) {
    std::vector<std::string> items;
    for (const auto& figure : line.figures) {
      for (auto& item : items_of(figure, totals, metrics)) items.push_back(std::move(item));
    }
    if (!items.empty()) text += line_of(line.heading, indent, items, width);
  }
  return text;
}

std::string rows_text(const std::vector<Column>& columns, const std::vector<Fields>& rows,
                      std::size_t width) {
  std::vector<TableColumn> shown;
  shown.reserve(columns.size());
  for (const auto& column : columns) shown.push_back(column.shown);
  TextTable table(std::move(shown));
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const auto& column : columns) cells.push_back(value_text(row, column.field));
    table.add(std::move(cells));
  }
  return table.text(width);
}

}  // namespace

std::string board_text(std::string_view view, const std::string& json, std::size_t width) {
  const auto look = std::ranges::find(looks(), view, &BoardLook::view);
  if (look == looks().end()) return json + "\n";
  const Fields board(json);
  auto text = figures_text(look->figures, board, width) + "\n";
  const auto rows = board.objects("rows");
  const auto matching = board.object("totals").number("matching").value_or(0);
  if (matching == 0) return text + "No rows.\n";
  if (!rows.empty()) text += rows_text(look->columns, rows, width);
  if (static_cast<std::int64_t>(rows.size()) < matching)
    text += fmt::format("{} of {}; --limit {} shows all.\n", rows.size(), counted(matching, "row"), matching);
  return text;
}

}  // namespace casetrail::cli
