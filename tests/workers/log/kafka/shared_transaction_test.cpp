// Batches of several partitions in one transaction, and what keeps those out who may not write any more.
#include <gmock/gmock.h>

#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/must.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class KafkaSharedTransaction : public testing::Test {
 protected:
  KafkaSharedTransaction() { poll_until_assigned(*member_, 2); }

  /// The writers of partitions 0 and 1 in one process.
  struct Pair {
    std::unique_ptr<log::PartitionWriter> zero;
    std::unique_ptr<log::PartitionWriter> one;
  };
  [[nodiscard]] static Pair writers_of(log::EventLog& log) {
    Pair pair{log.open_writer(0), log.open_writer(1)};
    must(pair.zero->fence());
    must(pair.one->fence());
    return pair;
  }
  [[nodiscard]] static std::vector<log::Outgoing> event(const std::string& value) {
    return {{log::Topic::events, {"case", value, {}, from_epoch_ms(1'700'000'000'000)}}};
  }
  /// A batch of each partition, which lead the inputs to 7 and 8, before anything of them is waited for.
  struct Begun {
    std::vector<log::Outgoing> zero;
    std::vector<log::Outgoing> one;
    log::Promised<log::CommitResult> of_zero;
    log::Promised<log::CommitResult> of_one;
  };
  [[nodiscard]] static Begun begin(const Pair& pair,
                                   const std::shared_ptr<const log::Generation>& generation) {
    Begun begun{event("of zero"), event("of one"), {}, {}};
    begun.of_zero = pair.zero->start_commit(begun.zero, 7, generation);
    begun.of_one = pair.one->start_commit(begun.one, 8, generation);
    return begun;
  }
  /// As soon as nothing is open there.
  [[nodiscard]] std::vector<std::string> events_of(log::Partition partition) {
    (void)settled_bounds(*log_, log::Topic::events, partition);
    return committed_values(*log_, log::Topic::events, partition);
  }

  KafkaOptions options_ = [] {
    auto options = fresh_options(shared_brokers());
    options.session_timeout = Duration{2'000};
    return options;
  }();
  std::unique_ptr<log::EventLog> log_ = open_with_topics(options_, 2);
  std::unique_ptr<log::Membership> member_ =
      must(log_->join(std::string(log::kCommandGroup), log::Topic::commands, "member"));
};

TEST_F(KafkaSharedTransaction, NothingOfWhatIsStartedTogetherIsVisibleBeforeOneIsWaitedForAndThenAllOfIt) {
  const auto pair = writers_of(*log_);
  auto begun = begin(pair, member_->generation());
  EXPECT_THAT(committed_values(*log_, log::Topic::events, 0), IsEmpty());
  EXPECT_THAT(committed_values(*log_, log::Topic::events, 1), IsEmpty());
  const auto ended = begun.of_one.get();
  EXPECT_EQ(ended.outcome, log::CommitOutcome::committed) << ended.what;
  EXPECT_EQ(ended.last_event, 0);
  EXPECT_THAT(events_of(0), ElementsAre("of zero"));
  EXPECT_THAT(events_of(1), ElementsAre("of one"));
  EXPECT_EQ(must(member_->committed(0)), 7);
  EXPECT_EQ(must(member_->committed(1)), 8);
  EXPECT_EQ(begun.of_zero.get().outcome, log::CommitOutcome::committed);
}

TEST_F(KafkaSharedTransaction, ABatchThatCannotBeCommittedTakesTheOthersAlongOnceAndTheyCommitAlone) {
  const auto [zero, one] = writers_of(*log_);
  auto good = event("good");
  std::vector<log::Outgoing> too_large{{log::Topic::events, {"case", std::string(5 << 20, 'x'), {}, {}}}};
  auto of_good = zero->start_commit(good, 1, member_->generation());
  auto of_large = one->start_commit(too_large, 1, member_->generation());
  EXPECT_EQ(of_good.get().outcome, log::CommitOutcome::aborted);
  const auto large = of_large.get();
  EXPECT_EQ(large.outcome, log::CommitOutcome::aborted);
  EXPECT_THAT(large.what, HasSubstr("partition 0, 1"));
  EXPECT_EQ(zero->commit(good, 1, member_->generation()).outcome, log::CommitOutcome::committed);
  EXPECT_EQ(one->commit(too_large, 1, member_->generation()).outcome, log::CommitOutcome::aborted);
  EXPECT_THAT(events_of(0), ElementsAre("good"));
  EXPECT_THAT(events_of(1), IsEmpty());
}

