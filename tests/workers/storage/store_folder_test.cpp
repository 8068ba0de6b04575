// What is wrong with a store is found when it is opened, and costs time, never data.
#include "workers/storage/store_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/support/temporary_folder.h"

namespace casetrail::storage {
namespace {

namespace fs = std::filesystem;

constexpr FamilyIndex kRows = 1;

class StoreFolderTest : public testing::Test {
 protected:
  StoreFolderTest() { close(); }

  OpenedStore open(const StoreIdentity& identity = {"log-1", "schema-1"}) {
    auto opened = home_->open(identity);
    if (!opened) throw std::runtime_error(opened.error().what);
    return std::move(*opened);
  }

  /// Writes a row that says which write it was, with the position of it.
  void write(Store& store, log::Offset next) {
    StoreBatch batch;
    batch.put(kRows, "row", std::to_string(next));
    // So much that each checkpoint has files of its own.
    batch.put(kRows, "filler" + std::to_string(next),
              std::string(20'000, static_cast<char>('a' + next % 20)));
    put_position(batch, {next, next - 1, "case/" + std::to_string(next)});
    ASSERT_TRUE(store.write(batch));
  }

  void checkpoint_at(Store& store, log::Offset next) {
    write(store, next);
    ASSERT_TRUE(home_->checkpoint());
  }

  /// As another process finds it.
  void close() { home_.emplace(folder_.path(), "command", 3, std::vector<std::string>{"rows"}, memory_); }

  fs::path path(const std::string& name) const { return folder_.path() / "stores/command/3" / name; }

  static void flip_byte(const fs::path& file, std::streamoff at) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(at);
    const auto byte = static_cast<char>(bytes.get() ^ 0x40);
    bytes.seekp(at);
    bytes.put(byte);
  }

  static std::vector<fs::path> files(const fs::path& folder, const std::string& part) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().filename().string().contains(part)) found.push_back(entry.path());
    }
    return found;
  }

  static DiscardReason only_reason(const OpenedStore& opened) {
    EXPECT_EQ(opened.discarded.size(), 1U);
    return opened.discarded.at(0).reason;
  }

  TemporaryFolder folder_;
  StorageMemory memory_{std::size_t{16} << 20};
  std::optional<StoreFolder> home_;
};

TEST_F(StoreFolderTest, AStoreThatNeverWasIsEmpty) {
  const auto opened = open();
  EXPECT_EQ(opened.position, std::nullopt);
  EXPECT_TRUE(opened.discarded.empty());
}

TEST_F(StoreFolderTest, AStoreGoesOnWhereItWas) {
  write(*open().store, 42);
  const auto again = open();
  EXPECT_EQ(again.position, (StorePosition{42, 41, "case/42"}));
  EXPECT_EQ(again.store->get(kRows, "row").value(), "42");
}

TEST_F(StoreFolderTest, AStoreOfAnotherLogIsDiscarded) {
  write(*open().store, 42);
  const auto again = open({"log-2", "schema-1"});
  EXPECT_EQ(only_reason(again), DiscardReason::other_log);
  EXPECT_EQ(again.position, std::nullopt);
  EXPECT_EQ(again.store->get(kRows, "row").value(), std::nullopt);
}

TEST_F(StoreFolderTest, AStoreOfAnotherSchemaIsDiscarded) {
  write(*open().store, 42);
  EXPECT_EQ(only_reason(open({"log-1", "schema-2"})), DiscardReason::other_schema);
}

TEST_F(StoreFolderTest, AStoreOfANewerVersionIsDiscarded) {
  auto opened = open();
  write(*opened.store, 42);
  StoreBatch newer;
  newer.put(kMetaFamily, "format", "2");
  ASSERT_TRUE(opened.store->write(newer));
  EXPECT_EQ(only_reason(open()), DiscardReason::newer_version);
}

TEST_F(StoreFolderTest, ADamagedManifestFallsBackToTheNewestCheckpoint) {
  auto* store = open().store;
  checkpoint_at(*store, 10);
  checkpoint_at(*store, 20);
  write(*store, 30);
  close();
  for (const auto& manifest : files(path("live"), "MANIFEST")) flip_byte(manifest, 20);
  const auto again = open();
  EXPECT_EQ(only_reason(again), DiscardReason::corrupt);
  EXPECT_EQ(again.position->next, 20);
  EXPECT_EQ(again.store->get(kRows, "row").value(), "20");
}

TEST_F(StoreFolderTest, ACheckpointThatIsStartedHoldsWhatWasWrittenBeforeIt) {
  auto* store = open().store;
  write(*store, 10);
  ASSERT_TRUE(home_->start_checkpoint());
  write(*store, 20);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  auto kept = home_->finish_checkpoint();
  while (kept && !*kept && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    kept = home_->finish_checkpoint();
  }
  ASSERT_TRUE(kept) << kept.error().what;
  ASSERT_TRUE(*kept);
  EXPECT_EQ(store->get(kRows, "row").value(), "20");
  close();
  fs::remove_all(path("live"));
  const auto again = open();
  EXPECT_EQ(again.position->next, 10);
  EXPECT_EQ(again.store->get(kRows, "row").value(), "10");
}

