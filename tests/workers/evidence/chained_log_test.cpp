// Whatever becomes of a commit, the chain of what is committed is whole.
#include "workers/evidence/chained_log.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/support/event_writer.h"
#include "tests/support/events_of.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/evidence/checked_log.h"
#include "tests/workers/log/conformance.h"
#include "workers/evidence/chained_writer.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::evidence {
namespace {

using log::CommitOutcome;
using log::kConformancePartitions;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ChainedLogTest : public testing::Test {
 protected:
  [[nodiscard]] ChainCheck check(KnownHeads known = KnownHeads()) const {
    return checked_log(*raw_, known).front();
  }

  std::shared_ptr<MemoryLog> raw_ = std::make_shared<MemoryLog>(1);
  std::unique_ptr<log::EventLog> chained_ = chain_log(raw_);
};

TEST_F(ChainedLogTest, LinksWhatIsCommittedOverRestarts) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    EventWriter writer(*chained_);
    EXPECT_EQ(writer.commit(random_history(seed, 3, 30)), CommitOutcome::committed);
    EXPECT_EQ(writer.commit(random_history(seed + 100, 3, 1)), CommitOutcome::committed);
  }
  EXPECT_EQ(check().linked(), 155);
  EXPECT_THAT(check().breaks(), IsEmpty());
  EXPECT_EQ(must(last_link(*raw_, 0)), check().head());
}

TEST_F(ChainedLogTest, IsComparedWithHeadsThatWereKept) {
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(1, 2, 10)), CommitOutcome::committed);
  KnownHeads heads;
  ASSERT_TRUE(heads.take_file(heads_text({check()}), "heads"));
  EXPECT_THAT(check(heads).breaks(), IsEmpty());
  EXPECT_EQ(check(heads).heads_met(), 1);
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(2, 2, 10)), CommitOutcome::committed);
  EXPECT_THAT(check(heads).breaks(), IsEmpty());

  // Somebody makes the whole log anew, or cuts its end.
  MemoryLog anew(1);
  const auto forged = chain_log(std::shared_ptr<log::EventLog>(&anew, [](auto*) {}));
  EXPECT_EQ(EventWriter(*forged).commit(random_history(3, 2, 10)), CommitOutcome::committed);
  const auto rewritten = checked_log(anew, heads).front();
  ASSERT_THAT(rewritten.breaks(), SizeIs(1));
  EXPECT_THAT(rewritten.breaks().front().what, HasSubstr("made anew"));
  MemoryLog empty(1);
  const auto cut = checked_log(empty, heads).front();
  ASSERT_THAT(cut.breaks(), SizeIs(1));
  EXPECT_THAT(cut.breaks().front().what,
              HasSubstr("the end is missing: the chain was at number 10 when it was kept"));
}

TEST_F(ChainedLogTest, IsWholeWhateverBecomesOfACommit) {
  using Fault = MemoryLog::CommitFault;
  std::mt19937_64 random(11);
  for (int round = 0; round < 60; ++round) {
    EventWriter writer(*chained_);
    const auto fault = random() % 5;
    if (fault < 4)
      raw_->fault_commit(0, std::array{Fault::unknown_committed, Fault::unknown_committing,
                                       Fault::unknown_open, Fault::aborted}[fault]);
    const auto events = random_history(random(), 2, 1 + random() % 4);
    // What was aborted is decided again by the same writer; what is unknown is taken over anew.
    if (writer.commit(events) != CommitOutcome::aborted) continue;
    EXPECT_EQ(writer.commit(events), CommitOutcome::committed);
  }
  const EventWriter last(*chained_);
  EXPECT_GT(check().linked(), 60);
  EXPECT_THAT(check().breaks(), IsEmpty());
}

TEST_F(ChainedLogTest, BeginsAtTheFirstEventBehindThoseOfAnOldLog) {
  EXPECT_EQ(EventWriter(*raw_).commit(random_history(1, 2, 10)), CommitOutcome::committed);
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(2, 2, 10)), CommitOutcome::committed);
  EXPECT_EQ(check().before_the_chain(), 10);
  EXPECT_EQ(check().linked(), 10);
  EXPECT_THAT(check().breaks(), IsEmpty());
}

TEST_F(ChainedLogTest, GoesOnBehindWhatAnOlderCasetrailWroteInBetween) {
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(1, 2, 10)), CommitOutcome::committed);
  EXPECT_EQ(EventWriter(*raw_).commit(random_history(2, 2, 10)), CommitOutcome::committed);
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(3, 2, 10)), CommitOutcome::committed);
  const auto found = check();
  EXPECT_EQ(found.linked(), 20);
  EXPECT_EQ(found.unlinked(), 10);
  EXPECT_EQ(found.broken(), 0);
  ASSERT_THAT(found.breaks(), SizeIs(1));
  EXPECT_THAT(found.breaks().front().what, HasSubstr("older casetrail"));
  // Whoever keeps the heads now accepts it.
  KnownHeads heads;
  heads.keep(0, found.head());
  const auto later = check(heads);
  EXPECT_EQ(later.unlinked(), 0);
  EXPECT_THAT(later.breaks(), IsEmpty());
}

TEST_F(ChainedLogTest, OfAPartitionThatIsGoneIsMissed) {
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(1, 2, 10)), CommitOutcome::committed);
  KnownHeads heads;
  heads.keep(3, {7, std::string(32, 'a')});
  const auto checks = checked_log(*raw_, heads);
  ASSERT_THAT(checks, SizeIs(4));
  EXPECT_EQ(checks.back().broken(), 1);
}

TEST_F(ChainedLogTest, GoesOnBehindManyRecordsOfOthers) {
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(1, 2, 3)), CommitOutcome::committed);
  for (int i = 0; i < 300; ++i)
    must(log::append_and_wait(*raw_, log::Topic::events, 0, {"theirs", "{}", {}, kMonday}));
  EXPECT_EQ(EventWriter(*chained_).commit(random_history(2, 2, 3)), CommitOutcome::committed);
  EXPECT_EQ(check().linked(), 6);
  EXPECT_THAT(check().breaks(), IsEmpty());
}

class ChainedMemory final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override {
    return chain_log(std::make_shared<MemoryLog>(kConformancePartitions));
  }
  void recreate() override {}
  Duration patience() const override { return Duration{100}; }
};

class ChainedEmbedded final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override {
    auto opened = must(embedded::open_embedded_log({.folder = folder_.path() / "log"}));
    EXPECT_TRUE(opened.log->create_topics(kConformancePartitions));
    return chain_log(std::move(opened.log));
  }
  void recreate() override { std::filesystem::remove_all(folder_.path()); }

 private:
  TemporaryFolder folder_;
};

const auto kMemory =
    testing::Values(log::TestedLog{"Memory", [] { return std::make_unique<ChainedMemory>(); }});
const auto kEmbedded =
    testing::Values(log::TestedLog{"Embedded", [] { return std::make_unique<ChainedEmbedded>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(ChainedMemory, LogConformance, kMemory);
INSTANTIATE_TEST_SUITE_P(ChainedEmbedded, LogConformance, kEmbedded);
INSTANTIATE_TEST_SUITE_P(ChainedEmbedded, LastingLogConformance, kEmbedded);

}  // namespace
}  // namespace casetrail::evidence
