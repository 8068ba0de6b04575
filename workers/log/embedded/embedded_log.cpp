// The port's verbs on the embedded log.
#include "workers/log/embedded/embedded_log.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "workers/log/embedded/core.h"
#include "workers/log/embedded/reader.h"

namespace casetrail::embedded {

namespace {

std::string_view name_of(log::Topic topic) { return enum_names(topic)[static_cast<std::size_t>(topic)]; }

log::LogError missing_topics() {
  return {log::LogFailure::refused, "The log has no topics yet; create them with `casetrail topics create`."};
}

/// So that no block of keys is so long that RocksDB would keep it beside its rows: what is written anew of
/// these would stay there. Of a record more they have some 400 bytes.
constexpr std::size_t kBytesOfKeys = 3'000;

bool is_full(log::Topic topic, const BlockBuilder& block) {
  return block.full() || (topic == log::Topic::keys && block.bytes() >= kBytesOfKeys);
}

/// In blocks, each of one topic, in order.
std::vector<EmbeddedCore::Written> blocks_of(std::span<const log::Outgoing> records) {
  std::vector<EmbeddedCore::Written> blocks;
  std::array<BlockBuilder, kTopics.size()> builders;
  std::array<log::Offset, kTopics.size()> counts{};
  std::array<bool, kTopics.size()> destroys{};
  for (const auto& [topic, message] : records) {
    const auto at = static_cast<std::size_t>(topic);
    builders[at].add(counts[at]++, message);
    destroys[at] = destroys[at] || (topic == log::Topic::keys && message.value.empty());
    if (is_full(topic, builders[at]))
      blocks.push_back({topic, builders[at].finish(), std::exchange(destroys[at], false)});
  }
  for (const log::Topic topic : kTopics) {
    auto& builder = builders[static_cast<std::size_t>(topic)];
    if (!builder.empty())
      blocks.push_back({topic, builder.finish(), destroys[static_cast<std::size_t>(topic)]});
  }
  return blocks;
}

class EmbeddedWriter final : public log::PartitionWriter {
 public:
  EmbeddedWriter(EmbeddedCore& core, log::Partition partition) : core_(core), partition_(partition) {}

  log::Promised<log::LogResult<void>> start_fence() override { return log::answered(fence_now()); }

  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    return core_.start_commit(partition_, epoch_, blocks_of(records), next_command,
                              std::dynamic_pointer_cast<const EmbeddedGeneration>(generation));
  }

 private:
  log::LogResult<void> fence_now() {
    const auto epoch = core_.fence(partition_);
    if (!epoch) return std::unexpected(epoch.error());
    epoch_ = *epoch;
    return {};
  }

  EmbeddedCore& core_;
  log::Partition partition_;
  std::uint64_t epoch_ = 0;
};

class EmbeddedMembership final : public log::Membership {
 public:
  EmbeddedMembership(EmbeddedCore& core, const std::string& group, log::Topic topic)
      : core_(core), topic_(topic), generation_(core.join(group)) {
    assign_all();
  }
  ~EmbeddedMembership() override { core_.leave(generation_->group()); }
  EmbeddedMembership(const EmbeddedMembership&) = delete;
  EmbeddedMembership& operator=(const EmbeddedMembership&) = delete;

  log::LogResult<std::optional<Change>> poll(Duration wait) override {
    if (!core_.await_displacement(*generation_, standing_ ? Duration{0} : wait)) {
      return std::unexpected(
          log::LogError{log::LogFailure::fenced, "Another member has joined the group; stop this one."});
    }
    return standing_;
  }

  void acknowledge(const Change& /*change*/) override { standing_.reset(); }

  log::LogResult<void> rejoin() override {
    assign_all();
    return {};
  }

  std::shared_ptr<const log::Generation> generation() const override { return generation_; }

  log::LogResult<std::optional<log::Offset>> committed(log::Partition partition) override {
    return core_.group_offset({generation_->group(), topic_, partition});
  }

  log::LogResult<void> commit(std::span<const Position> positions) override {
    return core_.commit(generation_, topic_, {positions.begin(), positions.end()});
  }

 private:
  void assign_all() {
    standing_ = {ChangeKind::assigned, {}};
    for (log::Partition partition = 0; partition < core_.partitions_of(topic_); ++partition) {
      standing_->partitions.push_back(partition);
    }
  }

