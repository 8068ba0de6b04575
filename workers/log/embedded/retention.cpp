// What the embedded log forgets: commands, outcomes and dead letters after 14 days; events and policies
// never.
#include <utility>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

namespace {

constexpr auto kKept = std::chrono::days(14);
constexpr auto kForgetful =
    std::to_array<log::Topic>({log::Topic::commands, log::Topic::outcomes, log::Topic::deadletters});

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

}  // namespace casetrail::embedded
