// Puts the parts of the Kafka adapter behind the port.
#include "workers/log/kafka/kafka_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "workers/log/kafka/admin.h"
#include "workers/log/kafka/appender.h"
#include "workers/log/kafka/genesis.h"
#include "workers/log/kafka/handle.h"
#include "workers/log/kafka/membership.h"
#include "workers/log/kafka/reader.h"
#include "workers/log/kafka/topics.h"
#include "workers/log/kafka/writer.h"

namespace casetrail::kafka {
namespace {

log::LogResult<Handle> uncommitted_client(const KafkaOptions& options) {
  Settings settings(options, {});
  settings.require("isolation.level", "read_uncommitted");
  return std::move(settings).create(RD_KAFKA_CONSUMER);
}

/// Whether another broker may know: the leader has moved, or is gone.
bool may_have_moved(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TRANSPORT: return true;
    default: return false;
  }
}

/// A client that only asks never learns by itself that a leader has moved: 2.0.2 asks the old one for
/// minutes.
void learn_leader(rd_kafka_t* client, const std::string& topic, Duration timeout) {
  const TopicHandle handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* answer = nullptr;
  const auto code = rd_kafka_metadata(client, 0, handle.get(), &answer, milliseconds(timeout));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_metadata_destroy(answer);
}

/// Sets the offset of every row of `asked`, which is of one topic, to that at one end of its partition:
/// `RD_KAFKA_OFFSET_BEGINNING` or `RD_KAFKA_OFFSET_END`, which stand for times here. The call that is made
/// for it, `rd_kafka_query_watermark_offsets`, waits until a leader that died is back, whatever its timeout
/// (librdkafka #2588, mended in 2.3.0).
log::LogResult<void> find_offsets(rd_kafka_t* client, rd_kafka_topic_partition_list_t* asked,
                                  std::int64_t end, Duration timeout) {
  if (asked->cnt == 0) return {};
  const std::span rows(asked->elems, static_cast<std::size_t>(asked->cnt));
  const std::string topic = rows.front().topic;
  // A leader that is gone answers nothing at all: then there must be time left to ask the next one.
  const auto one_try = timeout / 5;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  auto named = rows.begin();  // the row that failed
  const auto ask = [&] {
    for (auto& row : rows) row.offset = end;
    const auto code = rd_kafka_offsets_for_times(client, asked, milliseconds(one_try));
    const auto failed =
        std::ranges::find_if(rows, [](const auto& row) { return row.err != RD_KAFKA_RESP_ERR_NO_ERROR; });
    named = failed == rows.end() ? rows.begin() : failed;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR || failed == rows.end()) return code;
    return failed->err;
  };
  auto code = ask();
  for (; may_have_moved(code) && std::chrono::steady_clock::now() < deadline; code = ask()) {
    learn_leader(client, topic, one_try);
    std::this_thread::sleep_for(Duration{20});
  }
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return std::unexpected(error_of(code, fmt::format("name the bounds of {}/{}", topic, named->partition)));
  return {};
}

/// Every command store asks which log this is when it is opened: one answer serves those of a start.
constexpr auto kIdentityAge = std::chrono::seconds(1);

class KafkaLog final : public log::EventLog {
 public:
  KafkaLog(KafkaOptions options, std::unique_ptr<Appender> appender, Handle uncommitted)
      : options_(std::move(options)), appender_(std::move(appender)), uncommitted_(std::move(uncommitted)) {}

  log::LogResult<void> learn_partitions() {
    const auto counts = partition_counts(appender_->lent().get(), options_);
    if (!counts) return std::unexpected(counts.error());
    partitions_ = (*counts)[static_cast<std::size_t>(log::Topic::commands)];
    return {};
  }

  log::Partition partitions() const override { return partitions_; }

  log::LogResult<std::string> identity() override {
    {
      const std::scoped_lock lock(identity_mutex_);
      if (identity_ && std::chrono::steady_clock::now() - identified_at_ < kIdentityAge) return *identity_;
    }
    auto asked = ask_identity();
    if (!asked) return asked;
    const std::scoped_lock lock(identity_mutex_);
    identified_at_ = std::chrono::steady_clock::now();
    identity_ = *asked;
    return asked;
  }

