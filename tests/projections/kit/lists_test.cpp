// The lists beside a table: where rows stand, how many, and in which order, over partitions.
#include "projections/kit/lists.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "projections/kit/list_reader.h"
#include "tests/support/map_rows.h"

namespace casetrail::kit {
namespace {

struct Parcel {
  std::string shelf;
  std::int64_t weight = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(shelf), CEREAL_NVP(weight));
  }
};

Places places_of(std::string_view, const Parcel& parcel) {
  Places places(order_of(parcel.weight));
  places.in("shelf", parcel.shelf).at("weight", from_epoch_ms(parcel.weight));
  return places;
}

// A view of one listed table, so that `MapRows` takes its changes.
class Parcels final : public View {
 public:
  explicit Parcels(const Rows& rows) : table(rows, 'p', places_of) {}
  void apply(const CaseEvent&) override {}
  void write_changes(const RowSink& sink) override {
    table.list_changes();
    table.write_changes(sink);
    table.write_lists(sink);
  }

  ListedTable<Parcel> table;
};

/// The rows, and the view that writes them.
struct Store {
  MapRows rows;
  Parcels parcels{rows};

  void put(const std::string& key, const std::string& shelf, std::int64_t weight) {
    parcels.table.upsert(key) = {shelf, weight};
  }
  void write() { rows.take(parcels); }
};

std::vector<std::string> keys_on(const ListReader& lists, const std::string& shelf,
                                 std::string_view after = {}) {
  std::vector<std::string> keys;
  lists.read(list_of("shelf", shelf), after, [&](const ListReader::Found& found) {
    keys.push_back(found.place.substr(kMeasuredBytes));
    return true;
  });
  return keys;
}

using Keys = std::vector<std::string>;

TEST(Lists, ARowStandsWhereItWentAndNowhereElse) {
  Store store;
  store.put("a", "left", 2);
  store.put("b", "left", 1);
  store.write();
  const Rows* partition = &store.rows;
  const ListReader lists({&partition, 1});
  EXPECT_EQ(keys_on(lists, "left"), (Keys{"b", "a"}));
  store.put("a", "right", 2);
  store.put("b", "left", 3);
  store.write();
  EXPECT_EQ(keys_on(lists, "left"), Keys{"b"});
  EXPECT_EQ(keys_on(lists, "right"), Keys{"a"});
  EXPECT_EQ(lists.count(list_of("shelf", "left")), 1);
  EXPECT_EQ(lists.count_before(measured_list("weight"), order_of(std::int64_t{3})), 1);
}

TEST(Lists, NothingIsLeftOfARowThatWent) {
  Store store;
  store.put("a", "left", 2);
  store.write();
  store.parcels.table.erase("a");
  store.write();
  EXPECT_TRUE(store.rows.all().empty());
}

TEST(Lists, ARowThatCameAndWentBetweenWritesIsNeverMentioned) {
  Store store;
  store.put("a", "left", 2);
  store.parcels.table.erase("a");
  store.parcels.table.list_changes();
  store.parcels.table.write_lists([](std::string_view key, auto) { ADD_FAILURE() << key; });
}

TEST(Lists, AValueThatBeginsLikeAnotherHasAListOfItsOwn) {
  Store store;
  store.put("a", "left", 1);
  store.put("b", std::string("left\x1f\0\0", 7), 1);
  store.write();
  const Rows* partition = &store.rows;
  const ListReader lists({&partition, 1});
  EXPECT_EQ(keys_on(lists, "left"), Keys{"a"});
  EXPECT_EQ(lists.count(list_of("shelf", "left")), 1);
}

TEST(Lists, TheOrderOfANumberIsThatOfItsBytes) {
  const std::array numbers{INT64_MIN,         std::int64_t{-300}, std::int64_t{-1}, std::int64_t{0},
                           std::int64_t{255}, std::int64_t{256},  INT64_MAX};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    EXPECT_EQ(number_of(order_of(numbers.at(i))), numbers.at(i));
    if (i > 0) {
      EXPECT_LT(order_of(numbers.at(i - 1)), order_of(numbers.at(i)));
    }
  }
}

/// Three partitions of parcels, and their weights in order.
class ManyParcels : public testing::Test {
 protected:
  ManyParcels() {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    for (int i = 0; i < 900; ++i) {
      // Some weigh the same, some lie far apart.
      const auto weight = static_cast<std::int64_t>(random() % 40) << (random() % 5 * 9);
      stores_.at(random() % stores_.size()).put(std::to_string(i), "left", weight);
      weights_.push_back(weight);
    }
    for (auto& store : stores_) store.write();
    std::ranges::sort(weights_);
  }

  std::array<Store, 3> stores_;
  std::array<const Rows*, 3> partitions_{&stores_[0].rows, &stores_[1].rows, &stores_[2].rows};
  ListReader lists_{partitions_};
  std::vector<std::int64_t> weights_;
};

TEST_F(ManyParcels, AreCountedBeforeAnyOrder) {
  for (const auto weight : weights_) {
    const auto before = std::ranges::lower_bound(weights_, weight) - weights_.begin();
    EXPECT_EQ(lists_.count_before(measured_list("weight"), order_of(weight)), before) << weight;
  }
  EXPECT_EQ(lists_.count_before(measured_list("weight"), order_of(INT64_MAX)), std::ssize(weights_));
}

TEST_F(ManyParcels, AreFoundByTheirIndex) {
  for (std::int64_t i = 0; i < std::ssize(weights_); ++i) {
    const auto order = lists_.order_at(measured_list("weight"), i);
    ASSERT_TRUE(order);
    EXPECT_EQ(number_of(*order), weights_.at(static_cast<std::size_t>(i))) << i;
  }
  EXPECT_EQ(lists_.order_at(measured_list("weight"), std::ssize(weights_)), std::nullopt);
}

TEST_F(ManyParcels, AreReadInOneOrderFromAnyPlaceOn) {
  std::vector<std::string> places;
  const auto read = [&](std::string_view after, std::size_t most) {
    std::vector<std::string> some;
    lists_.read(list_of("shelf", "left"), after, [&](const ListReader::Found& found) {
      some.push_back(found.place);
      return some.size() < most;
    });
    return some;
  };
  places = read({}, weights_.size());
  ASSERT_EQ(places.size(), weights_.size());
  EXPECT_TRUE(std::ranges::is_sorted(places));
  for (std::size_t i = 0; i < places.size(); i += 83) {
    const auto rest = read(places.at(i), places.size());
    EXPECT_TRUE(std::ranges::equal(rest, std::span(places).subspan(i + 1))) << i;
  }
}

TEST_F(ManyParcels, CostALittleMoreThanWhatIsRead) {
  const auto scanned = [&] {
    return stores_[0].rows.scanned() + stores_[1].rows.scanned() + stores_[2].rows.scanned();
  };
  const auto before = scanned();
  std::size_t read = 0;
  lists_.read(list_of("shelf", "left"), {}, [&](const ListReader::Found&) { return ++read < 30; });
  EXPECT_LT(scanned() - before, 120);
}

}  // namespace
}  // namespace casetrail::kit
