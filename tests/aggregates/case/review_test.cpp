// Quality reviews: scored by the card, disputed by the agent, decided by a second person.
#include "events/case/review.h"

#include <gmock/gmock.h>

#include "aggregates/case/review/commands.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

const AssignReview kReview{ReviewKind::chat, AgentId{"qa1"}, AgentId{"li.wei"}, {}, {}, {}};
ScoreReview score(int points, std::vector<std::string> improve = {"ask back"}) {
  return {ReviewId{"r1"},
          {"default", 1},
          {{"greeting", std::nullopt, points, 10, true, false}},
          {std::move(improve), {}}};
}

TEST(Review, IsAssignedAndScoredOnce) {
  auto story = a_case_in_progress();
  story.when(kReview).then({"review.assigned"}).when(kReview).then_nothing();
  story.when(score(7)).then_refused("not_authorized");
  story.as(agent("qa1", "qa"))
      .when(score(7))
      .then({"review.scored"})
      .when(score(7))
      .then_refused("already_scored");
  EXPECT_EQ(story.last_of<ReviewScored>().total_permille, 700);
}

TEST(Review, OfOnesOwnWorkIsRejected) {
  auto command = kReview;
  command.reviewer_id = command.agent_id;
  a_case_in_progress().when(command).then_refused("conflict_of_interest");
  a_triaged_case().when(kReview).then_refused("no_assignee");
}

TEST(Review, ScoresMustFit) {
  auto story = a_case_in_progress();
  story.and_given(kReview).as(agent("qa1", "qa")).when(score(11)).then_refused("score_out_of_range");
  story.when(score(7, {})).then_refused("improvement_point_missing");
  story.when(ScoreReview{ReviewId{"r1"}, {"default", 1}, {}, {}}).then_refused("items_missing");
  story.when(ScoreReview{ReviewId{"r9"}, {"default", 1}, {}, {}}).then_refused("review_unknown");
}

TEST(Review, FollowsThePolicysScorecard) {
  const auto policy =
      parse_policy("review: {scorecard: {id: default, items: [{id: speed, max: 10}]}}").value();
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  story.and_given(kReview).as(agent("qa1", "qa")).when(score(7)).then_refused("scorecard_mismatch");
}

ScoreItem item(const std::string& name, int points, bool applicable = true) {
  return {name, std::nullopt, points, 10, applicable, false};
}

Policy with_card(const std::string& items, const std::string& beside = "") {
  return parse_policy("review: {scorecard: {id: default, items: [" + items + "]" + beside + "}}").value();
}

const std::string kTwoItems = "{id: greeting, max: 10}, {id: speed, dimension: responsiveness, max: 10}";

Given a_review_by_card() {
  auto story = a_case_in_progress(CaseKind::service_request, with_card(kTwoItems, ", auto_fail: [speed]"));
  story.and_given(kReview).as(agent("qa1", "qa"));
  return story;
}

TEST(Review, ScoresEachItemOfTheCardOnceOrSaysThatItDoesNotApply) {
  auto story = a_review_by_card();
  ScoreReview command{ReviewId{"r1"}, {"default", 1}, {item("greeting", 10)}, {}};
  story.when(command).then_refused("items_missing");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("'speed'"));
  command.items = {item("greeting", 10), item("speed", 10), item("greeting", 9)};
  story.when(command).then_refused("item_repeated");
  command.items = {item("greeting", 0, false), item("speed", 0, false)};
  story.when(command).then_refused("items_missing");
  command.items = {item("greeting", 10), item("speed", 0, false)};
  story.when(command).then({"review.scored"});
  EXPECT_EQ(story.last_of<ReviewScored>().total_permille, 1000);
}

