// librdkafka's partition consumer on one queue: partitions come and go one by one, and stopping one waits
// until nothing of it can arrive. Its group consumer loses messages in 2.0.2 when it is moved while batches
// are read.
#include "workers/log/kafka/reader.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "events/wire/whole_number.h"

namespace casetrail::kafka {
namespace {

/// What one of our records takes while it waits: its headers, and what the client keeps around it, are more
/// than the value, which alone the client counts.
constexpr std::size_t kBytesFetched = 2048;
/// How much smaller our records are on their way, some to spare.
constexpr std::size_t kPacked = 10;
constexpr std::size_t kLeastRecords = 100;
// What librdkafka takes at most.
constexpr std::size_t kMostRecords = 10'000'000;
constexpr std::size_t kMostKibibytes = 2'097'151;
constexpr std::size_t kMostFetch = std::size_t{1} << 20;
constexpr std::size_t kLeastFetch = std::size_t{16} << 10;

constexpr auto kRecordsAhead = "queued.min.messages";
constexpr auto kKibibytesAhead = "queued.max.messages.kbytes";

/// Half of what it may hold waits, the other half comes with one answer, which brings so much of each
/// partition at once.
Handle reading_client(const KafkaOptions& options, log::Partition partitions) {
  const auto half = options.prefetch_bytes / 2;
  const auto records = std::clamp(half / kBytesFetched, kLeastRecords, kMostRecords);
  const auto kibibytes = std::clamp(half >> 10, std::size_t{1}, kMostKibibytes);
  const auto of_each = half / static_cast<std::size_t>(std::max(partitions, 1)) / kPacked;
  Settings settings(
      options, {{kRecordsAhead, std::to_string(records)},
                {kKibibytesAhead, std::to_string(kibibytes)},
                {"fetch.message.max.bytes", std::to_string(std::clamp(of_each, kLeastFetch, kMostFetch))},
                {"fetch.wait.max.ms", "500"},
                {"fetch.error.backoff.ms", "50"},
                {"check.crcs", "true"}});
  settings.require("isolation.level", "read_committed")
      .require("auto.offset.reset", "error")
      .require("enable.auto.commit", "false")
      .require("enable.auto.offset.store", "false")
      .require("enable.partition.eof", "false")
      .tell_statistics();
  auto client = std::move(settings).create(RD_KAFKA_CONSUMER);
  if (!client) throw std::runtime_error(client.error().what);
  return std::move(*client);
}

/// A number among the client's settings: the operator's properties may have changed it.
std::size_t setting(rd_kafka_t* client, const char* name) {
  std::array<char, 32> text{};
  auto size = text.size();
  rd_kafka_conf_get(rd_kafka_conf(client), name, text.data(), &size);
  return whole_number<std::size_t>(text.data()).value_or(1);
}

class KafkaReader final : public log::Reader {
 public:
  KafkaReader(const KafkaOptions& options, log::Topic topic, log::Partition partitions)
      : name_(topic_name(options, topic)),
        client_(reading_client(options, partitions)),
        most_records_(setting(client_.get(), kRecordsAhead)),
        most_bytes_(setting(client_.get(), kKibibytesAhead) << 10),
        topic_(rd_kafka_topic_new(client_.get(), name_.c_str(), nullptr)),
        queue_(rd_kafka_queue_new(client_.get())) {
    if (const auto known = metadata(client_.get(), Scope::used, options.request_timeout); !known)
      spdlog::warn("{}", known.error().what);
  }

  ~KafkaReader() override {
    for (const auto& [partition, next] : next_) {
      if (!failed_.contains(partition)) rd_kafka_consume_stop(topic_.get(), partition);
    }
    batch_.clear();
  }

  KafkaReader(const KafkaReader&) = delete;
  KafkaReader& operator=(const KafkaReader&) = delete;

  log::LogResult<void> start(log::Partition partition, log::Offset from) override {
    stop(partition);
    if (rd_kafka_consume_start_queue(topic_.get(), partition, from, queue_.get()) == -1) {
      return std::unexpected(
          error_of(rd_kafka_last_error(), fmt::format("start reading {}/{} at {}", name_, partition, from)));
    }
    next_[partition] = from;
    return {};
  }

  void stop(log::Partition partition) override {
    if (next_.erase(partition) == 0) return;
    if (failed_.erase(partition) == 0) rd_kafka_consume_stop(topic_.get(), partition);
    std::erase_if(untold_, [&](const log::ReadError& error) { return error.partition == partition; });
  }

  log::ReadResult read(std::size_t max, Duration wait) override {
    batch_.clear();
    records_.clear();
    rd_kafka_poll(client_.get(), 0);
    if (auto failed = take_failure()) return std::unexpected(std::move(*failed));
    keep_fetching();
    fetch(max, Duration::zero());
    // A batch call waits until it is full; so wait for one record, then take what there is.
    if (batch_.empty() && wait > Duration::zero()) {
      fetch(1, wait);
      if (!batch_.empty()) fetch(max - 1, Duration::zero());
    }
    view_records();
    if (records_.empty()) {
      if (auto failed = take_failure()) return std::unexpected(std::move(*failed));
    }
    return std::span<const log::Record>(records_);
  }

