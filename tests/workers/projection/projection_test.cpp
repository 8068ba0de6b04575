// Exactly once, whatever happens between the rows and the group's offset.
#include <gmock/gmock.h>

#include "tests/support/message_headers.h"
#include "tests/workers/projection/projection_rig.h"
#include "workers/log/partition.h"

namespace casetrail::projection {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

TEST_F(ProjectionTest, AnAnswerBeginsWithWhatItCovers) {
  happen("a", 1, 3);
  happen("d", 1, 2);
  const auto process = start();
  process->step();
  EXPECT_EQ(process->board(),
            R"({"view":"tally","version":1,"offsets":{"0":3,"1":2},"totals":{"cases":2,"events":5}})");
}

TEST_F(ProjectionTest, ABadQueryIsASentence) {
  const auto process = start();
  process->step();
  EXPECT_EQ(process->board({.filters = {{"fail", ""}}}), "Expected no filter 'fail'.");
  EXPECT_EQ(process->boards->render("nothing", {}).error().kind, BoardError::Kind::unknown_view);
}

TEST_F(ProjectionTest, AMomentBeforeTheNewestEventOfAnyPartitionIsRefused) {
  auto newest = event("d", 1);
  newest.occurred_at += std::chrono::hours(1);
  happen("a", 1, 1);
  append(newest);
  const auto process = start();
  process->step();
  const auto at = [&](Duration after) {
    return process->board({.now = kMonday + after, .now_was_asked = true});
  };
  EXPECT_NE(at(std::chrono::minutes(59)).find("newest event of the board, 2025-11-24T01:00:00"),
            std::string::npos);
  EXPECT_NE(at(std::chrono::hours(1)).find(R"("events":2)"), std::string::npos);
  EXPECT_NE(process->board({.now = kMonday}).find(R"("events":2)"), std::string::npos) << "the clock's own";
}

TEST_F(ProjectionTest, ACaseIsReadFromItsOwnPartitionAlone) {
  happen("a", 1, 3);
  const auto process = start();
  process->step();
  const auto json = process->boards->render("tally", {}, CaseId{"a"});
  ASSERT_TRUE(json);
  EXPECT_NE(json->json.find(R"("offsets":{"0":3},)"), std::string::npos);
}

TEST_F(ProjectionTest, AKillBeforeTheFlushFoldsNothingTwice) {
  happen("a", 1, 5);
  start()->step();
  copies.crash();
  happen("a", 6, 7);
  const auto again = start();
  again->step();
  EXPECT_EQ(again->progress().position.applied, 7);
  EXPECT_NE(again->board().find(R"("events":7)"), std::string::npos);
}

TEST_F(ProjectionTest, AKillGoesOnFromTheLastFlush) {
  happen("a", 1, 5);
  auto process = start();
  process->step();
  process->steps(61);
  happen("a", 6, 9);
  process->step();
  process.reset();
  copies.crash();
  const auto again = start();
  EXPECT_EQ(again->progress().position.applied, 5);
  again->step();
  EXPECT_EQ(again->progress().position.applied, 9);
}

TEST_F(ProjectionTest, TheGroupIsSetBackToWhatTheRowsHoldAfterAKill) {
  happen("a", 1, 5);
  start()->step();
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 5);
  copies.crash();
  const auto again = start();
  again->now += std::chrono::seconds(1);
  ASSERT_TRUE(again->control->step(again->now));
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 0);
  again->step();
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 5);
}

TEST_F(ProjectionTest, LagIsZeroWhenIdleBehindMarkers) {
  happen("a", 1, 2);
  log.begin_foreign(0, write_event(event("b", 1)));
  log.abort_foreign(0);
  const auto process = start();
  process->steps(2);
  const auto lag = process->boards->lag(process->now);
  ASSERT_EQ(lag.size(), 2U);
  EXPECT_EQ(lag[0].lag, 0);
  EXPECT_EQ(lag[0].lag_seconds, 0.0);
  EXPECT_EQ(group_offset("casetrail.boards.n1"), log.bounds(log::Topic::events, 0)->high);
}

