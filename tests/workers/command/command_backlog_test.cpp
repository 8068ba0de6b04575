// What waits to be decided is counted, whoever has its partition.
#include "workers/command/command_backlog.h"

#include <gtest/gtest.h>

#include "tests/support/events_of.h"
#include "tests/support/memory_log.h"

namespace casetrail::command {
namespace {

class CommandBacklogTest : public testing::Test {
 protected:
  void append(int records, Timestamp at, log::Partition partition = 0) {
    for (int i = 0; i < records; ++i) {
      ASSERT_TRUE(log::append_and_wait(log_, log::Topic::commands, partition, {"case", "{}", {}, at}));
    }
  }
  void take(log::Offset next) {
    auto membership = log_.join(std::string(log::kCommandGroup), log::Topic::commands, "n1").value();
    const log::Membership::Position there[] = {{0, next}};
    ASSERT_TRUE(membership->commit(there));
  }
  [[nodiscard]] log::PartitionLag lag(log::Partition partition = 0) {
    EXPECT_TRUE(backlog_.step(now_));
    return backlog_.lag(now_).at(static_cast<std::size_t>(partition));
  }

  MemoryLog log_{2};
  CommandBacklog backlog_{log_};
  Timestamp now_ = kMonday;
};

TEST_F(CommandBacklogTest, IsUnknownBeforeTheLogWasAsked) {
  const auto rows = backlog_.lag(now_);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].group, "casetrail.commands");
  EXPECT_EQ(rows[1].lag, std::nullopt);
}

TEST_F(CommandBacklogTest, CountsWhatNobodyHasTakenAndSaysHowLongItWaits) {
  append(3, now_ - std::chrono::hours(2));
  take(1);
  const auto row = lag();
  EXPECT_EQ(row.current_offset, 1);
  EXPECT_EQ(row.log_end_offset, 3);
  EXPECT_EQ(row.lag, 2);
  EXPECT_EQ(row.lag_seconds, 7200.0);
  EXPECT_EQ(lag(1).lag, 0);
}

TEST_F(CommandBacklogTest, NamesATransactionThatSomebodyLeftOpenAndSinceWhen) {
  append(2, now_);
  take(2);
  log_.begin_foreign(0, {"case", "{}", {}, now_}, log::Topic::commands);
  EXPECT_EQ(lag().stopped, "");
  const auto since = to_wire(now_);
  now_ += std::chrono::seconds(10);
  EXPECT_TRUE(lag().stopped.contains("holds casetrail.commands/0 at offset 2 of 3"));
  EXPECT_TRUE(lag().stopped.contains("first seen at " + since));
  log_.abort_foreign(0);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(lag().stopped, "");
}

TEST_F(CommandBacklogTest, WhatCameWhileItWatchedWaitsSinceItCameWhateverItsSenderSays) {
  EXPECT_EQ(lag().lag, 0);
  now_ += std::chrono::seconds(1);
  append(5, now_ - std::chrono::hours(2));
  EXPECT_EQ(lag().lag, 5);
  now_ += std::chrono::seconds(9);
  EXPECT_EQ(lag().lag_seconds, 10.0);
}

TEST_F(CommandBacklogTest, IsZeroWhenAllIsTaken) {
  append(2, now_);
  take(2);
  EXPECT_EQ(lag().lag, 0);
  EXPECT_EQ(lag().lag_seconds, 0.0);
}

TEST_F(CommandBacklogTest, ALogThatDoesNotAnswerMakesItUnknownAndNotZero) {
  EXPECT_EQ(lag().lag, 0);
  now_ += std::chrono::seconds(20);
  for (int i = 0; i < 3; ++i) log_.fail(MemoryLog::Call::bounds, log::LogFailure::unavailable);
  EXPECT_FALSE(backlog_.step(now_));
  EXPECT_EQ(backlog_.lag(now_).at(0).lag, std::nullopt);
}

}  // namespace
}  // namespace casetrail::command
