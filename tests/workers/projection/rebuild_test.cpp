// A rebuild ends with the same rows and a switch, or with a reason and without one.
#include <chrono>
#include <functional>
#include <future>

#include "tests/workers/projection/projection_rig.h"

namespace casetrail::projection {
namespace {

constexpr int kEnough = 12;  ///< rounds until a small rebuild is over

TEST_F(ProjectionTest, ARebuildThatIsEqualBecomesLive) {
  happen("a", 1, 5);
  happen("d", 1, 5);
  const auto process = start({&kTally, &kSecondTally}, 2);
  process->step();
  const auto before = copies.rows(1);
  ASSERT_TRUE(process->boards->rebuild("second"));
  process->steps(kEnough);
  EXPECT_EQ(process->stage(), RebuildStage::switched);
  EXPECT_EQ(copies.live().value(), 2);
  EXPECT_EQ(copies.copies().value(), std::vector<CopyNumber>{2});
  EXPECT_EQ(copies.rows(2), before);
  EXPECT_EQ(process->projection->rebuild_status()->views, (std::vector<std::string>{"tally", "second"}));
}

TEST_F(ProjectionTest, ARebuildThatMeetsDamageInTheLogEndsWithItsName) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  for (int i = 0; i < 2 * kEnough; ++i) log.fail_read(log::Topic::events, 0, log::LogFailure::refused);
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(kEnough);
  EXPECT_EQ(process->stage(), RebuildStage::failed);
  EXPECT_TRUE(process->projection->rebuild_status()->sentence.starts_with("Partition 0: "));
  EXPECT_EQ(process->projection->take_failures(),
            std::vector<std::string>{process->projection->rebuild_status()->sentence});
  EXPECT_EQ(copies.live().value(), 1);
}

TEST_F(ProjectionTest, EventsGoOnWhileARebuildRuns) {
  happen("a", 1, 5);
  const auto process = start({&kTally}, 2);
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  log::Offset covered = 0;
  for (int round = 0; round < kEnough; ++round) {
    happen("a", 6 + round, 6 + round);
    happen("d", 1 + round, 1 + round);
    process->step();
    EXPECT_GE(process->progress().position.next, covered);
    covered = process->progress().position.next;
  }
  process->step();
  EXPECT_EQ(process->stage(), RebuildStage::switched);
  EXPECT_EQ(process->progress(0).position.applied, 5 + kEnough);
  EXPECT_EQ(process->progress(1).position.applied, kEnough);
}

TEST_F(ProjectionTest, ASecondRebuildWaitsForTheFirst) {
  const auto process = start();
  const auto first = process->boards->rebuild("tally");
  ASSERT_TRUE(first);
  EXPECT_EQ(process->projection->rebuild_status()->run, first->run);
  EXPECT_EQ(process->projection->rebuild_status()->stage, RebuildStage::building);
  const auto second = process->boards->rebuild("tally");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, BoardError::Kind::conflict);
  process->steps(kEnough);
  EXPECT_TRUE(process->boards->rebuild("tally"));
}

TEST_F(ProjectionTest, ARebuildThatDiffersIsNotSwitchedTo) {
  happen("a", 1, 5);
  start()->step();
  const auto process = start({&kTallyUnlike});
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(kEnough);
  const auto status = process->projection->rebuild_status();
  EXPECT_EQ(status->stage, RebuildStage::differs);
  EXPECT_EQ(status->difference.at(1).family, "tally");
  EXPECT_EQ(status->difference.at(1).differing, 1);
  EXPECT_EQ(status->difference.at(1).first_keys, std::vector<std::string>{"0/a"});
  EXPECT_EQ(copies.live().value(), 1);
  EXPECT_EQ(copies.copies().value(), std::vector<CopyNumber>{1});
}

TEST_F(ProjectionTest, ARaisedVersionIsRebuiltBesideTheOldOneAndReported) {
  happen("a", 1, 5);
  start()->step();
  copies.at(1, 0).store.flush().value();
  const auto process = start({&kTallyRaised});
  EXPECT_NE(process->board().find(R"("version":1)"), std::string::npos);
  process->steps(kEnough);
  const auto status = process->projection->rebuild_status();
  EXPECT_EQ(status->stage, RebuildStage::switched);
  EXPECT_TRUE(status->new_version);
  EXPECT_EQ(status->difference.at(1).differing, 1);
  EXPECT_NE(process->board().find(R"("version":2)"), std::string::npos);
}

TEST_F(ProjectionTest, RowsThatCannotBeReadAreServedAsTheyAreRebuilt) {
  happen("a", 1, 5);
  start()->step();
  const auto process = start({&kTallyOtherForm});
  ASSERT_TRUE(process->control->step(process->now));
  EXPECT_NE(process->board().find(R"("version":2,"offsets":{"0":0,"1":0},"behind":5)"), std::string::npos);
  process->step();
  EXPECT_NE(process->board().find(R"("events":5)"), std::string::npos);
}

TEST_F(ProjectionTest, ARebuildHasAGroupOfItsOwnThatGoesWithIt) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->now += std::chrono::seconds(1);
  std::ignore = process->control->step(process->now);
  process->feed();
  process->now += std::chrono::seconds(1);
  std::ignore = process->control->step(process->now);
  EXPECT_EQ(group_offset("casetrail.rebuild.boards.n1.2"), 5);
  EXPECT_EQ(process->boards->lag(process->now).size(), 4U);
}

