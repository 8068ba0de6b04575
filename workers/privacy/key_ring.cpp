// A key that is not known is looked for up to the end of the topic, which is asked read-uncommitted: a key
// may be shown a moment after the event that came with it.
#include "workers/privacy/key_ring.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <chrono>
#include <utility>

#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"

namespace casetrail::privacy {
namespace {

constexpr storage::FamilyIndex kKeyFamily = storage::kMetaFamily + 1;
/// Before the id of the master key: what another one wrapped is read again.
constexpr std::string_view kFingerprint = "keys 1 ";
constexpr std::size_t kRecordsAtOnce = 2000;
constexpr Duration kKeyWait{20};
constexpr auto kPatience = std::chrono::seconds(2);

struct WrappedKey {
  std::string key_id;
  std::string master_id;
  std::string wrapped;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(key_id), CEREAL_NVP(master_id), CEREAL_NVP(wrapped));
  }
};

void put_key(storage::StoreBatch& batch, std::string case_id, std::string_view value) {
  if (!value.empty()) return batch.put(kKeyFamily, std::move(case_id), std::string(value));
  batch.erase(kKeyFamily, std::move(case_id));
  storage::ask_scrub(batch);
}

log::LogError failed_store(const storage::StoreError& error) {
  return {log::LogFailure::unavailable, error.what};
}

}  // namespace

std::vector<std::string> key_families() { return {"keys"}; }

std::optional<std::string> master_of(const MessageView& record) {
  WrappedKey key;
  if (record.value.empty() || from_json(record.value, key)) return std::nullopt;
  return key.master_id;
}

log::LogResult<Secret> unwrapped(const Secret& master, std::string_view case_id, std::string_view value) {
  WrappedKey key;
  const bool readable = !from_json(value, key);
  if (readable && key.master_id == master.id()) {
    const auto bytes = open(master, key.wrapped, case_id);
    if (auto secret = bytes ? Secret::from(*bytes) : std::nullopt) return *std::move(secret);
  }
  return std::unexpected(log::LogError{
      log::LogFailure::refused,
      readable && key.master_id != master.id()
          ? fmt::format("The key of case {} was wrapped with the master key {}, not with {}. Start with that "
                        "one (--master-key).",
                        case_id, key.master_id, master.id())
          : fmt::format(
                "The key of case {} in casetrail.keys was changed and opens nothing. Restore it from a "
                "backup.",
                case_id)});
}

KeyRing::KeyRing(log::EventLog& log, Secret master, KeyHomes homes)
    : log_(log), master_(std::move(master)), homes_(std::move(homes)) {}

KeyRing::~KeyRing() = default;

KeyRing::Shard& KeyRing::shard_of(log::Partition partition) {
  const std::scoped_lock lock(shards_mutex_);
  return shards_[partition];
}

log::LogResult<void> KeyRing::read_on(log::Partition partition) {
  return read_until(partition, [] { return false; });
}

log::LogResult<std::optional<Secret>> KeyRing::find(log::Partition partition, std::string_view case_id,
                                                    std::string_view key_id) {
  auto& shard = shard_of(partition);
  std::optional<Secret> found;
  const auto look = [&]() -> log::LogResult<bool> {
    const std::scoped_lock lock(shard.mutex);
    if (shard.destroyed.contains(key_id)) return true;
    auto key = known(shard, case_id);
    if (!key) return std::unexpected(std::move(key).error());
    if (*key && (*key)->id() == key_id) found = **key;
    return found.has_value();
  };
  const auto known_before = look();
  if (!known_before) return std::unexpected(known_before.error());
  if (*known_before) return found;
  if (auto read = read_until(partition, look); !read) return std::unexpected(std::move(read).error());
  if (!found) {
    const std::scoped_lock lock(shard.mutex);
    shard.destroyed.emplace(key_id);
  }
  return found;
}

log::LogResult<std::optional<Secret>> KeyRing::newest(log::Partition partition, std::string_view case_id) {
  auto& shard = shard_of(partition);
  const std::scoped_lock lock(shard.mutex);
  return known(shard, case_id);
}

log::LogResult<void> KeyRing::forget(log::Partition partition, std::string_view case_id) {
  const auto held = newest(partition, case_id);
  if (!held) return std::unexpected(held.error());
  return *held ? read_on(partition) : log::LogResult<void>();
}

log::LogResult<std::optional<Secret>> KeyRing::known(Shard& shard, std::string_view case_id) {
  if (const auto* held = shard.recent.find(case_id)) return *held;
  if (shard.store == nullptr) return std::nullopt;
  const auto row = shard.store->get(kKeyFamily, case_id);
  if (!row) {
    shard.store = nullptr;
    return std::unexpected(failed_store(row.error()));
  }
  if (!*row) return std::nullopt;
  auto key = unwrapped(master_, case_id, **row);
  if (!key) return std::unexpected(std::move(key).error());
  shard.recent.put(std::string(case_id), *key);
  return *key;
}

