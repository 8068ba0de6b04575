// The facts of the port to the log.
#include "tests/workers/log/conformance.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <latch>
#include <random>
#include <thread>

namespace casetrail::log {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;

namespace {

Message text(std::string value) { return {"case", std::move(value), {}, from_epoch_ms(1'700'000'000'123)}; }

std::string fresh_group() { return "conformance-" + std::to_string(std::random_device{}()); }

KeptRecord keep(const Record& record) {
  KeptRecord kept{record.partition, record.offset, {}};
  kept.message.key = record.message.key.value_or("");
  kept.message.value = record.message.value;
  kept.message.timestamp = record.message.timestamp;
  for (const auto& [name, value] : record.message.headers) kept.message.headers.add(name, value);
  return kept;
}

}  // namespace

Offset LogConformance::end_of(Topic topic, Partition partition) {
  const auto bounds = log_->bounds(topic, partition);
  EXPECT_TRUE(bounds) << bounds.error().what;
  return bounds ? bounds->high : -1;
}

Offset LogConformance::append(Topic topic, std::string value, Partition partition) {
  const auto at = append_and_wait(*log_, topic, partition, text(std::move(value)));
  EXPECT_TRUE(at) << at.error().what;
  return at.value_or(-1);
}

std::unique_ptr<Reader> LogConformance::reader_from(Topic topic, Offset from, Partition partition) {
  auto reader = log_->open_reader(topic);
  const auto started = reader->start(partition, from);
  EXPECT_TRUE(started) << started.error().what;
  return reader;
}

std::vector<KeptRecord> LogConformance::take(Reader& reader, std::size_t count) {
  std::vector<KeptRecord> taken;
  const auto deadline = Clock::now() + under_test_->patience();
  while (taken.size() < count && Clock::now() < deadline) {
    const auto records = reader.read(count - taken.size(), Duration{100});
    EXPECT_TRUE(records) << records.error().what;
    if (!records) break;
    for (const Record& record : *records) taken.push_back(keep(record));
  }
  return taken;
}

std::vector<std::string> LogConformance::values(Reader& reader, std::size_t count) {
  std::vector<std::string> values;
  for (const KeptRecord& record : take(reader, count)) values.push_back(record.message.value);
  return values;
}

std::vector<std::string> LogConformance::rest(Reader& reader) {
  std::vector<std::string> values;
  const auto records = reader.read(100, Duration{50});
  EXPECT_TRUE(records) << records.error().what;
  for (const Record& record : records.value_or(std::span<const Record>{})) {
    values.emplace_back(record.message.value);
  }
  return values;
}

std::unique_ptr<Membership> LogConformance::join(const std::string& group, Topic topic,
                                                 const std::optional<std::string>& name) {
  auto joined = log_->join(group, topic, name);
  EXPECT_TRUE(joined) << joined.error().what;
  take_assignment(**joined);
  return std::move(*joined);
}

void LogConformance::take_assignment(Membership& member) {
  const auto deadline = Clock::now() + under_test_->patience();
  while (Clock::now() < deadline) {
    const auto change = member.poll(Duration{100});
    ASSERT_TRUE(change) << change.error().what;
    if (!*change) continue;
    member.acknowledge(**change);
    if ((*change)->kind == Membership::ChangeKind::assigned) return;
  }
  ADD_FAILURE() << "nothing was assigned";
}

std::unique_ptr<PartitionWriter> LogConformance::fenced_writer(Partition partition) {
  auto writer = log_->open_writer(partition);
  const auto fenced = writer->fence();
  EXPECT_TRUE(fenced) << fenced.error().what;
  return writer;
}

TEST_P(LogConformance, RecordsComeInTheOrderOfTheirAppendsWithRisingOffsets) {
  auto reader = reader_from(Topic::commands, end_of(Topic::commands));
  std::vector<Offset> offsets;
  for (const auto* value : {"a", "b", "c"}) offsets.push_back(append(Topic::commands, value));
  EXPECT_TRUE(std::ranges::is_sorted(offsets, std::less_equal{}));
  const auto records = take(*reader, 3);
  ASSERT_EQ(records.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(records[i].offset, offsets[i]);
    EXPECT_EQ(records[i].message.value, std::string(1, static_cast<char>('a' + i)));
  }
}

TEST_P(LogConformance, KeyHeadersTimestampAndBytesAreKeptExactly) {
  auto reader = reader_from(Topic::commands, end_of(Topic::commands));
  Message message{"键", std::string("\0\xff\n", 3), {}, from_epoch_ms(1'700'000'000'999)};
  message.headers = {
      {"a", "1"}, {"b", ""}, {"a", std::string("\0\x80", 2)}, {"long", std::string(5000, 'x')}};
  ASSERT_TRUE(append_and_wait(*log_, Topic::commands, 0, message));
  const auto records = take(*reader, 1);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].message.key, message.key);
  EXPECT_EQ(records[0].message.value, message.value);
  EXPECT_EQ(records[0].message.headers, message.headers);
  EXPECT_EQ(records[0].message.timestamp, message.timestamp);
}

