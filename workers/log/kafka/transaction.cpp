// Runs transactions of librdkafka and says of each failure which of the three cases it is.
#include "workers/log/kafka/transaction.h"

#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <ranges>
#include <utility>

namespace casetrail::kafka {
namespace {

Fault fault_of(rd_kafka_resp_err_t code) {
  return Fault(rd_kafka_error_new(code, "%s", rd_kafka_err2str(code)));
}

}  // namespace

TransactionalProducer::TransactionalProducer(const KafkaOptions& options, std::string id)
    : options_(options), id_(std::move(id)), commands_(topic_name(options, log::Topic::commands)) {}

log::LogResult<Handle> TransactionalProducer::make_client() {
  const auto open_for = std::max<std::int64_t>(options_.call_timeout.count() * 2, 1000);
  Settings settings(options_,
                    {{"compression.codec", options_.compression},
                     {"socket.timeout.ms", std::to_string(open_for - 100)},  // must be less
                     {"linger.ms", "0"},
                     {"retry.backoff.ms", "1"},  // every transaction waits this long for the one before
                     {"queue.buffering.max.messages", "10000000"},
                     {"queue.buffering.max.kbytes", "2097151"},
                     {"message.max.bytes", "4194304"}});
  settings.require("transactional.id", id_)
      .require("enable.idempotence", "true")
      .require("transaction.timeout.ms", std::to_string(open_for))
      .require("message.timeout.ms", std::to_string(options_.call_timeout.count()));
  rd_kafka_conf_set_opaque(settings.native(), this);
  rd_kafka_conf_set_dr_msg_cb(settings.native(),
                              on_delivery);  // without one, a flush waits in steps of 10 ms
  return std::move(settings).create(RD_KAFKA_PRODUCER);
}

log::LogResult<void> TransactionalProducer::fence() {
  discard();
  auto client = make_client();
  if (!client) return std::unexpected(std::move(client.error()));
  const auto deadline = std::chrono::steady_clock::now() + options_.request_timeout;
  for (;;) {
    const Fault fault(rd_kafka_init_transactions(client->get(), milliseconds(options_.request_timeout)));
    if (!fault) break;
    if (rd_kafka_error_is_retriable(fault.get()) != 0 && std::chrono::steady_clock::now() < deadline)
      continue;
    return std::unexpected(error_of(rd_kafka_error_code(fault.get()),
                                    fmt::format("give {} to this writer", id_),
                                    rd_kafka_error_string(fault.get())));
  }
  client_ = std::move(*client);
  learn_topics();
  return {};
}

/// A transaction over a topic whose partitions are not known waits for a timer of one second.
void TransactionalProducer::learn_topics() {
  for (std::size_t i = 0; i < topics_.size(); ++i) {
    topics_[i].reset(
        rd_kafka_topic_new(client_.get(), topic_name(options_, static_cast<log::Topic>(i)).c_str(), nullptr));
  }
  if (const auto known = metadata(client_.get(), Scope::used, options_.request_timeout); !known)
    spdlog::warn("{}: {}", id_, known.error().what);
}

void TransactionalProducer::on_delivery(rd_kafka_t* /*client*/, const rd_kafka_message_t* message,
                                        void* opaque) {
  auto& self = *static_cast<TransactionalProducer*>(opaque);
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return;  // the commit fails for the same reason
  if (message->_private == nullptr) return;
  auto& last = self.last_events_.try_emplace(message->partition, -1).first->second;
  last = std::max(last, message->offset);
}

rd_kafka_resp_err_t TransactionalProducer::send(log::Partition partition, const log::Outgoing& record) {
  const auto& [topic, message] = record;
  auto* headers = native(message.headers);
  void* is_event = topic == log::Topic::events ? this : nullptr;
  // To a compacted topic only a null value says that the key is gone; an empty one would stay for ever.
  char* value = message.value.empty() ? nullptr : const_cast<char*>(message.value.data());
  const auto code = rd_kafka_producev(
      client_.get(), RD_KAFKA_V_RKT(topics_[static_cast<std::size_t>(topic)].get()),
      RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_KEY(message.key.data(), message.key.size()), RD_KAFKA_V_VALUE(value, message.value.size()),
      RD_KAFKA_V_TIMESTAMP(epoch_ms(message.timestamp)), RD_KAFKA_V_HEADERS(headers),
      RD_KAFKA_V_OPAQUE(is_event), RD_KAFKA_V_END);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_headers_destroy(headers);
  return code;
}

Fault TransactionalProducer::send_all(log::Partition partition, std::span<const log::Outgoing> records) {
  const auto deadline = std::chrono::steady_clock::now() + options_.call_timeout;
  for (const auto& record : records) {
    auto code = send(partition, record);
    while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL && std::chrono::steady_clock::now() < deadline) {
      rd_kafka_poll(client_.get(), 10);
      code = send(partition, record);
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return fault_of(code);
  }
  return nullptr;
}

Fault TransactionalProducer::send_inputs(const KafkaGeneration& generation) {
  const PartitionList offsets(rd_kafka_topic_partition_list_new(static_cast<int>(inputs_.size())));
  for (const auto& [partition, next] : inputs_)
    rd_kafka_topic_partition_list_add(offsets.get(), commands_.c_str(), partition)->offset = next;
  return Fault(rd_kafka_send_offsets_to_transaction(client_.get(), offsets.get(), generation.native(),
                                                    milliseconds(options_.call_timeout)));
}

void TransactionalProducer::begin() {
  inputs_.clear();
  last_events_.clear();
  fault_ = client_ ? Fault(rd_kafka_begin_transaction(client_.get())) : fault_of(RD_KAFKA_RESP_ERR__STATE);
}

void TransactionalProducer::add(log::Partition partition, std::span<const log::Outgoing> records,
                                log::Offset next) {
  inputs_.insert_or_assign(partition, next);
  if (!fault_) fault_ = send_all(partition, records);
}

log::CommitResult TransactionalProducer::end(const KafkaGeneration& generation) {
  if (!fault_) fault_ = send_inputs(generation);
  if (!fault_) fault_.reset(rd_kafka_commit_transaction(client_.get(), milliseconds(options_.call_timeout)));
  if (fault_) return give_up(std::move(fault_));
  return {log::CommitOutcome::committed, -1, {}};
}

log::Offset TransactionalProducer::last_event(log::Partition partition) const {
  const auto found = last_events_.find(partition);
  return found == last_events_.end() ? -1 : found->second;
}

log::CommitResult TransactionalProducer::give_up(Fault fault) {
  if (!client_)
    return {log::CommitOutcome::unknown, -1, fmt::format("{} is not fenced. Fence it first.", id_)};
  const auto error =
      error_of(rd_kafka_error_code(fault.get()),
               fmt::format("commit a batch of partition {}", fmt::join(std::views::keys(inputs_), ", ")),
               rd_kafka_error_string(fault.get()));
  const bool fenced = error.failure == log::LogFailure::fenced;
  if (rd_kafka_error_is_fatal(fault.get()) != 0 || rd_kafka_error_is_retriable(fault.get()) != 0) {
    discard();
    return {fenced ? log::CommitOutcome::fenced : log::CommitOutcome::unknown, -1, error.what};
  }
  // An abort that overtakes the first record's partition at the coordinator ends the producer.
  if (rd_kafka_error_txn_requires_abort(fault.get()) == 0)
    rd_kafka_flush(client_.get(), milliseconds(options_.call_timeout));
  const Fault held(rd_kafka_abort_transaction(client_.get(), milliseconds(options_.call_timeout)));
  if (!held && !fenced) return {log::CommitOutcome::aborted, -1, error.what};
  discard();
  if (!held) return {log::CommitOutcome::fenced, -1, error.what};
  const auto abort =
      error_of(rd_kafka_error_code(held.get()), "abort it either", rd_kafka_error_string(held.get()));
  return {fenced || abort.failure == log::LogFailure::fenced ? log::CommitOutcome::fenced
                                                             : log::CommitOutcome::unknown,
          -1, fmt::format("{} {}", error.what, abort.what)};
}

void TransactionalProducer::discard() {
  if (!client_) return;
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  for (auto& topic : topics_) topic.reset();
  client_.reset();
}

}  // namespace casetrail::kafka
