// One row of Levenshtein's table at a time.
#include "events/wire/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace casetrail {
namespace {

/// So many letters may be wrong in a word that is still understood.
constexpr std::size_t kFarthest = 2;

std::size_t distance(std::string_view from, std::string_view into) {
  std::vector<std::size_t> row(into.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    auto diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < into.size(); ++j) {
      const auto changed = diagonal + (from[i] == into[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view written, std::span<const std::string_view> words) {
  std::string_view best;
  auto fewest = std::min(kFarthest, written.size() / 2) + 1;
  for (const auto word : words) {
    if (word.size() > written.size() + kFarthest || written.size() > word.size() + kFarthest) continue;
    const auto wrong = distance(written, word);
    if (wrong >= fewest) continue;
    fewest = wrong;
    best = word;
  }
  return best;
}

}  // namespace casetrail
