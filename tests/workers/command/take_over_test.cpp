// The interleavings that would lose or double an event.
#include "events/wire/quarantine.h"
#include "tests/support/message_headers.h"
#include "tests/workers/command/command_test.h"
#include "workers/command/case_rows.h"
#include "workers/log/partition.h"

namespace casetrail::command {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using Fault = MemoryLog::CommitFault;

class TakeOverTest : public CommandTest {
 protected:
  TakeOverTest() {
    handle(CommandDesk::registration("c-1", "case-1"));
    events_ = desk_.events().size();
  }

  /// One more command led to exactly one event and one outcome.
  void expect_one_more(const std::string& answer = "accepted") {
    EXPECT_EQ(desk_.events().size(), events_ + 1);
    EXPECT_THAT(desk_.answers(), ElementsAre("accepted", answer));
  }

  /// The rows of `log` but for where they came from.
  static MapStore::Rows rows(const NodeDisk& disk) {
    auto rows = disk.at(0).store.rows();
    std::erase_if(rows, [](const auto& row) { return row.first.first == storage::kMetaFamily; });
    return rows;
  }

  CaseEvent forged_next_of_case_1() const {
    auto event = desk_.events().back();
    ++event.seq;
    return event;
  }

  std::size_t damaged_cases() const { return node_->status().damaged->size(); }

  std::uint64_t fallbacks(storage::DiscardReason reason) const {
    return node_->metrics().snapshot_fallbacks[static_cast<std::size_t>(reason)].value();
  }

