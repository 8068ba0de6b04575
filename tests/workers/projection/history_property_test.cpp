// Random histories with kills, restarts and rebuilds: what is live always equals what is built from nothing.
#include <array>
#include <random>

#include "projections/view.h"
#include "tests/support/random_event.h"
#include "tests/workers/projection/projection_rig.h"

namespace casetrail {
namespace {

constexpr unsigned kHistories = 150;
constexpr int kActions = 60;

class ProjectionHistory : public ProjectionTest, public ::testing::WithParamInterface<unsigned> {
 protected:
  std::vector<const ViewType*> views() const {
    std::vector<const ViewType*> all{&kTally};
    for (const auto& view : view_types()) all.push_back(&view);
    return all;
  }

  int pick(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  void happen_next() {
    const auto number = static_cast<std::size_t>(pick(6));
    auto fact = event("case-" + std::to_string(number), ++seqs_[number], pick(40));
    fact.event = random_event(random_);
    if (pick(20) == 0) fact.seq = ++seqs_[number];
    if (pick(20) == 0) fact.seq = 1;
    append(fact, partition_of(fact.case_id.value, 2));
  }

  void act(std::unique_ptr<ProjectionProcess>& process) {
    switch (pick(12)) {
      case 0:
        process.reset();
        copies.crash();
        process = start(views(), 2);
        return;
      case 1:
        process.reset();
        process = start(views(), 2);
        return;
      case 2: std::ignore = process->projection->rebuild(); return;
      case 3: process->now += std::chrono::seconds(61); return;
      case 4:
      case 5: process->feed(); return;
      case 6:
      case 7: process->step(); return;
      default: happen_next();
    }
  }

  std::mt19937_64 random_{GetParam()};
  std::array<std::int64_t, 6> seqs_{};
};

TEST_P(ProjectionHistory, LiveRowsEqualRowsBuiltFromNothing) {
  auto process = start(views(), 2);
  for (int i = 0; i < kActions; ++i) act(process);
  process->steps(12);
  const auto status = process->projection->rebuild_status();
  EXPECT_TRUE(!status || status->stage == RebuildStage::switched) << status->sentence;

  MapCopies fresh;
  ProjectionProcess rebuilt(log, fresh, views());
  rebuilt.step();
  EXPECT_EQ(copies.rows(copies.live()->value()), fresh.rows(1)) << log.dump();
  EXPECT_EQ(process->progress(0).position, rebuilt.progress(0).position);
  EXPECT_EQ(process->progress(1).position, rebuilt.progress(1).position);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ProjectionHistory, ::testing::Range(0U, kHistories));

}  // namespace
}  // namespace casetrail
