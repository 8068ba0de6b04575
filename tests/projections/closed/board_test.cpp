// The closures: how a case was closed each time, and how closures are counted.
#include "tests/projections/board_test.h"

#include <gtest/gtest.h>

#include <chrono>

#include "events/case/assignment.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/case/work.h"

namespace casetrail::closed {
namespace {

using namespace std::chrono_literals;

AssignmentMade had_by_desk() {
  AssignmentMade fact;
  fact.department_id.value = "desk";
  return fact;
}

CaseResolved repaired() {
  CaseResolved fact;
  fact.resolution_code = ResolutionCode::repaired;
  return fact;
}

SlaTargetMissed late_answer() { return {SlaMetric::first_response, kMonday, std::nullopt}; }

EventsOf a_resolved_case(Duration after = 4h) {
  auto events = EventsOf("case-1").add(RequestRegistered{}).add(had_by_desk());
  events.after(after).add(SlaTargetMet{SlaMetric::resolution, 1}).add(repaired());
  return events;
}

EventsOf& close(EventsOf& events) { return events.add(CaseClosed{ClosureBasis::customer_confirmed, {}}); }

std::string closures_of(const EventsOf& events, kit::FilterValues filters = {}, Duration now = 24h) {
  return board("closed", events, {.now = kMonday + now, .filters = std::move(filters)});
}

TEST(Closures, TellHowACaseWasClosed) {
  auto events = a_resolved_case();
  EXPECT_EQ(at(closures_of(events), "/totals/closed"), "0");
  const auto json = closures_of(close(events.after(1h)));
  EXPECT_EQ(at(json, "/rows/0/resolution"), R"("repaired")");
  EXPECT_EQ(at(json, "/rows/0/basis"), R"("customer_confirmed")");
  EXPECT_EQ(at(json, "/rows/0/department"), R"("desk")");
  EXPECT_EQ(at(json, "/rows/0/resolve_ms"), std::to_string(Duration(4h).count()));
  EXPECT_EQ(at(json, "/metrics/resolve_mean_ms"), std::to_string(Duration(4h).count()));
  EXPECT_EQ(at(json, "/metrics/sla_met_permille"), "1000");
}

TEST(Closures, TheFirstContactWasEnoughWhereNothingElseWasNeeded) {
  auto at_once = a_resolved_case();
  EXPECT_EQ(at(closures_of(close(at_once)), "/metrics/first_contact_permille"), "1000");
  for (const Event& detour : {Event(MessageReceived{}), Event(InfoRequested{}), Event(WorkSuspended{}),
                              Event(WorkChased{}), Event(ResolutionRejected{})}) {
    auto events = a_resolved_case().add(detour).add(repaired());
    EXPECT_EQ(at(closures_of(close(events)), "/metrics/first_contact_permille"), "0")
        << codec_of(detour).type;
  }
}

TEST(Closures, ACaseThatIsReopenedIsClosedAgain) {
  auto events = a_resolved_case();
  close(events).after(10h).add(CaseReopened{});
  EXPECT_EQ(at(closures_of(events), "/metrics/reopened_permille"), "1000");
  close(events.after(2h).add(late_answer()).add(repaired()));
  const auto json = closures_of(events);
  EXPECT_EQ(at(json, "/rows/0/no"), R"("e2")");
  EXPECT_EQ(at(json, "/rows/0/resolve_ms"), std::to_string(Duration(2h).count()));
  EXPECT_EQ(at(json, "/rows/0/sla_met"), "false");
  EXPECT_EQ(at(json, "/rows/1/reopened"), "true");
  EXPECT_EQ(at(json, "/metrics/reopened_permille"), "500");
  EXPECT_EQ(at(json, "/departments/0/closed"), "2");
}

TEST(Closures, ATargetThatWasExcusedIsNoBreach) {
  auto events = a_resolved_case().add(late_answer());
  SlaExcused excused;
  excused.metric = SlaMetric::first_response;
  events.add(excused);
  EXPECT_EQ(at(closures_of(close(events)), "/rows/0/sla_met"), "true");
}

TEST(Closures, OneThatWasNeverResolvedHasNoTimeToResolve) {
  auto events = EventsOf("case-1").add(RequestRegistered{}).add(CaseClosed{ClosureBasis::rejected, {}});
  const auto json = closures_of(events);
  EXPECT_EQ(at(json, "/totals/resolved"), "0");
  EXPECT_EQ(at(json, "/rows/0/first_contact"), "false");
  EXPECT_EQ(at(json, "/metrics/resolve_median_ms"), "null");
}

TEST(Closures, AreCountedByTheDaysOnWhichCasesWereClosed) {
  auto events = a_resolved_case();
  close(events.after(20h)).after(30h).add(CaseReopened{});
  const auto json = closures_of(events, {{"period", "day"}, {"zone", "UTC"}}, 60h);
  EXPECT_EQ(at(json, "/periods/1/begins"), R"("2025-11-25")");
  EXPECT_EQ(at(json, "/periods/1/closed"), "1");
  EXPECT_EQ(at(json, "/periods/1/reopened"), "1");
}

TEST(Closures, AreAskedForAStretchOfTime) {
  auto events = a_resolved_case();
  close(events);
  const auto matching = [&](Duration since, Duration until) {
    return at(closures_of(events, {{"closed_since", to_wire(kMonday + since)},
                                   {"closed_until", to_wire(kMonday + until)}}),
              "/totals/matching");
  };
  EXPECT_EQ(matching(4h, 5h), "1");
  EXPECT_EQ(matching(5h, 6h), "0");
}

}  // namespace
}  // namespace casetrail::closed
