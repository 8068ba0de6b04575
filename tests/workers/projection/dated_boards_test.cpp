// Boards of moments that have passed begin with the copies that the live ones keep for later, and equal what
// was shown then all the same.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "events/case/privacy.h"
#include "projections/boards.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/projection/projection_rig.h"
#include "workers/projection/disk_copy_storage.h"
#include "workers/projection/past_boards.h"

namespace casetrail::projection {
namespace {

namespace fs = std::filesystem;

class DatedBoards : public ProjectionTest {
 protected:
  struct Shown {
    Timestamp at;
    std::string json;
  };
  struct Made {
    std::string json;
    std::int64_t distance = 0;  ///< records that were read for it
  };

  DatedBoards() {
    for (const auto& view : view_types()) {
      if (view.worker == view_types().front().worker) views_.push_back(&view);
    }
    restart();
  }

  void restart() {
    live_.reset();
    storage_ = std::make_unique<DiskCopyStorage>(folder_.path(), "boards", memory_, std::uint64_t{1} << 30U);
    live_ = std::make_unique<ProjectionProcess>(log, *storage_, views_);
    live_->now = now_;
  }

  /// Twenty minutes of work; what the first board shows then.
  void work() {
    now_ += std::chrono::minutes(20);
    for (auto events = 1 + random_() % 6; events > 0; --events) {
      const auto number = static_cast<std::size_t>(random_() % 5);
      auto fact = event("case-" + std::to_string(number), ++seqs_[number]);
      do fact.event = random_event(random_);
      while (fact.event.get_if<CustomerErased>() != nullptr);  // it voids the copies
      fact.recorded_at = now_;
      append(fact);
      newest_[log::partition_of(fact.case_id.value, log.partitions())] = now_;
    }
    live_->now = now_;
    live_->feed();
    const auto board = live_->boards->render(views_.front()->name, {.now = now_});
    ASSERT_TRUE(board) << board.error().sentence;
    shown_.push_back({now_, board->json});
    wait_for_copies();
  }
  /// The disk takes its time: until no partition has an event that is an hour newer than its newest copy.
  void wait_for_copies() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const auto lags = [&](const auto& newest) {
      const auto kept = storage::DatedStores(copies_of(newest.first)).list();
      return kept.empty() || newest.second - kept.back() >= std::chrono::hours(1);
    };
    while (std::ranges::any_of(newest_, lags) && std::chrono::steady_clock::now() < deadline) {
      live_->now += std::chrono::seconds(11);
      live_->feed();
    }
    EXPECT_TRUE(std::ranges::none_of(newest_, lags));
  }

  /// As a process does that has made none before.
  [[nodiscard]] Made past(Timestamp as_of) {
    DiskCopyStorage storage(folder_.path() / "past", "boards", memory_, folder_.path());
    PastBoards boards(log, {"boards", views_}, storage);
    for (;;) {
      const auto progress = boards.make(as_of);
      if (!progress) return {progress.error().sentence, 0};
      if (!progress->is_made) continue;
      const auto board = boards.render(as_of, 0, {.now = as_of});
      return {board ? board->json : board.error().sentence, progress->done};
    }
  }
  void expect_equal() {
    for (const auto& [at, json] : shown_) ASSERT_EQ(past(at).json, json) << to_wire(at);
  }
  [[nodiscard]] fs::path copies_of(log::Partition partition) const {
    return folder_.path() / "stores/boards.1" / std::to_string(partition) / "dated";
  }
  /// The newest of partition 0.
  [[nodiscard]] fs::path newest_copy() const {
    const storage::DatedStores kept(copies_of(0));
    return kept.path(kept.list().back());
  }

  TemporaryFolder folder_;
  storage::StorageMemory memory_{64U << 20U};
  std::vector<const kit::ViewType*> views_;
  std::unique_ptr<DiskCopyStorage> storage_;
  std::unique_ptr<ProjectionProcess> live_;
  std::mt19937_64 random_{std::random_device{}()};
  std::map<std::size_t, std::int64_t> seqs_;
  Timestamp now_ = kMonday;
  std::map<log::Partition, Timestamp> newest_;  ///< events
  std::vector<Shown> shown_;
};

TEST_F(DatedBoards, EqualWhatTheLiveOnesShowedThenAndReadLittle) {
  for (int i = 0; i < 24; ++i) work();
  expect_equal();
  // An hour between two copies, and what lies behind the last one.
  EXPECT_LE(past(shown_.back().at).distance, 40);
  EXPECT_GT(live_->progress().kept_for_later.copies, 5);
}

TEST_F(DatedBoards, OutliveARestart) {
  for (int i = 0; i < 12; ++i) work();
  restart();
  for (int i = 0; i < 12; ++i) work();
  expect_equal();
  EXPECT_LE(past(shown_.at(10).at).distance, 40);
}

TEST_F(DatedBoards, OfWhichOneIsDamagedBeginWithTheOneBeforeOrTheLog) {
  for (int i = 0; i < 12; ++i) work();
  std::ofstream(newest_copy() / "CURRENT") << "no manifest\n";
  expect_equal();
  for (const log::Partition partition : {0, 1}) {
    const storage::DatedStores kept(copies_of(partition));
    for (const auto covers : kept.list()) std::ofstream(kept.path(covers) / "CURRENT") << "no manifest\n";
  }
  expect_equal();
  EXPECT_GT(past(shown_.back().at).distance, 11);
}

TEST_F(DatedBoards, OfARebuiltViewBeginAnew) {
  for (int i = 0; i < 10; ++i) work();
  ASSERT_TRUE(live_->boards->rebuild(views_.front()->name));
  live_->steps(12);
  EXPECT_EQ(live_->stage(), RebuildStage::switched);
  EXPECT_FALSE(fs::exists(folder_.path() / "stores/boards.1"));
  expect_equal();
}

}  // namespace
}  // namespace casetrail::projection