TEST_P(LogConformance, EmptyAndMegabyteValuesAreKept) {
  auto reader = reader_from(Topic::commands, end_of(Topic::commands));
  const std::string large(1'000'000, 'x');
  ASSERT_TRUE(append_and_wait(*log_, Topic::commands, 0, {"", "", {}, from_epoch_ms(1)}));
  append(Topic::commands, large);
  EXPECT_THAT(values(*reader, 2), ElementsAre("", large));
}

TEST_P(LogConformance, ABatchIsVisibleInAllTopicsAndMovesTheInputOffset) {
  auto member = join_commands();
  auto writer = fenced_writer();
  auto events = reader_from(Topic::events, end_of(Topic::events));
  auto outcomes = reader_from(Topic::outcomes, end_of(Topic::outcomes));
  auto deadletters = reader_from(Topic::deadletters, end_of(Topic::deadletters));
  const Outgoing batch[] = {{Topic::events, text("e1")},
                            {Topic::outcomes, text("o1")},
                            {Topic::events, text("e2")},
                            {Topic::deadletters, text("d1")}};
  const auto result = writer->commit(batch, 4711, member->generation());
  ASSERT_EQ(result.outcome, CommitOutcome::committed) << result.what;
  const auto got = take(*events, 2);
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[1].message.value, "e2");
  EXPECT_EQ(got[1].offset, result.last_event);
  EXPECT_THAT(values(*outcomes, 1), ElementsAre("o1"));
  EXPECT_THAT(values(*deadletters, 1), ElementsAre("d1"));
  EXPECT_EQ(member->committed(0).value(), 4711);
}

TEST_P(LogConformance, BatchesStartedTogetherAreAllCommittedWhicheverIsWaitedForFirst) {
  auto member = join_commands();
  const auto zero = fenced_writer(0);
  const auto one = fenced_writer(1);
  auto events = reader_from(Topic::events, end_of(Topic::events, 1), 1);
  std::vector<Outgoing> first{{Topic::events, text("of zero")}};
  std::vector<Outgoing> second{{Topic::events, text("of one")}};
  auto of_zero = zero->start_commit(first, 11, member->generation());
  auto of_one = one->start_commit(second, 12, member->generation());
  const auto ended = of_one.get();
  ASSERT_EQ(ended.outcome, CommitOutcome::committed) << ended.what;
  EXPECT_EQ(of_zero.get().outcome, CommitOutcome::committed);
  const auto got = take(*events, 1);
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].message.value, "of one");
  EXPECT_EQ(got[0].offset, ended.last_event);
  EXPECT_EQ(member->committed(0).value(), 11);
  EXPECT_EQ(member->committed(1).value(), 12);
}

