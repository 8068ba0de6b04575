// The decorator of the port, and what it does to a record on its way.
#include "workers/privacy/sealed_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "workers/log/passing_log.h"
#include "workers/privacy/sealed_reader.h"
#include "workers/privacy/sealed_writer.h"

namespace casetrail::privacy {
namespace {

constexpr Duration kFirstKeyWait{100};
constexpr int kFirstKeyTries = 100;

/// What only goes through: it stays for two weeks at most, and belongs to no case yet.
constexpr std::string_view kPassing = "commands";

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

 private:
  static bool is_sealed(log::Topic topic) {
    return topic == log::Topic::events || topic == log::Topic::commands || topic == log::Topic::deadletters;
  }

  Secret passing_;
  KeyRing ring_;
};

/// The id of the master key that wraps the keys of `partition`; nothing when there is none.
log::LogResult<std::optional<std::string>> master_in(log::EventLog& log, log::Partition partition,
                                                     const log::Bounds& bounds) {
  const auto reader = log.open_reader(log::Topic::keys);
  if (auto started = reader->start(partition, bounds.low); !started) return std::unexpected(started.error());
  for (int i = 0; i < kFirstKeyTries && reader->position(partition) < bounds.stable; ++i) {
    const auto records = reader->read(1, kFirstKeyWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    for (const auto& record : *records) {
      if (auto master = master_of(record.message)) return master;
    }
  }
  return std::nullopt;
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