  std::size_t events_ = 0;
};

TEST_F(TakeOverTest, AConfirmedAbortDecidesTheSameBatchAgain) {
  log_.fault_commit(0, Fault::aborted);
  log_.fault_commit(0, Fault::aborted);
  handle(CommandDesk::question("c-2", "case-1"));
  expect_one_more();
  EXPECT_EQ(node_->metrics().aborts.value(), 2U);
  EXPECT_EQ(node_->metrics().take_overs.value(), 1U);
}

TEST_F(TakeOverTest, ABatchThatIsDecidedAgainKeepsItsTimes) {
  desk_.send(CommandDesk::answer("c-2", "case-1"), now_ + std::chrono::minutes{1});
  desk_.send(CommandDesk::registration("c-3", "case-2"), now_ + std::chrono::hours{48});
  pass(std::chrono::hours{49});
  log_.fault_commit(0, Fault::aborted);
  run();
  EXPECT_THAT(desk_.event_types(), testing::Contains("sla.target.met"));
}

class LostAnswer : public TakeOverTest, public testing::WithParamInterface<Fault> {};

TEST_P(LostAnswer, TakesOverAnewAndOnlyTheLogKnows) {
  log_.fault_commit(0, GetParam());
  handle(CommandDesk::question("c-2", "case-1"));
  expect_one_more();
  EXPECT_EQ(node_->metrics().take_overs.value(), 2U);
}

INSTANTIATE_TEST_SUITE_P(BothWays, LostAnswer,
                         testing::Values(Fault::unknown_committed, Fault::unknown_committing,
                                         Fault::unknown_open));

TEST_F(TakeOverTest, WhoIsFencedDropsThePartitionAndNeverFencesBack) {
  log_.fault_commit(0, Fault::fenced);
  desk_.send(CommandDesk::question("c-2", "case-1"), now_);
  for (int steps = 0; steps < 12; ++steps) node_->work(now_);
  EXPECT_EQ(node_->status().phase, PartitionPhase::lost);
  EXPECT_EQ(node_->metrics().take_overs.value(), 1U);
  EXPECT_EQ(desk_.events().size(), events_);
}

TEST_F(TakeOverTest, WhatWasLostBehindTheGroupsBackIsTakenAgainOnlyWhenTheGroupSaysSo) {
  log_.fault_commit(0, Fault::fenced);
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
  EXPECT_EQ(node_->metrics().take_overs.value(), 2U);
  expect_one_more();
}

TEST_F(TakeOverTest, WhatIsLostIsListedUntilTheGroupHasDecidedAnew) {
  NodeDisk other_disk;
  CommandNode other(log_, other_disk, "node-2");
  log_.fault_commit(0, Fault::fenced);
  desk_.send(CommandDesk::question("c-2", "case-1"), now_);
  node_->work(now_);
  ASSERT_EQ(node_->worker().status().size(), 1U);
  EXPECT_EQ(node_->worker().status().at(0).phase, PartitionPhase::lost);
  node_->worker().forget_lost();
  EXPECT_TRUE(node_->worker().status().empty());
}

TEST_F(TakeOverTest, WhatIsAssignedIsListedBeforeTheWorkerHasSeenIt) {
  node_->worker().release(0);
  node_->work(now_);
  ASSERT_TRUE(node_->worker().status().empty());
  node_->worker().assign(0);
  ASSERT_EQ(node_->worker().status().size(), 1U);
  EXPECT_EQ(node_->worker().status().at(0).phase, PartitionPhase::taking_over);
}

TEST_F(TakeOverTest, AProcessWhoseNameAnotherOneTakesDropsItsPartitionsAndSaysThatItIsOver) {
  NodeDisk other_disk;
  CommandNode other(log_, other_disk, "node-1");
  run();
  EXPECT_FALSE(node_->worker().holds(0));
  ASSERT_TRUE(node_->over());
  EXPECT_THAT(*node_->over(), HasSubstr("Another process"));
  other.run(now_);
  EXPECT_EQ(other.status().phase, PartitionPhase::running);
  EXPECT_FALSE(other.over());
}

TEST_F(TakeOverTest, AZombieThatWakesWithATimerOnlyBatchWritesNothing) {
  NodeDisk other_disk;
  CommandNode other(log_, other_disk, "node-2");
  log_.expel(std::string(log::kCommandGroup), "node-1");
  log_.rebalance(std::string(log::kCommandGroup), {{"node-2", {0}}});
  other.run(now_);
  ASSERT_EQ(other.status().phase, PartitionPhase::running);
  pass(std::chrono::hours{48});
  node_->work(now_);
  EXPECT_EQ(desk_.events().size(), events_);
  EXPECT_EQ(node_->status().phase, PartitionPhase::lost);
  EXPECT_EQ(node_->metrics().take_overs.value(), 1U);
  other.run(now_);
  EXPECT_GT(desk_.events().size(), events_);
}

TEST_F(TakeOverTest, AnOffsetCommittedUntilTheFenceIsTheOneThatCounts) {
  NodeDisk other_disk;
  CommandNode other(log_, other_disk, "node-2");
  other.step(now_);
  desk_.send(CommandDesk::question("c-2", "case-1"), now_);
  node_->work(now_);
  log_.rebalance(std::string(log::kCommandGroup), {{"node-2", {0}}});
  run();
  other.run(now_);
  ASSERT_EQ(other.status().phase, PartitionPhase::running);
  expect_one_more();
}

TEST_F(TakeOverTest, APartitionIsGivenBackOnlyWhenItsWorkerHasDroppedIt) {
  log_.rebalance(std::string(log::kCommandGroup), {});
  CommandControl control(node_->membership(), {&node_->worker()});
  ASSERT_TRUE(control.step(Duration{0}));
  EXPECT_TRUE(node_->worker().holds(0));
  node_->work(now_);
  EXPECT_FALSE(node_->worker().holds(0));
}

TEST_F(TakeOverTest, AForeignOpenTransactionAtTheEndIsWaitedForAndNamed) {
  kill();
  log_.begin_foreign(0, Message{"case-7", "{}", {}, now_});
  desk_.send(CommandDesk::question("c-2", "case-1"), now_);
  start();
  run();
  EXPECT_EQ(node_->status().phase, PartitionPhase::taking_over);
  EXPECT_THAT(node_->status().sentence, HasSubstr("open transaction of another producer"));
  EXPECT_THAT(node_->status().sentence, HasSubstr("find-hanging"));
  EXPECT_EQ(desk_.answers().size(), 1U);
  log_.commit_foreign(0);
  run();
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
  EXPECT_EQ(node_->metrics().foreign_events.value(), 1U);
  expect_one_more();
}

TEST_F(TakeOverTest, WhatWaitsLongSaysForWhatAndSinceWhen) {
  kill();
  log_.begin_foreign(0, Message{"case-7", "{}", {}, now_}, log::Topic::outcomes);
  start();
  run();
  const auto since = to_wire(now_);
  pass(std::chrono::minutes{1});
  run();
  EXPECT_THAT(node_->status().sentence, HasSubstr("holds casetrail.outcomes/0 at offset"));
  EXPECT_THAT(node_->status().sentence, HasSubstr("It waits since " + since));
  log_.abort_foreign(0);
  handle(CommandDesk::question("c-2", "case-1"));
  expect_one_more();
}

TEST_F(TakeOverTest, AnInputThatIsNotNamedSaysWhatHoldsIt) {
  kill();
  log_.begin_foreign(0, Message{"case-7", "{}", {}, now_});
  start();
  log_.fail(MemoryLog::Call::committed, log::LogFailure::unavailable);
  for (int steps = 0; steps < 12 && !node_->status().sentence.contains("holds"); ++steps) node_->step(now_);
  EXPECT_THAT(node_->status().sentence, HasSubstr("holds casetrail.events/0 at offset"));
  log_.abort_foreign(0);
}

TEST_F(TakeOverTest, AnInputThatOnlyATransactionCanHoldBackSaysSo) {
  kill();
  start();
  log_.fail(MemoryLog::Call::committed, log::LogFailure::unavailable);
  for (int steps = 0; steps < 12 && !node_->status().sentence.contains("holds"); ++steps) node_->step(now_);
  EXPECT_THAT(node_->status().sentence, HasSubstr("holds the group's offset of casetrail.commands/0"));
}

TEST_F(TakeOverTest, AForeignRecordIsSkippedAndCounted) {
  log::append_and_wait(log_, log::Topic::events, 0, Message{"case-1", R"({"no":"mark"})", {}, now_}).value();
  lose_disk();
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(node_->metrics().foreign_events.value(), 1U);
  expect_one_more();
}

TEST_F(TakeOverTest, WhatLiesBehindTheLastEventAndIsInTheStoreIsNotTakenTwice) {
  for (int i = 0; i < 3; ++i)
    log::append_and_wait(log_, log::Topic::events, 0, Message{"case-1", R"({"no":"mark"})", {}, now_})
        .value();
  lose_disk();
  run();
  ASSERT_EQ(node_->metrics().foreign_events.value(), 3U);
  pass(std::chrono::seconds{61});  // the store holds the position behind them
  run();
  restart();
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(node_->metrics().foreign_events.value(), 0U);
  expect_one_more();
}

TEST_F(TakeOverTest, AGapInSeqClosesThatCaseAndNoOther) {
  auto gap = desk_.events().back();
  gap.seq += 2;
  log::append_and_wait(log_, log::Topic::events, 0, write_event(gap)).value();
  lose_disk();
  handle(CommandDesk::question("c-2", "case-1"));
  handle(CommandDesk::registration("c-3", "case-2"));
  EXPECT_THAT(desk_.answers(), ElementsAre("accepted", "case_damaged", "accepted"));
  EXPECT_EQ(damaged_cases(), 1U);
  pass(std::chrono::seconds{61});  // the store holds what closed the case, and nothing is replayed
  run();
  restart();
  EXPECT_EQ(damaged_cases(), 1U);
  handle(CommandDesk::question("c-4", "case-1"));
  EXPECT_EQ(desk_.answers().back(), "case_damaged");
}

class TakeOverOfTwo : public CommandTest {
 protected:
  TakeOverOfTwo() : CommandTest(2) { handle(CommandDesk::registration("c-1", "case-1")); }
};

TEST_F(TakeOverOfTwo, AnEventInAnotherPartitionThanItsCasesIsPassedOver) {
  const auto home = log::partition_of("case-1", 2);
  auto stray = desk_.events(home).back();
  for (const auto seq : {stray.seq + 1, std::int64_t{1}}) {
    stray.seq = seq;
    log::append_and_wait(log_, log::Topic::events, 1 - home, write_event(stray)).value();
  }
  lose_disk();
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(desk_.answers(home).back(), "accepted");
  EXPECT_EQ(node_->metrics().replayed_events.value(), desk_.events(home).size() - 1);
  for (const auto& status : node_->worker().status())
    EXPECT_TRUE(status.damaged->empty()) << status.partition;
}

TEST_F(TakeOverTest, AFirstEventOfNoCommandBeginsNoCaseAndShutsNobodyOut) {
  auto forged = desk_.events().front();
  forged.case_id.value = "case-2";
  forged.seq = 1;
  forged.command_offset = -1;
  log::append_and_wait(log_, log::Topic::events, 0, write_event(forged)).value();
  lose_disk();
  handle(CommandDesk::question("c-2", "case-2"));
  handle(CommandDesk::registration("c-3", "case-2"));
  EXPECT_EQ(desk_.answers().back(), "accepted");
  lose_disk();
  handle(CommandDesk::question("c-4", "case-2"));
  EXPECT_EQ(desk_.answers().back(), "accepted");
  EXPECT_EQ(damaged_cases(), 0U);
}

TEST_F(TakeOverTest, ACaseThatReadersOfItsEventsHaveClosedIsClosedThoughTheStoreHasGotBeyondThem) {
  log::append_and_wait(log_, log::Topic::events, 0, write_event(forged_next_of_case_1())).value();
  handle(CommandDesk::registration("c-2", "case-2"));
  handle(CommandDesk::question("c-3", "case-1"));
  const CommandWorker::ClosedCases closed{{0, {{CaseId{"case-1"}, "event 2 follows event 2"}}}};
  for (const auto* id : {"c-4", "c-5"}) {
    node_->worker().tell_closed(closed);
    handle(CommandDesk::question(id, "case-1"));
    EXPECT_EQ(desk_.answers().back(), "case_damaged");
    EXPECT_EQ(damaged_cases(), 1U);
    handle(CommandDesk::question("to-2-" + std::string(id), "case-2"));
    EXPECT_EQ(desk_.answers().back(), "accepted");
    restart();  // the store is as it was before it was told
  }
  lose_disk();
  EXPECT_EQ(damaged_cases(), 1U);
}

TEST_F(TakeOverTest, WhatReadersHaveClosedIsToldOnceHoweverOftenThePartitionIsTakenOver) {
  handle(CommandDesk::registration("c-2", "case-2"));
  kill();
  start();
  node_->worker().tell_closed({{0, {{CaseId{"case-1"}, "a trial"}}}});  // it is not running yet
  run();
  EXPECT_EQ(damaged_cases(), 1U);
  node_->worker().tell_closed({{0, {{CaseId{"case-2"}, "a trial"}}}});
  disk_.at(0).store.tear();
  handle(CommandDesk::registration("c-3", "case-3"));
  EXPECT_EQ(fallbacks(storage::DiscardReason::corrupt), 1U);
  EXPECT_EQ(damaged_cases(), 2U);
}

TEST_F(TakeOverTest, WhatIsClosedIsListedAnewOnlyWhenItHasChanged) {
  node_->worker().tell_closed({{0, {{CaseId{"case-1"}, "a trial"}}}});
  run();
  const auto listed = node_->status().damaged;
  handle(CommandDesk::registration("c-2", "case-2"));
  EXPECT_EQ(node_->status().damaged, listed) << "the same list, and no copy";
  node_->worker().tell_closed({{0, {{CaseId{"case-2"}, "a trial"}}}});
  run();
  EXPECT_EQ(listed->size(), 1U);
  EXPECT_EQ(damaged_cases(), 2U);
}

TEST_F(TakeOverTest, WaitsAtARecordOfANewerVersionUntilThatIsQuarantinedAndNeverStopsThereAgain) {
  auto newer = write_event(desk_.events().back());
  change_header(newer, "casetrail-writer", "2");
  const auto offset = log::append_and_wait(log_, log::Topic::events, 0, newer).value();
  lose_disk();
  EXPECT_EQ(node_->status().phase, PartitionPhase::taking_over);
  EXPECT_THAT(node_->status().sentence,
              AllOf(HasSubstr("Upgrade this binary"),
                    HasSubstr("casetrail events quarantine 0 " + std::to_string(offset))));
  log::append_and_wait(log_, log::Topic::policy, 0, write_quarantine({0, offset, "a trial", now_})).value();
  pass(std::chrono::seconds{2});
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
  expect_one_more();
  lose_disk();
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
  EXPECT_EQ(damaged_cases(), 0U);
}

TEST_F(TakeOverTest, AStoreAheadOfItsLogIsRebuilt) {
  node_.reset();
  MemoryLog shorter(1);
  CommandDesk desk(shorter);
  CommandNode node(shorter, disk_);
  node.run(now_);
  EXPECT_EQ(node.metrics()
                .snapshot_fallbacks[static_cast<std::size_t>(storage::DiscardReason::ahead_of_log)]
                .value(),
            1U);
  desk.send(CommandDesk::question("c-9", "case-1"), now_);
  node.run(now_);
  EXPECT_NE(desk.answers().at(0), "accepted");
}

TEST_F(TakeOverTest, AStoreWhoseLastRecordIsNotInItsLogIsRebuilt) {
  node_.reset();
  MemoryLog other(1);
  CommandDesk desk(other);
  NodeDisk fresh;
  {
    CommandNode node(other, fresh);
    node.run(now_);
    desk.send(CommandDesk::registration("c-1", "case-other"), now_);
    node.run(now_);
  }
  CommandNode node(other, disk_);
  node.run(now_);
  EXPECT_EQ(
      node.metrics().snapshot_fallbacks[static_cast<std::size_t>(storage::DiscardReason::other_log)].value(),
      1U);
  EXPECT_EQ(rows(disk_), rows(fresh));
}

TEST_F(TakeOverTest, ARecreatedLogIsAnotherLog) {
  node_.reset();
  log_.recreate();
  start();
  run();
  EXPECT_EQ(fallbacks(storage::DiscardReason::other_log), 1U);
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
}

TEST_F(TakeOverTest, ADamagedRowDiscardsTheStoreAndIsRebuiltFromTheLog) {
  node_.reset();
  storage::StoreBatch damage;
  damage.put(family::kStates, "case-1", "garbage");
  ASSERT_TRUE(disk_.at(0).store.write(damage));
  start();
  run();
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(fallbacks(storage::DiscardReason::corrupt), 1U);
  expect_one_more();
}

TEST_F(TakeOverTest, AStoreThatCannotBeWrittenIsWaitedForAndNothingIsLost) {
  disk_.at(0).store.fail(storage::StoreError{"The disk is full. Make room."});
  handle(CommandDesk::question("c-2", "case-1"));
  disk_.at(0).store.fail(std::nullopt);
  run();
  expect_one_more();
  handle(CommandDesk::question("c-2", "case-1"));
  EXPECT_EQ(desk_.events().size(), events_ + 1);
}

TEST_F(TakeOverTest, AnOlderSnapshotCostsTimeAlone) {
  pass(std::chrono::seconds{61});
  run();
  EXPECT_EQ(node_->metrics().checkpoints.value(), 1U);
  handle(CommandDesk::question("c-2", "case-1"));
  const auto live = rows(disk_);
  restart();
  EXPECT_EQ(node_->metrics().replayed_events.value(), 1U);
  EXPECT_EQ(rows(disk_), live);
}

TEST_F(TakeOverTest, WithoutACommittedOffsetItGoesOnBehindTheLastCommandThatLedToEvents) {
  handle(CommandDesk::question("c-2", "case-2"));
  const auto last = handle(CommandDesk::registration("c-3", "case-2"));
  MemoryLog copy(1);
  for (const auto topic : {log::Topic::commands, log::Topic::events}) {
    for (const auto& [offset, message] : desk_.all(topic))
      log::append_and_wait(copy, topic, 0, message).value();
  }
  NodeDisk fresh;
  CommandNode node(copy, fresh);
  node.run(now_);
  EXPECT_EQ(node.status().next_command, last + 1);
  EXPECT_THAT(CommandDesk(copy).answers(), ElementsAre());
}

TEST_F(TakeOverTest, CommandsThatRetentionHasTakenStopThePartition) {
  kill();
  for (int i = 0; i < 5; ++i) desk_.send(CommandDesk::question("x-" + std::to_string(i), "case-1"), now_);
  log_.trim(log::Topic::commands, 0, 5);
  start();
  run();
  EXPECT_EQ(node_->status().phase, PartitionPhase::stopped);
  EXPECT_THAT(node_->status().sentence, HasSubstr("retention"));
}

TEST_F(TakeOverTest, AGroupAheadOfItsCommandsStopsThePartition) {
  const log::Membership::Position ahead{0, 99};
  ASSERT_TRUE(node_->membership().commit({&ahead, 1}));
  restart();
  EXPECT_EQ(node_->status().phase, PartitionPhase::stopped);
  EXPECT_THAT(node_->status().sentence, HasSubstr("99"));
}

/// A command that was refused would be accepted if it were decided now; then the group is set back.
class GroupThatGoesBack : public TakeOverTest {
 protected:
  GroupThatGoesBack() {
    handle(CommandDesk::answer("c-2", "case-2"));
    handle(CommandDesk::registration("c-3", "case-2"));
    events_ = desk_.events().size();
    answers_ = desk_.answers();
    EXPECT_NE(answers_.at(1), "accepted");
  }