// Its own ids are fenced, but the transaction runs under those of a partition that nobody has taken yet.
TEST_F(KafkaSharedTransaction, WhoeverTookAPartitionInALaterGenerationIsNotPassedUnderTheIdOfAnotherOne) {
  const auto pair = writers_of(*log_);
  const auto before = member_->generation();
  const auto other_log = must(open_kafka_log(options_));
  auto other = must(other_log->join(std::string(log::kCommandGroup), log::Topic::commands, "member"));
  poll_until_assigned(*other, 2);
  const auto rightful = other_log->open_writer(1);
  must(rightful->fence());

  auto begun = begin(pair, before);
  EXPECT_EQ(begun.of_one.get().outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(begun.of_zero.get().outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(rightful->commit(event("rightful"), 1, other->generation()).outcome,
            log::CommitOutcome::committed);
  EXPECT_THAT(events_of(0), IsEmpty());
  EXPECT_THAT(events_of(1), ElementsAre("rightful"));
  EXPECT_EQ(must(other->committed(0)), std::nullopt);
  EXPECT_EQ(must(other->committed(1)), 1);
}

TEST_F(KafkaSharedTransaction, WhatADeadOwnerLeftOpenEndsWhenThePartitionThatLentItsIdIsFenced) {
  auto dead = writers_of(*log_);
  auto begun = begin(dead, member_->generation());
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (must(log_->bounds(log::Topic::events, 1)).high == 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(Duration{20});

  const auto other_log = must(open_kafka_log(options_));
  const auto one = other_log->open_writer(1);
  must(one->fence());
  const auto waiting = must(log_->bounds(log::Topic::events, 1));
  EXPECT_LT(waiting.stable, waiting.high);
  const auto zero = other_log->open_writer(0);
  must(zero->fence());
  const auto ended = settled_bounds(*log_, log::Topic::events, 1);
  EXPECT_EQ(ended.stable, ended.high);
  EXPECT_EQ(begun.of_one.get().outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(begun.of_zero.get().outcome, log::CommitOutcome::fenced);
  EXPECT_THAT(events_of(0), IsEmpty());
  EXPECT_THAT(events_of(1), IsEmpty());
}

TEST_F(KafkaSharedTransaction, BatchesOfTwoGenerationsDoNotTravelTogether) {
  const auto [zero, one] = writers_of(*log_);
  const auto before = member_->generation();
  must(member_->rejoin());
  poll_until_assigned(*member_, 2);
  auto first = event("late");
  auto second = event("in time");
  auto late = zero->start_commit(first, 7, before);
  auto in_time = one->start_commit(second, 8, member_->generation());
  EXPECT_EQ(in_time.get().outcome, log::CommitOutcome::committed);
  EXPECT_EQ(late.get().outcome, log::CommitOutcome::fenced);
}

TEST_F(KafkaSharedTransaction, AWriterThatGoesAwayEndsTheTransactionThatItLentItsId) {
  auto pair = writers_of(*log_);
  auto begun = begin(pair, member_->generation());
  pair.zero.reset();
  EXPECT_EQ(begun.of_one.get().outcome, log::CommitOutcome::committed);
}

// A worker may still hold what was lost while the client has joined again: it must not commit under that.
TEST_F(KafkaSharedTransaction, AGenerationStandsFromTheAssignmentThatIsHandedOutToItsEnd) {
  const auto fresh = must(log_->join("another", log::Topic::commands, "member"));
  EXPECT_EQ(fresh->generation(), nullptr);
  poll_until_assigned(*fresh, 2);
  const auto first = fresh->generation();
  EXPECT_NE(first, nullptr);
  must(fresh->rejoin());
  const auto change = next_change(*fresh);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->kind, log::Membership::ChangeKind::revoked);
  EXPECT_EQ(fresh->generation(), first);
  fresh->acknowledge(*change);
  EXPECT_EQ(fresh->generation(), nullptr);
  poll_until_assigned(*fresh, 2);
  EXPECT_NE(fresh->generation(), nullptr);
  EXPECT_NE(fresh->generation(), first);
}

// 2.0.2 joins again by itself when the topic changes, and takes nothing back while an assignment is
// unanswered.
TEST_F(KafkaSharedTransaction, AnAssignmentThatFollowsAnotherOneTakesThatBackFirst) {
  options_.properties.emplace_back("topic.metadata.refresh.interval.ms", "100");  // notices what was added
  const auto log = must(open_kafka_log(options_));
  const auto fresh = must(log->join("another", log::Topic::commands, "member"));
  using Kind = log::Membership::ChangeKind;
  const auto unanswered = next_change(*fresh);
  ASSERT_TRUE(unanswered);
  ASSERT_EQ(unanswered->kind, Kind::assigned);
  add_partitions(options_, {log::Topic::commands}, 3);
  const auto noticed = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (std::chrono::steady_clock::now() < noticed) {
    EXPECT_EQ(must(fresh->poll(Duration{0}))->partitions, unanswered->partitions);
    std::this_thread::sleep_for(Duration{20});
  }
  fresh->acknowledge(*unanswered);
  const auto back = next_change(*fresh);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->kind, Kind::lost);
  EXPECT_EQ(back->partitions, unanswered->partitions);
  fresh->acknowledge(*back);
  const auto again = next_change(*fresh);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->kind, Kind::assigned);
  EXPECT_THAT(again->partitions, ElementsAre(0, 1, 2));
  EXPECT_NE(fresh->generation(), nullptr);
  fresh->acknowledge(*again);
}

}  // namespace
}  // namespace casetrail::kafka