TEST_F(ProjectionTest, LagIsNotHiddenByAPositionThatIsYoungerThanTheEnd) {
  const auto process = start();
  process->step();
  happen("a", 1, 10);
  process->now += std::chrono::seconds(1);
  ASSERT_TRUE(process->control->step(process->now));
  process->feed();
  happen("a", 11, 30);
  const auto lag = process->boards->lag(process->now);
  EXPECT_EQ(lag[0].lag, 10);
  EXPECT_TRUE(lag[0].covers_end);
}

TEST_F(ProjectionTest, LagThatWasMeasuredTooLongAgoIsUnknownAndSoIsTheSum) {
  const auto process = start();
  process->steps(2);
  ASSERT_EQ(process->boards->metrics(process->now)[0].lag_events, 0);
  process->now += std::chrono::seconds(11);
  EXPECT_EQ(process->boards->lag(process->now)[0].lag, std::nullopt);
  EXPECT_EQ(process->boards->metrics(process->now)[0].lag_events, std::nullopt);
  EXPECT_EQ(process->boards->metrics(process->now)[0].lag_seconds, std::nullopt);
}

TEST_F(ProjectionTest, TheGroupFollowsTheRowsWithinATenthOfASecond) {
  const auto process = start();
  process->steps(2);
  happen("a", 1, 10);
  process->feed();
  process->now += std::chrono::milliseconds(100);
  ASSERT_TRUE(process->control->step(process->now));
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 10);
}

TEST_F(ProjectionTest, LagIsUnknownBeforeTheLogWasHeardOf) {
  const auto process = start();
  const auto lag = process->boards->lag(process->now);
  EXPECT_FALSE(lag[0].lag);
  EXPECT_FALSE(lag[0].lag_seconds);
}

TEST_F(ProjectionTest, LagInSecondsIsTheAgeOfTheFirstRecordNotInTheRows) {
  const auto process = start();
  process->step();
  auto newer = write_event(event("a", 1));
  change_header(newer, "casetrail-writer", "2");
  newer.timestamp = process->now;
  append(newer);
  process->steps(10);
  const auto lag = process->boards->lag(process->now);
  EXPECT_EQ(lag[0].lag, 1);
  EXPECT_EQ(lag[0].lag_seconds, 10.0);
}

TEST_F(ProjectionTest, LagInSecondsOfARecordThatJustCameIsNotTheQuietBeforeIt) {
  happen("a", 1, 1);
  const auto process = start();
  process->steps(3'600);
  happen("a", 2, 2);
  process->now += std::chrono::seconds(1);
  ASSERT_TRUE(process->control->step(process->now));
  const auto lag = process->boards->lag(process->now);
  EXPECT_EQ(lag[0].lag, 1);
  EXPECT_LE(lag[0].lag_seconds, 2.0);
}

TEST_F(ProjectionTest, ARecordOfANewerVersionStopsItsPartitionAlone) {
  happen("a", 1, 1);
  auto newer = write_event(event("a", 2));
  change_header(newer, "casetrail-writer", "2");
  append(newer);
  happen("a", 3, 3);
  happen("d", 1, 4);
  const auto process = start();
  process->steps(3);
  EXPECT_EQ(process->progress(0).position.next, 1);
  EXPECT_NE(process->progress(0).stopped.find("Upgrade this binary"), std::string::npos);
  EXPECT_EQ(process->progress(1).position.next, 4);
  EXPECT_EQ(process->boards->problems().size(), 1U);
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 1);
}

