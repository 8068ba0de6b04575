// The quality review board: what each event makes of its rows, tabs and metrics.
#include "tests/projections/board_test.h"

#include "events/case/request.h"
#include "events/case/review.h"

namespace casetrail::review {
namespace {

using namespace std::chrono_literals;

ReviewAssigned assigned(std::string id, std::string agent, ReviewKind kind = ReviewKind::chat) {
  ReviewAssigned fact;
  fact.review_id.value = std::move(id);
  fact.kind = kind;
  fact.reviewer_id.value = "chen";
  fact.agent_id.value = std::move(agent);
  fact.department_id = DepartmentId{"cs"};
  fact.sample = SampleOrigin{"s1", "2025-W48", "normal", 7, 100};
  return fact;
}

ScoreItem item(RaterDimension dimension, std::int32_t score, std::int32_t max) {
  return {.item = "greeting", .dimension = dimension, .score = score, .max = max, .applicable = true};
}

ReviewScored scored(std::string id, std::vector<ScoreItem> items) {
  ReviewScored fact;
  fact.review_id.value = std::move(id);
  fact.scorecard.id = "qa_v1";
  fact.items = std::move(items);
  fact.total_permille = 800;
  fact.pii.improvement_points = {"先安抚客户"};
  return fact;
}

TEST(ReviewBoard, TakesForAComplaintWhatThePolicyOfThenCallsOne) {
  RequestRegistered grievance;
  grievance.kind = Code<CaseKind>::from("grievance").value();
  const auto complaint_of = [](const RequestRegistered& fact) {
    return at(board("review", EventsOf("case-1").add(fact).add(assigned("r1", "li.wei"))),
              "/rows/0/complaint");
  };
  EXPECT_EQ(complaint_of(grievance), "false");
  grievance.is_complaint = true;
  EXPECT_EQ(complaint_of(grievance), "true");
  RequestRegistered of_before;
  of_before.kind = CaseKind::complaint;
  EXPECT_EQ(complaint_of(of_before), "true");
}

TEST(ReviewBoard, ShowsAReviewThatWaitsForItsScore) {
  const auto json = board("review", EventsOf("case-1").add(assigned("r1", "li.wei")), {.now = kMonday + 1h});
  EXPECT_EQ(at(json, "/rows/0/state"), R"("assigned")");
  EXPECT_EQ(at(json, "/rows/0/waiting_ms"), std::to_string(Duration(1h).count()));
  EXPECT_EQ(at(json, "/rows/0/total_permille"), "null");
  EXPECT_EQ(at(json, "/samples/0/drawn"), "1");
  EXPECT_EQ(at(json, "/samples/0/population"), "100");
}

TEST(ReviewBoard, AddsUpThePointsThatApplied) {
  auto skipped = item(RaterDimension::empathy, 0, 5);
  skipped.applicable = false;
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei"));
  events.add(
      scored("r1", {item(RaterDimension::empathy, 3, 5), item(RaterDimension::assurance, 5, 5), skipped}));
  const auto json = board("review", events);
  EXPECT_EQ(at(json, "/metrics/iqs_permille"), "800");
  EXPECT_EQ(at(json, "/rows/0/dimensions/empathy"), "600");
  EXPECT_EQ(at(json, "/rows/0/dimensions/tangibles"), "null");
  EXPECT_EQ(at(json, "/dimensions/0/dimension"), R"("assurance")");
  EXPECT_EQ(at(json, "/departments/0/iqs_permille"), "800");
  EXPECT_EQ(at(json, "/rows/0/improvement_points/0"), R"("先安抚客户")");
}

TEST(ReviewBoard, EarnsNothingAfterAnAutoFail) {
  auto hung_up = item(RaterDimension::empathy, 5, 5);
  hung_up.auto_fail = true;
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei")).add(scored("r1", {hung_up}));
  const auto json = board("review", events);
  EXPECT_EQ(at(json, "/metrics/iqs_permille"), "0");
  EXPECT_EQ(at(json, "/totals/auto_fails"), "1");
  EXPECT_EQ(at(json, "/rows/0/auto_fail"), "true");
}

ReviewDisputeResolved decided(DisputeOutcome outcome, std::vector<ScoreItem> items = {}) {
  ReviewDisputeResolved fact;
  fact.review_id.value = "r1";
  fact.outcome = outcome;
  if (!items.empty()) {
    fact.items = std::move(items);
    fact.total_permille = 1000;
  }
  return fact;
}

TEST(ReviewBoard, ListsADisputeUntilItIsDecidedAndCountsACorrectionInPlaceOfTheScore) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei"));
  events.add(scored("r1", {item(RaterDimension::empathy, 3, 5), item(RaterDimension::assurance, 5, 5)}));
  events.add(ReviewDisputed{ReviewId{"r1"}, {"it was said"}});
  const kit::BoardQuery disputed{.now = kMonday, .filters = {{"dispute", "undecided"}}};
  const auto open = board("review", events, disputed);
  EXPECT_EQ(at(open, "/totals/disputes_open"), "1");
  EXPECT_EQ(at(open, "/totals/matching"), "1");
  EXPECT_EQ(at(open, "/metrics/iqs_permille"), "800");

