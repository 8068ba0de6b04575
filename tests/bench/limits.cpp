// The limits of the machine and its broker: a librdkafka consumer that touches nothing, and a
// consume-produce-commit loop that decides nothing: with two records a command, and with as many and as large
// ones as casetrail wrote. What casetrail does is measured beside them.
#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Settings = std::vector<std::pair<const char*, std::string>>;

struct Close {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
  void operator()(rd_kafka_consumer_group_metadata_t* group) const {
    rd_kafka_consumer_group_metadata_destroy(group);
  }
  void operator()(rd_kafka_headers_t* headers) const { rd_kafka_headers_destroy(headers); }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using Handle = std::unique_ptr<rd_kafka_t, Close>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Close>;
using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Close>;
using Group = std::unique_ptr<rd_kafka_consumer_group_metadata_t, Close>;
using Headers = std::unique_ptr<rd_kafka_headers_t, Close>;
using Message = std::unique_ptr<rd_kafka_message_t, Close>;

void check(rd_kafka_error_t* error) {
  if (error == nullptr) return;
  const std::string what = rd_kafka_error_string(error);
  rd_kafka_error_destroy(error);
  throw std::runtime_error(what);
}

void check(rd_kafka_resp_err_t error) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
}

Handle open(rd_kafka_type_t type, const Settings& settings) {
  std::array<char, 512> error{};
  auto* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf, name, value.c_str(), error.data(), error.size()) != RD_KAFKA_CONF_OK) {
      throw std::runtime_error(error.data());
    }
  }
  if (type == RD_KAFKA_PRODUCER)
    rd_kafka_conf_set_dr_msg_cb(conf, [](rd_kafka_t*, const rd_kafka_message_t*, void*) {});
  Handle handle(rd_kafka_new(type, conf, error.data(), error.size()));
  if (!handle) throw std::runtime_error(error.data());
  return handle;
}

/// A consumer of the first `partitions` of `topic` from their beginning, which hears where they end.
Handle open_consumer(const std::string& brokers, const char* topic, int partitions) {
  auto consumer = open(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                                           {"group.id", "bench.limits"},
                                           {"isolation.level", "read_committed"},
                                           {"enable.auto.commit", "false"},
                                           {"enable.auto.offset.store", "false"},
                                           {"enable.partition.eof", "true"},
                                           {"queued.min.messages", "2000000"},
                                           {"queued.max.messages.kbytes", "1048576"},
                                           {"socket.nagle.disable", "true"}});
  const Partitions list(rd_kafka_topic_partition_list_new(partitions));
  for (int p = 0; p < partitions; ++p) {
    rd_kafka_topic_partition_list_add(list.get(), topic, p)->offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  check(rd_kafka_assign(consumer.get(), list.get()));
  return consumer;
}

/// As a line of figures has it, see `workers/bench/figure.h`.
void report(const char* row, const char* title, const char* unit, long records, Clock::duration took) {
  const auto seconds = std::chrono::duration<double>(took).count();
  std::printf(R"({"row":"%s","title":"%s","value":%.0f,"unit":"%s","note":"%ld records, librdkafka alone"})"
              "\n",
              row, title, static_cast<double>(records) / seconds, unit, records);
}