TEST(Review, NeedsAPointToImproveForEachItemThatLostSome) {
  auto story = a_review_by_card();
  ScoreReview command{ReviewId{"r1"}, {"default", 1}, {item("greeting", 5), item("speed", 5)}, {}};
  command.pii.improvement_points = {"one for both"};
  story.when(command).then_refused("improvement_point_missing");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("'speed'"));
  command.pii.by_item = {{{"speed", ""}}};
  story.when(command).then_refused("improvement_point_missing");
  for (const std::string name : {"greeting", "speed", "manners"}) {
    command.pii.by_item = {{{"speed", "call back at once"}, {name, "again"}}};
    if (name != "greeting") story.when(command).then_refused("improvement_point_misplaced");
  }
  command.pii.by_item = {{{"speed", "call back at once"}}};
  for (const std::string blank : {"", " \t\n"}) {
    command.pii.improvement_points = {blank, "one for both"};
    story.when(command).then_refused("improvement_point_missing");
    EXPECT_THAT(story.last().error().sentence, HasSubstr("no words"));
  }
  command.pii.improvement_points = {"one for both"};
  story.when(command).then({"review.scored"});
}

/// What `story` answers to a score of the greeting that is full, and this of the speed.
Given& score_speed(Given& story, ScoreItem speed) {
  ScoreReview command{ReviewId{"r1"}, {"default", 1}, {item("greeting", 10), std::move(speed)}, {}};
  command.pii.improvement_points = {"call back at once"};
  return story.when(command);
}

TEST(Review, AnItemThatContradictsItselfOrItsCardIsRefusedInItsOwnWords) {
  auto story = a_review_by_card();
  const auto refuses = [&](const ScoreItem& speed, const std::string& code, const std::string& words) {
    score_speed(story, speed).then_refused(code);
    EXPECT_THAT(story.last().error().sentence, HasSubstr("'speed' " + words));
  };
  auto speed = item("speed", 5);
  speed.dimension = RaterDimension::empathy;
  refuses(speed, "scorecard_mismatch", "is of another dimension");
  refuses(item("speed", 5, false), "score_contradictory", "does not apply");
  refuses(item("speed", 11), "score_out_of_range", "is scored beyond its points");
  refuses(item("speed", -1), "score_out_of_range", "is scored beyond its points");
  speed = item("speed", 10);
  speed.auto_fail = true;
  refuses(speed, "score_contradictory", "fails the whole review, and yet lost no points");
  speed = item("speed", 0, false);
  speed.auto_fail = true;
  refuses(speed, "score_contradictory", "does not apply");
  speed = item("speed", 5);
  speed.max = 20;
  refuses(speed, "scorecard_mismatch", "is not on the review's scorecard");
  speed = item("speed", 5);
  speed.dimension = RaterDimension::responsiveness;
  score_speed(story, speed).then({"review.scored"});
}

TEST(Review, OnlyAnItemThatTheCardNamesFailsTheWholeReview) {
  auto story = a_review_by_card();
  ScoreReview command{ReviewId{"r1"}, {"default", 1}, {item("greeting", 0), item("speed", 10)}, {}};
  command.items[0].auto_fail = true;
  command.pii.improvement_points = {"say the name"};
  story.when(command).then_refused("scorecard_mismatch");
  command.items = {item("greeting", 10), item("speed", 0)};
  command.items[1].auto_fail = true;
  story.when(command).then({"review.scored"});
}

TEST(Review, IsJudgedByTheCardOfWhenItWasAssignedWhateverThePolicySaysLater) {
  auto story = a_review_by_card();
  EXPECT_EQ(story.last_of<ReviewAssigned>().card.value().items.size(), 2U);
  EXPECT_EQ(story.last_of<ReviewAssigned>().as_of_seq, story.state().seq - 1);
  story.under(
      parse_policy("review: {scorecard: {id: default, version: 2, items: [{id: tone, max: 5}]}}").value());
  const ScoreReview by_new_card{ReviewId{"r1"}, {"default", 2}, {{"tone", {}, 5, 5, true, false}}, {}};
  story.when(by_new_card).then_refused("scorecard_mismatch");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("'default' version 1"));
  score_speed(story, item("speed", 5)).then({"review.scored"});
}

