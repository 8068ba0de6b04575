// Copies of a store that are kept for later: which stay, what they take, and what is begun with them.
#include "workers/storage/dated_stores.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"
#include "workers/storage/store_folder.h"

namespace casetrail::storage {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp kNow = from_epoch_ms(1'800'000'000'000);
constexpr std::uint64_t kMuch = std::uint64_t{1} << 30U;

class DatedStoresTest : public testing::Test {
 protected:
  void keep(Timestamp covers, std::size_t bytes = 10) {
    fs::create_directories(dated_.path(covers));
    std::ofstream(dated_.path(covers) / "000001.sst") << std::string(bytes, 'x');
  }

  TemporaryFolder folder_;
  fs::path live_ = folder_.path() / "live";
  DatedStores dated_{folder_.path() / "dated"};
};

TEST_F(DatedStoresTest, OfTwoDaysEachHourStaysAndOfSixtyEachDay) {
  const Timestamp hour = std::chrono::floor<hours>(kNow - hours{3});
  const Timestamp day = std::chrono::floor<days>(kNow - days{30});
  for (const auto at :
       {hour, hour + minutes{20}, hour + hours{1}, day, day + hours{5}, day + days{1}, kNow - days{61}})
    keep(at);
  ASSERT_TRUE(dated_.thin(live_, kNow, kMuch));
  EXPECT_THAT(dated_.list(), ElementsAre(day, day + days{1}, hour, hour + hours{1}));
}

TEST_F(DatedStoresTest, TheNewestStaysWhateverItsAge) {
  keep(kNow - days{90});
  ASSERT_TRUE(dated_.thin(live_, kNow, 0));
  EXPECT_THAT(dated_.list(), ElementsAre(kNow - days{90}));
}

TEST_F(DatedStoresTest, TheOldestGoUntilTheRestFits) {
  for (int hour = 3; hour >= 1; --hour) keep(kNow - hours{hour}, 1'000);
  ASSERT_TRUE(dated_.thin(live_, kNow, 2'500));
  EXPECT_THAT(dated_.list(), ElementsAre(kNow - hours{2}, kNow - hours{1}));
  EXPECT_EQ(dated_.report(live_).copies, 2);
  EXPECT_EQ(dated_.report(live_).bytes, 2'000);
}

TEST_F(DatedStoresTest, WhatTheLiveStoreSharesTakesNothing) {
  keep(kNow, 1'000);
  fs::create_directories(live_);
  fs::create_hard_link(dated_.path(kNow) / "000001.sst", live_ / "000001.sst");
  EXPECT_EQ(dated_.report(live_).bytes, 0);
}

/// A home whose store has a row that says how far it is.
class StoreForLater : public testing::Test {
 protected:
  StoreForLater() { open(); }

  void open(std::uint64_t bytes = kMuch) {
    home_.emplace(folder_.path(), "boards.1", 0, std::vector<std::string>{"rows"}, memory_, bytes);
    store_ = home_->open({"log-1", "schema-1"})->store;
  }
  void write(log::Offset next) {
    StoreBatch batch;
    batch.put(1, "row", std::to_string(next));
    put_position(batch, {next, next - 1, "case/" + std::to_string(next)});
    ASSERT_TRUE(store_->write(batch));
    ASSERT_TRUE(home_->checkpoint());
  }
  /// How far a store is that begins with what is kept until `as_of`; 0: with nothing.
  [[nodiscard]] log::Offset begun_with(Timestamp as_of) {
    StoreFolder other(folder_.path(), "past." + std::to_string(++others_), 0, {"rows"}, memory_);
    const auto begun = other.begin_with(home_->dated(), as_of);
    const auto opened = other.open({"log-1", "schema-1"});
    EXPECT_TRUE(opened) << opened.error().what;
    EXPECT_EQ(begun.has_value(), opened->position.has_value());
    return opened->position.value_or(StorePosition{}).next;
  }

  TemporaryFolder folder_;
  StorageMemory memory_{64U << 20U};
  std::optional<StoreFolder> home_;
  Store* store_ = nullptr;
  int others_ = 0;
};

TEST_F(StoreForLater, IsKeptOnceAnHourAndBegunWithAsNearAsItGoes) {
  write(1);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{2}, kNow));
  write(2);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{2} + minutes{59}, kNow));
  write(3);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{1}, kNow));
  EXPECT_THAT(home_->dated().list(), ElementsAre(kNow - hours{2}, kNow - hours{1}));
  EXPECT_EQ(begun_with(kNow - hours{2} - Duration{1}), 0);
  EXPECT_EQ(begun_with(kNow - hours{2}), 1);
  EXPECT_EQ(begun_with(kNow - hours{1} - Duration{1}), 1);
  EXPECT_EQ(begun_with(kNow), 3);
}

TEST_F(StoreForLater, OutlivesARestartAndWhatTheStoreDoesAfter) {
  write(1);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{2}, kNow));
  open();
  for (log::Offset next = 2; next < 20; ++next) write(next);
  EXPECT_EQ(begun_with(kNow), 1);
  EXPECT_EQ(begun_with(kNow), 1) << "What was begun with it has changed it.";
}

TEST_F(StoreForLater, ThatIsDamagedIsPassedOverForTheOneBefore) {
  write(1);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{2}, kNow));
  write(2);
  ASSERT_TRUE(home_->keep_for_later(kNow - hours{1}, kNow));
  std::ofstream(home_->dated().path(kNow - hours{1}) / "CURRENT") << "no manifest\n";
  EXPECT_EQ(begun_with(kNow), 1);
}

TEST_F(StoreForLater, IsNotKeptWithoutRoomForIt) {
  open(0);
  write(1);
  const auto kept = home_->keep_for_later(kNow, kNow);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->copies, 0);
  EXPECT_THAT(home_->dated().list(), IsEmpty());
}

}  // namespace
}  // namespace casetrail::storage
