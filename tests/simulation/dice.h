// Chance that comes from a seed alone.
#pragma once

#include <array>
#include <cstdint>
#include <random>

namespace casetrail::simulation {

/// The same seed throws the same, on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  [[nodiscard]] bool one_in(std::size_t chances) { return below(chances) == 0; }
  template <class T, std::size_t kSize>
  [[nodiscard]] const T& pick(const std::array<T, kSize>& from) {
    return from[below(kSize)];
  }
  [[nodiscard]] std::mt19937_64& generator() { return random_; }

 private:
  std::mt19937_64 random_;
};

}  // namespace casetrail::simulation