Message KeyRing::record_of(std::string_view case_id, const Secret& key, Timestamp at) const {
  Message record{.key = std::string(case_id),
                 .value = to_json(WrappedKey{std::string(key.id()), std::string(master_.id()),
                                             seal(master_, key.bytes(), case_id)}),
                 .headers = {},
                 .timestamp = at};
  record.headers.add("content-type", "application/json");
  record.headers.add(kWriterHeader, kWriterGeneration);
  return record;
}

Message KeyRing::end_of(std::string_view case_id, Timestamp at) {
  Message record{.key = std::string(case_id), .value = {}, .headers = {}, .timestamp = at};
  record.headers.add(kWriterHeader, kWriterGeneration);
  return record;
}

log::LogResult<void> KeyRing::scrub(Shard& shard) {
  const auto asked = storage::is_scrub_asked(*shard.store);
  const auto done =
      asked && *asked ? storage::scrub(*shard.home, *shard.store) : storage::StoreResult<void>();
  if (asked && done) return {};
  shard.store = nullptr;
  return std::unexpected(failed_store(asked ? done.error() : asked.error()));
}

log::LogResult<void> KeyRing::learn(log::Partition partition, std::span<const Message> records) {
  auto& shard = shard_of(partition);
  const std::scoped_lock lock(shard.mutex);
  if (shard.store == nullptr) return {};  // it is opened, and reads them, before it is asked
  storage::StoreBatch batch;
  for (const auto& record : records) {
    put_key(batch, record.key, record.value);
    shard.recent.erase(record.key);
  }
  if (const auto written = shard.store->write(batch); !written) {
    shard.store = nullptr;
    return std::unexpected(failed_store(written.error()));
  }
  return scrub(shard);
}

log::LogResult<void> KeyRing::read_until(log::Partition partition, const Enough& enough) {
  const std::scoped_lock lock(reading_);
  auto bounds = log_.bounds(log::Topic::keys, partition);
  if (!bounds) return std::unexpected(std::move(bounds).error());
  auto& shard = shard_of(partition);
  if (auto begun = begin(partition, shard, *bounds); !begun) return begun;
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const auto is_enough = enough();
    if (!is_enough) return std::unexpected(is_enough.error());
    if (*is_enough || reader_->position(partition) >= bounds->high) return {};
    const auto records = reader_->read(kRecordsAtOnce, kKeyWait);
    if (!records) {
      started_.clear();
      return std::unexpected(log::LogError(records.error()));
    }
    if (auto kept = keep(*records); !kept) return kept;
    if (records->empty() && std::chrono::steady_clock::now() > until) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable,
          fmt::format("casetrail.keys/{} is not readable up to its end {}: a transaction is open, or its "
                      "broker is slow. It is asked again.",
                      partition, bounds->high)});
    }
  }
}

log::LogResult<void> KeyRing::begin(log::Partition partition, Shard& shard, const log::Bounds& bounds) {
  if (!reader_) reader_ = log_.open_reader(log::Topic::keys);
  const std::scoped_lock lock(shard.mutex);
  if (shard.store != nullptr && started_.contains(partition)) return {};
  const auto identity = log_.identity();
  if (!identity) return std::unexpected(identity.error());
  if (!shard.home) shard.home = homes_(partition);
  shard.recent.clear();
  shard.store = nullptr;
  const storage::StoreIdentity expected{*identity, std::string(kFingerprint).append(master_.id())};
  auto opened = shard.home->open(expected);
  const auto is_of_the_log = [&] {
    return !opened->position ||
           (opened->position->next >= bounds.low && opened->position->next <= bounds.high);
  };
  if (opened && !is_of_the_log()) {
    if (auto gone = shard.home->discard(); !gone) return std::unexpected(failed_store(gone.error()));
    opened = shard.home->open(expected);
  }
  if (!opened) return std::unexpected(failed_store(opened.error()));
  const auto from = opened->position ? opened->position->next : bounds.low;
  if (auto started = reader_->start(partition, from); !started) return started;
  started_.insert(partition);
  shard.store = opened->store;
  return scrub(shard);
}

// The reader has passed all of them: one partition that cannot be kept is read again, and the others are
// kept.
log::LogResult<void> KeyRing::keep(std::span<const log::Record> records) {
  std::map<log::Partition, storage::StoreBatch> batches;
  for (const auto& [partition, offset, message] : records) {
    auto& batch = batches[partition];
    put_key(batch, std::string(message.key.value_or("")), message.value);
  }
  log::LogResult<void> kept;
  for (auto& [partition, batch] : batches) {
    auto& shard = shard_of(partition);
    const std::scoped_lock lock(shard.mutex);
    for (const auto& change : batch.changes()) shard.recent.erase(change.key);
    if (shard.store == nullptr) continue;
    const auto next = reader_->position(partition);
    storage::put_position(batch, {.next = next, .last_offset = next - 1, .last_record = {}});
    if (const auto written = shard.store->write(batch); !written) {
      shard.store = nullptr;
      kept = std::unexpected(failed_store(written.error()));
      continue;
    }
    if (auto scrubbed = scrub(shard); !scrubbed) kept = std::move(scrubbed);
  }
  return kept;
}

}  // namespace casetrail::privacy