TEST_F(ProjectionTest, AForeignRecordIsSkippedAndADamagedOneClosesTheCaseOfItsKey) {
  happen("a", 1, 1);
  append(Message{.key = "a", .value = "{}", .headers = {}, .timestamp = kMonday});
  auto damaged = write_event(event("a", 2));
  damaged.value = "{";
  append(damaged);
  happen("a", 2, 2);
  happen("b", 1, 1);
  const auto process = start();
  process->step();
  const auto position = process->progress().position;
  EXPECT_EQ(position.foreign, 1);
  EXPECT_EQ(position.damaged, 1);
  EXPECT_EQ(position.applied, 2);
  EXPECT_EQ(position.damage->ignored, 1);
  EXPECT_EQ(position.next, 5);
}

TEST_F(ProjectionTest, AGapOrARepeatClosesItsCaseAloneAndNoLaterEventOfItIsApplied) {
  happen("a", 1, 2);
  append(event("a", 2));
  append(event("a", 3));
  happen("b", 1, 1);
  append(event("b", 5));
  append(event("b", 2));
  happen("c", 1, 3);
  const auto process = start();
  process->step();
  const auto position = process->progress().position;
  EXPECT_EQ(position.repeats, 1);
  EXPECT_EQ(position.gaps, 1);
  EXPECT_EQ(position.applied, 2 + 1 + 3);
  EXPECT_EQ(position.damage->ignored, 2);
  const auto closed = process->boards->closed_cases().at(0);
  ASSERT_EQ(closed.size(), 2U);
  EXPECT_EQ(closed[0].case_id.value, "a");
  EXPECT_EQ(closed[0].why, "event 2 follows event 2");
  EXPECT_EQ(process->boards->metrics(process->now)[0].closed_cases, 2);
}

TEST_F(ProjectionTest, AnEventInAnotherPartitionThanItsCasesIsPassedOverAndToldAlsoAfterARestart) {
  happen("a", 1, 2);
  append(write_event(event("a", 1)), 1);
  auto unreadable = write_event(event("a", 3));
  unreadable.value = "{";
  append(std::move(unreadable), 1);
  happen("d", 1, 1);
  start()->step();
  const auto process = start();
  const auto position = process->progress(1).position;
  EXPECT_EQ(position.applied, 1);
  EXPECT_EQ(position.damaged, 0);
  EXPECT_EQ(position.next, 3);
  EXPECT_EQ(process->boards->metrics(process->now)[0].stray_events_total, 2);
  EXPECT_THAT(
      process->boards->strays(),
      ElementsAre(Pair(1, HasSubstr("casetrail.events/1 holds events that no reader takes, 2 of them"))));
  EXPECT_THAT(process->boards->strays().at(1),
              HasSubstr("the first at offset 0: it names case a, which belongs to partition 0"));
  EXPECT_THAT(process->boards->closed_cases(), IsEmpty());
}

TEST_F(ProjectionTest, AFirstEventOfNoCommandBeginsNoCaseAndClosesNone) {
  append(event("a", 1, -1));
  happen("a", 1, 2);
  append(event("a", 1, -1));
  const auto process = start();
  process->step();
  EXPECT_EQ(process->progress().position.applied, 2);
  EXPECT_EQ(process->boards->metrics(process->now)[0].stray_events_total, 2);
  EXPECT_THAT(process->boards->strays().at(0), HasSubstr("the first at offset 0: it is the first event"));
  EXPECT_THAT(process->boards->closed_cases(), IsEmpty());
}

TEST_F(ProjectionTest, AClosedCaseStaysClosedAfterARestartAndIsTheSameAfterARebuild) {
  happen("a", 1, 2);
  append(event("a", 1));
  start()->step();
  append(event("a", 3));
  const auto again = start();
  again->step();
  EXPECT_EQ(again->progress().position.applied, 2);
  EXPECT_EQ(again->boards->closed_cases().at(0).size(), 1U);
  const auto before = copies.rows(1);
  ASSERT_TRUE(again->boards->rebuild("tally"));
  again->steps(12);
  EXPECT_EQ(again->stage(), RebuildStage::switched);
  EXPECT_EQ(copies.rows(2), before);
}

