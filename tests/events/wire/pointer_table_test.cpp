// A value by the address of a thing.
#include "events/wire/pointer_table.h"

#include <gtest/gtest.h>

#include <utility>

namespace casetrail {
namespace {

template <std::size_t... I>
auto table_of(const std::array<int, sizeof...(I)>& things, std::index_sequence<I...>) {
  using Table = PointerTable<std::size_t, sizeof...(I)>;
  return Table(std::array<typename Table::Entry, sizeof...(I)>{{{&things[I], I}...}});
}

TEST(PointerTable, FindsEachOfManyNeighboursAndNothingElse) {
  static constexpr std::size_t kCount = 200;
  const std::array<int, kCount> things{};
  const auto table = table_of(things, std::make_index_sequence<kCount>{});
  for (std::size_t i = 0; i < kCount; ++i) {
    ASSERT_NE(table.find(&things[i]), nullptr);
    EXPECT_EQ(*table.find(&things[i]), i);
  }
  const int stranger = 0;
  EXPECT_EQ(table.find(&stranger), nullptr);
}

TEST(PointerTable, OfOneHasRoomForAMiss) {
  const int known = 0;
  const int stranger = 0;
  using Table = PointerTable<char, 1>;
  const Table table(std::array<Table::Entry, 1>{{{&known, 'a'}}});
  EXPECT_EQ(*table.find(&known), 'a');
  EXPECT_EQ(table.find(&stranger), nullptr);
}

}  // namespace
}  // namespace casetrail
