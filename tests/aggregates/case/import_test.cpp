// Facts from elsewhere are taken as they are, in any order, and start nothing.
#include "aggregates/case/import/commands.h"
#include "events/case/handoff.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

const Actor kImporter{ActorKind::import_, "servicenow", {}, {}, {}};

ImportFacts facts(std::vector<Fact> list) { return {"servicenow", std::move(list)}; }

const Fact kRegistered{
    "request.registered", 1, {R"({"kind":"inquiry","service_stage":"after_sale","channel":"phone",
                            "received_at":"2026-01-01T00:00:00Z","pii":{"name":"A","contacts":[]}})"}};
const Fact kHandedOff{
    "handoff.requested", 1, {R"({"handoff_id":"h7","kind":"department","from":{"department_id":"cs"},
                           "to":{"department_id":"tech"},"reason_code":"imported"})"}};
const Fact kAccepted{
    "handoff.accepted", 1, {R"({"handoff_id":"h7","by":{"department_id":"tech","agent_id":"zhao"}})"}};
const Fact kTimer{
    "timer.set", 1, {R"({"timer_id":"resolution","kind":"resolution","due_at":"2026-01-02T00:00:00Z"})"}};

TEST(Import, TakesFactsWithoutGuardsAndTimers) {
  auto story = Given().as(kImporter);
  story.when(facts({kAccepted, kHandedOff, kAccepted, kTimer, kRegistered}));
  story.then(
      {"handoff.accepted", "handoff.requested", "handoff.accepted", "timer.set", "request.registered"});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  EXPECT_EQ(earliest_due(story.state()), std::nullopt);
  EXPECT_FALSE(story.state().lives_here);
}

TEST(Import, IsAcceptedAgainUntilTheCaseLivesHere) {
  auto story =
      Given().as(kImporter).and_given(facts({kRegistered})).and_given(facts({kHandedOff, kAccepted}));
  story.as(agent("zhao", "tech")).and_given(report());
  story.as(kImporter).when(facts({kTimer})).then_refused("case_lives_here");
}

TEST(Import, OfACaseThatLivesHereSaysSoWhereverItExpectsTheCase) {
  auto story = Given().as(kImporter).and_given(facts({kRegistered, kHandedOff, kAccepted}));
  story.when(facts({kTimer}), 2).then_refused("stale_version");
  story.as(agent("zhao", "tech")).and_given(report());
  for (const auto expected : {1, 3, 4})
    story.as(kImporter).when(facts({kTimer}), expected).then_refused("case_lives_here");
}

TEST(Import, ASecondRegistrationIsOutOfOrder) {
  auto story = Given().as(kImporter).and_given(facts({kRegistered, kHandedOff}));
  story.when(facts({kRegistered})).then_refused("out_of_order");
  story.when(facts({kAccepted})).then({"handoff.accepted"});
}

TEST(Import, LaterIdsDoNotMeetImportedOnes) {
  auto story = Given().as(kImporter).and_given(facts({kRegistered, kHandedOff, kAccepted}));
  story.as(agent("zhao", "tech")).and_given(hand_off("cs"));
  EXPECT_EQ(story.last_of<HandoffRequested>().handoff_id.value, "h8");
}

TEST(Import, AMalformedFactIsNamed) {
  auto story = Given().as(kImporter).when(facts({kRegistered, {"handoff.accepted", 1, {"{}"}}}));
  story.then_refused("fact_malformed");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("facts[1]"));
  Given().as(kImporter).when(facts({{"nonsense", 1, {"{}"}}})).then_refused("fact_malformed");
}

TEST(Import, AFactThatSaysAThingTwiceIsNamed) {
  const Fact doubled{
      "handoff.accepted", 1, {R"({"handoff_id":"h7","by":{"department_id":"tech","department_id":"cs"}})"}};
  auto story = Given().as(kImporter).when(facts({kRegistered, doubled}));
  story.then_refused("fact_malformed");
  EXPECT_THAT(story.last().error().sentence,
              HasSubstr("facts[1] is not readable: Expected 'by.department_id' to be there once"));
}

TEST(Import, OfNothingIsNothing) { Given().as(kImporter).when(facts({})).then_nothing(); }

TEST(Import, ByAnybodyElseIsRejected) { Given().when(facts({kRegistered})).then_refused("not_authorized"); }

TEST(Import, OfAnotherRegistrationIsRegistered) {
  Given()
      .as(kImporter)
      .and_given(facts({kRegistered}))
      .as(agent("li.wei", "cs"))
      .when(register_request())
      .then_refused("already_registered");
}

}  // namespace
}  // namespace casetrail
