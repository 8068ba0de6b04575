// What a partition knows beside its cases outlives the process.
#include "workers/command/partition_state.h"

#include <gtest/gtest.h>

#include "events/case/request.h"
#include "tests/support/events_of.h"
#include "tests/support/map_store.h"

namespace casetrail::command {
namespace {

CaseEvent registered(log::Offset command) {
  CaseEvent event;
  event.case_id.value = "case-1";
  event.seq = 1;
  event.recorded_at = kMonday;
  event.command_offset = command;
  event.event = RequestRegistered{};
  return event;
}

TEST(PartitionState, KnowsAfterARestartBehindWhichCommandItIs) {
  MapStore store;
  PartitionState state(store, 8);
  ASSERT_TRUE(state.load());
  state.take(registered(41));
  ASSERT_TRUE(state.keep({}));
  PartitionState again(store, 8);
  ASSERT_TRUE(again.load());
  EXPECT_EQ(again.next_command(), 42);
}

TEST(PartitionState, KnowsItsTimeAfterARestartEvenWhenOnlyRefusalsMovedIt) {
  MapStore store;
  PartitionState state(store, 8);
  ASSERT_TRUE(state.load());
  state.set_time(kMonday);
  ASSERT_TRUE(state.keep({}));
  PartitionState again(store, 8);
  ASSERT_TRUE(again.load());
  EXPECT_EQ(again.time(), kMonday);
}

TEST(PartitionState, ForgetsTheCommandsOfABatchThatIsDropped) {
  MapStore store;
  PartitionState state(store, 8);
  ASSERT_TRUE(state.load());
  state.take(registered(41));
  ASSERT_TRUE(state.drop());
  EXPECT_EQ(state.next_command(), 0);
}

}  // namespace
}  // namespace casetrail::command