  std::optional<std::string> broken() const override { return std::nullopt; }

  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override {
    return topic == log::Topic::policy ? without_genesis(kafka::open_reader(options_, topic, 1))
                                       : kafka::open_reader(options_, topic, partitions_);
  }

  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return writers_.open(options_, partition);
  }

  log::LogResult<std::unique_ptr<log::Membership>> join(const std::string& group, log::Topic topic,
                                                        const std::optional<std::string>& member) override {
    return join_group(options_, group, topic, member);
  }

  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    auto found = bounds(topic, partition, partition);
    if (!found) return std::unexpected(std::move(found.error()));
    return found->front();
  }

  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override {
    return bounds(topic, 0, topic == log::Topic::policy ? 0 : partitions_ - 1);
  }

  log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string& group,
                                                                  log::Topic topic) override {
    const auto counts = partition_counts(appender_->lent().get(), options_);
    if (!counts) return std::unexpected(counts.error());
    return group_offsets_.of(options_.prefix + group, topic_name(options_, topic),
                             (*counts)[static_cast<std::size_t>(topic)]);
  }

  log::LogResult<std::vector<log::GroupReport>> groups() override {
    auto found = list_groups(uncommitted_.get(), options_.prefix + std::string(log::kGroupPrefix),
                             options_.request_timeout);
    if (!found) return found;
    for (auto& report : *found) report.group.erase(0, options_.prefix.size());
    return found;
  }

  log::LogResult<void> forget_group(const std::string& group, log::Topic /*topic*/) override {
    return delete_group(uncommitted_.get(), options_.prefix + group, options_.request_timeout);
  }

  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override {
    appender_->append(topic, partition, message, std::move(done));
  }

  log::LogResult<std::vector<log::TopicReport>> create_topics(log::Partition partitions) override {
    const auto created = create_missing_topics(appender_->lent().get(), options_, partitions);
    if (!created) return std::unexpected(created.error());
    if (auto known = learn_partitions(); !known) return std::unexpected(known.error());
    auto mark = genesis();
    // The broker that is asked may not have heard of a topic that was made a moment ago.
    const auto deadline = std::chrono::steady_clock::now() + options_.request_timeout;
    for (; !mark && !created->empty() && std::chrono::steady_clock::now() < deadline; mark = genesis())
      std::this_thread::sleep_for(Duration{20});
    if (!mark) return std::unexpected(mark.error());
    // Some topics came later: a log that is given them stays the one that it was.
    const bool only_later =
        std::ranges::all_of(*created, [](log::Topic topic) { return topic > log::Topic::policy; });
    if (!only_later || mark->mark.empty()) {
      // Events that are there already lie where the first number put them.
      const bool anew = std::ranges::find(*created, log::Topic::events) != created->end();
      const auto made_with = anew || mark->partitions == 0 ? this->partitions() : mark->partitions;
      if (auto marked = log::append_and_wait(*this, log::Topic::policy, 0, new_genesis(made_with)); !marked)
        return std::unexpected(marked.error());
      const std::scoped_lock lock(identity_mutex_);
      identity_.reset();
    }
    return check_topics();
  }

  log::LogResult<std::vector<log::TopicReport>> check_topics() override {
    const auto counts = partition_counts(appender_->lent().get(), options_);
    if (!counts) return std::unexpected(counts.error());
    Genesis made;
    if ((*counts)[static_cast<std::size_t>(log::Topic::policy)] > 0) {
      auto known = genesis();
      if (!known) return std::unexpected(known.error());
      made = *std::move(known);
    }
    return kafka::check_topics(appender_->lent().get(), options_, made.partitions);
  }

 private:
  log::LogResult<std::string> ask_identity() {
    const auto client = appender_->lent();
    const std::unique_ptr<char, Destroy<std::free>> cluster(
        rd_kafka_clusterid(client.get(), milliseconds(options_.request_timeout)));
    if (!cluster) return std::unexpected(error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, "name its cluster"));
    const auto mark = genesis();
    if (!mark) return std::unexpected(mark.error());
    if (mark->mark.empty()) {
      return std::unexpected(log::LogError{
          log::LogFailure::refused,
          "The topics carry no identity yet. Run `casetrail topics create`; it keeps what is there."});
    }
    return fmt::format("{}/{}", cluster.get(), mark->mark);
  }

  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic, log::Partition first,
                                                  log::Partition last) {
    const PartitionList rows(rd_kafka_topic_partition_list_new(last - first + 1));
    rd_kafka_topic_partition_list_add_range(rows.get(), topic_name(options_, topic).c_str(), first, last);
    std::vector<log::Bounds> all(static_cast<std::size_t>(rows->cnt));
    const auto ask = [&](rd_kafka_t* client, std::int64_t end,
                         log::Offset log::Bounds::* into) -> log::LogResult<void> {
      if (auto found = find_offsets(client, rows.get(), end, options_.call_timeout); !found) return found;
      for (std::size_t i = 0; i < all.size(); ++i) all[i].*into = rows->elems[i].offset;
      return {};
    };
    // Stable first: taken later, it could pass `high`.
    auto found = ask(appender_->lent().get(), RD_KAFKA_OFFSET_END, &log::Bounds::stable);
    if (found) found = ask(uncommitted_.get(), RD_KAFKA_OFFSET_END, &log::Bounds::high);
    if (found) found = ask(uncommitted_.get(), RD_KAFKA_OFFSET_BEGINNING, &log::Bounds::low);
    if (!found) return std::unexpected(std::move(found.error()));
    return all;
  }

  log::LogResult<Genesis> genesis() {
    const auto policy = bounds(log::Topic::policy, 0);
    if (!policy) return std::unexpected(policy.error());
    return last_genesis(options_, *policy);
  }

  KafkaOptions options_;
  Writers writers_;
  std::unique_ptr<Appender> appender_;
  Handle uncommitted_;
  GroupOffsets group_offsets_{options_};
  std::atomic<log::Partition> partitions_ = 0;
  std::mutex identity_mutex_;  ///< guards what follows
  std::optional<std::string> identity_;
  std::chrono::steady_clock::time_point identified_at_;
};

}  // namespace

log::LogResult<std::unique_ptr<log::EventLog>> open_kafka_log(KafkaOptions options) {
  auto appender = Appender::open(options);
  if (!appender) return std::unexpected(std::move(appender.error()));
  auto uncommitted = uncommitted_client(options);
  if (!uncommitted) return std::unexpected(std::move(uncommitted.error()));
  const auto trouble = scram_trouble(options.properties, rd_kafka_version());
  auto log = std::make_unique<KafkaLog>(std::move(options), std::move(*appender), std::move(*uncommitted));
  if (auto known = log->learn_partitions(); !known) {
    known.error().what += trouble;
    return std::unexpected(std::move(known.error()));
  }
  return log;
}

log::LogResult<void> delete_kafka_topics(const KafkaOptions& options) {
  if (options.prefix.empty()) {
    return std::unexpected(log::LogError{
        log::LogFailure::refused, "Expected topics of a trial, but they have no prefix: they are kept."});
  }
  const auto client = uncommitted_client(options);
  if (!client) return std::unexpected(client.error());
  return delete_topics(client->get(), options);
}

}  // namespace casetrail::kafka