TEST_P(LogConformance, ABatchWithoutRecordsMovesTheInputOffset) {
  auto member = join_commands();
  auto writer = fenced_writer();
  const auto result = writer->commit({}, 815, member->generation());
  ASSERT_EQ(result.outcome, CommitOutcome::committed) << result.what;
  EXPECT_EQ(result.last_event, -1);
  EXPECT_EQ(member->committed(0).value(), 815);
}

TEST_P(LogConformance, AnAbortedBatchIsSeenNowhereAndTheNextOneCommits) {
  auto member = join_commands();
  auto writer = fenced_writer(1);
  ASSERT_EQ(writer->commit({}, 7, member->generation()).outcome, CommitOutcome::committed);
  auto events = reader_from(Topic::events, end_of(Topic::events, 1), 1);
  // The policy has no partition 1.
  const Outgoing impossible[] = {{Topic::events, text("no")}, {Topic::policy, text("no")}};
  EXPECT_EQ(writer->commit(impossible, 8, member->generation()).outcome, CommitOutcome::aborted);
  EXPECT_EQ(member->committed(1).value(), 7);
  const Outgoing possible[] = {{Topic::events, text("yes")}};
  ASSERT_EQ(writer->commit(possible, 9, member->generation()).outcome, CommitOutcome::committed);
  EXPECT_THAT(values(*events, 1), ElementsAre("yes"));
  EXPECT_THAT(rest(*events), IsEmpty());
}

TEST_P(LogConformance, AnEarlierWriterIsFencedAndWritesNothing) {
  auto member = join_commands();
  auto earlier = fenced_writer();
  ASSERT_EQ(earlier->commit({}, 1, member->generation()).outcome, CommitOutcome::committed);
  auto later = fenced_writer();
  auto events = reader_from(Topic::events, end_of(Topic::events));
  const Outgoing zombie[] = {{Topic::events, text("zombie")}};
  EXPECT_EQ(earlier->commit(zombie, 2, member->generation()).outcome, CommitOutcome::fenced);
  const Outgoing rightful[] = {{Topic::events, text("rightful")}};
  ASSERT_EQ(later->commit(rightful, 3, member->generation()).outcome, CommitOutcome::committed);
  EXPECT_THAT(values(*events, 1), ElementsAre("rightful"));
  EXPECT_THAT(rest(*events), IsEmpty());
  EXPECT_EQ(member->committed(0).value(), 3);
}

TEST_P(LogConformance, ACommitOfAnEarlierMemberIsFenced) {
  auto earlier = join_commands();
  const auto of_earlier = earlier->generation();
  auto later = join_commands();
  auto writer = fenced_writer();
  auto events = reader_from(Topic::events, end_of(Topic::events));
  const Outgoing batch[] = {{Topic::events, text("zombie")}};
  EXPECT_EQ(writer->commit(batch, 1, of_earlier).outcome, CommitOutcome::fenced);
  EXPECT_THAT(rest(*events), IsEmpty());
}

TEST_P(LogConformance, PositionPassesWhatACommitLeavesBehindItsRecords) {
  auto member = join_commands();
  auto writer = fenced_writer();
  auto events = reader_from(Topic::events, end_of(Topic::events));
  const Outgoing batch[] = {{Topic::events, text("e")}};
  ASSERT_EQ(writer->commit(batch, 1, member->generation()).outcome, CommitOutcome::committed);
  const auto got = take(*events, 1);
  ASSERT_EQ(got.size(), 1U);
  const Offset end = end_of(Topic::events);
  EXPECT_GT(end, got[0].offset + 1) << "a commit takes an offset of its own";
  const auto deadline = Clock::now() + under_test_->patience();
  while (events->position(0) < end && Clock::now() < deadline) EXPECT_THAT(rest(*events), IsEmpty());
  EXPECT_EQ(events->position(0), end);
}

