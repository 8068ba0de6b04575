// What the command side counts for the exporter.
#include "aggregates/case/import/commands.h"
#include "tests/workers/command/command_test.h"
#include "workers/command/save_points.h"

namespace casetrail::command {
namespace {

using testing::ElementsAre;
using testing::Pair;

/// A node that knows when the log was seen to be empty.
class FiguresTest : public CommandTest {
 protected:
  FiguresTest() {
    options_.came_after = [this](log::Partition, log::Offset) { return empty_at_; };
    node_.emplace(log_, disk_, "node-1", options_);
    run();
  }

  [[nodiscard]] std::uint64_t measured() const {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i <= log::DurationHistogram::kBounds.size(); ++i)
      all += node_->metrics().duration.count(i);
    return all;
  }

  CommandWorker::Options options_;
  std::optional<Timestamp> empty_at_ = now_;
};

TEST_F(FiguresTest, ACommandThatWasDatedBackBeforeItCameIsNotMeasured) {
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_ - std::chrono::hours{8});
  run();
  EXPECT_EQ(node_->metrics().accepted.value(), 1U);
  EXPECT_EQ(measured(), 0U);
}

TEST_F(FiguresTest, ACommandThatWaitedIsMeasured) {
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_);
  pass(std::chrono::hours{8});
  run();
  EXPECT_EQ(measured(), 1U);
  EXPECT_EQ(node_->metrics().duration.sum(), 8 * 3600);
}

TEST_F(FiguresTest, WhereNobodyKnowsWhenItCameACommandIsMeasured) {
  empty_at_.reset();
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_ - std::chrono::hours{8});
  run();
  EXPECT_EQ(measured(), 1U);
}

TEST_F(FiguresTest, FactsThatAreImportedAreNotMeasured) {
  auto import = CommandDesk::make("import:snow:1", "case-9", ImportFacts{"snow", {}});
  import.actor.kind = ActorKind::import_;
  desk_.send(CommandDesk::registration("c-1", "case-1"), now_);
  desk_.send(std::move(import), now_);
  desk_.send(CommandDesk::registration("c-2", "case-2"), now_);
  run();
  EXPECT_EQ(desk_.answers().size(), 3U);
  EXPECT_EQ(measured(), 2U);
}

TEST_F(FiguresTest, RefusalsAreCountedByTheirCode) {
  handle(CommandDesk::registration("c-1", "case-1"));
  handle(CommandDesk::registration("c-2", "case-1"));
  handle(CommandDesk::registration("c-3", "case-1"));
  handle(CommandDesk::question("c-4", "case-2"));
  EXPECT_THAT(node_->metrics().refusals.counts(),
              ElementsAre(Pair("already_registered", 2), Pair("case_unknown", 1)));
}

TEST_F(FiguresTest, ABatchThatIsAbortedAndDecidedAgainIsCountedOnce) {
  log_.fault_commit(0, MemoryLog::CommitFault::aborted);
  handle(CommandDesk::question("c-1", "case-1"));
  EXPECT_THAT(node_->metrics().refusals.counts(), ElementsAre(Pair("case_unknown", 1)));
}

TEST_F(FiguresTest, ThePolicyThatDecidesIsTold) {
  EXPECT_EQ(node_->metrics().policy_version, 0);
  EXPECT_TRUE(publish_policy(log_, "closing: {}\n"));
  pass(options_.policy_age);
  run();
  EXPECT_EQ(node_->metrics().policy_version, 1);
}

TEST_F(FiguresTest, WhatTheNewestSnapshotLacksIsTold) {
  handle(CommandDesk::registration("c-1", "case-1"));
  EXPECT_GT(node_->status().snapshot->unsaved_events, 0U);
  pass(2 * kSaveEvery);
  run();
  EXPECT_EQ(node_->status().snapshot->unsaved_events, 0U);
  EXPECT_EQ(node_->status().snapshot->kept_at, now_);
}

TEST_F(FiguresTest, ATakeOverTellsHowMuchItHasReplayed) {
  for (int i = 0; i < 2'000; ++i)
    desk_.send(CommandDesk::registration("c-" + std::to_string(i), "case-" + std::to_string(i)), now_);
  for (int i = 0; i < 20; ++i) run();
  ASSERT_EQ(node_->metrics().accepted.value(), 2'000U);
  node_.reset();
  disk_.clear();
  node_.emplace(log_, disk_, "node-1", options_);
  std::vector<double> told;
  while (node_->status().phase != PartitionPhase::running) {
    node_->step(now_);
    if (const auto restored = node_->status().restored) told.push_back(*restored);
  }
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_GT(told.size(), 3U);
  EXPECT_LT(told.front(), 0.5);
  EXPECT_EQ(told.back(), 1);
}

TEST(CountsByWord, CountsWhatIsTooMuchAsOther) {
  log::CountsByWord counts;
  for (std::size_t i = 0; i < log::CountsByWord::kMostWords + 50; ++i) counts.add(std::to_string(i));
  counts.add("0");
  EXPECT_EQ(counts.counts().size(), log::CountsByWord::kMostWords + 1);
  EXPECT_EQ(counts.counts().at("other"), 50U);
  EXPECT_EQ(counts.counts().at("0"), 2U);
}

}  // namespace
}  // namespace casetrail::command
