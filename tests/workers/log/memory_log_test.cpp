// The scripted log does what its script says; the port's own facts are in the conformance suite.
#include "tests/support/memory_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casetrail::log {
namespace {

using ChangeKind = Membership::ChangeKind;

Message text(std::string value) { return {"case", std::move(value), {}, from_epoch_ms(7)}; }

class ScriptedLog : public testing::Test {
 protected:
  std::vector<std::string> events() {
    auto reader = log_.open_reader(Topic::events);
    EXPECT_TRUE(reader->start(0, 0));
    std::vector<std::string> values;
    const auto records = reader->read(100, Duration{0}).value();
    for (const Record& record : records) values.emplace_back(record.message.value);
    return values;
  }

  CommitResult commit(PartitionWriter& writer, const Membership& member, std::string value) {
    const Outgoing records[] = {{Topic::events, text(std::move(value))}};
    return writer.commit(records, 1, member.generation());
  }

  void take(Membership& member) {
    while (const auto change = *member.poll(Duration{0})) member.acknowledge(*change);
  }

  MemoryLog log_{2};
  std::unique_ptr<Membership> member_ =
      std::move(*log_.join(std::string(kCommandGroup), Topic::commands, "a"));
  std::unique_ptr<PartitionWriter> writer_ = log_.open_writer(0);
};

TEST_F(ScriptedLog, AnUnknownCommitMayStand) {
  ASSERT_TRUE(writer_->fence());
  log_.fault_commit(0, MemoryLog::CommitFault::unknown_committed);
  EXPECT_EQ(commit(*writer_, *member_, "x").outcome, CommitOutcome::unknown);
  EXPECT_THAT(events(), testing::ElementsAre("x"));
}

TEST_F(ScriptedLog, AnUnknownCommitMayBeLeftOpenUntilTheFenceAbortsIt) {
  ASSERT_TRUE(writer_->fence());
  log_.fault_commit(0, MemoryLog::CommitFault::unknown_open);
  EXPECT_EQ(commit(*writer_, *member_, "x").outcome, CommitOutcome::unknown);
  EXPECT_LT(log_.bounds(Topic::events, 0)->stable, log_.bounds(Topic::events, 0)->high);
  EXPECT_FALSE(member_->committed(0));
  ASSERT_TRUE(log_.open_writer(0)->fence());
  EXPECT_TRUE(events().empty());
  EXPECT_EQ(*member_->committed(0), std::nullopt);
}

TEST_F(ScriptedLog, AnUnknownCommitMayBecomeVisibleByTheFence) {
  ASSERT_TRUE(writer_->fence());
  log_.fault_commit(0, MemoryLog::CommitFault::unknown_committing);
  EXPECT_EQ(commit(*writer_, *member_, "x").outcome, CommitOutcome::unknown);
  EXPECT_TRUE(events().empty());
  ASSERT_TRUE(writer_->fence());
  EXPECT_THAT(events(), testing::ElementsAre("x"));
  EXPECT_EQ(*member_->committed(0), 1);
}

TEST_F(ScriptedLog, AForeignTransactionHoldsBackWhatReadersSee) {
  log_.begin_foreign(0, text("foreign"));
  ASSERT_TRUE(append_and_wait(log_, Topic::events, 0, text("behind")));
  EXPECT_TRUE(events().empty());
  log_.abort_foreign(0);
  EXPECT_THAT(events(), testing::ElementsAre("behind"));
}

TEST_F(ScriptedLog, ARebalanceHandsOutPartitionsWhenAllHaveAcknowledged) {
  auto other = std::move(*log_.join(std::string(kCommandGroup), Topic::commands, "b"));
  take(*member_);
  log_.rebalance(std::string(kCommandGroup), {{"a", {0}}, {"b", {1}}});
  EXPECT_EQ(*other->poll(Duration{0}), std::nullopt);
  const auto revoked = **member_->poll(Duration{0});
  EXPECT_EQ(revoked.kind, ChangeKind::revoked);
  member_->acknowledge(revoked);
  EXPECT_THAT((*other->poll(Duration{0}))->partitions, testing::ElementsAre(1));
  EXPECT_THAT((*member_->poll(Duration{0}))->partitions, testing::ElementsAre(0));
}

TEST_F(ScriptedLog, AnExpelledMembersCommitIsFenced) {
  take(*member_);
  ASSERT_TRUE(writer_->fence());
  log_.expel(std::string(kCommandGroup), "a");
  EXPECT_EQ(commit(*writer_, *member_, "x").outcome, CommitOutcome::fenced);
  EXPECT_EQ((*member_->poll(Duration{0}))->kind, ChangeKind::lost);
}

TEST_F(ScriptedLog, ARestartedMemberKeepsItsPartitions) {
  take(*member_);
  member_.reset();
  member_ = std::move(*log_.join(std::string(kCommandGroup), Topic::commands, "a"));
  EXPECT_THAT((*member_->poll(Duration{0}))->partitions, testing::ElementsAre(0, 1));
}

TEST_F(ScriptedLog, AppendsFailAsScripted) {
  using Fault = MemoryLog::AppendFault;
  for (const auto fault :
       {Fault::unavailable, Fault::unknown_appended, Fault::unknown_lost, Fault::duplicated}) {
    log_.fault_append(fault);
  }
  EXPECT_EQ(append_and_wait(log_, Topic::events, 0, text("1")).error().failure, LogFailure::unavailable);
  EXPECT_EQ(append_and_wait(log_, Topic::events, 0, text("2")).error().failure, LogFailure::unknown);
  EXPECT_EQ(append_and_wait(log_, Topic::events, 0, text("3")).error().failure, LogFailure::unknown);
  EXPECT_TRUE(append_and_wait(log_, Topic::events, 0, text("4")));
  EXPECT_THAT(events(), testing::ElementsAre("2", "4", "4"));
}

TEST_F(ScriptedLog, ALateRecordComesBehindLaterOnes) {
  log_.fault_append(MemoryLog::AppendFault::late);
  log_.append(Topic::events, 0, text("late"), [](const LogResult<Offset>& at) { EXPECT_EQ(at.value(), 1); });
  ASSERT_TRUE(append_and_wait(log_, Topic::events, 0, text("next")));
  log_.release_late();
  EXPECT_THAT(events(), testing::ElementsAre("next", "late"));
}

TEST_F(ScriptedLog, ACallFailsOnceForEachTimeItIsScripted) {
  log_.fail(MemoryLog::Call::fence, LogFailure::unavailable);
  EXPECT_EQ(writer_->fence().error().failure, LogFailure::unavailable);
  EXPECT_TRUE(writer_->fence());
}

TEST_F(ScriptedLog, ARecreatedLogIsAnotherOne) {
  const auto before = log_.identity();
  ASSERT_TRUE(append_and_wait(log_, Topic::events, 0, text("x")));
  log_.recreate();
  EXPECT_NE(log_.identity().value(), before.value());
  EXPECT_TRUE(events().empty());
}

TEST_F(ScriptedLog, TheDumpHasOneLineARecord) {
  ASSERT_TRUE(writer_->fence());
  ASSERT_EQ(commit(*writer_, *member_, "x").outcome, CommitOutcome::committed);
  EXPECT_EQ(log_.dump(),
            "casetrail.events/0 @0 committed key=case type= at=7 x\ncasetrail.events/0 @1 marker\n");
}

}  // namespace
}  // namespace casetrail::log
