// Counts of values in fixed buckets: percentiles that add up over partitions and are equal after a rebuild.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "events/wire/timestamp.h"

namespace casetrail::kit {

/// Eight buckets for each power of two: a percentile is at most an eighth above the true value, exact below
/// 16.
class Histogram {
 public:
  /// A negative value counts as 0.
  void add(std::int64_t value);
  void add(const Histogram& other);
  /// Takes back a value that was added.
  void remove(std::int64_t value);

  /// The top of the bucket in which `percent` (1 to 100) of the values are reached (nearest rank); nothing
  /// when there are none.
  [[nodiscard]] std::optional<std::int64_t> percentile(int percent) const;
  [[nodiscard]] std::int64_t count() const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("buckets", buckets_));
  }

 private:
  std::vector<std::int64_t> buckets_;  // as long as the highest value needs
};

/// Which of `all` values, the lowest being the first, `percent` (1 to 100) of them do not exceed.
[[nodiscard]] std::int64_t nearest_rank(std::int64_t all, int percent);

/// Adds `values` to `sums`, index by index.
void add_counts(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& values);

/// Counts one more (or `by` more) at `index`.
void count_at(std::vector<std::int64_t>& counts, std::size_t index, std::int64_t by = 1);

/// What is counted at `index`.
[[nodiscard]] std::int64_t counted_at(const std::vector<std::int64_t>& counts, std::size_t index);

/// `part` of `whole` in thousandths, rounded down; nothing when there is no whole.
[[nodiscard]] std::optional<std::int64_t> permille(std::int64_t part, std::int64_t whole);

}  // namespace casetrail::kit