  auto confirmed = events;
  const auto stands = board("review", confirmed.add(decided(DisputeOutcome::confirmed)));
  EXPECT_EQ(at(stands, "/rows/0/dispute"), R"("confirmed")");
  EXPECT_EQ(at(stands, "/metrics/iqs_permille"), "800");

  events.add(decided(DisputeOutcome::corrected, {item(RaterDimension::empathy, 5, 5)}));
  const auto corrected = board("review", events);
  EXPECT_EQ(at(corrected, "/totals/disputes_open"), "0");
  EXPECT_EQ(at(corrected, "/rows/0/dispute"), R"("corrected")");
  EXPECT_EQ(at(corrected, "/rows/0/total_permille"), "1000");
  EXPECT_EQ(at(corrected, "/metrics/iqs_permille"), "1000");
  EXPECT_EQ(at(corrected, "/totals/applicable"), "5");
  EXPECT_EQ(at(corrected, "/agents/0/reviews"), "1");
  EXPECT_EQ(at(corrected, "/agents/0/iqs_permille"), "1000");
}

TEST(ReviewBoard, ASecondReviewIsComparedAndCountsForNobodyUntilTheTwoAreCalibrated) {
  auto again = assigned("r2", "li.wei");
  again.calibrates = ReviewId{"r1"};
  again.sample.reset();
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei")).add(again);
  events.add(scored("r1", {item(RaterDimension::empathy, 3, 5), item(RaterDimension::assurance, 5, 5)}));
  events.add(scored("r2", {item(RaterDimension::empathy, 5, 5), item(RaterDimension::assurance, 5, 5)}));
  const kit::BoardQuery to_settle{.now = kMonday, .filters = {{"state", "compared"}}};
  const auto open = board("review", events, to_settle);
  EXPECT_EQ(at(open, "/totals/compared"), "1");
  EXPECT_EQ(at(open, "/rows/0/calibrates"), R"("r1")");
  EXPECT_EQ(at(open, "/rows/0/waiting_ms"), "null");
  EXPECT_EQ(at(open, "/totals/scored"), "1");
  EXPECT_EQ(at(open, "/metrics/iqs_permille"), "800");
  EXPECT_EQ(at(open, "/metrics/agreement_permille"), "null");
  EXPECT_EQ(at(open, "/agents/0/reviews"), "1");
  EXPECT_EQ(at(open, "/totals/improvement_points"), "1");

  ReviewCalibrated settled{ReviewId{"r2"}, ReviewId{"r1"}, {{"greeting", 3, 5, 4}}, 200, {}, {},
                           {"read again"}};
  settled.items = {item(RaterDimension::empathy, 4, 5), item(RaterDimension::assurance, 5, 5)};
  settled.total_permille = 900;
  const auto json = board("review", events.add(settled).add(settled));
  EXPECT_EQ(at(json, "/totals/calibrated"), "1");
  EXPECT_EQ(at(json, "/totals/compared"), "0");
  EXPECT_EQ(at(json, "/totals/items_compared"), "2");
  EXPECT_EQ(at(json, "/metrics/agreement_permille"), "500");
  EXPECT_EQ(at(json, "/metrics/iqs_permille"), "900");
  EXPECT_EQ(at(json, "/agents/0/iqs_permille"), "900");
  EXPECT_EQ(at(json, "/rows/0/total_permille"), "900");
  EXPECT_EQ(at(json, "/rows/1/spread_permille"), "200");
}

TEST(ReviewBoard, CountsByDaysAndACorrectionWhereTheScoreWasGiven) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei"));
  events.after(1h).add(
      scored("r1", {item(RaterDimension::empathy, 3, 5), item(RaterDimension::assurance, 5, 5)}));
  events.after(24h).add(ReviewDisputed{ReviewId{"r1"}, {"it was said"}});
  events.add(decided(DisputeOutcome::corrected, {item(RaterDimension::empathy, 5, 5)}));
  const auto of = [&](kit::FilterValues filters) {
    filters.emplace("count_by", "day");
    return board("review", events, {.now = kMonday + 25h, .filters = std::move(filters)});
  };
  const auto all = of({});
  EXPECT_EQ(at(all, "/periods/1/assigned"), "1");
  EXPECT_EQ(at(all, "/periods/1/reviews"), "1");
  EXPECT_EQ(at(all, "/periods/1/iqs_permille"), "1000");
  EXPECT_EQ(at(all, "/periods/1/applicable"), "5");
  EXPECT_EQ(at(all, "/periods/0/disputed"), "1");
  EXPECT_EQ(at(all, "/periods/0/corrected"), "1");
  EXPECT_EQ(at(of({{"department", "cs"}}), "/periods/1/reviews"), "1");
  EXPECT_EQ(at(of({{"department", "tech"}}), "/periods/1/reviews"), "0");
  EXPECT_EQ(at(board("review", events), "/periods"), "[]");
}