TEST_F(ProjectionTest, HoweverManyCasesAreClosedEachOneIsToldAlsoAfterARestart) {
  for (int i = 0; i < 50; ++i) append(event("case-" + std::to_string(i), 2));
  happen("sound", 1, 1);
  const auto closed = [](const ProjectionProcess& process) {
    const auto cases = process.boards->closed_cases();
    return cases.at(0).size() + cases.at(1).size();
  };
  const auto first = start();
  first->step();
  EXPECT_EQ(closed(*first), 50U);
  const auto again = start();
  EXPECT_EQ(closed(*again), 50U);
}

TEST_F(ProjectionTest, AClosedCaseIsToldOnceToWhoAsksForWhatIsNew) {
  append(event("a", 2));
  const auto process = start();
  process->step();
  EXPECT_THAT(process->boards->take_newly_closed(), ElementsAre(Pair(0, SizeIs(1))));
  EXPECT_THAT(process->boards->take_newly_closed(), IsEmpty());
  append(event("b", 2));
  process->step();
  EXPECT_EQ(process->boards->take_newly_closed().at(0).at(0).case_id.value, "b");
  EXPECT_THAT(start()->boards->take_newly_closed(), ElementsAre(Pair(0, SizeIs(2))));
}

TEST_F(ProjectionTest, ARecordThatStopsAPartitionIsPassedOverOnceItIsQuarantined) {
  happen("a", 1, 1);
  auto newer = write_event(event("x", 1));
  change_header(newer, "casetrail-writer", "2");
  append(newer);
  happen("a", 2, 3);
  const auto process = start();
  process->steps(3);
  ASSERT_EQ(process->progress().position.next, 1);
  ASSERT_TRUE(
      log::append_and_wait(log, log::Topic::policy, 0, write_quarantine({0, 1, "a trial", process->now})));
  process->steps(4);
  EXPECT_TRUE(process->boards->problems().empty());
  EXPECT_EQ(process->progress().position.applied, 3);
  EXPECT_EQ(process->progress().position.damage->quarantined, 1);
  const auto before = copies.rows(1);
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(12);
  EXPECT_EQ(process->stage(), RebuildStage::switched);
  EXPECT_EQ(copies.rows(2), before);
}

TEST_F(ProjectionTest, WhatIsQuarantinedIsPassedOverByWhoCouldReadIt) {
  happen("a", 1, 1);
  append(event("b", 1));
  happen("a", 2, 2);
  ASSERT_TRUE(log::append_and_wait(log, log::Topic::policy, 0, write_quarantine({0, 1, "a trial", kMonday})));
  const auto process = start();
  process->step();
  EXPECT_EQ(process->progress().position.applied, 2);
  EXPECT_EQ(process->progress().position.next, 3);
}

TEST_F(ProjectionTest, AFailingStoreStopsItsPartitionWithTheReason) {
  const auto process = start();
  process->step();
  copies.at(1, 0).store.fail(storage::StoreError{"The disk is full. Make room and start again."});
  happen("a", 1, 1);
  happen("d", 1, 1);
  process->steps(2);
  EXPECT_EQ(process->progress(0).health, PartitionHealth::broken);
  EXPECT_EQ(process->progress(1).position.next, 1);
}

TEST_F(ProjectionTest, AReaderThatFailsLosesNothing) {
  happen("a", 1, 4);
  const auto process = start();
  log.fail(MemoryLog::Call::read, log::LogFailure::unavailable);
  EXPECT_FALSE(process->workers[0]->step(process->now));
  process->step();
  EXPECT_EQ(process->progress().position.applied, 4);
}

