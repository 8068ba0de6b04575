// Durations of many alike things, and their percentiles.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace casetrail::bench {

class Latencies {
 public:
  void add(std::chrono::nanoseconds took) { all_.push_back(took); }
  void add(const Latencies& others) { all_.insert(all_.end(), others.all_.begin(), others.all_.end()); }
  [[nodiscard]] std::size_t count() const { return all_.size(); }

  /// In milliseconds: `share` of them, from 0 to 1, took no longer (nearest rank). 0 when there are none.
  [[nodiscard]] double percentile(double share) {
    if (all_.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all_.size())));
    const auto place = all_.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(all_.begin(), place, all_.end());
    return std::chrono::duration<double, std::milli>(*place).count();
  }

 private:
  std::vector<std::chrono::nanoseconds> all_;
};

}  // namespace casetrail::bench