TEST_P(LogConformance, ReadingStartsAtAnyOffsetAndDeliversAtMostWhatIsAsked) {
  append(Topic::commands, "a");
  const Offset second = append(Topic::commands, "b");
  append(Topic::commands, "c");
  auto reader = reader_from(Topic::commands, second);
  EXPECT_EQ(reader->position(0), second);
  EXPECT_THAT(values(*reader, 1), ElementsAre("b"));
  EXPECT_EQ(reader->position(0), second + 1);
  EXPECT_THAT(values(*reader, 1), ElementsAre("c"));
}

TEST_P(LogConformance, AnOffsetBeyondTheEndIsOutOfRange) {
  auto reader = log_->open_reader(Topic::commands);
  auto answer = reader->start(0, end_of(Topic::commands) + 1000);
  const auto deadline = Clock::now() + under_test_->patience();
  while (answer && Clock::now() < deadline) {
    if (const auto records = reader->read(1, Duration{100}); !records)
      answer = std::unexpected(records.error());
  }
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().failure, LogFailure::out_of_range);
}

TEST_P(LogConformance, AStoppedPartitionIsSilentUntilItIsStartedAgain) {
  const Offset from = append(Topic::commands, "a");
  auto reader = reader_from(Topic::commands, from);
  EXPECT_THAT(values(*reader, 1), ElementsAre("a"));
  reader->stop(0);
  append(Topic::commands, "b");
  EXPECT_THAT(rest(*reader), IsEmpty());
  ASSERT_TRUE(reader->start(0, from));
  EXPECT_THAT(values(*reader, 2), ElementsAre("a", "b"));
}

TEST_P(LogConformance, AReaderStartedElsewhereGoesOnFromThere) {
  const Offset from = append(Topic::commands, "a");
  append(Topic::commands, "b");
  auto reader = reader_from(Topic::commands, from);
  EXPECT_THAT(values(*reader, 1), ElementsAre("a"));
  ASSERT_TRUE(reader->start(0, from));
  EXPECT_THAT(values(*reader, 2), ElementsAre("a", "b"));
}

TEST_P(LogConformance, AReaderOfSeveralPartitionsKeepsTheOrderOfEach) {
  auto reader = reader_from(Topic::commands, end_of(Topic::commands, 0), 0);
  ASSERT_TRUE(reader->start(1, end_of(Topic::commands, 1)));
  for (const auto* value : {"1", "2", "3"}) {
    append(Topic::commands, value, 0);
    append(Topic::commands, value, 1);
  }
  std::vector<std::string> of[2];
  for (const KeptRecord& record : take(*reader, 6)) {
    of[static_cast<std::size_t>(record.partition)].push_back(record.message.value);
  }
  EXPECT_THAT(of[0], ElementsAre("1", "2", "3"));
  EXPECT_THAT(of[1], ElementsAre("1", "2", "3"));
}

TEST_P(LogConformance, BoundsRiseWithAppends) {
  const Offset at = append(Topic::commands, "a");
  const auto bounds = log_->bounds(Topic::commands, 0);
  ASSERT_TRUE(bounds) << bounds.error().what;
  EXPECT_LE(bounds->low, at);
  EXPECT_EQ(bounds->stable, at + 1);
  EXPECT_EQ(bounds->high, at + 1);
}

TEST_P(LogConformance, TheBoundsOfATopicAreThoseOfItsPartitions) {
  append(Topic::commands, "a", 1);
  const auto all = log_->bounds(Topic::commands);
  ASSERT_TRUE(all) << all.error().what;
  const auto is_of = [this](Partition partition) {
    const auto one = log_->bounds(Topic::commands, partition).value();
    return AllOf(Field(&Bounds::low, one.low), Field(&Bounds::stable, one.stable),
                 Field(&Bounds::high, one.high));
  };
  EXPECT_THAT(*all, ElementsAre(is_of(0), is_of(1)));
  EXPECT_LT(all->at(0).high, all->at(1).high);
}

