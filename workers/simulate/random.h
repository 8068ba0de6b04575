// Seeded choices that are the same on every platform: the standard's distributions are not.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "events/wire/timestamp.h"

namespace casetrail::simulate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `count` - 1; `count` is positive. The bias of the modulo is far below what a working day shows.
  [[nodiscard]] std::uint64_t below(std::uint64_t count) { return engine_() % count; }

  /// From `low` to `high`, both included.
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  [[nodiscard]] Duration between(Duration low, Duration high) {
    return Duration{between(low.count(), high.count())};
  }

  [[nodiscard]] bool percent(std::uint64_t chance) { return below(100) < chance; }

  template <class Range>
  [[nodiscard]] const auto& pick(const Range& range) {
    return range[static_cast<std::size_t>(below(range.size()))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace casetrail::simulate
