// Which rows of `meta` tell how far a store got, and how a store is held against its log.
#include "workers/storage/store_home.h"

#include <fmt/format.h>

#include "events/wire/binary.h"
#include "workers/storage/meta.h"

namespace casetrail::storage {
namespace {

/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{10'000};
constexpr Duration kReadWait{20};

using Doubt = std::optional<Discarded>;

Discarded ahead(const StorePosition& position, log::Offset high) {
  return {DiscardReason::ahead_of_log,
          fmt::format("The log ends at offset {}, and the store has seen it up to {}: up to {} records are "
                      "gone from the log.",
                      high, position.next, position.next - high)};
}

Discarded other_log(const StorePosition& position) {
  return {DiscardReason::other_log,
          fmt::format("Expected the log to hold event '{}' at offset {}, but another one is there.",
                      position.last_record, position.last_offset)};
}

/// `events`: the reader that was asked, behind the store's last event.
std::expected<Doubt, std::string> doubt(const StorePosition& position, log::EventLog& log,
                                        log::Partition partition, std::unique_ptr<log::Reader>& events) {
  const auto bounds = log.bounds(log::Topic::events, partition);
  if (!bounds) return std::unexpected(bounds.error().what);
  if (position.next > bounds->high) return Doubt(ahead(position, bounds->high));
  if (position.last_offset < 0) return Doubt();
  if (position.last_offset < bounds->low) return Doubt(other_log(position));
  // Of its own: one that was used before may first have to wait for an empty answer from the log's end.
  events = log.open_reader(log::Topic::events);
  if (const auto started = events->start(partition, position.last_offset); !started) {
    return std::unexpected(started.error().what);
  }
  auto records = events->read(1, kReadWait);
  // A reader waits for a record, but is behind those that are gone at once.
  for (auto waited = kReadWait; records && records->empty() && waited < kRecordWait; waited += kReadWait) {
    if (events->position(partition) > position.last_offset) break;
    records = events->read(1, kReadWait);
  }
  if (!records) return std::unexpected(records.error().what);
  if (records->empty() && events->position(partition) <= position.last_offset) {
    return std::unexpected(fmt::format(
        "The log did not hand over offset {} of casetrail.events/{} in {} s. Check the brokers; it "
        "is asked again.",
        position.last_offset, partition, kRecordWait.count() / 1000));
  }
  const bool same = !records->empty() && records->front().offset == position.last_offset &&
                    records->front().message.header("ce_id") == position.last_record;
  if (!same) return Doubt(other_log(position));
  return Doubt();
}

}  // namespace

void put_position(StoreBatch& batch, const StorePosition& position) {
  batch.put(kMetaFamily, std::string(meta::kPosition), to_binary(position));
}

void ask_scrub(StoreBatch& batch) { batch.put(kMetaFamily, std::string(meta::kScrub), "asked"); }

StoreResult<bool> is_scrub_asked(const StoreView& store) {
  const auto row = store.get(kMetaFamily, meta::kScrub);
  if (!row) return std::unexpected(row.error());
  return row->has_value();
}

StoreResult<void> note_scrub_done(Store& store) {
  StoreBatch done;
  done.erase(kMetaFamily, std::string(meta::kScrub));
  return store.write(done);
}

StoreResult<void> scrub(StoreHome& home, Store& store) {
  if (auto gone = home.scrub(); !gone) return gone;
  return note_scrub_done(store);
}

std::expected<CheckedStore, std::string> open_checked(StoreHome& home, const StoreIdentity& expected,
                                                      log::EventLog& log, log::Partition partition) {
  std::vector<Discarded> discarded;
  while (true) {
    auto opened = home.open(expected);
    if (!opened) return std::unexpected(opened.error().what);
    discarded.insert(discarded.end(), opened->discarded.begin(), opened->discarded.end());
    Doubt found;
    std::unique_ptr<log::Reader> events;
    if (opened->position) {
      auto asked = doubt(*opened->position, log, partition, events);
      if (!asked) return std::unexpected(std::move(asked.error()));
      found = std::move(*asked);
    }
    if (!found) {
      opened->discarded = std::move(discarded);
      return CheckedStore{*std::move(opened), std::move(events)};
    }
    discarded.push_back(std::move(*found));
    if (auto removed = home.discard(); !removed) return std::unexpected(removed.error().what);
  }
}

}  // namespace casetrail::storage
