// A merge of two ordered scans.
#include "workers/projection/row_comparison.h"

#include <algorithm>

namespace casetrail::projection {
namespace {

constexpr std::size_t kRowsAtOnce = 20'000;
constexpr std::size_t kKeysShown = 10;

}  // namespace

RowComparison::RowComparison(const std::vector<std::string>& families) {
  for (const auto& family : families) families_.push_back({.family = family});
}

storage::StoreResult<RowComparison::State> RowComparison::step() {
  for (std::size_t rows = 0; compared_ < pairs_.size() && rows < kRowsAtOnce;) {
    auto& pair = pairs_[compared_];
    const auto live = read(*pair.live);
    if (!live) return std::unexpected(live.error());
    const auto copy = read(*pair.copy);
    if (!copy) return std::unexpected(copy.error());
    match(*live, *copy);
    rows += live->size() + copy->size();
    if (live->size() < kRowsAtOnce && copy->size() < kRowsAtOnce) next_family();
  }
  return compared_ == pairs_.size() ? State::finished : State::unfinished;
}

void RowComparison::next_family() {
  from_.clear();
  if (++family_ < families_.size()) return;
  family_ = 0;
  pairs_[compared_].live.reset();
  pairs_[compared_].copy.reset();
  ++compared_;
}

bool RowComparison::equal() const {
  return std::ranges::all_of(families_, [](const FamilyDifference& family) { return family.differing == 0; });
}

storage::StoreResult<std::vector<RowComparison::Row>> RowComparison::read(
    const storage::StoreView& rows) const {
  std::vector<Row> read;
  auto scanned = rows.scan(storage::kMetaFamily + 1 + family_, "", from_,
                           [&](std::string_view key, std::string_view value) {
                             read.push_back({std::string(key), std::string(value)});
                             return read.size() < kRowsAtOnce;
                           });
  if (!scanned) return std::unexpected(std::move(scanned).error());
  return read;
}

/// Compares up to the last key that both sides have been read to, and goes on behind it.
void RowComparison::match(const std::vector<Row>& live, const std::vector<Row>& copy) {
  auto& family = families_[family_];
  const bool live_goes_on = live.size() == kRowsAtOnce;
  const bool copy_goes_on = copy.size() == kRowsAtOnce;
  const auto within = [&](const std::string& key) {
    return (!live_goes_on || key <= live.back().key) && (!copy_goes_on || key <= copy.back().key);
  };
  auto a = live.begin();
  auto b = copy.begin();
  while (true) {
    const bool has_a = a != live.end() && within(a->key);
    const bool has_b = b != copy.end() && within(b->key);
    if (!has_a && !has_b) break;
    const bool take_a = has_a && (!has_b || a->key <= b->key);
    const bool take_b = has_b && (!has_a || b->key <= a->key);
    const auto& key = take_a ? a->key : b->key;
    if (!take_a || !take_b || a->value != b->value) differ(key);
    from_ = key;
    if (take_a) ++family.rows_live, ++a;
    if (take_b) ++family.rows_copy, ++b;
  }
  from_.push_back('\0');
}

void RowComparison::differ(const std::string& key) {
  auto& family = families_[family_];
  ++family.differing;
  if (family.first_keys.size() < kKeysShown) {
    family.first_keys.push_back(std::to_string(pairs_[compared_].partition) + "/" + key);
  }
}

}  // namespace casetrail::projection