TEST(ReviewBoard, CountsHowOftenAnAgentWasThanked) {
  auto events = EventsOf("case-1").add(RecognitionGiven{AgentId{"li.wei"}, {}, {"patient"}});
  const auto json = board("review", events);
  EXPECT_EQ(at(json, "/agents/0/recognitions"), "1");
  EXPECT_EQ(at(json, "/agents/0/iqs_permille"), "null");
}

TEST(ReviewBoard, NamesThePointsToImproveByTheirItem) {
  auto fact = scored("r1", {item(RaterDimension::empathy, 3, 5)});
  fact.pii.improvement_points.clear();
  fact.pii.by_item = {{{"greeting", "call 13812341111 back"}}};
  const auto json = board("review", EventsOf("case-1").add(assigned("r1", "li.wei")).add(fact));
  EXPECT_EQ(at(json, "/rows/0/improvement_points/0"), R"("greeting: call 138****1111 back")");
  EXPECT_EQ(at(json, "/totals/improvement_points"), "1");
}

TEST(ReviewBoard, ACorrectionBringsItsOwnPointsToImprove) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei"));
  events.add(scored("r1", {item(RaterDimension::empathy, 3, 5)}));
  auto corrected = decided(DisputeOutcome::corrected, {item(RaterDimension::empathy, 4, 5)});
  EXPECT_EQ(at(board("review", EventsOf(events).add(corrected)), "/rows/0/improvement_points/0"),
            R"("先安抚客户")");
  corrected.pii.by_item = {{{"greeting", "say the name"}}};
  const auto json = board("review", EventsOf(events).add(corrected));
  EXPECT_EQ(at(json, "/rows/0/improvement_points"), R"(["greeting: say the name"])");
  EXPECT_EQ(at(json, "/totals/improvement_points"), "1");
  corrected.pii.by_item->clear();
  EXPECT_EQ(at(board("review", EventsOf(events).add(corrected)), "/totals/improvement_points"), "0");
}

