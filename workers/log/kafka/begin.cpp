// Kafka gives offsets from 0 on: what lies before the beginning is written, empty, and deleted.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "workers/log/kafka/admin.h"
#include "workers/log/kafka/appender.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

/// That are on their way at a moment.
constexpr log::Offset kMostOnTheirWay = 20'000;
constexpr Duration kFillWait{1};

/// What was answered of records that nobody reads. Its answers may come after whoever asked has gone.
struct Answers {
  std::atomic<log::Offset> there = 0;
  std::atomic<log::Offset> failed = 0;
};

/// Appends `missing` empty records to `partition` of the commands.
log::LogResult<void> fill(Appender& appender, log::Partition partition, log::Offset missing,
                          Duration patience) {
  const auto answers = std::make_shared<Answers>();
  log::Offset sent = 0;
  auto moved = std::chrono::steady_clock::now();
  for (log::Offset there = 0; there < missing && answers->failed == 0;) {
    for (; sent < missing && sent - there < kMostOnTheirWay; ++sent) {
      appender.append(log::Topic::commands, partition, {}, [answers](const log::LogResult<log::Offset>& of) {
        ++(of ? answers->there : answers->failed);
      });
    }
    std::this_thread::sleep_for(kFillWait);
    if (answers->there != there) moved = std::chrono::steady_clock::now();
    there = answers->there;
    if (std::chrono::steady_clock::now() - moved > patience) break;
  }
  if (answers->there == missing) return {};
  return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT,
                                  fmt::format("write up to the beginning of commands/{}", partition)));
}

log::LogResult<void> delete_before(rd_kafka_t* client, const KafkaOptions& options,
                                   const std::vector<log::Offset>& beginnings) {
  const auto topic = topic_name(options, log::Topic::commands);
  const auto task = fmt::format("delete what lies before the beginning of {}", topic);
  const PartitionList before(rd_kafka_topic_partition_list_new(static_cast<int>(beginnings.size())));
  for (log::Partition partition = 0; const auto offset : beginnings)
    rd_kafka_topic_partition_list_add(before.get(), topic.c_str(), partition++)->offset = offset;
  auto* wish = rd_kafka_DeleteRecords_new(before.get());
  const auto answer = ask(client, RD_KAFKA_ADMIN_OP_DELETERECORDS, options.request_timeout, task,
                          [&](const rd_kafka_AdminOptions_t* how, rd_kafka_queue_t* queue) {
                            rd_kafka_DeleteRecords(client, &wish, 1, how, queue);
                          });
  rd_kafka_DeleteRecords_destroy(wish);
  if (!answer) return std::unexpected(answer.error());
  const auto* done =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(answer->get()));
  for (int i = 0; i < done->cnt; ++i) {
    if (done->elems[i].err != RD_KAFKA_RESP_ERR_NO_ERROR)
      return std::unexpected(error_of(done->elems[i].err, task));
  }
  return {};
}

}  // namespace

log::LogResult<void> begin_kafka_commands(const KafkaOptions& options, log::EventLog& log,
                                          const std::vector<log::Offset>& beginnings) {
  const auto all = log.bounds(log::Topic::commands);
  if (!all) return std::unexpected(all.error());
  const auto appender = Appender::open(options);
  if (!appender) return std::unexpected(appender.error());
  auto reached = beginnings;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto high = (*all)[i].high;
    auto filled = fill(**appender, static_cast<log::Partition>(i),
                       std::max<log::Offset>(reached[i] - high, 0), options.request_timeout);
    if (!filled) return filled;
    reached[i] = std::max(reached[i], high);
  }
  return delete_before((*appender)->lent().get(), options, reached);
}

}  // namespace casetrail::kafka
