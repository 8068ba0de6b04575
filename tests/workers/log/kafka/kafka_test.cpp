// What only a real broker can show: transactions that hang, groups that move, lag that other tools see.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <random>
#include <semaphore>
#include <thread>

#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/kafka_zombie.h"
#include "tests/support/must.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Kafka : public testing::Test {
 protected:
  explicit Kafka(log::Partition partitions = 1) : log_(open_with_topics(options_, partitions)) {}

  [[nodiscard]] std::unique_ptr<log::Membership> join(const std::string& member = "member") {
    return must(log_->join(std::string(log::kCommandGroup), log::Topic::commands, member));
  }
  [[nodiscard]] std::unique_ptr<log::PartitionWriter> writer() {
    auto writer = log_->open_writer(0);
    must(writer->fence());
    return writer;
  }
  static std::vector<log::Outgoing> event(const std::string& value) {
    return {{log::Topic::events, {"case", value, {}, from_epoch_ms(1'700'000'000'000)}}};
  }

  KafkaOptions options_ = [] {
    auto options = fresh_options(shared_brokers());
    options.session_timeout = Duration{2'000};
    return options;
  }();
  std::unique_ptr<log::EventLog> log_;
};

class KafkaWithEightPartitions : public Kafka {
 protected:
  KafkaWithEightPartitions() : Kafka(8) {}
};

TEST_F(Kafka, ATransactionThatHangsHoldsTheStableEndBelowTheHighOne) {
  const Zombie zombie(options_, log::Topic::events, 0, "undecided");
  const auto bounds = must(log_->bounds(log::Topic::events, 0));
  EXPECT_EQ(bounds.stable, 0);
  EXPECT_EQ(bounds.high, 1);
}

TEST_F(Kafka, TakingOverEndsWhatADeadOwnerLeftOpen) {
  Zombie zombie(options_, log::Topic::events, 0, "undecided");
  auto owner = writer();
  const auto bounds = must(log_->bounds(log::Topic::events, 0));
  EXPECT_EQ(bounds.stable, bounds.high);
  EXPECT_THAT(zombie.commit(), HasSubstr("FENCED"));
  EXPECT_THAT(committed_values(*log_, log::Topic::events, 0), IsEmpty());
}