TEST(ReviewBoard, TellsWhichMomentOfTheCaseIsLookedAt) {
  auto later = assigned("r1", "li.wei");
  EXPECT_EQ(at(board("review", EventsOf("case-1").add(later)), "/rows/0/as_of_seq"), "1");
  later.as_of_seq = 7;
  EXPECT_EQ(at(board("review", EventsOf("case-1").add(later)), "/rows/0/as_of_seq"), "7");
}

TEST(ReviewBoard, SpreadsTheScoresOfAgents) {
  EventsOf events("case-1");
  for (std::int32_t i = 1; i <= 10; ++i) {
    const auto id = "r" + std::to_string(i);
    events.add(assigned(id, "agent" + id)).add(scored(id, {item(RaterDimension::empathy, i, 10)}));
  }
  const auto json = board("review", events);
  EXPECT_EQ(at(json, "/metrics/agents_p10_permille"), "100");
  EXPECT_EQ(at(json, "/metrics/agents_p90_permille"), "900");
  EXPECT_EQ(at(json, "/metrics/agents_spread_permille"), "800");
}

TEST(ReviewBoard, CountsTheSamePointOfTheSameAgentAsARepeat) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei")).add(assigned("r2", "li.wei"));
  events.add(assigned("r3", "zhang")).add(scored("r1", {})).add(scored("r2", {})).add(scored("r3", {}));
  EXPECT_EQ(at(board("review", events), "/metrics/repeated_improvement_points"), "1");
}

TEST(ReviewBoard, TellsMysteryVisitsFromTheRest) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei", ReviewKind::mystery));
  events.add(assigned("r2", "li.wei")).add(scored("r1", {item(RaterDimension::empathy, 1, 2)}));
  events.add(scored("r2", {item(RaterDimension::empathy, 2, 2)}));
  const auto json = board("review", events);
  EXPECT_EQ(at(json, "/metrics/mystery_iqs_permille"), "500");
  EXPECT_EQ(at(json, "/metrics/normal_iqs_permille"), "1000");
}

TEST(ReviewBoard, AsksForTheScoreInTheWeekOfTheAssignment) {
  const auto in_week = [](Duration later) {
    auto events = EventsOf("case-1").add(assigned("r1", "li.wei")).after(later).add(scored("r1", {}));
    return at(board("review", events), "/metrics/scored_in_week_permille");
  };
  EXPECT_EQ(in_week(7 * 24h - 1ms), "1000");
  EXPECT_EQ(in_week(7 * 24h), "0");
}

TEST(ReviewBoard, FiltersByScore) {
  auto events = EventsOf("case-1").add(assigned("r1", "li.wei")).add(scored("r1", {}));
  const auto below = [&](std::string score) {
    return at(board("review", events, {.now = kMonday, .filters = {{"score_below", std::move(score)}}}),
              "/totals/matching");
  };
  EXPECT_EQ(below("800"), "0");
  EXPECT_EQ(below("801"), "1");
}

TEST(ReviewBoard, TwoDimensionsLeaveReviewsWithEither) {
  const auto events = EventsOf("case-1")
                          .add(assigned("r1", "li.wei"))
                          .add(scored("r1", {item(RaterDimension::empathy, 3, 5)}));
  const auto matching = [&](kit::FilterValues filters) {
    return at(board("review", events, {.now = kMonday, .filters = std::move(filters)}), "/totals/matching");
  };
  EXPECT_EQ(matching({{"dimension", "empathy"}}), "1");
  EXPECT_EQ(matching({{"dimension", "assurance"}}), "0");
  EXPECT_EQ(matching({{"dimension", "assurance"}, {"dimension", "empathy"}}), "1");
}

}  // namespace
}  // namespace casetrail::review
