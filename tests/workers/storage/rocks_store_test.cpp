// The store on RocksDB keeps the port's contract.
#include "workers/storage/rocks_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/support/temporary_folder.h"

namespace casetrail::storage {
namespace {

using testing::ElementsAre;

class RocksStoreTest : public testing::Test {
 protected:
  RocksStoreTest() { reopen(); }

  void reopen() {
    store_.reset();
    auto opened =
        RocksStore::open(folder_.path() / "store", {"rows", "more"}, memory_, Verification::as_read);
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
  }

  void put(const std::string& key, const std::string& value, FamilyIndex family = 0) {
    StoreBatch batch;
    batch.put(family, key, value);
    ASSERT_TRUE(store_->write(batch));
  }

  static std::vector<std::string> keys(const StoreView& view, std::string_view prefix,
                                       std::string_view from) {
    std::vector<std::string> keys;
    EXPECT_TRUE(view.scan(0, prefix, from, [&](std::string_view key, std::string_view) {
      keys.emplace_back(key);
      return true;
    }));
    return keys;
  }

  TemporaryFolder folder_;
  StorageMemory memory_{std::size_t{8} << 20};
  std::unique_ptr<RocksStore> store_;
};

TEST_F(RocksStoreTest, WhatRocksDbTellsOfOpenStoresIsSummedByTheirRole) {
  constexpr StoreProperty kFlushed{"rocksdb.live-sst-files-size", StoreProperty::Of::families};
  constexpr StoreProperty kKeys{"rocksdb.estimate-num-keys", StoreProperty::Of::families};
  constexpr StoreProperty kFiles{"rocksdb.num-files-at-level0", StoreProperty::Of::fullest};
  constexpr StoreProperty kErrors{"rocksdb.background-errors", StoreProperty::Of::database};
  constexpr std::array kAll{kFlushed, kKeys, kFiles, kErrors};
  std::vector<std::unique_ptr<RocksStore>> stores;
  for (const auto* folder : {"command/0/live", "command/1/live", "boards.1/0/live"}) {
    stores.push_back(
        RocksStore::open(folder_.path() / folder, {"rows", "more"}, memory_, Verification::as_read).value());
    for (int file = 0; file < 2; ++file) {
      StoreBatch batch;
      batch.put(0, "key" + std::to_string(file), "value");
      ASSERT_TRUE(stores.back()->write(batch));
      ASSERT_TRUE(stores.back()->flush());
    }
  }
  const auto sums = memory_.sums(kAll);
  EXPECT_THAT(sums.at("command"), ElementsAre(testing::Gt(500U), 4U, 4U, 0U));
  EXPECT_THAT(sums.at("boards"), ElementsAre(testing::Gt(250U), 2U, 2U, 0U));
  stores.clear();
  EXPECT_FALSE(memory_.sums(kAll).contains("command"));
}

TEST_F(RocksStoreTest, RowsOfAFamilyAreFoundThereAlone) {
  put("key", "value");
  EXPECT_EQ(store_->get(0, "key").value(), "value");
  EXPECT_EQ(store_->get(1, "key").value(), std::nullopt);
}

TEST_F(RocksStoreTest, TheLastChangeOfAKeyInABatchCounts) {
  StoreBatch batch;
  batch.put(0, "key", "first");
  batch.erase(0, "key");
  batch.put(0, "key", "last");
  ASSERT_TRUE(store_->write(batch));
  EXPECT_EQ(store_->get(0, "key").value(), "last");
}

TEST_F(RocksStoreTest, AScanGivesTheRowsOfAPrefixInByteOrderFromAKeyOn) {
  for (const auto* key : {"b/2", "a", "b/1", "b\xff", "b", "c"}) put(key, "");
  EXPECT_THAT(keys(*store_, "b", ""), ElementsAre("b", "b/1", "b/2", "b\xff"));
  EXPECT_THAT(keys(*store_, "b", "b/2"), ElementsAre("b/2", "b\xff"));
  EXPECT_THAT(keys(*store_, "", "b/2"), ElementsAre("b/2", "b\xff", "c"));
}

TEST_F(RocksStoreTest, AScanStopsWhenItIsTold) {
  for (const auto* key : {"a", "b", "c"}) put(key, "");
  int rows = 0;
  ASSERT_TRUE(store_->scan(0, "", "", [&](std::string_view, std::string_view) { return ++rows < 2; }));
  EXPECT_EQ(rows, 2);
}

TEST_F(RocksStoreTest, ASnapshotDoesNotMove) {
  put("key", "before");
  const auto snapshot = store_->snapshot();
  put("key", "after");
  put("new", "");
  EXPECT_EQ(snapshot->get(0, "key").value(), "before");
  EXPECT_THAT(keys(*snapshot, "", ""), ElementsAre("key"));
}

TEST_F(RocksStoreTest, ClosingInOrderKeepsWhatWasNotFlushed) {
  put("key", "value");
  reopen();
  EXPECT_EQ(store_->get(0, "key").value(), "value");
}

TEST_F(RocksStoreTest, MemoryIsAccountedForUnderItsCeiling) {
  for (int i = 0; i < 40'000; ++i) put(std::to_string(i), std::string(500, 'x'));
  EXPECT_GT(memory_.used_bytes(), 0U);
  EXPECT_LE(memory_.used_bytes(), memory_.ceiling_bytes());
}

TEST_F(RocksStoreTest, AFolderThatCannotBeMadeIsUnavailable) {
  const auto opened = RocksStore::open("/proc/casetrail/store", {"rows"}, memory_, Verification::as_read);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().failure, StoreFailure::unavailable);
}

}  // namespace
}  // namespace casetrail::storage