TEST_F(Kafka, AFencedWriterNeverComesBack) {
  auto member = join();
  poll_until_assigned(*member, 1);
  auto earlier = writer();
  auto later = writer();
  EXPECT_EQ(earlier->commit(event("zombie"), 1, member->generation()).outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(earlier->fence().error().failure, log::LogFailure::fenced);
  EXPECT_EQ(earlier->commit(event("zombie"), 1, member->generation()).outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(later->commit(event("rightful"), 1, member->generation()).outcome, log::CommitOutcome::committed);
}

TEST_F(Kafka, NothingIsWrittenBeforeTheFence) {
  auto member = join();
  poll_until_assigned(*member, 1);
  EXPECT_EQ(log_->open_writer(0)->commit(event("early"), 1, member->generation()).outcome,
            log::CommitOutcome::unknown);
}

TEST_F(Kafka, ReadersSeeExactlyWhatWasCommittedAmongAborts) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  auto member = join();
  poll_until_assigned(*member, 1);
  auto owner = writer();
  std::vector<std::string> expected;
  for (int i = 0; i < 60; ++i) {
    auto batch = event(std::to_string(i));
    batch.push_back(event(std::to_string(i) + "b").front());
    const bool commits = random() % 3 != 0;
    if (!commits)
      batch.push_back({log::Topic::commands, {"", std::string(5 << 20, 'x'), {}, {}}});  // too large
    const auto result = owner->commit(batch, i, member->generation());
    ASSERT_EQ(result.outcome, commits ? log::CommitOutcome::committed : log::CommitOutcome::aborted)
        << result.what;
    if (commits) expected.insert(expected.end(), {batch[0].message.value, batch[1].message.value});
  }
  EXPECT_EQ(committed_values(*log_, log::Topic::events, 0), expected);
}

TEST_F(Kafka, AStaticMemberThatComesBackHasItsPartitionsAtOnce) {
  options_.session_timeout = Duration{30'000};
  log_ = open_with_topics(options_, 1);
  auto member = join();
  ASSERT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
  member.reset();
  const auto began = std::chrono::steady_clock::now();
  member = join();
  EXPECT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

TEST_F(Kafka, ASecondProcessUnderTheSameMemberNameEndsTheFirst) {
  auto first = join();
  poll_until_assigned(*first, 1);
  auto second = join();
  ASSERT_THAT(poll_until_assigned(*second, 1), ElementsAre(0));
  const auto poll = [](log::Membership& member) {
    auto change = member.poll(Duration{50});
    if (change && *change) member.acknowledge(**change);
    return change;
  };
  auto answer = poll(*first);
  for (int i = 0; i < 200 && answer; ++i) {
    EXPECT_TRUE(poll(*second));
    answer = poll(*first);
  }
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().failure, log::LogFailure::fenced);
  EXPECT_THAT(answer.error().what, HasSubstr("remove the file 'node'"));
  EXPECT_FALSE(first->poll(Duration{0}));  // for good
  auto committed = log::CommitOutcome::fenced;
  for (int i = 0; i < 100 && committed != log::CommitOutcome::committed; ++i) {
    EXPECT_TRUE(poll(*second));
    committed = writer()->commit(event("of the second"), 1, second->generation()).outcome;
  }
  EXPECT_EQ(committed, log::CommitOutcome::committed);
}

TEST_F(Kafka, AMemberWhoseNameNobodyElseUsesAnyMoreGoesOnUnderIt) {
  auto member = join();
  poll_until_assigned(*member, 1);
  const auto before = member->generation();
  {
    auto twin = join();
    poll_until_assigned(*twin, 1);
  }
  const auto change = next_change(*member);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->kind, log::Membership::ChangeKind::lost);
  EXPECT_THAT(change->partitions, ElementsAre(0));
  member->acknowledge(*change);
  EXPECT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
  EXPECT_EQ(writer()->commit(event("of before"), 1, before).outcome, log::CommitOutcome::fenced);
  EXPECT_EQ(writer()->commit(event("of now"), 1, member->generation()).outcome,
            log::CommitOutcome::committed);
}

TEST_F(Kafka, AMemberThatWasNotPolledForTooLongLosesItsPartitionsAndGetsThemAgain) {
  options_.session_timeout = Duration{1'000};
  options_.properties = {{"max.poll.interval.ms", "1000"}, {"session.timeout.ms", "1000"}};
  log_ = open_with_topics(options_, 1);
  auto member = join();
  poll_until_assigned(*member, 1);
  std::this_thread::sleep_for(Duration{2'000});
  const auto change = next_change(*member);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->kind, log::Membership::ChangeKind::lost);
  member->acknowledge(*change);
  EXPECT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
}

/// Resident bytes of this process.
std::size_t resident() {
  std::ifstream pages("/proc/self/statm");
  std::size_t all = 0;
  std::size_t held = 0;
  pages >> all >> held;
  return held * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// As many as take a hundred times what the reader of the test may hold, each like an event: many headers,
/// few bytes of data.
constexpr std::size_t kManyEvents = 60'000;

void append_many_events(log::EventLog& log) {
  Message message{"case", "{}", {}, from_epoch_ms(1'700'000'000'000)};
  for (int i = 0; i < 18; ++i) message.headers.add(fmt::format("ce_attribute{}", i), "of some twenty bytes");
  std::counting_semaphore<> room(2'000);
  for (std::size_t i = 0; i < kManyEvents; ++i) {
    room.acquire();
    log.append(log::Topic::events, 0, message, [&](const log::LogResult<log::Offset>&) { room.release(); });
  }
  for (int i = 0; i < 2'000; ++i) room.acquire();
}

// The client counts values alone, and looks at a full queue once a second.
TEST_F(Kafka, AReaderHoldsNoMoreThanItMayAndIsNotStarvedForIt) {
  append_many_events(*log_);
  options_.prefetch_bytes = std::size_t{128} << 10U;
  const auto log = must(open_kafka_log(options_));
  const auto before = resident();
  const auto reader = log->open_reader(log::Topic::events);
  must(reader->start(0, 0));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  EXPECT_LT(resident(), before + (std::size_t{24} << 20U));

  const auto begun = std::chrono::steady_clock::now();
  std::size_t read = 0;
  while (read < kManyEvents && std::chrono::steady_clock::now() - begun < std::chrono::seconds(15))
    read += must(reader->read(100, Duration{500})).size();
  EXPECT_EQ(read, kManyEvents);
}

TEST_F(Kafka, OtherToolsSeeAStableGroupWithoutLagWhenNothingIsLeft) {
  auto member = join();
  poll_until_assigned(*member, 1);
  auto owner = writer();
  ASSERT_EQ(owner->commit(event("e"), 0, member->generation()).outcome, log::CommitOutcome::committed);
  auto board = must(log_->join("board", log::Topic::events, "board"));
  poll_until_assigned(*board, 1);
  auto reader = log_->open_reader(log::Topic::events);
  must(reader->start(0, 0));
  const auto end = settled_bounds(*log_, log::Topic::events, 0).stable;
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (reader->position(0) < end && std::chrono::steady_clock::now() < deadline)
    must(reader->read(10, Duration{50}));
  const log::Membership::Position applied[] = {{0, reader->position(0)}};
  must(board->commit(applied));

  const auto described = kafka_tool(
      options_.brokers, "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --describe --group " +
                            options_.prefix + "board");
  // GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID: a member has partitions once stable.
  EXPECT_THAT(described, testing::ContainsRegex("casetrail.events +0 +2 +2 +0 +board-")) << described;
}

TEST_F(KafkaWithEightPartitions, PartitionsThatCannotBeReadAreNamedAndTheOthersGoOn) {
  for (const log::Partition partition : {0, 1})
    must(log::append_and_wait(*log_, log::Topic::commands, partition,
                              {"case", "first", {}, from_epoch_ms(1)}));
  auto reader = log_->open_reader(log::Topic::commands);
  must(reader->start(0, 0));
  must(reader->start(1, 99));
  must(reader->start(2, 99));
  std::vector<log::Partition> failed;
  std::vector<log::Partition> delivered;
  const auto read_until = [&](std::size_t failures, std::size_t records) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline &&
           (failed.size() < failures || delivered.size() < records)) {
      const auto read = reader->read(10, Duration{50});
      if (!read) failed.push_back(read.error().partition.value_or(-1));
      if (!read) continue;
      for (const log::Record& record : *read) delivered.push_back(record.partition);
    }
  };
  read_until(2, 1);
  EXPECT_THAT(failed, UnorderedElementsAre(1, 2));
  EXPECT_THAT(delivered, ElementsAre(0));
  EXPECT_EQ(reader->position(1), 99);
  must(reader->start(1, 0));
  read_until(2, 2);
  EXPECT_THAT(delivered, ElementsAre(0, 1));
}

TEST_F(KafkaWithEightPartitions, TwoMembersShareThemAndOneTakesAllWhenTheOtherIsGone) {
  auto first = join("first");
  ASSERT_THAT(poll_until_assigned(*first, 8), SizeIs(8));
  auto second = join("second");
  auto theirs = std::async(std::launch::async, [&] { return poll_until_assigned(*second, 4); });
  auto all = poll_until_assigned(*first, 4);
  const auto others = theirs.get();
  all.insert(all.end(), others.begin(), others.end());
  EXPECT_THAT(all, UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  second.reset();  // a static member says no goodbye: its session must end
  EXPECT_THAT(poll_until_assigned(*first, 8), SizeIs(8));
}

TEST_F(KafkaWithEightPartitions, AnOwnerBeforeARebalanceCannotCommit) {
  auto first = join("first");
  poll_until_assigned(*first, 8);
  const auto before = first->generation();
  auto owner = writer();
  auto second = join("second");
  auto theirs = std::async(std::launch::async, [&] { return poll_until_assigned(*second, 4); });
  poll_until_assigned(*first, 4);
  theirs.get();
  EXPECT_EQ(owner->commit(event("late"), 1, before).outcome, log::CommitOutcome::fenced);
  EXPECT_THAT(committed_values(*log_, log::Topic::events, 0), IsEmpty());
}

TEST_F(Kafka, AChangeStandsUntilItIsAcknowledged) {
  auto member = join();
  const auto change = next_change(*member);
  ASSERT_TRUE(change);
  EXPECT_EQ(member->poll(Duration{0}).value()->partitions, change->partitions);
  member->acknowledge(*change);
  EXPECT_EQ(member->poll(Duration{0}).value(), std::nullopt);
}

TEST_F(Kafka, AMemberGoesWithChangesThatNobodyAnswered) {
  auto member = join();
  ASSERT_TRUE(next_change(*member));
  member.reset();
  member = join();
  poll_until_assigned(*member, 1);
  must(member->rejoin());
  ASSERT_TRUE(next_change(*member));
  member.reset();
  member = join();
  EXPECT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
}

TEST_F(Kafka, MissingAndWrongTopicsAreNamedWithTheirRemedy) {
  auto other = options_;
  other.prefix += "missing.";
  const auto log = must(open_kafka_log(other));
  EXPECT_EQ(log->partitions(), 0);
  const auto missing = must(log->check_topics());
  for (const auto& report : missing) EXPECT_THAT(report.problems, ElementsAre(HasSubstr("topics create")));
  create_topic(other, log::Topic::events, {{"retention.ms", "60000"}});
  const auto reports = must(log->create_topics(2));
  EXPECT_THAT(reports[1].problems, testing::Contains(HasSubstr("retention.ms")));
  EXPECT_THAT(reports[1].problems, testing::Contains(HasSubstr("must have 2")));
}

TEST_F(Kafka, PartitionsThatWereAddedAreNamedWithTheirRemedy) {
  add_partitions(options_,
                 {log::Topic::commands, log::Topic::events, log::Topic::outcomes, log::Topic::deadletters,
                  log::Topic::keys, log::Topic::evidence},
                 2);
  for (const auto& report : must(must(open_kafka_log(options_))->check_topics())) {
    if (report.topic == log::Topic::policy) continue;
    EXPECT_THAT(report.problems, ElementsAre(HasSubstr("a copy into new topics"))) << report.partitions;
  }
}

TEST_F(Kafka, TheMarkOfTheTopicsIsNoPolicy) {
  EXPECT_THAT(committed_values(*log_, log::Topic::policy, 0), IsEmpty());
  EXPECT_FALSE(must(log_->identity()).empty());
}

TEST_F(Kafka, AWrongPropertyIsRefusedWithItsName) {
  options_.properties = {{"security.protocoll", "ssl"}};
  const auto log = open_kafka_log(options_);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().failure, log::LogFailure::refused);
  EXPECT_THAT(log.error().what, HasSubstr("security.protocoll"));
}

}  // namespace
}  // namespace casetrail::kafka
