// The keys of all cases, as casetrail.keys tells them: wrapped in a store, the ones that are used open in
// memory.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/privacy/recent_keys.h"
#include "workers/privacy/secret.h"
#include "workers/storage/store_home.h"

namespace casetrail::privacy {

/// The home of the wrapped keys of one partition: a cache of the topic.
using KeyHomes = std::function<std::unique_ptr<storage::StoreHome>(log::Partition)>;

/// The families of these stores, without `meta`.
[[nodiscard]] std::vector<std::string> key_families();

/// A case has one key at a time. Any thread.
class KeyRing {
 public:
  /// `log` outlives it, and is not sealed.
  KeyRing(log::EventLog& log, Secret master, KeyHomes homes);
  ~KeyRing();
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;

  /// Reads the keys of `partition` up to those that are in the log now.
  [[nodiscard]] log::LogResult<void> read_on(log::Partition partition);

  /// The key of `case_id` by which something was sealed that was read; nothing: it was destroyed. Reads on
  /// where it is not known yet, for whatever was committed came with its key.
  [[nodiscard]] log::LogResult<std::optional<Secret>> find(log::Partition partition, std::string_view case_id,
                                                           std::string_view key_id);

  /// The key by which a text of the case is sealed now; nothing: it has none. For the partition's only
  /// writer, who has read on.
  [[nodiscard]] log::LogResult<std::optional<Secret>> newest(log::Partition partition,
                                                             std::string_view case_id);

  /// Somebody has read that the customer of the case was erased: a key that is held here and was destroyed
  /// goes, too.
  [[nodiscard]] log::LogResult<void> forget(log::Partition partition, std::string_view case_id);

  /// The record of a new key of `case_id`.
  [[nodiscard]] Message record_of(std::string_view case_id, const Secret& key, Timestamp at) const;

  /// The record that destroys the key of `case_id`.
  [[nodiscard]] static Message end_of(std::string_view case_id, Timestamp at);

  /// Records that the writer of `partition` has committed. What they destroy has left the disk when it
  /// returns.
  [[nodiscard]] log::LogResult<void> learn(log::Partition partition, std::span<const Message> records);

 private:
  struct Shard {
    std::mutex mutex;  ///< guards what follows
    std::unique_ptr<storage::StoreHome> home;
    storage::Store* store = nullptr;  ///< null: it is opened by who reads on
    RecentKeys recent;
    std::set<std::string, std::less<>> destroyed;  ///< ids of keys that were looked for in all of the topic
  };

  [[nodiscard]] Shard& shard_of(log::Partition partition);
  /// Of what was read until now.
  [[nodiscard]] log::LogResult<std::optional<Secret>> known(Shard& shard, std::string_view case_id);
  using Enough = std::function<log::LogResult<bool>()>;
  /// Reads until it is enough or the end.
  [[nodiscard]] log::LogResult<void> read_until(log::Partition partition, const Enough& enough);
  /// Opens the store of `partition` and goes on reading behind what it holds.
  [[nodiscard]] log::LogResult<void> begin(log::Partition partition, Shard& shard, const log::Bounds& bounds);
  [[nodiscard]] log::LogResult<void> keep(std::span<const log::Record> records);
  /// Of a store from which keys were erased.
  [[nodiscard]] static log::LogResult<void> scrub(Shard& shard);

  log::EventLog& log_;
  Secret master_;
  KeyHomes homes_;

  std::mutex shards_mutex_;  ///< guards which there are
  std::map<log::Partition, Shard> shards_;

  std::mutex reading_;  ///< guards what follows
  std::unique_ptr<log::Reader> reader_;
  std::set<log::Partition> started_;
};

/// The key in `value`, of a record of casetrail.keys. `refused`: another master key wrapped it, or it was
/// changed.
[[nodiscard]] log::LogResult<Secret> unwrapped(const Secret& master, std::string_view case_id,
                                               std::string_view value);

/// The id of the master key that wraps the key of `record`; nothing when it is no key.
[[nodiscard]] std::optional<std::string> master_of(const MessageView& record);

}  // namespace casetrail::privacy