TEST_P(LogConformance, ARecordForAMissingPartitionIsRefused) {
  const auto at = append_and_wait(*log_, Topic::commands, kConformancePartitions, text("a"));
  ASSERT_FALSE(at);
  EXPECT_EQ(at.error().failure, LogFailure::refused);
}

TEST_P(LogConformance, AGroupsOffsetsAreItsOwnAndMayGoBackwards) {
  auto member = join(fresh_group(), Topic::events);
  EXPECT_EQ(member->committed(0).value(), std::nullopt);
  const Membership::Position there[] = {{0, 9}, {1, 5}};
  ASSERT_TRUE(member->commit(there));
  EXPECT_EQ(member->committed(0).value(), 9);
  const Membership::Position back[] = {{0, 4}};
  ASSERT_TRUE(member->commit(back));
  EXPECT_EQ(member->committed(0).value(), 4);
  EXPECT_EQ(member->committed(1).value(), 5);
}

TEST_P(LogConformance, GroupPositionsNameEveryPartition) {
  const std::string group = fresh_group();
  auto member = join(group, Topic::events);
  const Membership::Position there[] = {{1, 5}};
  ASSERT_TRUE(member->commit(there));
  const auto positions = log_->group_positions(group, Topic::events);
  ASSERT_TRUE(positions) << positions.error().what;
  ASSERT_EQ(positions->size(), static_cast<std::size_t>(kConformancePartitions));
  EXPECT_EQ((*positions)[0].committed, std::nullopt);
  EXPECT_EQ((*positions)[1].partition, 1);
  EXPECT_EQ((*positions)[1].committed, 5);
}

TEST_P(LogConformance, AMemberThatRejoinsIsAssignedItsPartitionsAnew) {
  auto member = join(fresh_group(), Topic::events);
  ASSERT_TRUE(member->rejoin());
  take_assignment(*member);
  const Membership::Position there[] = {{0, 9}};
  EXPECT_TRUE(member->commit(there));
}

TEST_P(LogConformance, GroupsAreListedWithTheirMembersAndOneThatHasSomeIsNotForgotten) {
  const std::string group = "casetrail." + fresh_group();
  const auto members = [&]() -> std::optional<std::size_t> {
    const auto groups = log_->groups();
    if (!groups) return std::nullopt;
    const auto found = std::ranges::find(*groups, group, &GroupReport::group);
    return found == groups->end() ? std::nullopt : std::optional(found->members);
  };
  EXPECT_EQ(members(), std::nullopt);
  auto member = join(group, Topic::events, std::nullopt);
  const Membership::Position there[] = {{0, 9}};
  ASSERT_TRUE(member->commit(there));
  EXPECT_EQ(members(), 1U);
  EXPECT_FALSE(log_->forget_group(group, Topic::events));
  EXPECT_EQ(log_->group_positions(group, Topic::events).value()[0].committed, 9);
  member.reset();
  EXPECT_EQ(members(), 0U);
  ASSERT_TRUE(log_->forget_group(group, Topic::events));
  EXPECT_EQ(members(), std::nullopt);
}

TEST_P(LogConformance, AGroupWithoutMembersIsForgotten) {
  const std::string group = fresh_group();
  auto member = join(group, Topic::events, std::nullopt);
  const Membership::Position there[] = {{0, 9}, {1, 5}};
  ASSERT_TRUE(member->commit(there));
  member.reset();
  for (int twice = 0; twice < 2; ++twice) {
    const auto forgotten = log_->forget_group(group, Topic::events);
    ASSERT_TRUE(forgotten) << forgotten.error().what;
  }
  const auto positions = log_->group_positions(group, Topic::events).value();
  for (const auto& position : positions) EXPECT_EQ(position.committed, std::nullopt);
}

