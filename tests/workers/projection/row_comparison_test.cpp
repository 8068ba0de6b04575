// Two ordered scans, whatever they have in common.
#include "workers/projection/row_comparison.h"

#include <gtest/gtest.h>

#include "tests/support/map_store.h"

namespace casetrail::projection {
namespace {

std::unique_ptr<storage::StoreView> store(const std::vector<std::pair<std::string, std::string>>& rows) {
  auto store = std::make_unique<MapStore>();
  storage::StoreBatch batch;
  for (const auto& [key, value] : rows) batch.put(storage::kMetaFamily + 1, key, value);
  EXPECT_TRUE(store->write(batch));
  return store;
}

FamilyDifference compare(std::unique_ptr<storage::StoreView> live, std::unique_ptr<storage::StoreView> copy) {
  RowComparison comparison({"rows"});
  comparison.add({3, std::move(live), std::move(copy)});
  for (auto state = comparison.step(); state == RowComparison::State::unfinished;) state = comparison.step();
  EXPECT_EQ(comparison.equal(), comparison.families().front().differing == 0);
  return comparison.families().front();
}

TEST(RowComparison, EqualRowsDoNotDiffer) {
  const auto difference = compare(store({{"a", "1"}, {"b", "2"}}), store({{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(difference.differing, 0);
  EXPECT_EQ(difference.rows_live, 2);
}

TEST(RowComparison, NamesKeysThatOneSideLacksAndThoseWithOtherBytes) {
  const auto difference =
      compare(store({{"a", "1"}, {"b", "2"}, {"d", "4"}}), store({{"b", "other"}, {"c", "3"}, {"d", "4"}}));
  EXPECT_EQ(difference.first_keys, (std::vector<std::string>{"3/a", "3/b", "3/c"}));
  EXPECT_EQ(difference.rows_live, 3);
  EXPECT_EQ(difference.rows_copy, 3);
}

TEST(RowComparison, AnEmptySideDiffersInEveryRow) {
  EXPECT_EQ(compare(store({}), store({{"a", "1"}, {"b", "2"}})).differing, 2);
}

TEST(RowComparison, GoesOnWherePiecesEndAtDifferentKeys) {
  std::vector<std::pair<std::string, std::string>> live;
  std::vector<std::pair<std::string, std::string>> copy;
  for (int i = 100'000; i < 150'000; ++i) {
    if (i % 3 != 0) live.emplace_back(std::to_string(i), "x");
    if (i % 1000 != 0) copy.emplace_back(std::to_string(i), "x");
  }
  const auto difference = compare(store(live), store(copy));
  std::int64_t expected = 0;
  for (int i = 100'000; i < 150'000; ++i) expected += (i % 3 != 0) != (i % 1000 != 0) ? 1 : 0;
  EXPECT_EQ(difference.differing, expected);
  EXPECT_EQ(difference.rows_live, static_cast<std::int64_t>(live.size()));
  EXPECT_EQ(difference.rows_copy, static_cast<std::int64_t>(copy.size()));
}

}  // namespace
}  // namespace casetrail::projection