  EmbeddedCore& core_;
  log::Topic topic_;
  std::shared_ptr<const EmbeddedGeneration> generation_;
  std::optional<Change> standing_;
};

class EmbeddedLog final : public log::EventLog {
 public:
  explicit EmbeddedLog(std::unique_ptr<EmbeddedCore> core) : core_(std::move(core)) {}

  log::Partition partitions() const override { return core_->partitions(); }
  log::LogResult<std::string> identity() override { return core_->identity(); }
  std::optional<std::string> broken() const override { return core_->broken(); }

  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override {
    return std::make_unique<EmbeddedReader>(*core_, topic);
  }

  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<EmbeddedWriter>(*core_, partition);
  }

  log::LogResult<std::unique_ptr<log::Membership>> join(
      const std::string& group, log::Topic topic, const std::optional<std::string>& /*member*/) override {
    if (core_->partitions() == 0) return std::unexpected(missing_topics());
    return std::make_unique<EmbeddedMembership>(*core_, group, topic);
  }

  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    const Ends* ends = core_->ends(topic, partition);
    if (ends == nullptr) return std::unexpected(missing_topics());
    const log::Offset next = ends->next;
    return log::Bounds{ends->low, next, next};
  }

  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override {
    std::vector<log::Bounds> all;
    all.reserve(static_cast<std::size_t>(core_->partitions_of(topic)));
    for (log::Partition partition = 0; partition < core_->partitions_of(topic); ++partition)
      all.push_back(*bounds(topic, partition));
    return all;
  }

  log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string& group,
                                                                  log::Topic topic) override {
    std::vector<log::GroupPosition> positions;
    positions.reserve(static_cast<std::size_t>(core_->partitions_of(topic)));
    for (log::Partition partition = 0; partition < core_->partitions_of(topic); ++partition) {
      positions.push_back({partition, core_->group_offset({group, topic, partition})});
    }
    return positions;
  }

  log::LogResult<std::vector<log::GroupReport>> groups() override { return core_->groups(); }

  log::LogResult<void> forget_group(const std::string& group, log::Topic topic) override {
    const auto all = core_->groups();
    const auto known = std::ranges::find(all, group, &log::GroupReport::group);
    if (known != all.end() && known->members > 0) {
      return std::unexpected(log::LogError{log::LogFailure::unavailable,
                                           "The group has members; forget it when they have left."});
    }
    return core_->forget(group, topic);
  }

  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override {
    core_->append(partition, {topic, message.timestamp, encode_record(message)}, std::move(done));
  }

  log::LogResult<std::vector<log::TopicReport>> create_topics(log::Partition partitions) override {
    if (partitions < 1) {
      return std::unexpected(log::LogError{log::LogFailure::refused,
                                           "A topic needs at least one partition; name a number from 1."});
    }
    if (auto created = core_->create(partitions); !created) return std::unexpected(created.error());
    return report(partitions);
  }

  log::LogResult<std::vector<log::TopicReport>> check_topics() override {
    return report(core_->partitions());
  }

  log::LogResult<void> checkpoint(const std::filesystem::path& folder) override {
    return core_->checkpoint(folder);
  }

 private:
  [[nodiscard]] std::vector<log::TopicReport> report(log::Partition wanted) const {
    std::vector<log::TopicReport> reports;
    for (const log::Topic topic : kTopics) {
      const log::Partition has = core_->partitions_of(topic);
      auto& problems = reports.emplace_back(log::TopicReport{topic, has > 0, has, {}}).problems;
      if (has == 0) {
        problems.push_back(
            fmt::format("{} is missing; create it with `casetrail topics create`.", name_of(topic)));
      } else if (topic != log::Topic::policy && has != wanted) {
        problems.push_back(
            fmt::format("{} has {} partitions, not {}; their number is fixed: use it as it is, or start "
                        "in an empty folder.",
                        name_of(topic), has, wanted));
      }
    }
    return reports;
  }

  std::unique_ptr<EmbeddedCore> core_;
};

}  // namespace

std::unique_ptr<log::EventLog> make_embedded_log(std::unique_ptr<EmbeddedCore> core) {
  return std::make_unique<EmbeddedLog>(std::move(core));
}

}  // namespace casetrail::embedded
