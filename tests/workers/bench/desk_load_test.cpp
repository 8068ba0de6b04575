// The load of an ordinary desk: what the figures are worth hangs on it.
#include "workers/bench/desk_load.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "aggregates/case/decider.h"

namespace casetrail::bench {
namespace {

using namespace std::chrono_literals;

TEST(DeskLoad, EveryCommandIsAcceptedAndLeadsToEvents) {
  const Policy policy;
  const DeskLoad load("test", 3);
  std::map<CaseId, CaseState> cases;
  auto now = from_epoch_ms(1'795'421'109'120);
  for (std::size_t number = 0; number < std::size_t{2} * 3 * DeskLoad::kSteps; ++number, now += 10ms) {
    const auto envelope = load.command(number, now);
    auto& state = cases[envelope.case_id];
    const auto decision = decide(state, envelope, now, policy);
    ASSERT_TRUE(decision) << number << ": " << decision.error().sentence;
    EXPECT_FALSE(decision->empty()) << number;
    CaseEvent record;
    record.case_id = envelope.case_id;
    record.seq = state.seq;
    record.recorded_at = now;
    record.actor = envelope.actor;
    for (const auto& event : *decision) {
      ++record.seq;
      record.event = event;
      evolve(state, record);
    }
  }
  EXPECT_EQ(cases.size(), 6U);
  for (const auto& [id, state] : cases) EXPECT_EQ(state.status, CaseStatus::closed) << id.value;
}

TEST(DeskLoad, EveryCommandHasAnIdOfItsOwnThatTellsItsNumber) {
  const DeskLoad load("run-7", 4);
  std::set<std::string> ids;
  for (std::size_t number = 0; number < 200; ++number) {
    const auto envelope = load.command(number, {});
    EXPECT_EQ(DeskLoad::number_of(envelope.id.value), number);
    EXPECT_TRUE(ids.insert(envelope.id.value).second);
  }
}

}  // namespace
}  // namespace casetrail::bench
