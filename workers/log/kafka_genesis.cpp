// Writes, finds and hides the mark of a set of topics.
#include "workers/log/kafka_genesis.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <random>
#include <utility>

#include "workers/log/kafka_reader.h"

namespace casetrail::kafka {
namespace {

constexpr std::string_view kHeader = "casetrail_genesis";
constexpr std::string_view kPartitionsHeader = "casetrail_partitions";

Partition number_in(std::string_view text) {
  Partition number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class WithoutGenesis final : public Reader {
 public:
  explicit WithoutGenesis(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}

  LogResult<void> start(Partition partition, Offset from) override { return reader_->start(partition, from); }
  void stop(Partition partition) override { reader_->stop(partition); }
  Offset position(Partition partition) const override { return reader_->position(partition); }

  ReadResult read(std::size_t max, Duration wait) override {
    const auto records = reader_->read(max, wait);
    if (!records) return records;
    kept_.clear();
    for (const Record& record : *records) {
      if (!record.message.header(kHeader)) kept_.push_back(record);
    }
    return std::span<const Record>(kept_);
  }

 private:
  std::unique_ptr<Reader> reader_;
  std::vector<Record> kept_;
};

}  // namespace

Message new_genesis(Partition partitions) {
  std::random_device random;
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  return {"",
          "",
          {{kHeader, fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random())},
           {kPartitionsHeader, std::to_string(partitions)}},
          now};
}

LogResult<Genesis> last_genesis(const KafkaOptions& options, const Bounds& policy) {
  Genesis genesis;
  const auto reader = open_reader(options, Topic::policy, 1);
  if (auto started = reader->start(0, policy.low); !started) return std::unexpected(started.error());
  const auto deadline = std::chrono::steady_clock::now() + options.request_timeout;
  while (reader->position(0) < policy.stable) {
    const auto records = reader->read(100, Duration{100});
    if (!records) return std::unexpected(records.error());
    if (records->empty() && std::chrono::steady_clock::now() > deadline)
      return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, "deliver the policy topic"));
    for (const Record& record : *records) {
      if (const auto mark = record.message.header(kHeader)) {
        genesis = {std::string(*mark), number_in(record.message.header(kPartitionsHeader).value_or(""))};
      }
    }
  }
  return genesis;
}

std::unique_ptr<Reader> without_genesis(std::unique_ptr<Reader> reader) {
  return std::make_unique<WithoutGenesis>(std::move(reader));
}

}  // namespace casetrail::kafka