  void set_back(log::Offset to) {
    const log::Membership::Position back{0, to};
    ASSERT_TRUE(node_->membership().commit({&back, 1}));
  }
  void expect_history_unchanged() const {
    EXPECT_EQ(desk_.events().size(), events_);
    EXPECT_EQ(desk_.answers(), answers_);
  }

  std::vector<std::string> answers_;
};

TEST_F(GroupThatGoesBack, DecidesNothingAgainForTheOutcomesShowHowFarItWas) {
  for (const bool with_store : {true, false}) {
    const auto next = node_->status().next_command;
    set_back(0);
    with_store ? restart() : lose_disk();
    EXPECT_EQ(node_->status().next_command, next);
    EXPECT_EQ(node_->metrics().positions_behind.value(), 1U);
    expect_history_unchanged();
  }
}

TEST_F(GroupThatGoesBack, IsToldWhereTheCommandsReallyAre) {
  const auto next = node_->status().next_command;
  set_back(0);
  restart();
  node_->work(now_);
  EXPECT_EQ(log_.group_positions(std::string(log::kCommandGroup), log::Topic::commands)->at(0).committed,
            next);
}

TEST_F(GroupThatGoesBack, IsToldSoWhenItWasForgottenThoughNoCommandComes) {
  const auto next = node_->status().next_command;
  kill();
  ASSERT_TRUE(log_.forget_group(std::string(log::kCommandGroup), log::Topic::commands));
  start();
  run();
  EXPECT_EQ(log_.group_positions(std::string(log::kCommandGroup), log::Topic::commands)->at(0).committed,
            next);
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, IsCorrectedByARefusalToo) {
  handle(CommandDesk::registration("c-4", "case-2"));
  answers_ = desk_.answers();
  set_back(0);
  lose_disk();
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, IsCorrectedByADeadLetterWithoutAnOutcomeToo) {
  Message nobodys;
  nobodys.key = "case-2";
  nobodys.value = "?";
  nobodys.timestamp = now_;
  desk_.send(nobodys, 0);
  run();
  ASSERT_EQ(desk_.all(log::Topic::deadletters).size(), 1U);
  for (const bool with_store : {true, false}) {
    set_back(0);
    with_store ? restart() : lose_disk();
    EXPECT_EQ(desk_.all(log::Topic::deadletters).size(), 1U);
    expect_history_unchanged();
  }
}

TEST_F(GroupThatGoesBack, IsCorrectedBehindTransactionsThatWereAborted) {
  for (int aborts = 0; aborts < 40; ++aborts) log_.fault_commit(0, Fault::aborted);
  desk_.send(CommandDesk::registration("c-4", "case-2"), now_);
  for (int steps = 0; steps < 2; ++steps) node_->work(now_);
  kill();
  log_.clear_faults();
  start();
  node_->step(now_);
  set_back(0);
  run();
  answers_.emplace_back("already_registered");
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, IsCorrectedByTheEventsWhenTheOutcomesAreForgotten) {
  log_.trim(log::Topic::outcomes, 0, log_.bounds(log::Topic::outcomes, 0)->high);
  answers_.clear();
  set_back(0);
  lose_disk();
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, IsCorrectedThoughAnEventNamesACommandThatIsNotThere) {
  const auto next = node_->status().next_command;
  auto forged = forged_next_of_case_1();
  forged.command_offset = 1'000'000'000'000;
  log::append_and_wait(log_, log::Topic::events, 0, write_event(forged)).value();
  lose_disk();
  EXPECT_EQ(node_->status().next_command, next) << "and not beyond the end";
  handle(CommandDesk::question("c-4", "case-2"));
  events_ = desk_.events().size();
  log_.trim(log::Topic::outcomes, 0, log_.bounds(log::Topic::outcomes, 0)->high);
  answers_.clear();
  set_back(0);
  lose_disk();
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, PassesOverNoCommandThoughAnEventSaysThatALaterOneWasTaken) {
  kill();
  desk_.send(CommandDesk::question("c-4", "case-2"), now_);
  auto forged = forged_next_of_case_1();
  forged.command_id.value = "c-5";
  forged.command_offset = desk_.send(CommandDesk::question("c-5", "case-2"), now_);
  log::append_and_wait(log_, log::Topic::events, 0, write_event(forged)).value();
  start();
  run();
  EXPECT_EQ(desk_.answers().size(), answers_.size() + 2);
  EXPECT_EQ(desk_.answers().at(answers_.size()), "accepted");
  EXPECT_EQ(desk_.events().back().command_id.value, "c-4");
}

TEST_F(GroupThatGoesBack, IsCorrectedThoughRetentionHasTakenWhatWasHandled) {
  log_.trim(log::Topic::commands, 0, node_->status().next_command);
  set_back(0);
  lose_disk();
  EXPECT_EQ(node_->status().phase, PartitionPhase::running);
  expect_history_unchanged();
}

TEST_F(GroupThatGoesBack, IsFollowedForwardsAndSaysWhichCommandsThatPassesOver) {
  EXPECT_EQ(node_->status().passed_over, "");
  kill();
  const auto first = desk_.send(CommandDesk::question("c-4", "case-2"), now_);
  const auto last = desk_.send(CommandDesk::question("c-5", "case-2"), now_);
  start();
  node_->step(now_);
  set_back(last);
  run();
  EXPECT_EQ(desk_.events().back().command_id.value, "c-5");
  EXPECT_EQ(node_->metrics().positions_behind.value(), 0U);
  EXPECT_EQ(node_->metrics().positions_ahead.value(), 1U);
  EXPECT_THAT(node_->status().passed_over, HasSubstr("lie at offsets " + std::to_string(first) + " to " +
                                                     std::to_string(last - 1) + ", and the group"));
  restart();
  EXPECT_EQ(node_->status().passed_over, "") << "what came behind them was answered";
  EXPECT_EQ(node_->metrics().positions_ahead.value(), 0U);
}

TEST_F(GroupThatGoesBack, TakesCommandsThatWereCreatedAnewFromTheirBeginning) {
  MemoryLog anew(1);
  for (const auto topic : {log::Topic::events, log::Topic::outcomes}) {
    for (const auto& [offset, message] : desk_.all(topic))
      log::append_and_wait(anew, topic, 0, message).value();
  }
  CommandDesk desk(anew);
  for (int i = 0; i < 9; ++i) desk.send(CommandDesk::question("x-" + std::to_string(i), "case-2"), now_);
  NodeDisk fresh;
  CommandNode node(anew, fresh);
  node.run(now_);
  EXPECT_EQ(desk.answers().size(), answers_.size() + 9);
  // No reader takes the lower offsets for those of somebody else, as long as they are lower.
  for (const auto& event : desk.events()) {
    const auto& id = event.command_id.value;
    EXPECT_EQ(event.commands_anew, id.starts_with("x-") && id <= "x-2") << id;
  }
  NodeDisk another;
  CommandNode next(anew, another);
  next.run(now_);
  EXPECT_THAT(*next.status().damaged, testing::IsEmpty());
}

class Siblings : public CommandTest {
 protected:
  Siblings() : CommandTest(2) { run(); }

