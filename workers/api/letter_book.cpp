// A letter and its facts lie in one partition, the facts behind it.
#include "workers/api/letter_book.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace casetrail::api {
namespace {

constexpr std::size_t kLettersAtOnce = 500;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kLetterWait{1'000};

bool is_wanted(const KnownLetter& letter, LetterBook::Wanted wanted) {
  using enum LetterBook::Wanted;
  switch (wanted) {
    case all: return true;
    case open: return !letter.fact;
    case retried: return letter.fact && letter.fact->became == LetterEnd::retried;
    case dropped: return letter.fact && letter.fact->became == LetterEnd::dropped;
  }
  return false;
}

}  // namespace

log::LogResult<void> LetterBook::read_on() {
  const auto bounds = log_.bounds(log::Topic::deadletters);
  if (!bounds) return std::unexpected(bounds.error());
  shelves_.resize(bounds->size());
  std::unique_ptr<log::Reader> reader;
  for (std::size_t i = 0; i < shelves_.size(); ++i) {
    const auto& of = (*bounds)[i];
    auto& shelf = shelves_[i];
    forget(of, shelf);
    if (shelf.next >= of.stable) continue;
    if (!reader) reader = log_.open_reader(log::Topic::deadletters);
    if (auto read = read_to(of.stable, static_cast<log::Partition>(i), *reader, shelf); !read) return read;
  }
  return {};
}

/// What the log does not hold any more, or holds anew because its topics were recreated; and what is more
/// than the book keeps.
void LetterBook::forget(const log::Bounds& bounds, Shelf& shelf) const {
  if (shelf.next > bounds.high) shelf = {};
  shelf.letters.erase(shelf.letters.begin(), shelf.letters.lower_bound(bounds.low));
  const auto first = std::max(bounds.low, bounds.stable - static_cast<log::Offset>(kept_));
  if (shelf.next >= first) return;
  shelf.are_all = shelf.are_all && first == bounds.low;
  shelf.next = first;
}

log::LogResult<void> LetterBook::read_to(log::Offset end, log::Partition partition, log::Reader& reader,
                                         Shelf& shelf) const {
  if (auto started = reader.start(partition, shelf.next); !started) return started;
  while (shelf.next < end) {
    const auto records = reader.read(kLettersAtOnce, kLetterWait);
    if (!records) return std::unexpected(records.error());
    for (const auto& record : *records) take(record, shelf);
    const auto before = std::exchange(shelf.next, reader.position(partition));
    if (shelf.next == before) {
      return std::unexpected(log::LogError{log::LogFailure::unavailable,
                                           "The log does not hand over casetrail.deadletters. Check the "
                                           "brokers; it is asked again."});
    }
  }
  reader.stop(partition);
  while (shelf.letters.size() > kept_) {
    shelf.letters.erase(shelf.letters.begin());
    shelf.are_all = false;
  }
  return {};
}

/// What was taken as a command stays taken, whoever dropped it at the same moment; else the first fact holds.
void LetterBook::take(const log::Record& record, Shelf& shelf) {
  if (!is_letter_fact(record.message)) {
    shelf.letters.insert_or_assign(
        record.offset, KnownLetter{record.partition, record.offset, record.message.timestamp, std::nullopt});
    return;
  }
  auto fact = read_letter_fact(record.message);
  if (!fact) return;
  const auto letter = shelf.letters.find(fact->offset);
  if (letter == shelf.letters.end()) return;
  auto& known = letter->second.fact;
  if (!known || (known->became == LetterEnd::dropped && fact->became == LetterEnd::retried))
    known = *std::move(fact);
}

LetterCounts LetterBook::counts() const {
  LetterCounts counts;
  for (const auto& shelf : shelves_) {
    counts.are_all = counts.are_all && shelf.are_all;
    for (const auto& [offset, letter] : shelf.letters) {
      if (letter.fact) continue;
      ++counts.open;
      counts.oldest_open = std::min(letter.at, counts.oldest_open.value_or(letter.at));
    }
  }
  return counts;
}

const KnownLetter* LetterBook::find(log::Partition partition, log::Offset offset) const {
  if (std::cmp_greater_equal(partition, shelves_.size())) return nullptr;
  const auto& letters = shelves_[static_cast<std::size_t>(partition)].letters;
  const auto found = letters.find(offset);
  return found == letters.end() ? nullptr : &found->second;
}

std::vector<KnownLetter> LetterBook::newest(Wanted wanted, std::size_t limit) const {
  std::vector<KnownLetter> found;
  for (const auto& shelf : shelves_) {
    for (const auto& [offset, letter] : shelf.letters) {
      if (is_wanted(letter, wanted)) found.push_back(letter);
    }
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &KnownLetter::at);
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace casetrail::api
