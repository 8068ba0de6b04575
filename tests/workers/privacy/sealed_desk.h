// A sealed log over a scripted one that a test looks into.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/event_writer.h"
#include "tests/support/map_store.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::privacy {

/// Takes a home that its owner keeps.
class LentKeyHome final : public storage::StoreHome {
 public:
  explicit LentKeyHome(MapHome& home) : home_(home) {}
  storage::StoreResult<storage::OpenedStore> open(const storage::StoreIdentity& expected) override {
    return home_.open(expected);
  }
  storage::StoreResult<void> discard() override { return home_.discard(); }
  storage::StoreResult<void> checkpoint() override { return home_.checkpoint(); }

 private:
  MapHome& home_;
};

/// Processes that share a log of one partition, and its master key.
class SealedDesk {
 public:
  using Disk = std::map<log::Partition, MapHome>;

  /// One more process, with stores of its own where `disk` is null.
  [[nodiscard]] std::unique_ptr<log::EventLog> open(Disk* disk = nullptr) {
    return seal_log(raw, master,
                    [disk](log::Partition partition) -> std::unique_ptr<storage::StoreHome> {
                      if (disk == nullptr) return std::make_unique<MapHome>();
                      return std::make_unique<LentKeyHome>((*disk)[partition]);
                    })
        .value();
  }

  /// What a reader of `log` gets of `topic`.
  [[nodiscard]] static std::vector<Message> all(log::EventLog& log, log::Topic topic) {
    const auto reader = log.open_reader(topic);
    must(reader->start(0, must(log.bounds(topic, 0)).low));
    const auto records = must(reader->read(1'000'000, Duration{0}));
    std::vector<Message> messages;
    for (const auto& record : records) {
      Message message{std::string(record.message.key.value_or("")),
                      std::string(record.message.value),
                      {},
                      record.message.timestamp};
      for (const auto& [name, value] : record.message.headers) message.headers.add(name, value);
      messages.push_back(std::move(message));
    }
    return messages;
  }
  [[nodiscard]] std::vector<std::string> values(log::Topic topic) {
    std::vector<std::string> values;
    for (auto& message : all(*raw, topic)) values.push_back(std::move(message.value));
    return values;
  }

  std::shared_ptr<MemoryLog> raw = std::make_shared<MemoryLog>(1);
  Secret master = Secret::random();
};

/// `message`, read as an event.
[[nodiscard]] inline ReadEvent reading_of(const Message& message, CaseEvent& event) {
  return read_event(BorrowedMessage(message).view(), event);
}

}  // namespace casetrail::privacy
