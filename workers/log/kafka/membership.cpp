// Subscribes, hands assignments to the engine, and answers the group with an empty assignment: the group
// stays stable and its partitions are shared, while reading is left to readers.
#include "workers/log/kafka/membership.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <utility>

namespace casetrail::kafka {
namespace {

/// A second fencing within this time is the work of another process. A single one may be the group's own: if
/// a coordinator dies with the answer to a join, it knows this member under an id that never arrived here.
constexpr auto kTwinWindow = std::chrono::minutes(1);

class KafkaMembership final : public log::Membership {
 public:
  KafkaMembership(const KafkaOptions& options, std::string topic)
      : options_(options), topic_(std::move(topic)) {}

  ~KafkaMembership() override {
    if (!client_) return;
    standing_.clear();
    close();
  }

  KafkaMembership(const KafkaMembership&) = delete;
  KafkaMembership& operator=(const KafkaMembership&) = delete;

  log::LogResult<void> subscribe(std::string group, std::optional<std::string> member) {
    group_ = std::move(group);
    member_ = std::move(member);
    return subscribe();
  }

  log::LogResult<void> rejoin() override {
    const PartitionList topics = one(RD_KAFKA_PARTITION_UA);
    if (const auto code = rd_kafka_subscribe(client_.get(), topics.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
      return std::unexpected(error_of(code, fmt::format("take a member into the group of {}", topic_)));
    return {};
  }

  log::LogResult<std::optional<Change>> poll(Duration wait) override {
    if (auto over = ended()) return std::unexpected(*std::move(over));
    // An unanswered change must not hold the caller back, but the client wants to be polled all the same.
    const auto patience = standing_.empty() ? milliseconds(wait) : 0;
    if (const MessageHandle message{rd_kafka_consumer_poll(client_.get(), patience)};
        message && message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (auto failed = failure(*message)) return std::unexpected(std::move(*failed));
    }
    if (standing_.empty()) return std::nullopt;
    const auto& [change, generation] = standing_.front();
    if (change.kind == ChangeKind::assigned) stand_behind(generation);
    return change;
  }

  void acknowledge(const Change& change) override {
    if (standing_.empty() || standing_.front().change.kind != change.kind) return;
    standing_.pop_front();
    if (change.kind == ChangeKind::revoked) stand_behind(nullptr);
    if (change.kind != ChangeKind::lost) answer(change.kind);
  }

  std::shared_ptr<const log::Generation> generation() const override {
    const std::scoped_lock lock(mutex_);
    return generation_;
  }

  log::LogResult<std::optional<log::Offset>> committed(log::Partition partition) override {
    const PartitionList asked = one(partition);
    const auto client = this->client();
    auto code = rd_kafka_committed(client.get(), asked.get(), milliseconds(options_.call_timeout));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = asked->elems[0].err;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
      return std::unexpected(
          error_of(code, fmt::format("name the group's offset of {}/{}", topic_, partition)));
    const log::Offset offset = asked->elems[0].offset;
    return offset < 0 ? std::nullopt : std::optional(offset);
  }

  /// Aside: the client asks again and again while a transaction is undecided, as long as it is let.
  log::Promised<log::LogResult<std::optional<log::Offset>>> start_committed(
      log::Partition partition) override {
    return std::async(kAside, [this, partition] { return committed(partition); });
  }

  log::LogResult<void> commit(std::span<const Position> positions) override {
    const PartitionList offsets(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
    for (const auto& [partition, next] : positions)
      rd_kafka_topic_partition_list_add(offsets.get(), topic_.c_str(), partition)->offset = next;
    const auto code = rd_kafka_commit(client_.get(), offsets.get(), 0);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
      return std::unexpected(error_of(code, fmt::format("keep the group's offsets of {}", topic_)));
    return {};
  }

 private:
  log::LogResult<void> subscribe() {
    Settings settings(options_,
                      {{"partition.assignment.strategy", "range"},
                       {"session.timeout.ms", std::to_string(options_.session_timeout.count())},
                       {"heartbeat.interval.ms", std::to_string(options_.session_timeout.count() / 4)},
                       {"max.poll.interval.ms", "600000"}});
    settings.require("group.id", group_)
        .require("isolation.level", "read_committed")
        .require("enable.auto.commit", "false")
        .require("enable.auto.offset.store", "false");
    if (member_) settings.require("group.instance.id", *member_);
    rd_kafka_conf_set_opaque(settings.native(), this);
    rd_kafka_conf_set_rebalance_cb(settings.native(), on_rebalance);
    auto client = std::move(settings).create(RD_KAFKA_CONSUMER);
    if (!client) return std::unexpected(std::move(client.error()));
    leaving_ = false;
    {
      const std::scoped_lock lock(mutex_);
      client_ = std::move(*client);
    }
    rd_kafka_poll_set_consumer(client_.get());
    return rejoin();
  }

  void close() {
    leaving_ = true;
    // A member with a name does not tell the group: it may come back before its session ends.
    rd_kafka_consumer_close(client_.get());
  }

  std::shared_ptr<rd_kafka_t> client() const {
    const std::scoped_lock lock(mutex_);
    return client_;
  }

  /// Commits stand under this generation from now on: every partition of an earlier one is given back.
  void stand_behind(std::shared_ptr<const log::Generation> generation) {
    const std::scoped_lock lock(mutex_);
    generation_ = std::move(generation);
  }

  static void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t code,
                           rd_kafka_topic_partition_list_t* partitions, void* opaque) {
    auto& self = *static_cast<KafkaMembership*>(opaque);
    const auto kind = code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS ? ChangeKind::assigned
                      : rd_kafka_assignment_lost(client) != 0      ? ChangeKind::lost
                                                                   : ChangeKind::revoked;
    Change change{kind, {}};
    for (int i = 0; i < partitions->cnt; ++i) change.partitions.push_back(partitions->elems[i].partition);
    // What is lost needs no leave, and 2.0.2 fences itself when it waits for one: it sends heartbeats without
    // a name.
    const bool at_once = self.leaving_ || kind == ChangeKind::lost || change.partitions.empty();
    if (at_once) self.answer(kind);
    if (self.leaving_) return;
    // What 2.0.2 notices while an assignment is unanswered makes it join again without taking that back.
    if (kind == ChangeKind::assigned) self.lose_what_was_given();
    self.given_ = kind == ChangeKind::assigned ? change.partitions : std::vector<log::Partition>();
    if (kind == ChangeKind::lost) self.stand_behind(nullptr);
    if (change.partitions.empty()) return;
    auto generation = kind == ChangeKind::assigned
                          ? std::make_shared<const KafkaGeneration>(rd_kafka_consumer_group_metadata(client))
                          : nullptr;
    self.standing_.push_back({std::move(change), std::move(generation)});
  }

  void lose_what_was_given() {
    if (given_.empty()) return;
    stand_behind(nullptr);
    standing_.push_back({{ChangeKind::lost, std::exchange(given_, {})}, nullptr});
  }

  /// The group goes on only after this.
  void answer(ChangeKind kind) {
    const PartitionList nothing(rd_kafka_topic_partition_list_new(0));
    const auto code = rd_kafka_assign(client_.get(), kind == ChangeKind::assigned ? nothing.get() : nullptr);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
      spdlog::warn("kafka {}: a change of the group could not be answered: {}", topic_,
                   rd_kafka_err2str(code));
  }

  /// Why this membership is over for good. A client with a fatal error is of no use: where the name may still
  /// be this process's own, a new one joins under it.
  std::optional<log::LogError> ended() {
    std::array<char, 256> reason{};
    const auto code = rd_kafka_fatal_error(client_.get(), reason.data(), reason.size());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    if (code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
      const auto now = std::chrono::steady_clock::now();
      if (!fenced_at_ || now - *fenced_at_ > kTwinWindow) {
        fenced_at_ = now;
        return join_anew();
      }
      return log::LogError{
          log::LogFailure::fenced,
          fmt::format("Another process has joined the group of {} under this one's name, {}: it "
                      "works on a copy of this data folder. Stop one of the two, remove the file "
                      "'node' from its folder, and start it again.",
                      topic_, member_.value_or("none"))};
    }
    return log::LogError{log::LogFailure::fenced,
                         fmt::format("Kafka ended the membership in the group of {}: {}. Start "
                                     "this process again.",
                                     topic_, reason.data())};
  }

  std::optional<log::LogError> join_anew() {
    spdlog::warn("kafka {}: the group knows {} under another member id; it is joined anew", topic_,
                 member_.value_or("none"));
    std::set<log::Partition> lost(given_.begin(), given_.end());
    for (const auto& [change, generation] : standing_)
      lost.insert(change.partitions.begin(), change.partitions.end());
    given_.clear();
    standing_.clear();
    stand_behind(nullptr);
    if (!lost.empty()) standing_.push_back({{ChangeKind::lost, {lost.begin(), lost.end()}}, nullptr});
    close();
    if (auto joined = subscribe(); !joined) {
      fenced_at_.reset();
      return std::move(joined).error();
    }
    return std::nullopt;
  }

  /// A missing topic or right is told; the client heals the rest by itself.
  std::optional<log::LogError> failure(const rd_kafka_message_t& message) {
    if (rd_kafka_fatal_error(client_.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    auto error = error_of(message.err, "serve the group", rd_kafka_message_errstr(&message));
    if (error.failure == log::LogFailure::refused) return error;
    spdlog::warn("{}", error.what);
    return std::nullopt;
  }

  PartitionList one(log::Partition partition) const {
    PartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition);
    return list;
  }

  /// What the group said and the engine has not answered, with the generation in which it said so.
  struct Standing {
    Change change;
    std::shared_ptr<const log::Generation> generation;
  };

  KafkaOptions options_;
  std::string topic_;
  std::string group_;
  std::optional<std::string> member_;
  std::deque<Standing> standing_;
  std::vector<log::Partition> given_;  ///< what the group's last word gave to this member
  std::optional<std::chrono::steady_clock::time_point> fenced_at_;
  bool leaving_ = false;
  mutable std::mutex mutex_;  ///< guards what follows against the threads that do not poll
  std::shared_ptr<rd_kafka_t> client_;
  std::shared_ptr<const log::Generation> generation_;  ///< nothing while no assignment stands
};

}  // namespace

log::LogResult<std::unique_ptr<log::Membership>> join_group(const KafkaOptions& options,
                                                            const std::string& group, log::Topic topic,
                                                            const std::optional<std::string>& member) {
  auto joined = std::make_unique<KafkaMembership>(options, topic_name(options, topic));
  if (auto subscribed = joined->subscribe(options.prefix + group, member); !subscribed)
    return std::unexpected(std::move(subscribed.error()));
  return joined;
}

}  // namespace casetrail::kafka
