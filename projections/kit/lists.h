// Lists of a view's rows beside their table: by what a filter asks, in the order of a screen, and counted. So
// a page reads the rows that it shows.
#pragma once

#include <cereal/cereal.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/kit/table.h"

namespace casetrail::kit {

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
/// Its orders begin with those of one number or moment.
[[nodiscard]] List measured_list(std::string_view name);
/// What the keys of all lists of this name begin with, and the value in the key of one of them.
[[nodiscard]] std::string lists_named(std::string_view name);
[[nodiscard]] std::string value_in(std::string_view list_key);

/// Where a row stands in one list.
struct ListPlace {
  std::string_view key;        ///< as it is stored, without the row's own key behind it
  std::size_t list_bytes = 0;  ///< of `key`: the table's letter and the list's key; the order follows
  Measure measured = Measure::no;

  auto operator<=>(const ListPlace&) const = default;
};

/// The places of one row: at one order, and in measured lists at orders of their own. Equal ones were made in
/// the same way; the others may still have places in common.
class Places {
 public:
  Places() = default;
  explicit Places(std::string order);

  Places& in(std::string_view list, std::string_view value = {});
  Places& in(std::string_view list, const std::string& value) { return in(list, std::string_view(value)); }
  /// Without a value it does not stand there.
  Places& in(std::string_view list, const std::optional<std::string>& value);
  /// A list of those that something is true of.
  Places& when(bool is, std::string_view list);
  Places& at(std::string_view measured, Timestamp moment);
  /// At an order that begins with that of a number or moment.
  Places& at(std::string_view measured, std::string_view order);
  /// At an order of its own in a list that is not measured.
  Places& in_order(std::string_view list, std::string_view order);

  /// Each place once, in order. Valid as long as these are not changed.
  [[nodiscard]] std::vector<ListPlace> sorted() const;
  bool operator==(const Places&) const = default;

 private:
  struct Part {
    std::size_t begin;
    std::size_t list_bytes;
    std::size_t end;
    Measure measured;

    bool operator==(const Part&) const = default;
  };
  Places& add(std::string_view list, std::string_view value, std::string_view order, Measure measured);

  std::string order_;
  std::string keys_;  // one behind the other: a row has a dozen, and is asked for them at each change
  std::vector<Part> parts_;
};

/// Where the stored keys of a list's rows begin that stand at `order`.
[[nodiscard]] std::string listed_key(const List& list, std::string_view order);

// Rows of a measured list are counted by the beginnings of their orders, one within the other: each tells of
// at most 256 longer ones. Of a time in milliseconds four bytes are 50 days, six a minute: those of one
// minute are counted one by one.
inline constexpr std::size_t kMeasuredBytes = 8;  ///< an order of a measured list
inline constexpr std::size_t kFewestCountedBytes = 4;
inline constexpr std::size_t kMostCountedBytes = 6;

/// The key of the count of what begins so, and where those begin whose orders begin so and are `bytes` long.
[[nodiscard]] std::string count_key(std::string_view list_key, std::string_view beginning, std::size_t bytes);

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

  /// The row of `key` stood at `before` and stands at `after` from now on. Each row once between writes.
  void move(std::string_view key, const Places& before, const Places& after);
  void write_changes(const RowSink& sink);

 private:
  struct Change {
    std::string key;
    std::size_t list_bytes;
    Measure measured;
    std::int64_t by;  // 1: the row stands there; -1: no longer

    [[nodiscard]] std::string_view beginning(std::size_t bytes) const {
      return std::string_view(key).substr(0, list_bytes + bytes);
    }
  };
  using Changes = std::span<const Change>;

  void count(Changes of_one_list, std::size_t bytes);
  void count_changes();

  Table<ListCount> counts_;
  std::vector<Change> changed_;
};

/// A table whose rows stand in lists. `places` tells where, from the row and from what else it reads of the
/// view: before something else changes that it reads, `remember` the row.
template <class Row>
class ListedTable {
 public:
  using PlacesOf = std::function<Places(std::string_view key, const Row& row)>;

  ListedTable(const Rows& rows, char letter, PlacesOf places)
      : table_(rows, letter), lists_(rows), places_(std::move(places)) {}

  [[nodiscard]] const Row* find(std::string_view key) { return table_.find(key); }
  Row& upsert(std::string_view key) {
    remember(key);
    return table_.upsert(key);
  }
  /// `upsert` of a key that was never used: the store has no such row, and is not asked.
  Row& insert(std::string_view key) {
    before_.try_emplace(std::string(key));
    return table_.insert(key);
  }
  /// `upsert` of the case's own row to change what no place tells.
  Row& upsert_case(const CaseEvent& event) { return table_.upsert_case(event); }
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
    before_.emplace(key, places_now(key));
  }

  /// To be called while `places` can still read what it needs, before any `write_changes` of the view.
  void list_changes() {
    for (const auto& [key, before] : before_) {
      if (const auto after = places_now(key); after != before) lists_.move(key, before, after);
    }
    before_.clear();
  }
  void write_changes(const RowSink& sink) { table_.write_changes(sink); }
  void write_lists(const RowSink& sink) { lists_.write_changes(sink); }

 private:
  [[nodiscard]] Places places_now(std::string_view key) {
    const auto* row = table_.find(key);
    return row != nullptr ? places_(key, *row) : Places();
  }

  Table<Row> table_;
  Lists lists_;
  PlacesOf places_;
  std::unordered_map<std::string, Places, TextHash, std::equal_to<>> before_;
};

}  // namespace casetrail::kit
