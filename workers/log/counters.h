// What is counted while the engine works, at the cost of an addition.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace casetrail::log {

/// Any thread.
class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Seconds, counted by fixed upper bounds, as an exporter of histograms wants them; the last bucket has no
/// bound. Any thread.
class DurationHistogram {
 public:
  static constexpr std::array<double, 14> kBounds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                                  0.2,   0.5,   1,     2,    5,    30,   300};

  void observe(double seconds) {
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
    counts_[bucket].add();
    sum_micros_.add(static_cast<std::uint64_t>(seconds * 1e6));
  }
  [[nodiscard]] std::uint64_t count(std::size_t bucket) const { return counts_[bucket].value(); }
  [[nodiscard]] double sum() const { return static_cast<double>(sum_micros_.value()) / 1e6; }

 private:
  std::array<Counter, kBounds.size() + 1> counts_;
  Counter sum_micros_;
};

/// Counts by words that are few: beyond the first `kMostWords`, a new one is counted as `other`. Any thread.
class CountsByWord {
 public:
  static constexpr std::size_t kMostWords = 200;
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;

  void add(std::string_view word, std::uint64_t count = 1) {
    const std::scoped_lock lock(mutex_);
    auto found = counts_.find(word);
    if (found == counts_.end()) {
      const auto name = counts_.size() < kMostWords ? word : std::string_view("other");
      found = counts_.try_emplace(std::string(name)).first;
    }
    found->second += count;
  }
  [[nodiscard]] Counts counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace casetrail::log