TEST_F(ProjectionTest, AKilledRebuildGoesOnWhereItsCopyStands) {
  happen("a", 1, 5);
  auto process = start();
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  std::ignore = process->control->step(process->now);
  process->feed();
  for (log::Partition partition : {0, 1}) copies.at(2, partition).store.flush().value();
  process.reset();
  copies.crash();
  process = start();
  EXPECT_EQ(process->projection->copies().building->partition(0).progress().position.applied, 5);
  process->steps(kEnough);
  EXPECT_EQ(process->stage(), RebuildStage::switched);
}

TEST_F(ProjectionTest, AKillRightAfterTheSwitchKeepsTheNewCopyAlone) {
  happen("a", 1, 5);
  auto process = start();
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  for (int round = 0; round < kEnough && process->stage() != RebuildStage::switched; ++round) {
    std::ignore = process->control->step(process->now);
    process->feed();
  }
  EXPECT_EQ(copies.copies().value(), (std::vector<CopyNumber>{1, 2}));
  process.reset();
  copies.crash();
  process = start();
  EXPECT_EQ(copies.copies().value(), std::vector<CopyNumber>{2});
  EXPECT_EQ(process->progress().position.applied, 5);
  EXPECT_FALSE(process->projection->copies().building);
}

TEST_F(ProjectionTest, APointerThatCannotBeWrittenLeavesTheOldCopyLive) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  copies.fail_pointer(storage::StoreError{"The disk is full. Make room and ask again."});
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(kEnough);
  EXPECT_EQ(process->stage(), RebuildStage::failed);
  EXPECT_EQ(copies.copies().value(), std::vector<CopyNumber>{1});
  happen("a", 6, 6);
  process->step();
  EXPECT_EQ(process->progress().position.applied, 6);
}

TEST_F(ProjectionTest, ALiveStoreThatFailsIsNoDifference) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  copies.at(1, 0).store.fail(storage::StoreError{"The disk is full. Make room and start again."});
  happen("a", 6, 6);
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(kEnough);
  EXPECT_EQ(process->stage(), RebuildStage::failed);
  EXPECT_NE(process->projection->rebuild_status()->sentence.find("disk is full"), std::string::npos);
}

TEST_F(ProjectionTest, AReaderKeepsTheCopyThatItReadsFrom) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  auto reading = process->projection->copies().live;
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(kEnough);
  EXPECT_EQ(copies.copies().value(), (std::vector<CopyNumber>{1, 2}));
  reading.reset();
  process->step();
  EXPECT_EQ(copies.copies().value(), std::vector<CopyNumber>{2});
}

TEST_F(ProjectionTest, ProgressCountsEventsAndGivesATimeLeft) {
  happen("a", 1, 400);
  const auto process = start();
  process->steps(kEnough);
  ASSERT_TRUE(process->boards->rebuild("tally"));
  std::ignore = process->control->step(process->now);
  for (int round = 0; round < kEnough; ++round) process->feed();
  process->now += std::chrono::seconds(2);
  std::ignore = process->control->step(process->now);
  const auto status = process->projection->rebuild_status();
  EXPECT_EQ(status->events_total, 400);
  EXPECT_EQ(status->events_done, 400);
  EXPECT_EQ(status->events_per_second, 200);
  EXPECT_EQ(status->seconds_left, 0);
}

TEST_F(ProjectionTest, TheCopyThatGoesLiveHasHeardOfTheEndOfTheLog) {
  happen("a", 1, 5);
  const auto process = start();
  process->step();
  ASSERT_TRUE(process->boards->rebuild("tally"));
  for (int round = 0; round < kEnough && process->stage() != RebuildStage::switched; ++round) {
    ASSERT_TRUE(process->control->step(process->now));
    process->feed();
  }
  ASSERT_EQ(process->stage(), RebuildStage::switched);
  for (const auto& row : process->boards->lag(process->now)) {
    EXPECT_EQ(row.copy, 2);
    EXPECT_TRUE(row.lag);
    EXPECT_TRUE(row.covers_end);
  }
  ASSERT_TRUE(process->control->step(process->now));
  EXPECT_EQ(process->boards->lag(process->now).at(0).lag, 0);
}

/// Calls `meanwhile` while stores are opened and removed.
class SlowCopies : public MapCopies {
 public:
  [[nodiscard]] storage::StoreHome& home(CopyNumber copy, log::Partition partition,
                                         const std::vector<std::string>& families) override {
    meanwhile();
    return MapCopies::home(copy, partition, families);
  }
  [[nodiscard]] storage::StoreResult<void> remove(CopyNumber copy) override {
    meanwhile();
    return MapCopies::remove(copy);
  }

  std::function<void()> meanwhile = [] {};
};

TEST_F(ProjectionTest, WhileTheDiskKeepsARebuildWaitingOthersAreAnswered) {
  SlowCopies slow;
  ProjectionProcess process(log, slow, {&kTally});
  process.step();
  std::vector<std::future<void>> questions;
  slow.meanwhile = [&] {
    questions.push_back(std::async(std::launch::async, [&] {
      std::ignore = process.boards->lag(process.now);
      EXPECT_TRUE(process.boards->rebuild_status("tally"));
    }));
    EXPECT_EQ(questions.back().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  };
  ASSERT_TRUE(process.boards->rebuild("tally"));
  process.steps(kEnough);
  EXPECT_EQ(process.stage(), RebuildStage::switched);
  EXPECT_EQ(questions.size(), 3U) << "two stores were opened, and a copy removed";
}

}  // namespace
}  // namespace casetrail::projection
