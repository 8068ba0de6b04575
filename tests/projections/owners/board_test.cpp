// The owner ledger: when stints begin and end, and what was left to be done.
#include "tests/projections/board_test.h"

#include <gtest/gtest.h>

#include <chrono>

#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"

namespace casetrail::owners {
namespace {

using namespace std::chrono_literals;

CallbackScheduled a_call() {
  CallbackScheduled fact;
  fact.callback_id.value = "c1";
  return fact;
}

HandoffRequested a_handoff() {
  HandoffRequested fact;
  fact.handoff_id.value = "h1";
  return fact;
}

EventsOf an_owned_case() {
  return EventsOf("case-1")
      .add(RequestRegistered{})
      .add(OwnerDesignated{AgentId{"li.wei"}, OwnerBasis::first_contact});
}

OwnerChanged to_zhao() {
  return {AgentId{"li.wei"}, AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}};
}

std::string ledger_of(const EventsOf& events, kit::FilterValues filters = {}, Duration now = 24h) {
  return board("owners", events, {.now = kMonday + now, .filters = std::move(filters)});
}

TEST(OwnerLedger, AnOwnerHasTheCaseUntilAnotherOneHasIt) {
  auto events = an_owned_case();
  events.after(3h).add(to_zhao());
  const auto json = ledger_of(events);
  EXPECT_EQ(at(json, "/rows/0/owner"), R"("zhao")");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("current")");
  EXPECT_EQ(at(json, "/rows/0/held_ms"), std::to_string(Duration(21h).count()));
  EXPECT_EQ(at(json, "/rows/1/owner"), R"("li.wei")");
  EXPECT_EQ(at(json, "/rows/1/held_ms"), std::to_string(Duration(3h).count()));
  EXPECT_EQ(at(json, "/rows/1/reason"), R"("absence")");
  EXPECT_EQ(at(json, "/rows/1/next"), R"("zhao")");
  EXPECT_EQ(at(json, "/rows/1/approved_by"), R"("boss")");
}

TEST(OwnerLedger, TellsWhatWasLeftToBeDoneWhenTheOwnerChanged) {
  auto events = an_owned_case();
  events.add(a_handoff()).add(a_call()).add(ComplaintLodged{}).add(HandoffCompleted{HandoffId{"h1"}, {}, {}});
  events.after(1h).add(to_zhao()).add(ComplaintClosed{});
  const auto json = ledger_of(events);
  EXPECT_EQ(at(json, "/rows/1/open"), R"(["c1","complaint"])");
  EXPECT_EQ(at(json, "/totals/with_open"), "1");
  EXPECT_EQ(at(json, "/metrics/with_open_permille"), "1000");
  EXPECT_EQ(at(ledger_of(events, {{"with_open", "true"}}), "/totals/matching"), "1");
}

TEST(OwnerLedger, EndsWithTheCaseAndGoesOnWhenItIsReopened) {
  auto events = an_owned_case();
  events.after(2h).add(CaseClosed{});
  EXPECT_EQ(at(ledger_of(events), "/totals/current"), "0");
  EXPECT_EQ(at(ledger_of(events), "/rows/0/state"), R"("closed")");
  events.after(2h).add(CaseReopened{});
  const auto json = ledger_of(events);
  EXPECT_EQ(at(json, "/rows/0/began"), R"("reopened")");
  EXPECT_EQ(at(json, "/rows/0/owner"), R"("li.wei")");
  EXPECT_EQ(at(json, "/owners/0/stints"), "2");
  EXPECT_EQ(at(json, "/owners/0/mean_ms"), std::to_string(Duration(2h).count()));
}

TEST(OwnerLedger, CountsBusinessTimeByThePolicyThatHeldWhenAStintBegan) {
  auto query = kit::BoardQuery{.now = kMonday + 24h};
  query.settings.business_time_then = [](std::int32_t version, const auto&, Timestamp, Timestamp) {
    return Duration(version + 7);
  };
  EXPECT_EQ(at(board("owners", an_owned_case(), query), "/rows/0/business_ms"), "7");
}

TEST(OwnerLedger, IsCountedByTheDaysOnWhichStintsBegan) {
  auto events = an_owned_case();
  events.after(25h).add(to_zhao());
  const auto json = ledger_of(events, {{"period", "day"}, {"zone", "UTC"}}, 26h);
  EXPECT_EQ(at(json, "/periods/0/current"), "1");
  EXPECT_EQ(at(json, "/periods/1/handed_over"), "1");
}

TEST(OwnerLedger, IsAskedForWhatEndedInAStretchOfTime) {
  auto events = an_owned_case();
  events.after(2h).add(to_zhao());
  const auto matching = [&](Duration since, Duration until) {
    return at(ledger_of(events, {{"ended_since", to_wire(kMonday + since)},
                                 {"ended_until", to_wire(kMonday + until)}}),
              "/totals/matching");
  };
  EXPECT_EQ(matching(1h, 3h), "1");
  EXPECT_EQ(matching(3h, 4h), "0");
}

}  // namespace
}  // namespace casetrail::owners