  log::Offset position(log::Partition partition) const override {
    const auto next = next_.find(partition);
    if (next == next_.end()) return -1;
    if (failed_.contains(partition)) return next->second;
    const PartitionList asked(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(asked.get(), name_.c_str(), partition);
    rd_kafka_position(client_.get(), asked.get());
    // Negative until something, even a marker, was passed.
    return std::max(next->second, asked->elems[0].offset);
  }

 private:
  /// A client whose queue was full looks again after a second, or when it has something else to do: after
  /// each half of a queue, a question to the leaders, whose answer nobody waits for.
  void keep_fetching() {
    if (taken_records_ < most_records_ / 2 && taken_bytes_ < most_bytes_ / 2) return;
    taken_records_ = taken_bytes_ = 0;
    const PartitionList asked(rd_kafka_topic_partition_list_new(static_cast<int>(next_.size())));
    for (const auto& [partition, next] : next_) {
      if (!failed_.contains(partition))
        rd_kafka_topic_partition_list_add(asked.get(), name_.c_str(), partition)->offset =
            RD_KAFKA_OFFSET_END;
    }
    rd_kafka_offsets_for_times(client_.get(), asked.get(), 0);
  }

  void fetch(std::size_t max, Duration wait) {
    if (max == 0) return;
    taken_.resize(max);
    const auto count = rd_kafka_consume_batch_queue(queue_.get(), milliseconds(wait), taken_.data(), max);
    for (ssize_t i = 0; i < count; ++i) batch_.emplace_back(taken_[static_cast<std::size_t>(i)]);
  }

  void view_records() {
    headers_.clear();
    header_starts_.clear();
    for (const auto& message : batch_) {
      if (failed_.contains(message->partition)) continue;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        fail(*message);
        continue;
      }
      header_starts_.push_back(headers_.size());
      view_headers(*message);
      records_.push_back(view_of(*message));
      next_[message->partition] = message->offset + 1;
      ++taken_records_;
      taken_bytes_ += message->len;
    }
    header_starts_.push_back(headers_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) {  // only now the headers stay where they are
      records_[i].message.headers =
          std::span(headers_).subspan(header_starts_[i], header_starts_[i + 1] - header_starts_[i]);
    }
  }

  std::optional<log::ReadError> take_failure() {
    if (untold_.empty()) return std::nullopt;
    auto error = std::move(untold_.front());
    untold_.pop_front();
    return error;
  }

  /// After some errors the client would go on behind what it could not read. What it has fetched is dropped.
  void fail(const rd_kafka_message_t& message) {
    const auto* reason = rd_kafka_message_errstr(&message);
    untold_.push_back({error_of(message.err, fmt::format("read {}/{}", name_, message.partition),
                                reason == nullptr ? "" : reason),
                       message.partition});
    failed_.insert(message.partition);
    rd_kafka_consume_stop(topic_.get(), message.partition);
  }

  static std::string_view text(const void* bytes, std::size_t size) {
    return {static_cast<const char*>(bytes), size};
  }

  static log::Record view_of(const rd_kafka_message_t& message) {
    log::Record record{message.partition, message.offset, {}};
    if (message.key != nullptr) record.message.key = text(message.key, message.key_len);
    if (message.payload != nullptr) record.message.value = text(message.payload, message.len);
    record.message.timestamp = from_epoch_ms(rd_kafka_message_timestamp(&message, nullptr));
    return record;
  }

  void view_headers(const rd_kafka_message_t& message) {
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
      headers_.push_back({name, value == nullptr ? std::string_view() : text(value, size)});
  }

  std::string name_;
  Handle client_;
  std::size_t most_records_;  ///< when the client stops to fetch
  std::size_t most_bytes_;
  std::size_t taken_records_ = 0;  ///< since it was last given something to do
  std::size_t taken_bytes_ = 0;
  TopicHandle topic_;
  Queue queue_;
  std::map<log::Partition, log::Offset>
      next_;                         ///< behind what was delivered, of every partition that was started
  std::set<log::Partition> failed_;  ///< of these, those that have to be started again
  std::deque<log::ReadError> untold_;
  std::vector<rd_kafka_message_t*> taken_;
  std::vector<MessageHandle> batch_;
  std::vector<HeaderView> headers_;
  std::vector<std::size_t> header_starts_;
  std::vector<log::Record> records_;
};

}  // namespace

std::unique_ptr<log::Reader> open_reader(const KafkaOptions& options, log::Topic topic,
                                         log::Partition partitions) {
  return std::make_unique<KafkaReader>(options, topic, partitions);
}

}  // namespace casetrail::kafka
