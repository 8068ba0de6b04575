// The boards carry the documented columns, totals and metrics, and no others.
#include "events/case/resolution.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

// The names of the members of the object at `pointer`, in order, one a line.
std::string keys_at(const std::string& json, std::string_view pointer) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(json).at_pointer(pointer).get(object)) return "missing";
  std::string keys;
  for (const auto member : object) keys += std::string(member.key) + "\n";
  return keys;
}

std::string lines(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const auto name : names) out += std::string(name) + "\n";
  return out;
}

// A board on which every member has something to show.
std::string full_board(std::string_view view) { return board(view, fold(view, random_history(3, 20, 4000))); }

TEST(HandoffColumns, AreTheDocumentedOnes) {
  const auto json = full_board("handoff");
  EXPECT_EQ(keys_at(json, ""),
            lines({"totals", "metrics", "selected", "rows", "matrix", "duties", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"case",
                                             "number",
                                             "case_no",
                                             "reference",
                                             "handoff",
                                             "kind",
                                             "mode",
                                             "state",
                                             "priority",
                                             "category",
                                             "from_department",
                                             "from_agent",
                                             "to_department",
                                             "to_agent",
                                             "reason",
                                             "customer",
                                             "contact_channel",
                                             "because",
                                             "wants",
                                             "please_do",
                                             "how",
                                             "step_reached",
                                             "duty",
                                             "owner",
                                             "waiting_since",
                                             "waiting_ms",
                                             "accept_by",
                                             "complete_by",
                                             "ola_left_ms",
                                             "overdue",
                                             "expired",
                                             "bounces",
                                             "last_return_reason",
                                             "last_progress_at",
                                             "last_progress"}));
  EXPECT_EQ(keys_at(json, "/totals"), lines({"cases",
                                             "handoffs",
                                             "cases_with_handoffs",
                                             "ping_pongs",
                                             "cases_with_ping_pongs",
                                             "reopened_cases",
                                             "requested",
                                             "returned",
                                             "expired",
                                             "ruled",
                                             "completed",
                                             "withdrawn",
                                             "open",
                                             "pending",
                                             "accepted",
                                             "working",
                                             "returned_open",
                                             "disputed",
                                             "ruled_open",
                                             "questions_open",
                                             "questions",
                                             "answered",
                                             "overdue",
                                             "shift_handoffs",
                                             "shift_notes_complete",
                                             "answers_due",
                                             "answered_by_owner",
                                             "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"),
            lines({"pending_age_p50_ms", "pending_age_p90_ms", "pending_oldest_ms", "acceptance_p50_ms",
                   "acceptance_p90_ms", "return_rate_permille", "return_reasons", "ping_pong_index_permille",
                   "hops_per_case_permille", "hops_p50", "hops_p90", "shift_notes_complete_permille",
                   "answered_by_owner_permille"}));
  EXPECT_EQ(keys_at(json, "/matrix/0"), lines({"from_department", "to_department", "requested", "accepted",
                                               "returned", "in_time", "late", "ola_attainment_permille"}));
  EXPECT_EQ(keys_at(json, "/duties/0"), lines({"duty", "applied", "cited_in_returns", "rulings"}));
}

TEST(FollowUpColumns, AreTheDocumentedOnes) {
  const auto json = full_board("follow_up");
  EXPECT_EQ(keys_at(json, ""), lines({"totals", "metrics", "selected", "rows", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"case",
                                             "number",
                                             "case_no",
                                             "reference",
                                             "callback",
                                             "state",
                                             "customer",
                                             "contact",
                                             "product",
                                             "priority",
                                             "owner",
                                             "purpose",
                                             "form",
                                             "form_version",
                                             "not_before",
                                             "not_after",
                                             "tz",
                                             "shifted_because",
                                             "due",
                                             "overdue",
                                             "overdue_by_ms",
                                             "callable_now",
                                             "do_not_call",
                                             "agent",
                                             "attempts",
                                             "last_outcome",
                                             "last_attempt_at",
                                             "satisfied",
                                             "service_rating",
                                             "problem_where",
                                             "how_to_satisfy",
                                             "use_experience",
                                             "other_needs",
                                             "comment",
                                             "deliver_to_department",
                                             "routed_to_department",
                                             "route",
                                             "created_case",
                                             "resolution_code",
                                             "resolved_by_agents",
                                             "resolved_by_departments",
                                             "department",
                                             "blocks_closing"}));
  EXPECT_EQ(keys_at(json, "/totals"),
            lines({"cases",        "scheduled",        "rescheduled",       "attempts",
                   "completed",    "refused",          "exhausted",         "waived",
                   "canceled",     "went_overdue",     "cases_due",         "cases_called",
                   "dissatisfied", "problems_found",   "on_board",          "open",
                   "overdue",      "callable_now",     "not_reached",       "unsatisfied",
                   "routed_open",  "refused_on_board", "complaints_closed", "complaints_retained",
                   "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"),
            lines({"coverage_permille", "reach_by_attempt", "reach_by_utc_hour", "on_time_permille",
                   "quiet_hour_violations", "dissatisfied_permille", "problem_found_permille",
                   "routed_feedback", "routed_feedback_closed", "reopened_after_callback_permille",
                   "retained_after_complaint_permille"}));
}

TEST(ReviewColumns, AreTheDocumentedOnes) {
  const auto json = full_board("review");
  EXPECT_EQ(keys_at(json, ""), lines({"totals", "metrics", "selected", "rows", "samples", "agents",
                                      "departments", "dimensions", "kinds", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"case",
                                             "number",
                                             "case_no",
                                             "reference",
                                             "review",
                                             "state",
                                             "kind",
                                             "agent",
                                             "badge_no",
                                             "department",
                                             "reviewer",
                                             "priority",
                                             "category",
                                             "complaint",
                                             "sample",
                                             "period",
                                             "rule",
                                             "seed",
                                             "population",
                                             "assigned_at",
                                             "as_of_seq",
                                             "waiting_ms",
                                             "scored_at",
                                             "scorecard",
                                             "scorecard_version",
                                             "items",
                                             "earned",
                                             "applicable",
                                             "total_permille",
                                             "auto_fail",
                                             "dimensions",
                                             "dispute",
                                             "disputed_at",
                                             "calibrates",
                                             "spread_permille",
                                             "improvement_points",
                                             "comment"}));
  EXPECT_EQ(keys_at(json, "/totals"),
            lines({"cases", "cases_reviewed", "assigned", "open", "drawn", "scored", "earned", "applicable",
                   "auto_fails", "improvement_points", "disputes_open", "compared", "calibrated",
                   "items_compared", "items_alike", "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"),
            lines({"iqs_permille", "case_coverage_permille", "plan_coverage_permille", "agents_p10_permille",
                   "agents_p90_permille", "agents_spread_permille", "repeated_improvement_points",
                   "mystery_iqs_permille", "normal_iqs_permille", "agreement_permille",
                   "scored_in_week_permille"}));
  EXPECT_EQ(keys_at(json, "/samples/0"),
            lines({"sample", "period", "rule", "seed", "population", "drawn", "scored"}));
  EXPECT_EQ(keys_at(json, "/agents/0"), lines({"agent", "reviews", "earned", "applicable", "iqs_permille",
                                               "auto_fails", "improvement_points", "recognitions"}));
}

TEST(SlaColumns, AreTheDocumentedOnes) {
  const auto json = full_board("sla");
  EXPECT_EQ(keys_at(json, ""), lines({"totals", "metrics", "selected", "rows", "targets", "departments",
                                      "priorities", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"case",
                                             "number",
                                             "case_no",
                                             "reference",
                                             "no",
                                             "target",
                                             "handoff",
                                             "state",
                                             "left_ms",
                                             "priority",
                                             "first_priority",
                                             "department",
                                             "first_department",
                                             "due",
                                             "first_due",
                                             "in_first_time",
                                             "used_ms",
                                             "target_ms",
                                             "first_target_ms",
                                             "late_ms",
                                             "set_at",
                                             "ended_at",
                                             "done_at",
                                             "excuse",
                                             "kind",
                                             "channel",
                                             "category",
                                             "owner"}));
  EXPECT_EQ(keys_at(json, "/totals"),
            lines({"open", "missed_open", "due_within_hour", "running", "paused", "met", "missed", "over",
                   "excused", "canceled", "in_first_time", "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"), lines({"attainment_permille", "first_attainment_permille"}));
  for (const auto& [table, name] : {std::pair("targets", "target"), std::pair("departments", "department"),
                                    std::pair("priorities", "priority")})
    EXPECT_EQ(keys_at(json, std::string("/").append(table).append("/0")),
              lines({name, "running", "paused", "met", "missed", "over", "attainment_permille",
                     "in_first_time", "first_attainment_permille", "excused", "canceled"}));
}

TEST(ComplaintColumns, AreTheDocumentedOnes) {
  const auto json = full_board("complaints");
  EXPECT_EQ(keys_at(json, ""), lines({"totals", "metrics", "selected", "rows", "categories", "departments",
                                      "causes", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"case",
                                             "number",
                                             "case_no",
                                             "reference",
                                             "no",
                                             "state",
                                             "open",
                                             "category",
                                             "about",
                                             "severity",
                                             "department",
                                             "lodged_at",
                                             "open_ms",
                                             "accept_by",
                                             "accepted_at",
                                             "in_time",
                                             "assessment",
                                             "assessed_at",
                                             "cause",
                                             "responsibility",
                                             "liable_departments",
                                             "decided_at",
                                             "appeal_until",
                                             "appealed",
                                             "appealed_at",
                                             "appeals",
                                             "ended_at",
                                             "remedy",
                                             "accepted_by_customer",
                                             "retained",
                                             "priority",
                                             "product",
                                             "owner"}));
  EXPECT_EQ(keys_at(json, "/totals"),
            lines({"lodged", "open", "not_accepted", "appeals_open", "disputed", "closed", "declined",
                   "withdrawn", "assessed", "justified", "partly_justified", "unjustified", "decided",
                   "appealed", "in_time", "late", "accepted", "retained", "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"),
            lines({"justified_permille", "in_time_permille", "appealed_permille", "retained_permille"}));
  EXPECT_EQ(keys_at(json, "/categories/0"),
            lines({"category", "lodged", "open", "closed", "declined", "withdrawn", "justified",
                   "partly_justified", "unjustified", "justified_permille", "appealed", "late"}));
  EXPECT_EQ(keys_at(json, "/departments/0"),
            lines({"department", "lodged", "open", "closed", "declined", "withdrawn", "justified",
                   "partly_justified", "unjustified", "justified_permille", "appealed", "late"}));
  EXPECT_EQ(keys_at(json, "/causes/0"),
            lines({"cause", "lodged", "open", "closed", "declined", "withdrawn", "justified",
                   "partly_justified", "unjustified", "justified_permille", "appealed", "late"}));
}

TEST(OwnerColumns, AreTheDocumentedOnes) {
  const auto json = full_board("owners");
  EXPECT_EQ(keys_at(json, ""), lines({"totals", "metrics", "selected", "rows", "owners", "periods"}));
  EXPECT_EQ(
      keys_at(json, "/rows/0"),
      lines({"case",        "number", "case_no",   "reference",  "no",          "owner",    "state",
             "began",       "since",  "until",     "held_ms",    "business_ms", "reason",   "next",
             "approved_by", "open",   "with_open", "department", "kind",        "category", "priority"}));
  EXPECT_EQ(keys_at(json, "/totals"),
            lines({"stints", "current", "closed", "handed_over", "with_open", "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"), lines({"mean_ms", "with_open_permille"}));
  EXPECT_EQ(keys_at(json, "/owners/0"),
            lines({"owner", "stints", "current", "closed", "handed_over", "with_open", "mean_ms"}));
}

TEST(ClosedColumns, AreTheDocumentedOnes) {
  const auto json = full_board("closed");
  EXPECT_EQ(keys_at(json, ""),
            lines({"totals", "metrics", "selected", "rows", "kinds", "departments", "periods"}));
  EXPECT_EQ(keys_at(json, "/rows/0"),
            lines({"case",          "number",      "case_no",        "reference", "no",         "closed_at",
                   "kind",          "department",  "owner",          "basis",     "resolution", "resolve_ms",
                   "first_contact", "targets_met", "targets_missed", "sla_met",   "reopened",   "reopened_at",
                   "channel",       "category",    "priority"}));
  EXPECT_EQ(keys_at(json, "/totals"), lines({"closed", "resolved", "first_contact", "reopened", "sla_met",
                                             "sla_missed", "sla_due", "matching"}));
  EXPECT_EQ(keys_at(json, "/metrics"), lines({"first_contact_permille", "reopened_permille",
                                              "sla_met_permille", "resolve_median_ms", "resolve_mean_ms"}));
  EXPECT_EQ(keys_at(json, "/kinds/0"),
            lines({"kind", "closed", "resolved", "first_contact", "first_contact_permille", "reopened",
                   "resolve_median_ms", "resolve_mean_ms", "sla_met", "sla_missed"}));
  EXPECT_EQ(keys_at(json, "/departments/0"),
            lines({"department", "closed", "resolved", "first_contact", "first_contact_permille", "reopened",
                   "resolve_median_ms", "resolve_mean_ms", "sla_met", "sla_missed"}));
}

TEST(HistoryColumns, AreTheDocumentedOnes) {
  EventsOf events("case-1");
  events.add(CaseReopened{});
  const auto json = board("history", events, {.now = kMonday, .filters = {{"case", "case-1"}}});
  EXPECT_EQ(keys_at(json, ""), lines({"case", "totals", "metrics", "rows"}));
  EXPECT_EQ(keys_at(json, "/rows/0"), lines({"seq", "occurred_at", "recorded_at", "type", "actor",
                                             "command_id", "policy_version", "offset", "line", "fact"}));
}

}  // namespace
}  // namespace casetrail