TEST(ReviewSample, IsJudgedByTheCardOfWhenItWasDrawnAndLooksAtTheCaseOfThen) {
  auto policy = with_card(kTwoItems);
  policy.review.sampling.push_back({"all", 100, ReviewKind::chat, {}, {}, {}});
  auto story = a_closed_case(policy);
  const auto drawn_at = story.state().seq;
  story.under(with_card("{id: tone, max: 5}"));
  story.when(kReview).then({"review.assigned"});
  EXPECT_EQ(story.last_of<ReviewAssigned>().card.value().items.size(), 2U);
  EXPECT_EQ(story.last_of<ReviewAssigned>().as_of_seq, drawn_at);
  story.as(agent("qa1", "qa"));
  score_speed(story, item("speed", 5)).then({"review.scored"});
}

TEST(Review, CitesEventsThatTheCaseHas) {
  auto story = a_case_in_progress();
  story.and_given(kReview).as(agent("qa1", "qa"));
  auto command = score(10);
  command.items[0].evidence = {{1, story.state().seq + 1}};
  story.when(command).then_refused("evidence_unknown");
  command.items[0].evidence = {{1, story.state().seq}};
  story.when(command).then({"review.scored"});
}

const DisputeReview kDispute{ReviewId{"r1"}, {"the greeting was said"}};
ResolveReviewDispute decide_it(DisputeOutcome outcome) {
  ResolveReviewDispute command{ReviewId{"r1"}, outcome, {}, {"the recording has it"}};
  if (outcome == DisputeOutcome::corrected) command.items = score(10).items;
  return command;
}

Given a_scored_review() {
  auto story = a_case_in_progress();
  story.and_given(kReview).as(agent("qa1", "qa")).and_given(score(7)).as(agent("li.wei", "cs"));
  return story;
}

TEST(Review, IsDisputedByTheAgentAndDecidedOnceByASecondPerson) {
  auto story = a_scored_review();
  story.when(decide_it(DisputeOutcome::confirmed)).then_refused("conflict_of_interest");
  story.as(agent("qa2", "qa")).when(decide_it(DisputeOutcome::confirmed)).then_refused("not_disputed");
  story.when(kDispute).then_refused("not_authorized");
  story.as(agent("li.wei", "cs")).when(kDispute).then({"review.disputed"}).when(kDispute).then_nothing();
  story.as(agent("qa1", "qa"))
      .when(decide_it(DisputeOutcome::confirmed))
      .then_refused("conflict_of_interest");
  story.as(agent("qa2", "qa"))
      .when(decide_it(DisputeOutcome::corrected))
      .then({"review.dispute.resolved"})
      .when(decide_it(DisputeOutcome::confirmed))
      .then_refused("dispute_settled");
  EXPECT_EQ(story.last_of<ReviewDisputeResolved>().total_permille, 1000);
  story.as(agent("li.wei", "cs")).when(kDispute).then_refused("dispute_settled");
}

TEST(Review, IsDisputedOnlyWhenItIsScoredAndWithReasons) {
  auto story = a_case_in_progress();
  story.when(kDispute).then_refused("review_unknown");
  story.and_given(kReview).when(kDispute).then_refused("not_scored");
  auto scored = a_scored_review();
  scored.when(DisputeReview{ReviewId{"r1"}, {}}).then_refused("reason_required");
  a_triaged_case().when(kDispute).then_refused("no_assignee");
}

TEST(Review, ADecisionOnADisputeIsWholeAndFits) {
  auto story = a_scored_review();
  story.and_given(kDispute).as(agent("qa2", "qa"));
  auto command = decide_it(DisputeOutcome::corrected);
  command.pii.text.clear();
  story.when(command).then_refused("reason_required");
  command = decide_it(DisputeOutcome::corrected);
  command.items.reset();
  story.when(command).then_refused("items_missing");
  command.items = score(11).items;
  story.when(command).then_refused("score_out_of_range");
  command.items = score(10).items;
  command.items->front().evidence = {{999}};
  story.when(command).then_refused("evidence_unknown");
  command = decide_it(DisputeOutcome::confirmed);
  command.items = score(10).items;
  story.when(command).then_refused("items_unexpected");
  command.review_id = ReviewId{"r9"};
  story.when(command).then_refused("review_unknown");
}

