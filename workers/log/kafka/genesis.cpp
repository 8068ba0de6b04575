// Writes, finds and hides the mark of a set of topics.
#include "workers/log/kafka/genesis.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <random>
#include <utility>

#include "workers/log/kafka/reader.h"

namespace casetrail::kafka {
namespace {

constexpr std::string_view kHeader = "casetrail_genesis";
constexpr std::string_view kPartitionsHeader = "casetrail_partitions";

log::Partition number_in(std::string_view text) {
  log::Partition number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class WithoutGenesis final : public log::Reader {
 public:
  explicit WithoutGenesis(std::unique_ptr<log::Reader> reader) : reader_(std::move(reader)) {}

  log::LogResult<void> start(log::Partition partition, log::Offset from) override {
    return reader_->start(partition, from);
  }
  void stop(log::Partition partition) override { reader_->stop(partition); }
  log::Offset position(log::Partition partition) const override { return reader_->position(partition); }

  log::ReadResult read(std::size_t max, Duration wait) override {
    const auto records = reader_->read(max, wait);
    if (!records) return records;
    kept_.clear();
    for (const log::Record& record : *records) {
      if (!record.message.header(kHeader)) kept_.push_back(record);
    }
    return std::span<const log::Record>(kept_);
  }

 private:
  std::unique_ptr<log::Reader> reader_;
  std::vector<log::Record> kept_;
};

}  // namespace

Message new_genesis(log::Partition partitions) {
  std::random_device random;
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  return {"",
          "",
          {{kHeader, fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random())},
           {kPartitionsHeader, std::to_string(partitions)}},
          now};
}

log::LogResult<Genesis> last_genesis(const KafkaOptions& options, const log::Bounds& policy) {
  Genesis genesis;
  const auto reader = open_reader(options, log::Topic::policy, 1);
  if (auto started = reader->start(0, policy.low); !started) return std::unexpected(started.error());
  const auto deadline = std::chrono::steady_clock::now() + options.request_timeout;
  while (reader->position(0) < policy.stable) {
    const auto records = reader->read(100, Duration{100});
    if (!records) return std::unexpected(records.error());
    if (records->empty() && std::chrono::steady_clock::now() > deadline)
      return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, "deliver the policy topic"));
    for (const log::Record& record : *records) {
      if (const auto mark = record.message.header(kHeader)) {
        genesis = {std::string(*mark), number_in(record.message.header(kPartitionsHeader).value_or(""))};
      }
    }
  }
  return genesis;
}

std::unique_ptr<log::Reader> without_genesis(std::unique_ptr<log::Reader> reader) {
  return std::make_unique<WithoutGenesis>(std::move(reader));
}

}  // namespace casetrail::kafka
