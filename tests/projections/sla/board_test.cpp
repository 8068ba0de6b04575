// The SLA board: what each event makes of its targets, and how they are counted.
#include "tests/projections/board_test.h"

#include <gtest/gtest.h>

#include <chrono>

#include "events/case/assignment.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "projections/boards.h"

namespace casetrail::sla {
namespace {

using namespace std::chrono_literals;

RequestRegistered a_request() {
  RequestRegistered fact;
  fact.channel = Channel::email;
  fact.external_ref = "SR-1";
  return fact;
}

TimerSet target_set(TimerKind kind, Duration due, Duration allowed, const std::string& handoff = {}) {
  TimerSet fact;
  fact.kind = kind;
  fact.timer_id.value = name_of(kind);
  if (!handoff.empty()) fact.timer_id.value += "/" + handoff;
  fact.due_at = kMonday + due;
  fact.target_business_ms = allowed.count();
  return fact;
}

TimerSet resolution_set(Duration due = 8h) { return target_set(TimerKind::resolution, due, 8h); }

AssignmentMade to_department(const std::string& department) {
  AssignmentMade fact;
  fact.department_id.value = department;
  return fact;
}

RequestPrioritized with_priority(Priority priority) {
  RequestPrioritized fact;
  fact.priority = priority;
  return fact;
}

EventsOf a_case() {
  return EventsOf("case-1")
      .add(a_request())
      .add(with_priority(Priority::P3))
      .add(to_department("desk"))
      .add(resolution_set());
}

EventsOf& met(EventsOf& events, Duration used) {
  return events.add(TimerCleared{TimerId{"resolution"}})
      .add(SlaTargetMet{SlaMetric::resolution, used.count()});
}

EventsOf& missed(EventsOf& events) {
  return events.add(TimerExpired{TimerId{"resolution"}, TimerKind::resolution, kMonday + 8h, kMonday + 8h})
      .add(SlaTargetMissed{SlaMetric::resolution, kMonday + 8h, std::nullopt});
}

std::string ms(Duration time) { return std::to_string(time.count()); }
std::string moment(Duration time) { return "\"" + to_wire(kMonday + time) + "\""; }

std::string sla_board(const EventsOf& events, Duration now, kit::FilterValues filters = {}) {
  return board("sla", events, {.now = kMonday + now, .filters = std::move(filters)});
}

TEST(SlaBoard, ATargetRunsUntilItIsDue) {
  const auto json = sla_board(a_case(), 3h);
  EXPECT_EQ(at(json, "/rows/0/target"), R"("resolution")");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("running")");
  EXPECT_EQ(at(json, "/rows/0/left_ms"), ms(5h));
  EXPECT_EQ(at(json, "/rows/0/used_ms"), ms(3h));
  EXPECT_EQ(at(json, "/rows/0/target_ms"), ms(8h));
  EXPECT_EQ(at(json, "/totals/open"), "1");
  EXPECT_EQ(at(json, "/metrics/attainment_permille"), "null");
}

TEST(SlaBoard, BusinessTimeIsThatOfThePolicy) {
  const auto half = [](const auto&, Timestamp from, Timestamp to) { return (to - from) / 2; };
  const auto json =
      board("sla", a_case(),
            {.now = kMonday + 3h, .settings = {.zone = {}, .catalogues = {}, .business_time = half}});
  EXPECT_EQ(at(json, "/rows/0/used_ms"), ms(90min));
}

TEST(SlaBoard, AnotherPriorityMovesTheDueTimeAndTheFirstOneStays) {
  auto sooner = target_set(TimerKind::resolution, 4h, 3h);
  sooner.counted_business_ms = Duration(1h).count();
  const auto json = sla_board(a_case().after(1h).add(with_priority(Priority::P1)).add(sooner), 2h);
  EXPECT_EQ(at(json, "/totals/matching"), "1");
  EXPECT_EQ(at(json, "/rows/0/due"), moment(4h));
  EXPECT_EQ(at(json, "/rows/0/first_due"), moment(8h));
  EXPECT_EQ(at(json, "/rows/0/target_ms"), ms(3h));
  EXPECT_EQ(at(json, "/rows/0/first_target_ms"), ms(8h));
  EXPECT_EQ(at(json, "/rows/0/used_ms"), ms(2h));
  EXPECT_EQ(at(json, "/rows/0/priority"), R"("P1")");
  EXPECT_EQ(at(json, "/rows/0/first_priority"), R"("P3")");
  EXPECT_EQ(at(json, "/priorities/0/priority"), R"("P1")");
  EXPECT_EQ(at(json, "/priorities/1"), "missing");
}

TEST(SlaBoard, APausedTargetHasNoDueTimeAndUsesNone) {
  auto events =
      a_case().after(2h).add(TimerPaused{TimerId{"resolution"}, Duration(6h).count(), Duration(2h).count()});
  const auto paused = sla_board(events, 20h);
  EXPECT_EQ(at(paused, "/rows/0/state"), R"("paused")");
  EXPECT_EQ(at(paused, "/rows/0/due"), "null");
  EXPECT_EQ(at(paused, "/rows/0/used_ms"), ms(2h));
  EXPECT_EQ(at(paused, "/totals/paused"), "1");
  const auto resumed =
      sla_board(events.after(20h).add(TimerResumed{TimerId{"resolution"}, kMonday + 28h, {}}), 23h);
  EXPECT_EQ(at(resumed, "/rows/0/state"), R"("running")");
  EXPECT_EQ(at(resumed, "/rows/0/due"), moment(28h));
  EXPECT_EQ(at(resumed, "/rows/0/first_due"), moment(8h));
  EXPECT_EQ(at(resumed, "/rows/0/used_ms"), ms(3h));
}

TEST(SlaBoard, AMetTargetTellsWhatItUsed) {
  auto events = a_case().after(5h);
  const auto json = sla_board(met(events, 5h), 9h);
  EXPECT_EQ(at(json, "/rows/0/state"), R"("met")");
  EXPECT_EQ(at(json, "/rows/0/used_ms"), ms(5h));
  EXPECT_EQ(at(json, "/rows/0/done_at"), moment(5h));
  EXPECT_EQ(at(json, "/rows/0/in_first_time"), "true");
  EXPECT_EQ(at(json, "/rows/0/left_ms"), "null");
  EXPECT_EQ(at(json, "/totals/open"), "0");
  EXPECT_EQ(at(json, "/metrics/attainment_permille"), "1000");
}

TEST(SlaBoard, ATargetThatWasMetAfterItsFirstDueTimeIsMetAndNotInFirstTime) {
  auto events = a_case();
  events.after(2h).add(TimerPaused{TimerId{"resolution"}, Duration(6h).count(), Duration(2h).count()});
  events.after(20h).add(TimerResumed{TimerId{"resolution"}, kMonday + 28h, {}}).after(1h);
  const auto json = sla_board(met(events, 3h), 24h);
  EXPECT_EQ(at(json, "/metrics/attainment_permille"), "1000");
  EXPECT_EQ(at(json, "/metrics/first_attainment_permille"), "0");
  EXPECT_EQ(at(json, "/rows/0/in_first_time"), "false");
}

TEST(SlaBoard, AMissedTargetIsStillToBeDoneUntilItIsDone) {
  auto events = a_case().after(8h);
  missed(events);
  const auto late = sla_board(events, 9h);
  EXPECT_EQ(at(late, "/rows/0/state"), R"("missed")");
  EXPECT_EQ(at(late, "/rows/0/late_ms"), ms(1h));
  EXPECT_EQ(at(late, "/rows/0/left_ms"), ms(-1h));
  EXPECT_EQ(at(late, "/totals/missed_open"), "1");
  EXPECT_EQ(at(late, "/metrics/attainment_permille"), "0");
  events.after(4h).add(CaseResolved{});
  events.add(SlaTargetCompletedLate{SlaMetric::resolution, Duration(11h).count(), Duration(8h).count()});
  const auto done = sla_board(events, 30h);
  EXPECT_EQ(at(done, "/rows/0/state"), R"("missed")");
  EXPECT_EQ(at(done, "/rows/0/late_ms"), ms(4h));
  EXPECT_EQ(at(done, "/rows/0/used_ms"), ms(11h));
  EXPECT_EQ(at(done, "/totals/missed_open"), "0");
  EXPECT_EQ(at(done, "/totals/missed"), "1");
}

TEST(SlaBoard, AMissThatWasExcusedIsNeitherMetNorMissed) {
  auto events = a_case().after(8h);
  missed(events);
  events.add(SlaExcused{SlaMetric::resolution, kMonday + 8h, ExcuseReason::system_outage, {}});
  const auto json = sla_board(events, 9h);
  EXPECT_EQ(at(json, "/rows/0/state"), R"("excused")");
  EXPECT_EQ(at(json, "/rows/0/excuse"), R"("system_outage")");
  EXPECT_EQ(at(json, "/totals/excused"), "1");
  EXPECT_EQ(at(json, "/totals/missed"), "0");
  EXPECT_EQ(at(json, "/totals/missed_open"), "0");
  EXPECT_EQ(at(json, "/metrics/attainment_permille"), "null");
}

TEST(SlaBoard, AResolutionThatIsRejectedRunsAgainAndIsMetNoLonger) {
  auto events = a_case().after(5h);
  met(events, 5h);
  auto again = resolution_set(13h);
  again.counted_business_ms = Duration(5h).count();
  const auto json = sla_board(events.after(5h).add(again), 11h);
  EXPECT_EQ(at(json, "/totals/matching"), "1");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("running")");
  EXPECT_EQ(at(json, "/rows/0/used_ms"), ms(6h));
  EXPECT_EQ(at(json, "/totals/met"), "0");
  EXPECT_EQ(at(json, "/targets/0/met"), "0");
}

TEST(SlaBoard, AFirstResponseAfterAReopeningIsATargetOfItsOwn) {
  auto events = EventsOf("case-1").add(a_request()).add(target_set(TimerKind::first_response, 1h, 1h));
  events.after(30min)
      .add(TimerCleared{TimerId{"first_response"}})
      .add(SlaTargetMet{SlaMetric::first_response, Duration(30min).count()});
  events.after(24h).add(CaseReopened{}).add(target_set(TimerKind::first_response, 26h, 1h));
  const auto json = sla_board(events, 25h);
  EXPECT_EQ(at(json, "/totals/matching"), "2");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("running")");
  EXPECT_EQ(at(json, "/rows/1/state"), R"("met")");
}

TEST(SlaBoard, ATargetThatNobodyHasToMeetAnyMoreIsCanceled) {
  const auto json = sla_board(a_case().after(1h).add(TimerCleared{TimerId{"resolution"}}), 2h);
  EXPECT_EQ(at(json, "/rows/0/state"), R"("canceled")");
  EXPECT_EQ(at(json, "/totals/canceled"), "1");
  EXPECT_EQ(at(json, "/totals/over"), "0");
}

TEST(SlaBoard, AStepOfAnEscalationIsNoTarget) {
  auto step = resolution_set();
  step.timer_id.value = "resolution/2";
  EXPECT_EQ(at(sla_board(a_case().add(step), 1h), "/totals/matching"), "1");
}

HandoffRequested asked(const std::string& handoff, const std::string& department) {
  HandoffRequested fact;
  fact.handoff_id.value = handoff;
  fact.to.department_id.value = department;
  return fact;
}

TEST(SlaBoard, OfTwoHandoffsTheOneIsMetWhoseTimerEnded) {
  auto events = a_case();
  events.add(asked("h1", "tech")).add(target_set(TimerKind::handoff_accept, 1h, 0h, "h1"));
  events.add(asked("h2", "parts")).add(target_set(TimerKind::handoff_accept, 2h, 0h, "h2"));
  events.after(30min)
      .add(TimerCleared{TimerId{"handoff_accept/h1"}})
      .add(SlaTargetMet{SlaMetric::handoff_accept, Duration(30min).count()});
  const auto accepted = sla_board(events, 31min, {{"state", "met"}});
  EXPECT_EQ(at(accepted, "/rows/0/handoff"), R"("h1")");
  EXPECT_EQ(at(accepted, "/rows/0/department"), R"("tech")");
  EXPECT_EQ(at(accepted, "/rows/0/target_ms"), "null");
  const auto waits = sla_board(events, 31min, {{"target", "handoff_accept"}, {"state", "running"}});
  EXPECT_EQ(at(waits, "/rows/0/handoff"), R"("h2")");
  EXPECT_EQ(at(waits, "/rows/0/department"), R"("parts")");
}

TEST(SlaBoard, AHandoffThatIsAcceptedLateIsWaitedForNoLonger) {
  auto events = a_case();
  events.add(asked("h1", "tech")).add(target_set(TimerKind::handoff_accept, 1h, 0h, "h1"));
  events.after(1h)
      .add(TimerExpired{TimerId{"handoff_accept/h1"}, TimerKind::handoff_accept, kMonday + 1h, kMonday + 1h})
      .add(HandoffExpired{HandoffId{"h1"}})
      .add(SlaTargetMissed{SlaMetric::handoff_accept, kMonday + 1h, std::nullopt});
  EXPECT_EQ(at(sla_board(events, 2h), "/totals/missed_open"), "1");
  HandoffAccepted accepted;
  accepted.handoff_id.value = "h1";
  accepted.by.department_id.value = "tech";
  const auto json = sla_board(events.after(2h).add(accepted), 5h, {{"state", "missed"}});
  EXPECT_EQ(at(json, "/totals/missed_open"), "0");
  EXPECT_EQ(at(json, "/rows/0/late_ms"), ms(2h));
}

TEST(SlaBoard, AnAppealThatIsDecidedLateIsWaitedForUntilTheCustomerIsToldOrItsComplaintEnds) {
  auto events = a_case();
  events.add(ComplaintAppealed{}).add(target_set(TimerKind::complaint_appeal, 1h, 0h));
  events.after(1h)
      .add(TimerExpired{TimerId{"complaint_appeal"}, TimerKind::complaint_appeal, kMonday + 1h, kMonday + 1h})
      .add(SlaTargetMissed{SlaMetric::complaint_appeal, kMonday + 1h, std::nullopt});
  events.after(2h);
  const auto open = [](EventsOf told) {
    return at(sla_board(told, 5h, {{"state", "missed"}}), "/totals/missed_open");
  };
  EXPECT_EQ(open(events), "1");
  EXPECT_EQ(open(EventsOf(events).add(DecisionCommunicated{})), "0");
  EXPECT_EQ(open(EventsOf(events).add(ComplaintClosed{})), "0");
  EXPECT_EQ(open(EventsOf(events).add(ComplaintWithdrawn{})), "0");
}

TEST(SlaBoard, CountsForTheDepartmentThatWasToMeetIt) {
  auto events = a_case().after(8h);
  missed(events).after(1h).add(to_department("tech"));
  const auto json = sla_board(events, 10h);
  EXPECT_EQ(at(json, "/departments/0/department"), R"("desk")");
  EXPECT_EQ(at(json, "/departments/0/missed"), "1");
  EXPECT_EQ(at(json, "/departments/1"), "missing");
  auto moved = a_case().after(1h).add(to_department("tech")).after(1h);
  const auto of_moved = sla_board(met(moved, 2h), 10h);
  EXPECT_EQ(at(of_moved, "/departments/0/department"), R"("tech")");
  EXPECT_EQ(at(of_moved, "/rows/0/first_department"), R"("desk")");
}

TEST(SlaBoard, CountsByTheDaysOfAZoneAndByWhatItsFiltersLeave) {
  auto events = a_case().after(17h);
  met(events, 7h);
  const auto of = [&](kit::FilterValues filters) {
    filters.emplace("period", "day");
    return sla_board(events, 24h, std::move(filters));
  };
  EXPECT_EQ(at(of({}), "/periods/1/met"), "1");
  EXPECT_EQ(at(of({}), "/periods/1/attainment_permille"), "1000");
  // Monday 17:00 UTC is Tuesday in Shanghai.
  EXPECT_EQ(at(of({{"zone", "Asia/Shanghai"}}), "/periods/0/met"), "1");
  EXPECT_EQ(at(of({{"department", "desk"}, {"priority", "P3"}}), "/periods/1/met"), "1");
  EXPECT_EQ(at(of({{"department", "tech"}}), "/periods/1/met"), "0");
  EXPECT_EQ(at(of({{"priority", "P1"}}), "/periods/1/met"), "0");
  EXPECT_EQ(at(of({{"target", "first_response"}}), "/periods/1/met"), "0");
}

TEST(SlaBoard, WhatIsDueFirstStandsFirstAndWhatIsOverLast) {
  auto events = EventsOf("case-1").add(a_request());
  events.add(target_set(TimerKind::first_response, 1h, 1h))
      .add(target_set(TimerKind::next_update, 6h, 4h))
      .add(target_set(TimerKind::resolution, 4h, 4h))
      .add(target_set(TimerKind::complaint_accept, 2h, 2h));
  events.after(1min).add(TimerPaused{TimerId{"complaint_accept"}, 1, std::nullopt});
  events.after(9min)
      .add(TimerCleared{TimerId{"first_response"}})
      .add(SlaTargetMet{SlaMetric::first_response, 1});
  const auto json = sla_board(events, 20min);
  EXPECT_EQ(at(json, "/rows/0/target"), R"("resolution")");
  EXPECT_EQ(at(json, "/rows/1/target"), R"("next_update")");
  EXPECT_EQ(at(json, "/rows/2/state"), R"("paused")");
  EXPECT_EQ(at(json, "/rows/3/state"), R"("met")");
}

TEST(SlaBoard, FiltersByWhenItIsDueAndWhenItEnded) {
  auto events = a_case();
  events.add(target_set(TimerKind::first_response, 1h, 1h)).after(1h);
  events.add(TimerCleared{TimerId{"first_response"}}).add(SlaTargetMet{SlaMetric::first_response, 1});
  const auto left = [&](Duration now, kit::FilterValues filters) {
    return at(sla_board(events, now, std::move(filters)), "/totals/matching");
  };
  const auto time = [](Duration at) { return to_wire(kMonday + at); };
  EXPECT_EQ(left(2h, {{"due_before", time(8h)}}), "0");
  EXPECT_EQ(left(2h, {{"due_before", time(8h + 1ms)}}), "1");
  EXPECT_EQ(left(7h, {{"due_within_hour", "true"}}), "0");
  EXPECT_EQ(left(7h + 1ms, {{"due_within_hour", "true"}}), "1");
  EXPECT_EQ(left(2h, {{"ended_since", time(1h)}}), "1");
  EXPECT_EQ(left(2h, {{"ended_since", time(1h + 1ms)}}), "0");
  EXPECT_EQ(left(2h, {{"ended_until", time(1h)}}), "0");
  EXPECT_EQ(left(2h, {{"ended_since", time(0h)}, {"ended_until", time(2h)}}), "1");
}

/// More targets than a page reads whole: most of them run at the desk, each third is met, and each fifth case
/// is the workshop's.
MapRows many_targets(int cases) {
  std::vector<CaseEvent> events;
  for (int number = 0; number < cases; ++number) {
    EventsOf a_case("case-" + std::to_string(number));
    a_case.add(a_request()).add(with_priority(number % 2 == 0 ? Priority::P1 : Priority::P3));
    a_case.add(to_department(number % 5 == 0 ? "workshop" : "desk")).add(resolution_set(Duration(number)));
    if (number % 3 == 0) met(a_case, 1h);
    const auto& of_case = a_case.events();
    events.insert(events.end(), of_case.begin(), of_case.end());
  }
  return fold("sla", events);
}

TEST(SlaBoard, FiltersTogetherAreCountedWithoutReadingRows) {
  constexpr int kCases = 20'000;
  const auto rows = many_targets(kCases);
  const auto asked = [&](kit::FilterValues filters) {
    return board("sla", rows, {.now = kMonday, .filters = std::move(filters), .limit = 3});
  };
  const auto desk = asked({{"department", "desk"}, {"state", "running"}, {"priority", "P1"}});
  std::int64_t expected = 0;
  std::string first;
  for (int number = 0; number < kCases; ++number) {
    if (number % 5 == 0 || number % 3 == 0 || number % 2 != 0) continue;
    if (expected++ == 0) first = "\"case-" + std::to_string(number) + "\"";
  }
  EXPECT_EQ(at(desk, "/totals/matching"), std::to_string(expected));
  EXPECT_EQ(at(desk, "/rows/0/case"), first);
  EXPECT_EQ(at(desk, "/rows/2/department"), R"("desk")");
  EXPECT_EQ(at(desk, "/rows/2/state"), R"("running")");
  EXPECT_EQ(at(desk, "/selected"), "null");
  const auto open = asked({{"open", "true"}, {"department", "desk"}, {"department", "workshop"}});
  EXPECT_EQ(at(open, "/totals/matching"), at(open, "/totals/open"));
  const auto soon = asked({{"due_before", to_wire(kMonday + 100ms)}, {"state", "running"}});
  EXPECT_EQ(at(soon, "/totals/matching"), "66");
}

TEST(SlaBoard, ACaseIsFoundByItsNumbersWhateverBecameOfItsTargets) {
  const auto rows = many_targets(3);
  for (const std::string wanted : {"SR-1", "email:SR-1"}) {
    const auto json = board("sla", rows, {.now = kMonday, .filters = {{"case", wanted}}});
    EXPECT_EQ(at(json, "/totals/matching"), "3") << wanted;
  }
}

TEST(SlaBoard, WhatAnImportTellsOfTimersSetsNoTarget) {
  auto events = EventsOf("case-1").by(ActorKind::import_, "servicenow").add(a_request());
  EXPECT_EQ(at(sla_board(events.add(resolution_set()), 1h), "/totals/matching"), "0");
}

}  // namespace
}  // namespace casetrail::sla