TEST_F(StoreFolderTest, AMissingFileFallsBackToTheNewestCheckpoint) {
  auto* store = open().store;
  checkpoint_at(*store, 10);
  write(*store, 20);
  close();
  for (const auto& rows : files(path("live"), ".sst")) fs::remove(rows);
  const auto again = open();
  EXPECT_EQ(only_reason(again), DiscardReason::corrupt);
  EXPECT_EQ(again.position->next, 10);
}

TEST_F(StoreFolderTest, AMissingStoreFallsBackToTheNewestCheckpoint) {
  checkpoint_at(*open().store, 10);
  close();
  fs::remove_all(path("live"));
  const auto again = open();
  EXPECT_EQ(only_reason(again), DiscardReason::missing);
  EXPECT_EQ(again.position->next, 10);
}

TEST_F(StoreFolderTest, ADamagedCheckpointFallsBackToTheOneBeforeIt) {
  auto* store = open().store;
  checkpoint_at(*store, 10);
  checkpoint_at(*store, 20);
  close();
  fs::remove_all(path("live"));
  const auto old_files = files(path("checkpoint.2"), ".sst");
  for (const auto& rows : files(path("checkpoint.1"), ".sst")) {
    const auto shared = [&](const fs::path& old) { return fs::equivalent(old, rows); };
    if (std::ranges::none_of(old_files, shared)) flip_byte(rows, 10);
  }
  const auto again = open();
  EXPECT_EQ(again.discarded.size(), 2U);
  EXPECT_EQ(again.position->next, 10);
}

TEST_F(StoreFolderTest, AFlippedByteInARowIsFoundWhenItIsReadAndAllCopiesOfItAreRefused) {
  checkpoint_at(*open().store, 10);
  close();
  for (const auto& rows : files(path("live"), ".sst")) flip_byte(rows, 10);
  auto opened = home_->open({"log-1", "schema-1"});
  ASSERT_TRUE(opened) << opened.error().what;
  if (opened->position) {
    const auto row = opened->store->get(kRows, "row");
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().failure, StoreFailure::corrupt);
    ASSERT_TRUE(home_->discard());
  }
  EXPECT_EQ(open().position, std::nullopt);
}

TEST_F(StoreFolderTest, AStoreThatWasFoundDamagedWhileItWasReadIsNotOpenedAgain) {
  write(*open().store, 10);
  close();
  for (const auto& rows : files(path("live"), ".sst")) flip_byte(rows, 10);
  auto opened = home_->open({"log-1", "schema-1"});
  ASSERT_TRUE(opened) << opened.error().what;
  if (opened->position) {
    EXPECT_FALSE(opened->store->get(kRows, "row"));
  }
  close();
  EXPECT_EQ(open().position, std::nullopt);
}

TEST_F(StoreFolderTest, WhatIsDiscardedIsNotOpenedAgain) {
  auto* store = open().store;
  for (const log::Offset next : {10, 20, 30}) checkpoint_at(*store, next);
  std::vector<log::Offset> seen;
  for (auto opened = open(); opened.position; opened = open()) {
    seen.push_back(opened.position->next);
    ASSERT_TRUE(home_->discard());
  }
  EXPECT_THAT(seen, testing::ElementsAre(30, 30, 20));
}

TEST_F(StoreFolderTest, AHalfMadeCheckpointIsReplaced) {
  auto* store = open().store;
  fs::create_directories(path("checkpoint.new"));
  std::ofstream(path("checkpoint.new") / "000001.sst") << "half";
  checkpoint_at(*store, 10);
  EXPECT_FALSE(fs::exists(path("checkpoint.new")));
  EXPECT_TRUE(fs::exists(path("checkpoint.1") / "CURRENT"));
}

class Scrub : public StoreFolderTest {
 protected:
  static constexpr std::string_view kSecret = "a text that somebody wants to be forgotten";

  void put(Store& store, const std::string& value) {
    StoreBatch batch;
    batch.put(kRows, "row", value);
    ASSERT_TRUE(store.write(batch));
  }
  /// Whether any file of the store, or of its copies, holds it.
  [[nodiscard]] bool lies_on_disk() const {
    for (const auto& file : fs::recursive_directory_iterator(folder_.path())) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.contains(kSecret)) return true;
    }
    return false;
  }
};

TEST_F(Scrub, WhatWasOverwrittenLeavesTheDiskWithItsCopies) {
  auto& store = *open().store;
  put(store, std::string(kSecret));
  ASSERT_TRUE(home_->checkpoint());
  ASSERT_TRUE(home_->checkpoint());
  put(store, "");
  ASSERT_TRUE(home_->checkpoint());
  ASSERT_TRUE(lies_on_disk());
  ASSERT_TRUE(scrub(*home_, store));
  EXPECT_FALSE(lies_on_disk());
  EXPECT_EQ(store.get(kRows, "row").value(), "");
}

TEST_F(Scrub, IsAskedForUntilItIsDone) {
  auto* store = open().store;
  StoreBatch batch;
  ask_scrub(batch);
  ASSERT_TRUE(store->write(batch));
  close();
  store = open().store;
  EXPECT_TRUE(is_scrub_asked(*store).value());
  ASSERT_TRUE(scrub(*home_, *store));
  EXPECT_FALSE(is_scrub_asked(*store).value());
}

}  // namespace
}  // namespace casetrail::storage