TEST(Review, ACorrectionIsAScoreByTheSameCard) {
  auto story = a_review_by_card();
  score_speed(story, item("speed", 5));
  story.as(agent("li.wei", "cs")).and_given(kDispute).as(agent("qa2", "qa"));
  story.under(with_card("{id: tone, max: 10}"));
  auto command = decide_it(DisputeOutcome::corrected);
  const auto corrects = [&](std::vector<ScoreItem> items) -> Given& {
    command.items = std::move(items);
    return story.when(command);
  };
  corrects({item("tone", 10)}).then_refused("scorecard_mismatch");
  corrects({item("greeting", 10)}).then_refused("items_missing");
  corrects({item("greeting", 10), item("speed", 5, false)}).then_refused("score_contradictory");
  corrects({item("greeting", 10), item("speed", 8)}).then_refused("improvement_point_missing");
  command.pii.by_item = {{{"greeting", "no need"}}};
  corrects({item("greeting", 10), item("speed", 8)}).then_refused("improvement_point_misplaced");
  command.pii.by_item = {{{"speed", "call back at once"}}};
  corrects({item("greeting", 10), item("speed", 8)}).then({"review.dispute.resolved"});
  EXPECT_EQ(story.last_of<ReviewDisputeResolved>().total_permille, 900);
}

TEST(Review, AScoreWithoutARecordedCardIsCorrectedInTheItemsThatWereScored) {
  const auto story = a_scored_review();
  auto state = story.state();
  state.reviews.front().card.reset();
  evolve(state, story.log().back());
  const auto card = state.reviews.front().card.value();
  ASSERT_EQ(card.items.size(), 1U);
  EXPECT_EQ(card.items.front().item, "greeting");
  EXPECT_EQ(card.items.front().max, 10);
}

TEST(Review, ADisputeIsDecidedInTheRoleOfReviewers) {
  auto story = a_scored_review();
  story.under(parse_policy("roles: {lead: [boss], reviewer: [qa]}").value());
  story.as(agent("qa2", "qa")).when(decide_it(DisputeOutcome::confirmed)).then_refused("not_authorized");
}

Policy sampling(const std::string& rules, const std::string& seed = "7") {
  return parse_policy("review: {seed: " + seed + ", sampling: " + rules + "}").value();
}

const AssignSecondReview kSecond{ReviewId{"r1"}, AgentId{"qa2"}};
const CalibrateReview kCalibrate{ReviewId{"r2"}, {}, {"we read the chat together"}};

/// By a card of two items: first 10 and 5, then 8 and 5.
Given a_review_scored_twice() {
  auto story = a_review_by_card();
  score_speed(story, item("speed", 5));
  story.and_given(kSecond).as(agent("qa2", "qa"));
  ScoreReview again{ReviewId{"r2"}, {"default", 1}, {item("greeting", 8), item("speed", 5)}, {}};
  again.pii.improvement_points = {"say the name", "call back at once"};
  story.and_given(again);
  return story;
}

TEST(Calibration, ASecondReviewerLooksAtTheSameMomentByTheSameCard) {
  auto story = a_review_by_card();
  const auto first = story.last_of<ReviewAssigned>();
  story.under(with_card("{id: tone, max: 10}")).after(std::chrono::hours{1});
  story.when(kSecond).then({"review.assigned"}).when(kSecond).then_nothing();
  const auto second = story.last_of<ReviewAssigned>();
  EXPECT_EQ(second.review_id, ReviewId{"r2"});
  EXPECT_EQ(second.calibrates, first.review_id);
  EXPECT_EQ(second.agent_id, first.agent_id);
  EXPECT_EQ(second.as_of_seq, first.as_of_seq);
  EXPECT_EQ(second.card.value().items.size(), 2U);
}

