// Typed rows over the bytes of a view: decoded once, changed in memory, encoded once a batch.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/wire/binary.h"
#include "projections/kit/text_hash.h"
#include "projections/kit/view.h"

namespace casetrail::kit {

/// Throws when `bytes` are no `Row`: the store is damaged, and only a rebuild helps.
template <class Row>
[[nodiscard]] Row decode_row(std::string_view key, std::string_view bytes) {
  Row row;
  if (!from_binary(bytes, row))
    throw std::runtime_error("Expected the view's row '" + std::string(key) +
                             "' to be readable, but its bytes are damaged. Rebuild the view from the log.");
  return row;
}

/// The rows of one kind. Their stored keys begin with the table's letter, so that a view's tables share one
/// space. `Row` has one `serialize`. Rows that were not used lately leave the memory after a write when there
/// are more than `Rows::cached_rows`.
template <class Row>
class Table {
 public:
  Table(const Rows& rows, char letter) : rows_(rows), letter_(letter), kept_(rows.cached_rows()) {}

  /// Null when there is no such row. Valid until `write_changes`; a change of it needs `upsert` or `edit`.
  [[nodiscard]] const Row* find(std::string_view key) {
    const auto* entry = load(key);
    return entry != nullptr && entry->second.row ? &*entry->second.row : nullptr;
  }

  /// The row of `key`, a fresh one when there is none, to be changed until `write_changes`.
  Row& upsert(std::string_view key) { return upsert(key, load(key)); }

  /// `upsert` of a key that was never used: the store has no such row, and is not asked.
  Row& insert(std::string_view key) { return upsert(key, recall(key)); }

  /// The case's own row, which the store does not have before its first event.
  Row& upsert_case(const CaseEvent& event) {
    const std::string_view key = event.case_id.value;
    return event.seq == 1 ? insert(key) : upsert(key);
  }

  /// The row of `key` to be changed; null when there is none.
  [[nodiscard]] Row* edit(std::string_view key) {
    auto* entry = load(key);
    if (entry == nullptr || !entry->second.row) return nullptr;
    touch(*entry);
    return &*entry->second.row;
  }

  void erase(std::string_view key) {
    if (auto* entry = load(key)) {
      entry->second.row.reset();
      touch(*entry);
    }
  }

  void write_changes(const RowSink& sink) {
    std::ranges::sort(changed_, {}, [](const Entry* entry) { return std::string_view(entry->first); });
    std::string stored_key(1, letter_);
    std::string bytes;
    for (auto* entry : changed_) {
      stored_key.replace(1, std::string::npos, entry->first);
      write(stored_key, entry->second, bytes, sink);
      if (!entry->second.row) slots_.erase(entry->first);
    }
    changed_.clear();
    evict();
  }

 private:
  struct Slot {
    std::optional<Row> row;  ///< nothing: erased
    bool stored = false;     ///< the store has a row of this key
    bool changed = false;
    bool used = true;  ///< since the last eviction
  };
  using Entry = std::pair<const std::string, Slot>;

  Row& upsert(std::string_view key, Entry* entry) {
    if (entry == nullptr) entry = &*slots_.emplace(std::string(key), Slot{}).first;
    if (!entry->second.row) entry->second.row.emplace();
    touch(*entry);
    return *entry->second.row;
  }

  Entry* recall(std::string_view key) {
    const auto found = slots_.find(key);
    if (found == slots_.end()) return nullptr;
    found->second.used = true;
    return &*found;
  }

  Entry* load(std::string_view key) {
    if (auto* entry = recall(key)) return entry;
    const auto bytes = rows_.get(std::string(1, letter_).append(key));
    if (!bytes) return nullptr;
    return &*slots_.emplace(std::string(key), Slot{decode_row<Row>(key, *bytes), true}).first;
  }

  void touch(Entry& entry) {
    if (!std::exchange(entry.second.changed, true)) changed_.push_back(&entry);
  }

  static void write(std::string_view key, Slot& slot, std::string& bytes, const RowSink& sink) {
    slot.changed = false;
    if (slot.row) {
      bytes.clear();
      append_binary(*slot.row, bytes);
      sink(key, bytes);
    } else if (slot.stored) {
      sink(key, std::nullopt);
    }
    slot.stored = slot.row.has_value();
  }

  void evict() {
    if (slots_.size() <= kept_) return;
    std::erase_if(slots_, [](const auto& entry) { return !entry.second.used; });
    if (slots_.size() > kept_) return slots_.clear();
    for (auto& [key, slot] : slots_) slot.used = false;
  }

  const Rows& rows_;
  char letter_;
  std::size_t kept_;
  std::unordered_map<std::string, Slot, TextHash, std::equal_to<>> slots_;  // its entries stay where they are
  std::vector<Entry*> changed_;
};

/// The one row of its kind in a partition, always in memory.
template <class Row>
class SingleRow {
 public:
  SingleRow(const Rows& rows, char letter) : key_(1, letter) {
    if (const auto bytes = rows.get(key_)) row_ = decode_row<Row>(key_, *bytes);
  }

  Row& edit() {
    dirty_ = true;
    return row_;
  }

  void write_changes(const RowSink& sink) {
    if (std::exchange(dirty_, false)) sink(key_, to_binary(row_));
  }

 private:
  std::string key_;
  Row row_;
  bool dirty_ = false;
};

/// Reads every row of a table in key order, the letter taken off its key.
template <class Row, class OnRow>
void for_each_row(const Rows& rows, char letter, OnRow&& on_row) {
  rows.scan({&letter, 1}, [&](std::string_view key, std::string_view bytes) {
    on_row(key.substr(1), decode_row<Row>(key, bytes));
    return true;
  });
}

/// Reads one row of a table; a fresh one when there is none.
template <class Row>
[[nodiscard]] Row read_row(const Rows& rows, char letter, std::string_view key) {
  const auto stored_key = std::string(1, letter).append(key);
  const auto bytes = rows.get(stored_key);
  return bytes ? decode_row<Row>(stored_key, *bytes) : Row{};
}

/// A key of two parts. Neither may hold the separator, the control character U+001F.
[[nodiscard]] inline std::string joined_key(std::string_view first, std::string_view second) {
  return std::string(first).append(1, '\x1f').append(second);
}

[[nodiscard]] inline std::pair<std::string_view, std::string_view> split_key(std::string_view key) {
  const auto at = key.find('\x1f');
  if (at == std::string_view::npos) return {key, {}};
  return {key.substr(0, at), key.substr(at + 1)};
}

}  // namespace casetrail::kit
