// Reads lists over all partitions of a view: how many rows stand where, and the rows one by one in order.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "projections/kit/lists.h"

namespace casetrail::kit {

class ListReader {
 public:
  /// A row's order and key as they stand in a list, and the partition that holds it.
  struct Found {
    std::string place;
    const Rows* rows;
  };
  /// False stops it.
  using OnFound = std::function<bool(const Found& found)>;

  explicit ListReader(std::span<const Rows* const> partitions) : partitions_(partitions) {}

  [[nodiscard]] std::int64_t count(const List& list) const;
  /// How many rows stand in each of the lists of this name that are not measured, by their values.
  [[nodiscard]] std::map<std::string, std::int64_t> count_by_value(std::string_view name) const;
  /// Of a measured list, the rows that stand before `order`.
  [[nodiscard]] std::int64_t count_before(const List& list, std::string_view order) const;
  /// Of a measured list, the order of the row that `index` others stand before; nothing when there is none.
  [[nodiscard]] std::optional<std::string> order_at(const List& list, std::int64_t index) const;

  /// The rows of some lists in the order of their places, each place once, from the first one after `after`.
  void read(std::span<const List> lists, std::string_view after, const OnFound& on_found) const;
  void read(const List& list, std::string_view after, const OnFound& on_found) const {
    read({&list, 1}, after, on_found);
  }
  /// The rows that stand in one of the lists of each. All lists have the same order.
  void read_common(std::span<const std::vector<List>> each, std::string_view after,
                   const OnFound& on_found) const;

 private:
  using OnCount = std::function<void(std::string_view beginning, std::int64_t rows)>;
  void for_each_count(const List& list, std::string_view beginning, std::size_t bytes,
                      const OnCount& on_count) const;

  std::span<const Rows* const> partitions_;
};

}  // namespace casetrail::kit
