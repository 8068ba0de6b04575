// The decorator of the port, and what it does to a record on its way.
#include "workers/privacy/sealed_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "workers/log/passing_log.h"
#include "workers/privacy/partition_cursor.h"
#include "workers/privacy/personal.h"
#include "workers/privacy/sealed_reader.h"
#include "workers/privacy/sealed_writer.h"

namespace casetrail::privacy {
namespace {

constexpr Duration kFirstKeyWait{100};
constexpr int kFirstKeyTries = 100;
constexpr std::size_t kEventsAtOnce = 1'000;

/// Offsets of keys that are read from the end, and how much longer each further piece is.
constexpr log::Offset kFirstPieceOfKeys = 64;
constexpr log::Offset kLongerPiece = 16;

/// What only goes through: it stays for two weeks at most, and belongs to no case yet.
constexpr std::string_view kPassing = "commands";

struct FirstPersonal {
  log::Offset offset;
  bool is_open;
};

/// The first event with personal texts: a log that was sealed once is sealed for good.
log::LogResult<std::optional<FirstPersonal>> first_personal(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::events, partition);
  if (!bounds) return std::unexpected(bounds.error());
  const auto reader = log.open_reader(log::Topic::events);
  if (auto started = reader->start(partition, bounds->low); !started) return std::unexpected(started.error());
  for (int waited = 0; reader->position(partition) < bounds->stable && waited < kFirstKeyTries;) {
    const auto records = reader->read(kEventsAtOnce, kFirstKeyWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    if (records->empty()) ++waited;
    for (const auto& [of, offset, message] : *records) {
      if (sealed_personal(message.value)) return FirstPersonal{offset, false};
      if (open_personal(message.value)) return FirstPersonal{offset, true};
    }
  }
  if (reader->position(partition) >= bounds->stable) return std::nullopt;
  return std::unexpected(
      log::LogError{log::LogFailure::unavailable, "the first events do not come; check the brokers"});
}

class SealedLog final : public log::PassingLog {
 public:
  SealedLog(std::shared_ptr<log::EventLog> log, const Secret& master, KeyHomes homes)
      : PassingLog(std::move(log)),
        passing_(master.derived(kPassing)),
        ring_(inner(), master, std::move(homes)) {}

  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override {
    auto reader = PassingLog::open_reader(topic);
    return is_sealed(topic) ? std::make_unique<SealedReader>(std::move(reader), topic, ring_, passing_)
                            : std::move(reader);
  }
  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<SealedWriter>(PassingLog::open_writer(partition), partition, ring_, passing_);
  }
  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override {
    if (topic == log::Topic::commands || topic == log::Topic::deadletters) seal_into(message, passing_);
    PassingLog::append(topic, partition, std::move(message), std::move(done));
  }
  std::optional<std::string> cannot_forget(log::Partition partition) override {
    {
      const std::scoped_lock lock(forgetting_mutex_);
      if (forgetting_.contains(partition)) return std::nullopt;
    }
    const auto first = first_personal(inner(), partition);
    if (!first) return "its first events cannot be read now (" + first.error().what + "). Try again";
    if (*first && (*first)->is_open) {
      return fmt::format(
          "its personal texts lie in the open before it was sealed, the first at offset {} of "
          "casetrail.events/{}. Only a log that is sealed from its first event on can forget: start a new "
          "one",
          (*first)->offset, partition);
    }
    const std::scoped_lock lock(forgetting_mutex_);
    if (*first) forgetting_.insert(partition);
    return std::nullopt;
  }

 private:
  static bool is_sealed(log::Topic topic) {
    return topic == log::Topic::events || topic == log::Topic::commands || topic == log::Topic::deadletters;
  }

  Secret passing_;
  KeyRing ring_;

  std::mutex forgetting_mutex_;          ///< guards what follows
  std::set<log::Partition> forgetting_;  ///< that were sealed from their first personal text on
};

/// The id of the master key that wraps the keys of `partition`, by its newest one; nothing when there is
/// none. The first ones may be of a master key that was changed, and go when Kafka comes to it.
log::LogResult<std::optional<std::string>> master_in(log::EventLog& log, log::Partition partition,
                                                     const log::Bounds& bounds) {
  for (auto piece = kFirstPieceOfKeys;; piece *= kLongerPiece) {
    const auto from = std::max(bounds.low, bounds.stable - piece);
    PartitionCursor keys(log, log::Topic::keys, partition, from, bounds.stable);
    std::optional<std::string> newest;
    for (;;) {
      const auto record = keys.next();
      if (!record) return std::unexpected(record.error());
      if (*record == nullptr) break;
      if (auto master = master_of((*record)->message)) newest = std::move(master);
    }
    if (newest || from == bounds.low) return newest;
  }
}

}  // namespace

log::LogResult<bool> has_keys(log::EventLog& log) {
  const auto all = log.bounds(log::Topic::keys);
  if (!all && all.error().failure == log::LogFailure::refused) return false;
  if (!all) return std::unexpected(all.error());
  return std::ranges::any_of(*all, [](const log::Bounds& bounds) { return bounds.high > 0; });
}

log::LogResult<std::unique_ptr<log::EventLog>> seal_log(std::shared_ptr<log::EventLog> log,
                                                        const Secret& master, KeyHomes homes) {
  const auto all = log->bounds(log::Topic::keys);
  if (!all) return std::unexpected(all.error());
  for (log::Partition partition = 0; const auto& bounds : *all) {
    const auto known = master_in(*log, partition++, bounds);
    if (!known) return std::unexpected(known.error());
    if (!*known) continue;
    if (**known == master.id()) break;
    return std::unexpected(log::LogError{
        log::LogFailure::refused,
        fmt::format(
            "The texts of this log are sealed with the master key {}, and this one is {}. Name the other one "
            "with --master-key.",
            **known, master.id())});
  }
  return std::make_unique<SealedLog>(std::move(log), master, std::move(homes));
}

}  // namespace casetrail::privacy