TEST_F(ProjectionTest, APartitionThatTheLogDoesNotDeliverIsNamedAndGoesOnByItself) {
  happen("a", 1, 2);
  const auto process = start();
  process->step();
  log.fail_read(log::Topic::events, 0, log::LogFailure::unavailable);
  happen("a", 3, 4);
  happen("d", 1, 3);
  process->now += std::chrono::milliseconds(100);
  process->feed();
  process->feed();
  EXPECT_EQ(process->progress(0).position.applied, 2);
  EXPECT_EQ(process->progress(1).position.applied, 3);
  EXPECT_EQ(process->boards->problems().size(), 1U);
  process->steps(2);
  EXPECT_EQ(process->progress(0).position.applied, 4);
  EXPECT_TRUE(process->boards->problems().empty());
}

TEST_F(ProjectionTest, RecordsThatComeOneByOneAreWrittenTogetherAndSoonAfterThem) {
  happen("a", 1, 1);
  const auto process = start();
  process->look();
  EXPECT_EQ(process->progress().position.applied, 1);
  for (int seq = 2; seq <= 5; ++seq) {
    happen("a", seq, seq);
    process->look();
  }
  EXPECT_EQ(process->progress().position.applied, 1);
  process->look();
  EXPECT_EQ(process->progress().position.applied, 5) << "nothing more came";
  happen("a", 6, 6);
  process->look();
  EXPECT_EQ(process->progress().position.applied, 5);
  process->now += std::chrono::milliseconds(10);
  happen("a", 7, 7);
  process->look();
  EXPECT_EQ(process->progress().position.applied, 7) << "others come without end";
  process->now += std::chrono::milliseconds(10);
  happen("a", 8, 8);
  process->look();
  EXPECT_EQ(process->progress().position.applied, 8) << "after a pause";
}

TEST_F(ProjectionTest, StoresOfARecreatedLogAreBegunAnew) {
  happen("a", 1, 5);
  start()->step();
  log.recreate();
  happen("b", 1, 2);
  const auto again = start();
  again->step();
  EXPECT_EQ(again->progress().position.applied, 2);
  const auto warnings = again->projection->take_warnings();
  ASSERT_FALSE(warnings.empty());
  EXPECT_THAT(warnings[0], AllOf(HasSubstr("boards copy 1, partition 0: its store was discarded (other_log)"),
                                 HasSubstr("It is built anew from the log")));
  const auto discarded = again->boards->metrics(again->now)[0].discarded_stores;
  EXPECT_EQ(discarded[static_cast<std::size_t>(storage::DiscardReason::other_log)], std::ssize(warnings));
}

TEST_F(ProjectionTest, SeveralWorkersFeedEachPartitionOnce) {
  happen("a", 1, 5);
  happen("d", 1, 6);
  const auto process = start({&kTally, &kSecondTally}, 2);
  process->step();
  EXPECT_EQ(process->progress(0).position.applied, 5);
  EXPECT_EQ(process->progress(1).position.applied, 6);
  EXPECT_TRUE(process->boards->render("second", {}));
}

TEST_F(ProjectionTest, AStrangerInTheGroupIsNamed) {
  const auto process = start();
  process->step();
  const auto stranger = log.join("casetrail.boards.n1", log::Topic::events, "n2");
  log.rebalance("casetrail.boards.n1", {{"n1", {0}}, {"n2", {1}}});
  process->steps(3);
  ASSERT_EQ(process->boards->problems().size(), 1U);
  happen("d", 1, 3);
  process->step();
  EXPECT_EQ(process->progress(1).position.applied, 3);
}

TEST_F(ProjectionTest, AProcessWhoseNameAnotherOneTakesSaysThatItIsOver) {
  const auto process = start();
  process->step();
  EXPECT_FALSE(process->control->over());
  const auto other = log.join("casetrail.boards.n1", log::Topic::events, "n1");
  EXPECT_FALSE(process->control->step(process->now));
  EXPECT_TRUE(process->control->over());
}

