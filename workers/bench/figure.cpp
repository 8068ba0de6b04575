// Thousands apart, and as many digits behind the point as mean something.
#include "workers/bench/figure.h"

#include <fmt/format.h>

#include <cstddef>

namespace casetrail::bench {

std::string value_text(double value) {
  if (value < 1'000) return fmt::format("{:.{}f}", value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
  auto digits = fmt::format("{:.0f}", value);
  for (auto at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

}  // namespace casetrail::bench