  static std::string case_in(log::Partition partition, std::string id = "case-1") {
    while (log::partition_of(id, 2) != partition) id += "x";
    return id;
  }
};

TEST_F(Siblings, WorkOnWhenRetentionHasTakenTheCommandsOfOne) {
  for (int i = 0; i < 5; ++i) {
    desk_.send(CommandDesk::question("x-" + std::to_string(i), case_in(1)), now_);
  }
  log_.trim(log::Topic::commands, 1, 5);
  handle(CommandDesk::registration("c-1", case_in(0)));
  EXPECT_EQ(node_->status(1).phase, PartitionPhase::stopped);
  EXPECT_THAT(node_->status(1).sentence, HasSubstr("retention"));
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
  EXPECT_EQ(node_->metrics().take_overs.value(), 2U);
}

TEST_F(Siblings, WorkOnWhileTheCommandsOfOneAreNotDeliveredAndNothingIsSkipped) {
  handle(CommandDesk::registration("c-1", case_in(1)));
  log_.fail_read(log::Topic::commands, 1, log::LogFailure::unavailable);
  log_.fail_read(log::Topic::commands, 1, log::LogFailure::out_of_range);
  desk_.send(CommandDesk::question("c-2", case_in(1)), now_);
  handle(CommandDesk::registration("c-3", case_in(0)));
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted", "accepted"));
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
  EXPECT_EQ(node_->metrics().take_overs.value(), 2U);
}

TEST_F(Siblings, AreTakenOverWhileTheFenceOfOneTakesLong) {
  kill();
  log_.hold_fence(0);
  start();
  handle(CommandDesk::registration("c-1", case_in(1)));
  EXPECT_EQ(node_->status(0).phase, PartitionPhase::taking_over);
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted"));
  log_.release_fence(0);
  handle(CommandDesk::registration("c-2", case_in(0)));
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
}

TEST_F(Siblings, AreAllOnTheirWayToTheLogBeforeOneIsWaitedFor) {
  desk_.send(CommandDesk::registration("c-1", case_in(0)), now_);
  desk_.send(CommandDesk::registration("c-2", case_in(1)), now_);
  node_->work(now_);
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted"));
  EXPECT_EQ(log_.most_commits_at_once(), 2U);
}

TEST_F(Siblings, AreCommittedOnceThoughTheirTransactionIsAborted) {
  log_.fault_commit(0, Fault::aborted);
  desk_.send(CommandDesk::registration("c-1", case_in(0)), now_);
  desk_.send(CommandDesk::registration("c-2", case_in(1)), now_);
  node_->work(now_);
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted"));
  EXPECT_EQ(node_->metrics().aborts.value(), 2U);
  EXPECT_EQ(node_->metrics().take_overs.value(), 2U);
}

TEST_F(Siblings, AreTakenOverAnewTogetherWhenTheAnswerToTheirTransactionIsLost) {
  for (const auto fault : {Fault::unknown_committed, Fault::unknown_committing, Fault::unknown_open}) {
    const auto before = node_->metrics().take_overs.value();
    log_.fault_commit(1, fault);
    const auto name = "c-" + std::to_string(before);
    desk_.send(CommandDesk::registration(name + "a", case_in(0, name)), now_);
    desk_.send(CommandDesk::registration(name + "b", case_in(1, name)), now_);
    run();
    EXPECT_EQ(node_->metrics().take_overs.value(), before + 2);
  }
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted", "accepted", "accepted"));
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted", "accepted", "accepted"));
}

TEST_F(Siblings, SayWhyAFenceFailedWhileTheNextOneIsUnderWay) {
  kill();
  log_.fail(MemoryLog::Call::fence, log::LogFailure::unavailable);
  start();
  node_->step(now_);
  const auto why = node_->status(0).sentence;
  EXPECT_THAT(why, HasSubstr("script"));
  log_.hold_fence(0);
  node_->step(now_);
  EXPECT_EQ(node_->status(0).sentence, why);
  log_.release_fence(0);
  run();
  EXPECT_EQ(node_->status(0).phase, PartitionPhase::running);
}

TEST_F(Siblings, WorkOnWhenTheCommandsOfOneMayNotBeRead) {
  log_.fail_read(log::Topic::commands, 1, log::LogFailure::refused);
  desk_.send(CommandDesk::registration("c-1", case_in(1)), now_);
  handle(CommandDesk::registration("c-2", case_in(0)));
  EXPECT_EQ(node_->status(1).phase, PartitionPhase::stopped);
  EXPECT_THAT(desk_.answers(0), ElementsAre("accepted"));
}

TEST_F(Siblings, AreTakenOverThoughTheirEventsWereNotDeliveredAtFirst) {
  handle(CommandDesk::registration("c-1", case_in(1)));
  log_.fail_read(log::Topic::events, 1, log::LogFailure::unavailable);
  lose_disk();
  handle(CommandDesk::registration("c-2", case_in(1)));
  EXPECT_THAT(desk_.answers(1), ElementsAre("accepted", "already_registered"));
}

}  // namespace
}  // namespace casetrail::command