TEST_F(ProjectionTest, ATokenIsSeenOnceAllItsEventsAreInTheRows) {
  auto last = event("a", 2, 7);
  last.ends_command = true;
  append(event("a", 1, 7));
  const auto between = start();
  between->step();
  EXPECT_EQ(between->board(),
            R"({"view":"tally","version":1,"offsets":{"0":1,"1":0},"totals":{"cases":1,"events":1}})");
  EXPECT_EQ(between->boards->sight("tally", {0, 6}), Sight::seen);
  EXPECT_EQ(between->boards->sight("tally", {0, 7}), Sight::not_yet);
  append(last);
  between->step();
  EXPECT_EQ(between->boards->sight("tally", {0, 7}), Sight::seen);
}

TEST_F(ProjectionTest, ACommandThatSomebodyMadeUpShowsNoTokenOnceAnEventHasFollowed) {
  append(event("a", 1, 7));
  append(event("b", 1, 1'000'000'000'000));
  append(event("a", 2, 8));
  const auto process = start();
  process->step();
  EXPECT_EQ(process->boards->sight("tally", {0, 7}), Sight::seen);
  EXPECT_EQ(process->boards->sight("tally", {0, 9}), Sight::not_yet);
}

TEST_F(ProjectionTest, ATokenOfALogWithoutMarksIsSeenWithTheNextCommand) {
  append(event("a", 1, 7));
  append(event("b", 1, 8));
  const auto process = start();
  process->step();
  EXPECT_EQ(process->boards->sight("tally", {0, 7}), Sight::seen);
  EXPECT_EQ(process->boards->sight("tally", {0, 8}), Sight::not_yet);
}

TEST_F(ProjectionTest, ATokenIsSeenOnceItsEventsAreInTheRows) {
  auto only = event("a", 1, 7);
  only.ends_command = true;
  append(only);
  const auto process = start();
  EXPECT_EQ(process->boards->sight("tally", {0, 7}), Sight::not_yet);
  process->step();
  EXPECT_EQ(process->boards->sight("tally", {0, 7}), Sight::seen);
  EXPECT_EQ(process->boards->sight("tally", {0, 8}), Sight::not_yet);
  EXPECT_EQ(process->boards->sight("tally", {9, 0}), Sight::no_such);
  EXPECT_NE(process->boards->behind("tally", {0, 8}).find("at command 7"), std::string::npos);
}

TEST_F(ProjectionTest, AClockThatIsSetBackHoldsNoOffsetUp) {
  const auto process = start();
  process->now += std::chrono::hours(30);
  process->steps(3);
  process->now -= std::chrono::hours(30);
  happen("a", 1, 4);
  process->step();
  EXPECT_EQ(group_offset("casetrail.boards.n1"), 4);
  EXPECT_EQ(process->boards->lag(process->now)[0].log_end_offset, 4);
}

TEST_F(ProjectionTest, ACommandWithoutEventsIsSeenOnceItWasHandled) {
  const auto process = start();
  process->step();
  EXPECT_EQ(process->boards->sight("tally", {0, 4}), Sight::not_yet);
  const auto commands = log.join(std::string(log::kCommandGroup), log::Topic::commands, "n1");
  const auto change = (*commands)->poll(Duration{0});
  (*commands)->acknowledge(**change);
  const std::vector<log::Membership::Position> handled{{0, 5}};
  ASSERT_TRUE((*commands)->commit(handled));
  process->steps(2);
  EXPECT_EQ(process->boards->sight("tally", {0, 4}), Sight::seen);
  EXPECT_EQ(process->boards->sight("tally", {0, 5}), Sight::not_yet);
}

TEST(ReadToken, IsAPartitionAndAnOffset) {
  EXPECT_EQ(parse_token("3:17")->offset, 17);
  EXPECT_EQ(parse_token("3:17")->partition, 3);
  for (const auto* bad : {"", "3", "3:", ":4", "-1:4", "3:-4", "3:4x", "a:b"})
    EXPECT_FALSE(parse_token(bad)) << bad;
}

}  // namespace
}  // namespace casetrail::projection