TEST(Calibration, ASecondReviewIsAnotherReviewersOfAFirstOne) {
  auto story = a_review_by_card();
  story.when(AssignSecondReview{ReviewId{"r9"}, AgentId{"qa2"}}).then_refused("review_unknown");
  for (const auto* known : {"qa1", "li.wei"})
    story.when(AssignSecondReview{ReviewId{"r1"}, AgentId{known}}).then_refused("conflict_of_interest");
  story.and_given(kSecond);
  story.when(AssignSecondReview{ReviewId{"r2"}, AgentId{"qa3"}}).then_refused("second_review");
  a_triaged_case().when(kSecond).then_refused("no_assignee");
  auto drawn = a_closed_case(sampling("[{group: all, percent: 100}]"));
  drawn.when(kSecond).then_refused("review_unassigned");
}

TEST(Calibration, TellsWhatTheTwoSawDifferentlyAndTheFirstScoreStandsUnlessAnotherIsSettled) {
  auto story = a_review_scored_twice();
  story.when(kCalibrate).then({"review.calibrated"});
  const auto told = story.last_of<ReviewCalibrated>();
  ASSERT_EQ(told.differences.size(), 1U);
  EXPECT_EQ(told.differences[0].item, "greeting");
  EXPECT_EQ(told.differences[0].first, 10);
  EXPECT_EQ(told.differences[0].second, 8);
  EXPECT_EQ(told.differences[0].settled, 10);
  EXPECT_EQ(told.spread_permille, 100);
  EXPECT_FALSE(told.items || told.total_permille);
  story.when(kCalibrate).then_refused("already_calibrated");
}

TEST(Calibration, SettlesAWholeCardWithWhatIsToBeDoneBetter) {
  auto story = a_review_scored_twice();
  auto command = kCalibrate;
  command.items = {item("greeting", 9)};
  story.when(command).then_refused("items_missing");
  command.items = {item("greeting", 9), item("speed", 0, false)};
  story.when(command).then_refused("improvement_point_missing");
  command.pii.by_item = {{{"greeting", "say the name"}}};
  story.when(command).then({"review.calibrated"});
  EXPECT_EQ(story.last_of<ReviewCalibrated>().total_permille, 900);
  EXPECT_EQ(story.last_of<ReviewCalibrated>().differences[0].settled, 9);
  EXPECT_EQ(story.state().reviews[0].items[0].score, 9);
}

TEST(Calibration, NeedsTwoScoresReasonsAndSomebodyElseThanTheFirstReviewerAndTheAgent) {
  auto story = a_review_by_card();
  score_speed(story, item("speed", 5));
  story.when(kCalibrate).then_refused("review_unknown");
  story.when(CalibrateReview{ReviewId{"r1"}, {}, {"alone"}}).then_refused("no_second_review");
  story.and_given(kSecond).when(kCalibrate).then_refused("not_scored");
  auto twice = a_review_scored_twice();
  twice.when(CalibrateReview{ReviewId{"r2"}, {}, {}}).then_refused("reason_required");
  for (const auto* party : {"qa1", "li.wei"})
    twice.as(agent(party, "qa")).when(kCalibrate).then_refused("conflict_of_interest");
  twice.under(parse_policy("roles: {lead: [boss], reviewer: [qa]}").value());
  twice.as(agent("qa3", "qa")).when(kCalibrate).then_refused("not_authorized");
}

TEST(Calibration, WaitsForNoDisputeAndChangesNoneThatTheAgentBegan) {
  auto story = a_review_scored_twice();
  story.as(agent("li.wei", "cs")).when(DisputeReview{ReviewId{"r2"}, {"no"}}).then_refused("second_review");
  story.and_given(kDispute).as(agent("qa2", "qa")).when(kCalibrate).then_refused("review_disputed");
  story.as(agent("qa3", "qa"))
      .and_given(decide_it(DisputeOutcome::confirmed))
      .when(kCalibrate)
      .then_refused("review_disputed");
}

