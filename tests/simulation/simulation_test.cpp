// The engine keeps its promises in every history.
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "tests/simulation/history.h"
#include "tests/support/number_from.h"

namespace casetrail::simulation {
namespace {

constexpr std::uint64_t kSeeds = 500;  ///< unless CASETRAIL_SEEDS says otherwise
constexpr std::uint64_t kShards = 4;   ///< so that a machine with cores can use them

void expect_kept_promises(std::uint64_t seed, Sealing sealing = Sealing::open) {
  const auto plan = make_plan(seed);
  if (play(plan, no_mutation, sealing).complaints.empty()) return;
  const auto shrunk = shrink(plan, no_mutation, sealing);
  FAIL() << report(seed, shrunk, play(shrunk, no_mutation, sealing));
}

class Quiet : public ::testing::Environment {
 public:
  void SetUp() override {
    if (!number_from("CASETRAIL_SEED")) spdlog::set_level(spdlog::level::off);
  }
};
const auto* const kQuiet = ::testing::AddGlobalTestEnvironment(new Quiet);

class Simulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Simulation, EveryHistoryKeepsThePromises) {
  const auto seeds = number_from("CASETRAIL_SEEDS").value_or(kSeeds);
  const auto first = number_from("CASETRAIL_FIRST_SEED").value_or(1);
  for (auto seed = first + GetParam(); seed < first + seeds; seed += kShards) {
    expect_kept_promises(seed);
    if (HasFatalFailure()) return;
  }
}

TEST_P(Simulation, EveryHistoryOfASealedLogKeepsThePromises) {
  const auto seeds = number_from("CASETRAIL_SEEDS").value_or(kSeeds) / 4;
  const auto first = number_from("CASETRAIL_FIRST_SEED").value_or(1);
  for (auto seed = first + GetParam(); seed < first + seeds; seed += kShards) {
    expect_kept_promises(seed, Sealing::sealed);
    if (HasFatalFailure()) return;
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, Simulation, ::testing::Range(std::uint64_t{0}, kShards));

TEST(Simulation, ThisSeedKeepsThePromises) {
  if (const auto seed = number_from("CASETRAIL_SEED")) {
    expect_kept_promises(*seed);
    expect_kept_promises(*seed, Sealing::sealed);
  }
}

TEST(Simulation, TheHistoriesAreRich) {
  constexpr auto kRich = std::to_array<std::string_view>({"accepted",
                                                          "stale_version",
                                                          "command_id_reused",
                                                          "invalid_command",
                                                          "wrong_partition",
                                                          "dead letter",
                                                          "answered again",
                                                          "timer fired",
                                                          "aborted commit",
                                                          "unknown commit",
                                                          "fenced commit",
                                                          "store discarded: corrupt",

                                                          "a clock leapt under a process",
                                                          "torn store",
                                                          "died in the middle of a call",
                                                          "stood still in the middle of a call",
                                                          "started again by the operator",
                                                          "rebuilt and switched",
                                                          "casetrail.timer.expired",
                                                          "casetrail.handoff.accepted",
                                                          "casetrail.callback.scheduled",
                                                          "casetrail.case.closed",
                                                          "casetrail.review.scored"});
  std::map<std::string, std::uint64_t> seen;
  const auto is_seen = [&](std::string_view what) { return seen[std::string(what)] > 0; };
  for (std::uint64_t seed = 1; seed <= 2'000 && !(seed > 200 && std::ranges::all_of(kRich, is_seen));
       ++seed) {
    for (const auto& [what, times] : play(make_plan(seed)).seen) seen[what] += times;
  }
  for (const auto what : kRich)
    EXPECT_TRUE(is_seen(what)) << what << " never happened: the histories show too little.";
  for (const auto& [what, times] : seen) RecordProperty(what, std::to_string(times));
}

TEST(Simulation, TheSameSeedGivesTheSameHistory) {
  // A mutant is told on, so that both runs leave their story and their log.
  const auto loses_every_answer = [] {
    Mutation mutation;
    mutation.records = [](std::vector<log::Outgoing>& records) {
      std::erase_if(records,
                    [](const log::Outgoing& record) { return record.topic == log::Topic::outcomes; });
    };
    return mutation;
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto once = play(make_plan(seed), loses_every_answer);
    const auto again = play(make_plan(seed), loses_every_answer);
    ASSERT_FALSE(once.log.empty());
    EXPECT_EQ(once.log, again.log);
    EXPECT_EQ(once.story, again.story);
  }
}

}  // namespace
}  // namespace casetrail::simulation
