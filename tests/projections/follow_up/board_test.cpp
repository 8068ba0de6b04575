// The follow-up board: what each event makes of its rows, totals and metrics.
#include "tests/projections/board_test.h"

#include "events/case/callback.h"
#include "events/case/request.h"
#include "events/case/resolution.h"

namespace casetrail::follow_up {
namespace {

using namespace std::chrono_literals;

RequestRegistered registered() {
  RequestRegistered fact;
  fact.kind = CaseKind::complaint;
  fact.pii.name = "John Smith";
  fact.pii.contacts = {"john@example.com"};
  return fact;
}

CallbackScheduled scheduled() {
  CallbackScheduled fact;
  fact.callback_id.value = "c1";
  fact.form.id = "cb_v1";
  fact.not_before = kMonday + 3h;
  fact.not_after = kMonday + 13h;
  fact.tz = "Asia/Shanghai";
  fact.shifted_because = RescheduleReason::late_night_activity;
  fact.required_before_close = true;
  return fact;
}

CallbackAttempted attempted(std::int32_t no, CallbackOutcome outcome) {
  CallbackAttempted fact;
  fact.callback_id.value = "c1";
  fact.agent_id.value = "zhang";
  fact.attempt_no = no;
  fact.outcome = outcome;
  return fact;
}

enum class Answer { satisfied, dissatisfied };

CallbackCompleted completed(Answer answer) {
  CallbackCompleted fact;
  fact.callback_id.value = "c1";
  fact.agent_id.value = "zhang";
  fact.answers.satisfied = answer == Answer::satisfied;
  fact.pii.emplace();
  fact.pii->problem_where = "电源又坏了";
  return fact;
}

EventsOf a_case() { return EventsOf("case-1").add(registered()).add(CaseResolved{}).add(scheduled()); }

TEST(FollowUpBoard, ShowsAScheduledCallbackWithItsWindow) {
  const auto json = board("follow_up", a_case());
  EXPECT_EQ(at(json, "/rows/0/state"), R"("scheduled")");
  EXPECT_EQ(at(json, "/rows/0/customer"), R"("J**")");
  EXPECT_EQ(at(json, "/rows/0/contact"), R"("j***@example.com")");
  EXPECT_EQ(at(json, "/rows/0/shifted_because"), R"("late_night_activity")");
  EXPECT_EQ(at(json, "/rows/0/callable_now"), "false");
  EXPECT_EQ(at(json, "/rows/0/blocks_closing"), "true");
}

TEST(FollowUpBoard, IsCallableWhileTheWindowIsOpen) {
  const auto now = [](Duration later) {
    return at(board("follow_up", a_case(), {.now = kMonday + later}), "/totals/callable_now");
  };
  EXPECT_EQ(now(3h - 1ms), "0");
  EXPECT_EQ(now(3h), "1");
  EXPECT_EQ(now(13h), "1");
  EXPECT_EQ(now(13h + 1ms), "0");
}

TEST(FollowUpBoard, TellsByHowMuchACallbackIsOverdue) {
  const auto json = board("follow_up", a_case(), {.now = kMonday + 14h});
  EXPECT_EQ(at(json, "/rows/0/overdue_by_ms"), std::to_string(Duration(1h).count()));
  EXPECT_EQ(at(json, "/totals/overdue"), "1");
}

TEST(FollowUpBoard, CountsReachByAttemptAndHour) {
  auto events = a_case().after(4h).add(attempted(1, CallbackOutcome::no_answer));
  events.after(2h).add(attempted(2, CallbackOutcome::connected)).add(completed(Answer::dissatisfied));
  const auto json = board("follow_up", events);
  EXPECT_EQ(at(json, "/metrics/reach_by_attempt/0/reach_permille"), "0");
  EXPECT_EQ(at(json, "/metrics/reach_by_attempt/1/reach_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/reach_by_utc_hour/1/utc_hour"), "6");
  EXPECT_EQ(at(json, "/rows/0/problem_where"), R"("电源又坏了")");
  EXPECT_EQ(at(json, "/metrics/dissatisfied_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/problem_found_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/on_time_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/coverage_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/quiet_hour_violations"), "0");
}

TEST(FollowUpBoard, CountsByTheDaysOfAZone) {
  auto events = a_case().after(4h).add(attempted(1, CallbackOutcome::no_answer));
  events.after(13h).add(attempted(2, CallbackOutcome::connected)).add(completed(Answer::dissatisfied));
  const auto of = [&](kit::FilterValues filters) {
    filters.emplace("period", "day");
    return board("follow_up", events, {.now = kMonday + 24h, .filters = std::move(filters)});
  };
  const auto in_utc = of({});
  EXPECT_EQ(at(in_utc, "/periods/1/scheduled"), "1");
  EXPECT_EQ(at(in_utc, "/periods/1/reach_permille"), "500");
  EXPECT_EQ(at(in_utc, "/periods/1/on_time_permille"), "0");
  EXPECT_EQ(at(in_utc, "/periods/1/dissatisfied_permille"), "1000");
  EXPECT_EQ(at(in_utc, "/periods/1/problems_found"), "1");
  // Monday 17:00 UTC is Tuesday in Shanghai.
  const auto in_shanghai = of({{"zone", "Asia/Shanghai"}});
  EXPECT_EQ(at(in_shanghai, "/periods/0/completed"), "1");
  EXPECT_EQ(at(in_shanghai, "/periods/1/attempts"), "1");
  EXPECT_EQ(at(of({{"department", "tech"}}), "/periods/1/scheduled"), "0");
  EXPECT_EQ(at(board("follow_up", events), "/periods"), "[]");
}

TEST(FollowUpBoard, CountsAnAttemptOutsideOfTheCallingHoursAlone) {
  auto attempt = attempted(1, CallbackOutcome::busy);
  attempt.in_hours = true;
  auto events = a_case().add(attempt);
  EXPECT_EQ(at(board("follow_up", events), "/metrics/quiet_hour_violations"), "0");
  attempt.in_hours = false;
  EXPECT_EQ(at(board("follow_up", events.add(attempt)), "/metrics/quiet_hour_violations"), "1");
}

TEST(FollowUpBoard, OnlyARequiredCallbackBlocksClosing) {
  auto agreed = scheduled();
  agreed.required_before_close = false;
  auto events = EventsOf("case-1").add(registered()).add(CaseResolved{}).add(agreed);
  EXPECT_EQ(at(board("follow_up", events), "/rows/0/blocks_closing"), "false");
  events.add(completed(Answer::dissatisfied));
  EXPECT_EQ(at(board("follow_up", events), "/rows/0/blocks_closing"), "true");
}

TEST(FollowUpBoard, LosesAFinishedCallbackWhenItsCaseCloses) {
  auto events = a_case().after(4h).add(completed(Answer::satisfied));
  EXPECT_EQ(at(board("follow_up", events), "/rows/0/state"), R"("completed")");
  EXPECT_EQ(at(board("follow_up", events.add(CaseClosed{})), "/rows"), "[]");
}

TEST(FollowUpBoard, KeepsAnOpenCallbackOfAClosedCaseUntilItIsOver) {
  auto events = a_case().add(CaseClosed{});
  EXPECT_EQ(at(board("follow_up", events), "/totals/open"), "1");
  EXPECT_EQ(at(board("follow_up", events.after(4h).add(completed(Answer::satisfied))), "/rows"), "[]");
}

TEST(FollowUpBoard, CountsFeedbackThatWasRoutedAndDealtWith) {
  CallbackFeedbackRouted routed;
  routed.callback_id.value = "c1";
  routed.department_id.value = "tech";
  routed.route = FeedbackRoute::handoff;
  auto events = a_case().after(4h).add(completed(Answer::dissatisfied)).add(routed);
  const kit::BoardQuery query{.now = kMonday, .filters = {{"routed_open", "true"}}};
  EXPECT_EQ(at(board("follow_up", events, query), "/rows/0/routed_to_department"), R"("tech")");
  const auto json = board("follow_up", events.add(CaseClosed{}));
  EXPECT_EQ(at(json, "/metrics/routed_feedback/handoff"), "1");
  EXPECT_EQ(at(json, "/metrics/routed_feedback_closed"), "1");
}

TEST(FollowUpBoard, CountsACaseThatOpensAgainAfterItsCallback) {
  auto events = a_case().after(4h).add(completed(Answer::satisfied)).add(CaseClosed{}).add(CaseReopened{});
  EXPECT_EQ(at(board("follow_up", events), "/metrics/reopened_after_callback_permille"), "1000");
}

}  // namespace
}  // namespace casetrail::follow_up
