// The ceiling is divided, never exceeded, and refused where it is too low to work with.
#include "workers/node/memory_plan.h"

#include <gtest/gtest.h>

namespace casetrail::node {
namespace {

std::size_t planned(const MemoryPlan& plan) {
  return plan.stores + plan.log + plan.cases + plan.rows + plan.batches + plan.keys;
}

TEST(MemoryPlan, LeavesRoomForWhatNoShareCovers) {
  for (const std::size_t mib : {kLeastMemoryMib, kDefaultMemoryMib, std::size_t{65'536}}) {
    const auto plan = plan_memory(mib);
    ASSERT_TRUE(plan) << plan.error();
    EXPECT_EQ(plan->ceiling, mib << 20U);
    EXPECT_LE(planned(*plan) + (std::size_t{160} << 20U), plan->ceiling);
  }
}

TEST(MemoryPlan, LessThanTheEngineWorksWithIsRefused) {
  const auto plan = plan_memory(kLeastMemoryMib - 1);
  ASSERT_FALSE(plan);
  EXPECT_EQ(
      plan.error(),
      "Expected --memory to be at least 384 MiB, for that is what the engine works with, but it is 383.");
}

TEST(MemoryPlan, MoreThanAMachineHasIsRefused) {
  EXPECT_FALSE(plan_memory(static_cast<std::size_t>(-1)));
  EXPECT_FALSE(plan_memory(kMostMemoryMib + 1));
  EXPECT_TRUE(plan_memory(kMostMemoryMib));
}

TEST(MemoryPlan, ASimulatedDayFitsIntoHalf) {
  EXPECT_GE(simulated_cases_of(*plan_memory(kLeastMemoryMib)), 5'000U);
  EXPECT_GE(simulated_cases_of(default_memory()), 60'000U);
  EXPECT_LT(simulated_cases_of(default_memory()), 100'000U);
}

TEST(MemoryPlan, EveryShareComesToSomethingUnderTheLeastCeiling) {
  const auto plan = plan_memory(kLeastMemoryMib);
  ASSERT_TRUE(plan);
  EXPECT_GE(fetch_ahead_of(*plan), std::size_t{1} << 20U);
  EXPECT_GE(cases_of(*plan, 64), 64U);
  EXPECT_GE(rows_of(*plan, 64), 64U);
  EXPECT_GE(batch_events_of(*plan, 4), 500U);
}

TEST(MemoryPlan, PartitionsAndWorkersShareWhatThereIs) {
  const auto plan = default_memory();
  EXPECT_EQ(cases_of(plan, 8) / 2, cases_of(plan, 16));
  EXPECT_EQ(rows_of(plan, 8) / 2, rows_of(plan, 16));
  EXPECT_GT(batch_events_of(plan, 4), batch_events_of(plan, 8));
}

}  // namespace
}  // namespace casetrail::node
