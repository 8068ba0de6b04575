// Lists of a view's rows beside their table: by what a filter asks, in the order of a screen, and counted. So
// a page reads the rows that it shows.
#pragma once

#include <cereal/cereal.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/table.h"

namespace casetrail {

inline constexpr char kListCounts =
    'x';                             ///< by list, and by the beginnings of its orders where it is measured
inline constexpr char kLists = 'y';  ///< by list, order and the row's key; no value

/// Bytes in the order of the numbers.
[[nodiscard]] std::string order_of(std::int64_t number);
[[nodiscard]] std::string order_of(Timestamp at);
/// The number whose bytes `order` begins with.
[[nodiscard]] std::int64_t number_of(std::string_view order);

/// Whether it can be told, without reading its rows, how many stand before an order.
enum class Measure : bool { no, yes };

/// A list of rows. No list's key begins with that of another.
struct List {
  std::string key;
  Measure measured = Measure::no;

  auto operator<=>(const List&) const = default;
};

/// The rows that a filter lets pass when it asks for `value`; without a value, all that `name` says.
[[nodiscard]] List list_of(std::string_view name, std::string_view value = {});
/// Its orders are those of one number or moment.
[[nodiscard]] List measured_list(std::string_view name);

/// Where a row stands.
struct ListPlace {
  List list;
  std::string order;

  auto operator<=>(const ListPlace&) const = default;
};

/// The places of one row: at one order, and in measured lists at orders of their own.
class Places {
 public:
  explicit Places(std::string order) : order_(std::move(order)) {}

  Places& in(std::string_view list, std::string_view value = {});
  Places& in(std::string_view list, const std::string& value) { return in(list, std::string_view(value)); }
  /// Without a value it does not stand there.
  Places& in(std::string_view list, const std::optional<std::string>& value);
  /// A list of those that something is true of.
  Places& when(bool is, std::string_view list);
  Places& at(std::string_view measured, Timestamp moment);
  [[nodiscard]] std::vector<ListPlace> all() && { return std::move(places_); }

 private:
  std::string order_;
  std::vector<ListPlace> places_;
};

/// Where the stored keys of a list's rows begin that stand at `order`.
[[nodiscard]] std::string listed_key(const List& list, std::string_view order);

// Rows of a measured list are counted by the beginnings of their orders, one within the other: each tells of
// at most 256 longer ones. Of a time in milliseconds four bytes are 50 days, seven a quarter of a second.
inline constexpr std::size_t kMeasuredBytes = 8;  ///< an order of a measured list
inline constexpr std::size_t kFewestCountedBytes = 4;
inline constexpr std::size_t kMostCountedBytes = 7;

/// The key of the count of what begins so, and where those begin whose orders begin so and are `bytes` long.
[[nodiscard]] std::string count_key(const List& list, std::string_view beginning, std::size_t bytes);

struct ListCount {
  std::int64_t rows = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows));
  }
};

/// The lists of one table, as they are to be written.
class Lists {
 public:
  explicit Lists(const Rows& rows) : counts_(rows, kListCounts) {}

  /// The row of `key` stood at `before` and stands at `after` from now on.
  void move(std::string_view key, std::vector<ListPlace> before, std::vector<ListPlace> after);
  void write_changes(const RowSink& sink);

 private:
  void count(const ListPlace& place, std::int64_t by);

  Table<ListCount> counts_;
  std::vector<std::pair<std::string, bool>> changed_;  // stands there, or no longer
};

/// A table whose rows stand in lists. `places` tells where, from the row and from what else it reads of the
/// view: before something else changes that it reads, `remember` the row.
template <class Row>
class ListedTable {
 public:
  using PlacesOf = std::function<std::vector<ListPlace>(std::string_view key, const Row& row)>;

  ListedTable(const Rows& rows, char letter, PlacesOf places)
      : table_(rows, letter), lists_(rows), places_(std::move(places)) {}

  [[nodiscard]] const Row* find(std::string_view key) { return table_.find(key); }
  Row& upsert(std::string_view key) {
    remember(key);
    return table_.upsert(key);
  }
  [[nodiscard]] Row* edit(std::string_view key) {
    remember(key);
    return table_.edit(key);
  }
  void erase(std::string_view key) {
    remember(key);
    table_.erase(key);
  }

  void remember(std::string_view key) {
    if (before_.contains(key)) return;
    const auto* row = table_.find(key);
    before_.emplace(key, row != nullptr ? places_(key, *row) : std::vector<ListPlace>());
  }

  /// To be called while `places` can still read what it needs, before any `write_changes` of the view.
  void list_changes() {
    for (auto& [key, before] : before_) {
      const auto* row = table_.find(key);
      lists_.move(key, std::move(before), row != nullptr ? places_(key, *row) : std::vector<ListPlace>());
    }
    before_.clear();
  }
  void write_changes(const RowSink& sink) { table_.write_changes(sink); }
  void write_lists(const RowSink& sink) { lists_.write_changes(sink); }

 private:
  Table<Row> table_;
  Lists lists_;
  PlacesOf places_;
  std::unordered_map<std::string, std::vector<ListPlace>, TextHash, std::equal_to<>> before_;
};

}  // namespace casetrail