TEST_P(LogConformance, TopicsAreAsTheyMustBeAndCreatingThemAgainKeepsThem) {
  const Offset at = append(Topic::commands, "a");
  const auto created = log_->create_topics(kConformancePartitions);
  ASSERT_TRUE(created) << created.error().what;
  ASSERT_EQ(created->size(), enum_names(Topic{}).size());
  for (const TopicReport& report : *created) {
    EXPECT_TRUE(report.exists);
    EXPECT_EQ(report.partitions, report.topic == Topic::policy ? 1 : kConformancePartitions);
    EXPECT_THAT(report.problems, IsEmpty());
  }
  EXPECT_EQ(log_->partitions(), kConformancePartitions);
  EXPECT_EQ(end_of(Topic::commands), at + 1);
}

TEST_P(LastingLogConformance, AppendsOfManyThreadsAreAllThereAndEachThreadsInOrder) {
  constexpr std::size_t kThreads = 4;
  constexpr std::size_t kEach = 200;
  auto reader = reader_from(Topic::commands, end_of(Topic::commands));
  std::latch answered(std::ptrdiff_t{kThreads * kEach});
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([this, t, &answered] {
        for (std::size_t i = 0; i < kEach; ++i) {
          log_->append(Topic::commands, 0, {std::to_string(t), std::to_string(i), {}, from_epoch_ms(1)},
                       [&answered](const LogResult<Offset>& at) {
                         EXPECT_TRUE(at);
                         answered.count_down();
                       });
        }
      });
    }
  }
  answered.wait();
  std::vector<std::string> next(kThreads, "0");
  const auto records = take(*reader, kThreads * kEach);
  ASSERT_EQ(records.size(), kThreads * kEach);
  for (const KeptRecord& record : records) {
    auto& expected = next[std::stoul(record.message.key)];
    EXPECT_EQ(record.message.value, expected);
    expected = std::to_string(std::stoi(expected) + 1);
  }
}

TEST_P(LastingLogConformance, AWaitingReaderWakesWhenSomethingIsAppended) {
  auto reader = reader_from(Topic::commands, end_of(Topic::commands));
  const auto began = Clock::now();
  std::jthread appender([this] {
    std::this_thread::sleep_for(Duration{20});
    append(Topic::commands, "wake up");
  });
  const auto records = reader->read(1, std::chrono::minutes(2));
  ASSERT_TRUE(records) << records.error().what;
  EXPECT_EQ(records->size(), 1U);
  EXPECT_LT(Clock::now() - began, under_test_->patience());
}

TEST_P(LastingLogConformance, WhatWasAnsweredIsThereAfterReopening) {
  const auto identity = log_->identity().value();
  const Offset at = append(Topic::commands, "kept");
  auto member = join_commands();
  ASSERT_EQ(fenced_writer()->commit({}, at, member->generation()).outcome, CommitOutcome::committed);
  member.reset();
  log_.reset();
  log_ = under_test_->open();
  EXPECT_EQ(log_->identity().value(), identity);
  auto reader = reader_from(Topic::commands, at);
  EXPECT_THAT(values(*reader, 1), ElementsAre("kept"));
  // The marker of a transaction is written after its commit is answered.
  const auto committed = [&] {
    return log_->group_positions(std::string(kCommandGroup), Topic::commands).value()[0].committed;
  };
  const auto deadline = Clock::now() + under_test_->patience();
  while (committed() != at && Clock::now() < deadline) std::this_thread::sleep_for(Duration{20});
  EXPECT_EQ(committed(), at);
  EXPECT_GT(append(Topic::commands, "next"), at);
}

TEST_P(LastingLogConformance, ARecreatedLogHasAnotherIdentity) {
  const auto identity = log_->identity().value();
  log_.reset();
  under_test_->recreate();
  log_ = under_test_->open();
  EXPECT_NE(log_->identity().value(), identity);
}

}  // namespace casetrail::log
