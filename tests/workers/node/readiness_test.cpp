// Whatever keeps a node from being ready is named.
#include "workers/node/readiness.h"

#include <gmock/gmock.h>

#include "workers/api/reason_texts.h"

namespace casetrail::node {
namespace {

/// What is told of them.
std::vector<std::string> said(std::vector<log::Reason> reasons) {
  std::vector<std::string> sentences;
  for (auto& row : api::rows_of(std::move(reasons))) sentences.push_back(std::move(row.en));
  return sentences;
}

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Readiness, NothingIsMissingWhileAllAssignedPartitionsRun) {
  const std::vector<command::PartitionStatus> running{{0, command::PartitionPhase::running, "", 7}};
  EXPECT_THAT(missing_of(running), IsEmpty());
}

TEST(Readiness, EveryPartitionThatIsLostStoppedOrWaitsIsNamed) {
  const std::vector<command::PartitionStatus> partitions{
      {0, command::PartitionPhase::running, "", 7},
      {1, command::PartitionPhase::lost, "Another writer has it.", 7},
      {2, command::PartitionPhase::stopped, "Upgrade this binary.", 7},
      {3, command::PartitionPhase::taking_over, "It waits.", -1}};
  EXPECT_THAT(said(missing_of(partitions)),
              ElementsAre("Command partition 1 is lost: Another writer has it.",
                          "Command partition 2 is stopped: Upgrade this binary.",
                          "Command partition 3 is taking_over: It waits."));
}

TEST(Readiness, AClockThatIsNotFollowedIsNamedWithTheRemedy) {
  EXPECT_FALSE(missing_of_clock(Duration{0}));
  const auto ahead = missing_of_clock(std::chrono::hours{12});
  ASSERT_TRUE(ahead);
  EXPECT_THAT(said({*ahead}),
              ElementsAre(AllOf(HasSubstr("ahead by 43200 s"), HasSubstr("Set the clock right"))));
}

TEST(Readiness, BeforeTheFirstAssignmentNobodyIsReady) {
  EXPECT_THAT(said(missing_of(std::vector<command::PartitionStatus>{})),
              ElementsAre(EndsWith("none is yet.")));
}

TEST(Readiness, AViewThatIsCutOffUnheardOrBehindIsNamed) {
  std::vector<log::PartitionLag> lags(4);
  for (log::Partition partition = 0; partition < 4; ++partition) {
    lags[static_cast<std::size_t>(partition)].group = "g";
    lags[static_cast<std::size_t>(partition)].partition = partition;
  }
  lags[0].lag = 0;
  lags[1].stopped = "It is not delivered.";
  lags[1].reason = log::ReasonCode::view_cut_off;
  lags[3].lag = 5;
  EXPECT_THAT(said(missing_of(lags, {})),
              ElementsAre("View group g, partition 1, has stopped: It is not delivered.",
                          "View group g, partition 2, has not heard from the log yet.",
                          "View group g, partition 3, is 5 records behind."));
}

TEST(Readiness, AViewThatHasTakenWhatItWasBehindIsNotMissed) {
  std::vector<log::PartitionLag> lags(1);
  lags[0].lag = 5;
  lags[0].covers_end = true;
  EXPECT_THAT(missing_of(lags, {}), IsEmpty());
}

TEST(Readiness, AViewWhoseLogFellSilentIsNamedAndItsLagIsNotGuessed) {
  std::vector<log::PartitionLag> lags(1);
  lags[0].group = "g";
  lags[0].end_age_seconds = 12;
  EXPECT_THAT(
      said(missing_of(lags, kUnderLoad)),
      ElementsAre("View group g, partition 0, has not heard from the log for 12 s; its lag is not known. "
                  "Check the brokers."));
}

TEST(Readiness, CommandsThatWaitForLongAreNamedWhereTheyAreOurs) {
  const std::vector<command::PartitionStatus> mine{{0, command::PartitionPhase::running, "", 7},
                                                   {2, command::PartitionPhase::running, "", 7}};
  std::vector<log::PartitionLag> lags(3);
  for (auto& lag : lags) {
    lag.lag = 3;
    lag.lag_seconds = 61;
  }
  lags[0].lag_seconds = 1;
  EXPECT_THAT(said(missing_of(mine, lags, kUnderLoad)),
              ElementsAre("Command partition 2 has 3 commands to take; the oldest waits for 61 s."));
}

TEST(Readiness, UnderLoadAViewMayLackWhatIsYoung) {
  std::vector<log::PartitionLag> lags(3);
  for (auto& lag : lags) {
    lag.group = "g";
    lag.lag = 900;
  }
  lags[0].lag_seconds = kUnderLoad.seconds - 1;
  lags[1].lag_seconds = kUnderLoad.seconds;
  lags[1].partition = 1;
  lags[2].partition = 2;
  EXPECT_THAT(said(missing_of(lags, kUnderLoad)),
              ElementsAre("View group g, partition 1, is 900 records behind, 5 s.",
                          "View group g, partition 2, is 900 records behind."));
}

TEST(Readiness, ABurstTakesNoNodeOutThatWorksItOffAndOneThatStandsIsNamed) {
  Pace::Clock::time_point now{};
  Pace pace([&] { return now; });
  const Allowed forgiven{kUnderLoad.commands, kUnderLoad.seconds, &pace, Late::forgiven};
  const Allowed told{kUnderLoad.commands, kUnderLoad.seconds, &pace, Late::missing};
  std::vector<log::PartitionLag> lags(1);
  lags[0].group = "g";
  lags[0].lag_seconds = 30;
  log::Offset behind = 10'000;
  const auto look = [&](const Allowed& allowed, log::Offset taken) {
    now += std::chrono::seconds(4);
    behind -= taken;
    lags[0].current_offset = 10'000 - behind;
    lags[0].lag = behind;
    return said(missing_of(lags, allowed));
  };
  EXPECT_THAT(look(forgiven, 0), IsEmpty());
  EXPECT_THAT(look(forgiven, 1'000), IsEmpty());
  EXPECT_THAT(look(told, 1'000),
              ElementsAre("View group g, partition 0, is 8000 records behind, 30 s, 20 %, about "
                          "32 s left."));
  EXPECT_THAT(look(forgiven, 0), IsEmpty());
  EXPECT_THAT(look(forgiven, 0), ElementsAre(HasSubstr("is 8000 records behind")));
  EXPECT_THAT(look(forgiven, 1), IsEmpty());
}

TEST(Readiness, ATakeOverSaysHowFarItIs) {
  std::vector<command::PartitionStatus> partitions{
      {3, command::PartitionPhase::taking_over, "It replays.", -1}};
  partitions[0].restored = 0.456;
  EXPECT_THAT(said(missing_of(partitions)),
              ElementsAre("Command partition 3 is taking_over, 46 %: It replays."));
}

TEST(Pace, IsThatOfNowAfterALongSilence) {
  Pace::Clock::time_point now{};
  Pace pace([&] { return now; });
  EXPECT_TRUE(pace.goes_on("a", 7));
  now += std::chrono::seconds(10);
  EXPECT_FALSE(pace.goes_on("a", 7));
  EXPECT_TRUE(pace.goes_on("b", 7)) << "Each part has its own.";
  EXPECT_FALSE(pace.seconds_left("a", 10));
  now += std::chrono::minutes(2);
  EXPECT_TRUE(pace.goes_on("a", 7)) << "Nobody knows what it did meanwhile.";
}

TEST(Readiness, WhatIsRebuiltIsNotMissed) {
  std::vector<log::PartitionLag> lags(1);
  lags[0].building = true;
  lags[0].lag = 1'000'000;
  EXPECT_THAT(missing_of(lags, {}), IsEmpty());
}

TEST(Readiness, ARecordThatNobodyCanReadIsToldByItsPlace) {
  std::vector<command::PartitionStatus> held{{3, command::PartitionPhase::taking_over, "It is newer.", -1}};
  held[0].waits_for = log::ReasonCode::commands_blocked;
  held[0].blocked_at = 41;
  const auto missing = missing_of(held);
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].code, log::ReasonCode::commands_blocked);
  EXPECT_EQ(missing[0].partition, 3);
  EXPECT_EQ(missing[0].offset, 41);
}

}  // namespace
}  // namespace casetrail::node
