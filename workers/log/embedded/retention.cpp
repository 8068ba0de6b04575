// What the embedded log forgets: commands, outcomes and dead letters after 14 days; destroyed keys at once;
// events and policies never.
#include <spdlog/spdlog.h>

#include <map>
#include <utility>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

namespace {

constexpr auto kKept = std::chrono::days(14);
constexpr auto kForgetful =
    std::to_array<log::Topic>({log::Topic::commands, log::Topic::outcomes, log::Topic::deadletters});

/// Where the last record without a value stands, by record key.
using Destroyed = std::map<std::string, log::Offset, std::less<>>;

/// `row` with no values of keys that were destroyed behind them; nothing when it has none.
std::optional<std::string> without_destroyed(std::string_view row, const Destroyed& destroyed) {
  BlockBuilder block;
  bool changed = false;
  const bool whole = for_each_record(row, [&](const auto& raw, const auto& record, const auto& headers) {
    const auto at = destroyed.find(record.key);
    const bool is_destroyed = !record.value.empty() && at != destroyed.end() && raw.offset < at->second;
    if (!is_destroyed) return block.add(raw.offset, record.timestamp, raw.record);
    changed = true;
    Message empty{.key = std::string(record.key), .value = {}, .headers = {}, .timestamp = record.timestamp};
    for (const auto& [name, value] : headers) empty.headers.add(name, value);
    block.add(raw.offset, empty);
  });
  if (!whole || !changed) return std::nullopt;
  const auto base = block.base();
  return row_of(base, block.finish());
}

}  // namespace

// Whole blocks only, from the oldest up to the first that holds a younger record, or a command that its group
// has not taken yet.
EmbeddedRows::Result<log::Offset> EmbeddedCore::first_kept(log::Topic topic, log::Partition partition) const {
  const Timestamp oldest = options_.now() - kKept;
  const Ends& ends = *this->ends(topic, partition);
  const log::Offset taken =
      topic == log::Topic::commands
          ? group_offset({std::string(log::kCommandGroup), topic, partition}).value_or(0)
          : ends.next.load();
  log::Offset kept = ends.low;
  const auto scanned =
      rows_->scan(keys::block(topic, partition, ends.low), keys::block(topic, partition, ends.next),
                  [&](std::string_view key, std::string_view value) {
                    const auto newest = newest_in(value);
                    const log::Offset last = keys::last_of_block(key);
                    if (!newest || *newest >= oldest || last >= taken) return false;
                    kept = last + 1;
                    return true;
                  });
  if (!scanned) return std::unexpected(scanned.error());
  return kept;
}

void EmbeddedCore::forget_expired() {
  forgot_at_ = std::chrono::steady_clock::now();
  if (partitions_ == 0 || failed()) return;
  RowsBatch rows;
  std::vector<std::pair<std::size_t, log::Offset>> lows;
  for (const log::Topic topic : kForgetful) {
    for (log::Partition partition = 0; partition < partitions_of(topic); ++partition) {
      const auto at = slot_of(topic, partition);
      const auto kept = first_kept(topic, partition);
      // What cannot be read is kept; whoever reads it is told why.
      if (!kept || *kept == ends_[at].low) continue;
      rows.erasures.push_back(
          {keys::block(topic, partition, ends_[at].low), keys::block(topic, partition, *kept)});
      rows.puts.push_back({keys::low(topic, partition), keys::number(*kept)});
      lows.emplace_back(at, *kept);
    }
  }
  if (lows.empty()) return;
  // First out of the readers' reach, then gone.
  for (const auto& [at, low] : lows) ends_[at].low = low;
  if (const auto written = rows_->write(rows); !written) {
    const std::lock_guard lock(broken_mutex_);
    broken_ = "The log's disk refuses to be written (" + written.error().what + "); mend it and start again.";
  }
}

void EmbeddedCore::forget_destroyed_keys() {
  const auto now = std::chrono::steady_clock::now();
  if (with_destroyed_keys_.empty() || (destroyed_at_ && now - *destroyed_at_ < kDestroyEvery)) return;
  destroyed_at_ = now;
  if (failed()) return;
  for (const auto partition : std::set(with_destroyed_keys_)) {
    if (const auto gone = forget_destroyed_keys(partition); !gone) {
      spdlog::warn(
          "bytes of destroyed keys are still on the disk: partition={} why=\"{}\"; it is tried again",
          partition, gone.error().what);
      break;
    }
    with_destroyed_keys_.erase(partition);
  }
  destroyed_at_ = std::chrono::steady_clock::now();
}

// Offsets and blocks stay as they are, so that nobody who reads meanwhile sees more than an empty value.
EmbeddedRows::Result<void> EmbeddedCore::forget_destroyed_keys(log::Partition partition) {
  const auto& ends = *this->ends(log::Topic::keys, partition);
  const auto from = keys::block(log::Topic::keys, partition, ends.low);
  const auto until = keys::block(log::Topic::keys, partition, ends.next);
  Destroyed destroyed;
  const auto looked = rows_->scan(from, until, [&](std::string_view, std::string_view row) {
    return for_each_record(row, [&](const auto& raw, const auto& record, const auto&) {
      if (record.value.empty()) destroyed.insert_or_assign(std::string(record.key), raw.offset);
    });
  });
  if (!looked) return looked;
  RowsBatch rows;
  const auto rewritten = rows_->scan(from, until, [&](std::string_view key, std::string_view row) {
    if (auto changed = without_destroyed(row, destroyed))
      rows.puts.push_back({std::string(key), *std::move(changed)});
    return true;
  });
  if (!rewritten) return rewritten;
  if (auto written = rows_->write(rows); !written) return written;
  if (auto gone = rows_->rewrite(from, until); !gone) return gone;
  const auto mark = keys::destroyed(partition);
  return rows_->write({{}, {{mark, mark + '\0'}}});
}

}  // namespace casetrail::embedded