void consume(const std::string& brokers, int partitions, long records) {
  const auto consumer = open_consumer(brokers, "casetrail.events", partitions);
  const Queue queue(rd_kafka_queue_get_consumer(consumer.get()));
  std::vector<rd_kafka_message_t*> batch(2'000);
  auto started = Clock::now();
  for (long seen = 0; seen < records;) {
    const auto count = rd_kafka_consume_batch_queue(queue.get(), 1'000, batch.data(), batch.size());
    if (seen == 0 && count > 0) started = Clock::now();
    for (ssize_t i = 0; i < count; ++i) {
      if (batch[static_cast<std::size_t>(i)]->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++seen;
      rd_kafka_message_destroy(batch[static_cast<std::size_t>(i)]);
    }
  }
  report("limit.consume", "limit: a consumer that touches nothing", "events/s", records,
         Clock::now() - started);
}

Handle open_producer(const std::string& brokers, const std::string& id) {
  auto producer = open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers},
                                           {"transactional.id", id},
                                           {"retry.backoff.ms", "1"},
                                           {"linger.ms", "0"},
                                           {"compression.codec", "lz4"},
                                           {"queue.buffering.max.messages", "1000000"},
                                           {"socket.nagle.disable", "true"}});
  check(rd_kafka_init_transactions(producer.get(), 30'000));
  // Else the first transaction waits a second for the topics' metadata.
  const struct rd_kafka_metadata* metadata = nullptr;
  check(rd_kafka_metadata(producer.get(), 1, nullptr, &metadata, 30'000));
  rd_kafka_metadata_destroy(metadata);
  return producer;
}

/// What is written of a record beside its key and partition.
struct Content {
  std::string value;
  Headers headers;
};

Content content_of(rd_kafka_message_t* message) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) headers = nullptr;
  return {{static_cast<const char*>(message->payload), message->len},
          Headers(headers == nullptr ? nullptr : rd_kafka_headers_copy(headers))};
}

/// Under the key and in the partition of `from`. `headers`: none when null.
void produce(rd_kafka_t* producer, const char* topic, const rd_kafka_message_t& from, std::string_view value,
             const rd_kafka_headers_t* headers) {
  auto* copied = headers == nullptr ? nullptr : rd_kafka_headers_copy(headers);
  check(rd_kafka_producev(
      producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(from.partition),
      RD_KAFKA_V_KEY(from.key, from.key_len), RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
      RD_KAFKA_V_HEADERS(copied), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
}

/// Some ten thousand records of a topic in their usual mix: runs of neighbours from all over partition 0.
std::vector<Content> sample_of(const std::string& brokers, const char* topic) {
  constexpr std::int64_t kRun = 100;
  constexpr std::int64_t kRecords = 10'000;
  const auto consumer = open_consumer(brokers, topic, 1);
  std::int64_t low = 0;
  std::int64_t high = 0;
  check(rd_kafka_query_watermark_offsets(consumer.get(), topic, 0, &low, &high, 30'000));
  const auto share = high / kRecords + 1;
  std::vector<Content> sample;
  for (std::int64_t seen = 0;;) {
    const Message message(rd_kafka_consumer_poll(consumer.get(), 30'000));
    if (!message) throw std::runtime_error(std::string(topic) + " does not end");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) break;
    check(message->err);
    if (seen++ / kRun % share == 0) sample.push_back(content_of(message.get()));
  }
  if (sample.empty()) throw std::runtime_error(std::string(topic) + " is empty");
  return sample;
}

/// An event with the bytes of the command, and an outcome.
struct TwoRecords {
  static void write(rd_kafka_t* producer, const rd_kafka_message_t& command) {
    static constexpr std::array<char, 120> kOutcome{};
    produce(producer, "peer.events", command, {static_cast<char*>(command.payload), command.len}, nullptr);
    produce(producer, "peer.outcomes", command, {kOutcome.data(), kOutcome.size()}, nullptr);
  }
};

/// The records of which casetrail wrote `events` for `commands`: as many, and of the same bytes.
class CasetrailsRecords {
 public:
  CasetrailsRecords(const std::string& brokers, long commands, long events)
      : commands_(commands),
        events_(events),
        event_sample_(sample_of(brokers, "casetrail.events")),
        outcome_sample_(sample_of(brokers, "casetrail.outcomes")) {}

  void write(rd_kafka_t* producer, const rd_kafka_message_t& command) {
    const auto& outcome = in_turn(outcome_sample_, written_);
    for (++written_; next_event_ < written_ * events_ / commands_; ++next_event_) {
      const auto& event = in_turn(event_sample_, next_event_);
      produce(producer, "peer.events", command, event.value, event.headers.get());
    }
    produce(producer, "peer.outcomes", command, outcome.value, outcome.headers.get());
  }

 private:
  static const Content& in_turn(const std::vector<Content>& sample, long turn) {
    return sample[static_cast<std::size_t>(turn) % sample.size()];
  }

  long commands_;
  long events_;
  std::vector<Content> event_sample_;
  std::vector<Content> outcome_sample_;
  long written_ = 0;
  long next_event_ = 0;
};

/// One transaction: what is written for each record of `batch`, and the offsets behind them. How many there
/// were.
template <class Records>
long copy_batch(rd_kafka_t* producer, rd_kafka_t* consumer, std::span<rd_kafka_message_t* const> batch,
                Records& records) {
  long copied = 0;
  check(rd_kafka_begin_transaction(producer));
  for (auto* message : batch) {
    const Message command(message);
    if (command->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) continue;
    check(command->err);
    records.write(producer, *command);
    ++copied;
  }
  rd_kafka_topic_partition_list_t* assigned = nullptr;
  check(rd_kafka_assignment(consumer, &assigned));
  const Partitions offsets(assigned);
  check(rd_kafka_position(consumer, offsets.get()));
  const Group group(rd_kafka_consumer_group_metadata(consumer));
  check(rd_kafka_send_offsets_to_transaction(producer, offsets.get(), group.get(), 30'000));
  check(rd_kafka_commit_transaction(producer, 30'000));
  return copied;
}

/// Returns how long it took.
template <class Records>
Clock::duration copy(const std::string& brokers, int partitions, long commands, Records records) {
  const std::array producers{open_producer(brokers, "bench.limits.a"),
                             open_producer(brokers, "bench.limits.b")};
  const auto consumer = open_consumer(brokers, "casetrail.commands", partitions);
  const Queue queue(rd_kafka_queue_get_consumer(consumer.get()));
  std::vector<rd_kafka_message_t*> batch(2'000);
  auto started = Clock::now();
  std::size_t turn = 0;
  for (long seen = 0; seen < commands; ++turn) {
    const auto count = rd_kafka_consume_batch_queue(queue.get(), 1'000, batch.data(), batch.size());
    if (count <= 0) continue;
    if (seen == 0) started = Clock::now();
    seen += copy_batch(producers[turn % 2].get(), consumer.get(),
                       std::span(batch).first(static_cast<std::size_t>(count)), records);
  }
  return Clock::now() - started;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto is = [&](std::string_view mode, std::size_t count) {
    return words.size() == count && words.front() == mode;
  };
  const auto number = [&](std::size_t at) { return std::stol(words[at]); };
  try {
    if (is("consume", 4)) return consume(words[1], std::stoi(words[2]), number(3)), 0;
    if (is("copy", 4)) {
      const auto took = copy(words[1], std::stoi(words[2]), number(3), TwoRecords());
      return report("limit.copy", "limit: consume, produce, commit, nothing else", "commands/s", number(3),
                    took),
             0;
    }
    if (is("alike", 5)) {
      const auto took =
          copy(words[1], std::stoi(words[2]), number(3), CasetrailsRecords(words[1], number(3), number(4)));
      return report("limit.alike", "limit: the same with casetrail's records", "commands/s", number(3), took),
             0;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "limits: %s\n", error.what());
    return 3;
  }
  std::fprintf(stderr,
               "Expected: limits consume|copy BROKERS PARTITIONS RECORDS\n"
               "      or: limits alike BROKERS PARTITIONS COMMANDS EVENTS\n");
  return 2;
}
