// The buckets of a histogram and the arithmetic of counts.
#include "projections/kit/histogram.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace casetrail::kit {
namespace {

constexpr int kSubBits = 3;
constexpr std::uint64_t kExact = 16;
constexpr std::uint64_t kHighest = (std::uint64_t{1} << 48) - 1;

std::size_t bucket_of(std::int64_t value) {
  const auto v = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0)), kHighest);
  if (v < kExact) return v;
  const auto power = static_cast<unsigned>(std::bit_width(v)) - 1;
  const auto sub = (v >> (power - kSubBits)) & 7;
  return kExact + std::size_t{power - 4} * 8 + sub;
}

std::int64_t top_of(std::size_t bucket) {
  if (bucket < kExact) return static_cast<std::int64_t>(bucket);
  const auto power = (bucket - kExact) / 8 + 4;
  const auto sub = (bucket - kExact) % 8;
  return static_cast<std::int64_t>(((8 + sub + 1) << (power - kSubBits)) - 1);
}

}  // namespace

void Histogram::add(std::int64_t value) { count_at(buckets_, bucket_of(value)); }

void Histogram::remove(std::int64_t value) { count_at(buckets_, bucket_of(value), -1); }

void Histogram::add(const Histogram& other) { add_counts(buckets_, other.buckets_); }

std::int64_t Histogram::count() const {
  return std::accumulate(buckets_.begin(), buckets_.end(), std::int64_t{0});
}

std::optional<std::int64_t> Histogram::percentile(int percent) const {
  const auto all = count();
  if (all == 0) return std::nullopt;
  const auto rank = nearest_rank(all, percent);
  std::int64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank) return top_of(bucket);
  }
  return std::nullopt;
}

std::int64_t nearest_rank(std::int64_t all, int percent) {
  return std::max<std::int64_t>(1, (all * percent + 99) / 100);
}

void add_counts(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& values) {
  if (sums.size() < values.size()) sums.resize(values.size());
  std::ranges::transform(values, sums, sums.begin(), std::plus{});
}

void count_at(std::vector<std::int64_t>& counts, std::size_t index, std::int64_t by) {
  if (counts.size() <= index) counts.resize(index + 1);
  counts[index] += by;
}

std::int64_t counted_at(const std::vector<std::int64_t>& counts, std::size_t index) {
  return index < counts.size() ? counts[index] : 0;
}

std::optional<std::int64_t> permille(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return part * 1000 / whole;
}

}  // namespace casetrail::kit