TEST(Recognition, IsGivenToSomebodyElseWithReasons) {
  auto story = a_scored_review();
  const GiveRecognition thanks{AgentId{"li.wei"}, ReviewId{"r1"}, {"patient to the end"}};
  story.when(thanks).then_refused("conflict_of_interest");
  story.as(agent("qa1", "qa")).when(thanks).then({"review.recognition.given"});
  story.when(GiveRecognition{AgentId{"li.wei"}, {}, {}}).then_refused("reason_required");
  story.when(GiveRecognition{AgentId{"li.wei"}, ReviewId{"r9"}, {"patient"}}).then_refused("review_unknown");
}

TEST(Review, AnAutoFailLeavesNoPoints) {
  auto command = score(7);
  command.items[0].auto_fail = true;
  auto story = a_case_in_progress();
  story.and_given(kReview).as(agent("qa1", "qa")).and_given(command);
  EXPECT_EQ(story.last_of<ReviewScored>().total_permille, 0);
}

TEST(ReviewSample, IsDrawnByTheFirstRuleThatAClosedCaseFits) {
  const auto policy = sampling(
      "[{group: complaints, percent: 100, kinds: [complaint]}, {group: cs, percent: 100, departments: "
      "[cs]}]");
  auto story = a_resolved_case(policy);
  story.when(AcceptResolution{Channel::phone});
  story.then({"case.resolution.accepted", "case.closed", "timer.cleared", "review.sample.drawn"});
  const auto drawn = story.last_of<ReviewSampleDrawn>();
  EXPECT_EQ(drawn.sample.rule_id, "cs");
  EXPECT_EQ(drawn.agent_id, AgentId{"li.wei"});
  EXPECT_EQ(drawn.sample.sample_id, drawn.sample.period + "/cs");
}

TEST(ReviewSample, WaitsForAReviewerAndIsTheReviewThatTheyGet) {
  auto story = a_closed_case(sampling("[{group: all, percent: 100}]"));
  const ScoreReview early{ReviewId{"r1"}, {"default", 1}, {}, {}};
  story.as(system_actor()).when(early).then_refused("review_unassigned");
  story.as(agent("zhang", "cs")).when(kReview).then({"review.assigned"});
  const auto assigned = story.last_of<ReviewAssigned>();
  EXPECT_EQ(assigned.review_id, ReviewId{"r1"});
  ASSERT_TRUE(assigned.sample);
  EXPECT_EQ(assigned.sample->rule_id, "all");
  EXPECT_EQ(assigned.department_id, DepartmentId{"cs"})
      << "of who worked on it, though nobody named it again";
  story.as(agent("qa1", "qa")).when(score(7)).then({"review.scored"});
}

TEST(ReviewSample, IsNotDrawnOfACaseThatNobodyWorkedOnNorWhereTheRuleDrawsNone) {
  auto story = a_new_case(CaseKind::service_request, sampling("[{group: all, percent: 100}]"));
  story.when(WithdrawRequest{Channel::phone, {}});
  EXPECT_TRUE(story.state().reviews.empty());
  EXPECT_TRUE(a_closed_case(sampling("[{group: all, percent: 0}]")).state().reviews.empty());
}

TEST(ReviewSample, DrawsTheShareOfItsRuleAndTheSameCasesAgain) {
  const auto drawn_of = [](const std::string& seed) {
    const auto policy = sampling("[{group: all, percent: 20}]", seed);
    std::vector<int> drawn;
    for (int i = 0; i < 400; ++i) {
      Given story(policy);
      story.of("case-" + std::to_string(i)).and_given(register_request()).and_given(classify());
      story.and_given(prioritize()).and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{});
      story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
      if (!story.state().reviews.empty()) drawn.push_back(i);
    }
    return drawn;
  };
  const auto drawn = drawn_of("7");
  EXPECT_GT(drawn.size(), 50U);
  EXPECT_LT(drawn.size(), 110U);
  EXPECT_EQ(drawn, drawn_of("7"));
  EXPECT_NE(drawn, drawn_of("8"));
}

}  // namespace
}  // namespace casetrail
