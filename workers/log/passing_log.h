// A log that hands everything on to another one: what changes a part of it on the way derives from it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::log {

class PassingLog : public EventLog {
 public:
  [[nodiscard]] Partition partitions() const override { return inner_->partitions(); }
  [[nodiscard]] LogResult<std::string> identity() override { return inner_->identity(); }
  [[nodiscard]] std::optional<std::string> broken() const override { return inner_->broken(); }
  [[nodiscard]] std::unique_ptr<Reader> open_reader(Topic topic) override {
    return inner_->open_reader(topic);
  }
  [[nodiscard]] std::unique_ptr<PartitionWriter> open_writer(Partition partition) override {
    return inner_->open_writer(partition);
  }
  [[nodiscard]] LogResult<std::unique_ptr<Membership>> join(
      const std::string& group, Topic topic, const std::optional<std::string>& member) override {
    return inner_->join(group, topic, member);
  }
  [[nodiscard]] LogResult<Bounds> bounds(Topic topic, Partition partition) override {
    return inner_->bounds(topic, partition);
  }
  [[nodiscard]] LogResult<std::vector<Bounds>> bounds(Topic topic) override { return inner_->bounds(topic); }
  [[nodiscard]] LogResult<std::vector<GroupPosition>> group_positions(const std::string& group,
                                                                      Topic topic) override {
    return inner_->group_positions(group, topic);
  }
  [[nodiscard]] LogResult<std::vector<GroupReport>> groups() override { return inner_->groups(); }
  [[nodiscard]] LogResult<void> forget_group(const std::string& group, Topic topic) override {
    return inner_->forget_group(group, topic);
  }
  void append(Topic topic, Partition partition, Message message, OnAppended done) override {
    inner_->append(topic, partition, std::move(message), std::move(done));
  }
  [[nodiscard]] LogResult<std::vector<TopicReport>> create_topics(Partition partitions) override {
    return inner_->create_topics(partitions);
  }
  [[nodiscard]] LogResult<std::vector<TopicReport>> check_topics() override { return inner_->check_topics(); }
  [[nodiscard]] LogResult<void> checkpoint(const std::filesystem::path& folder) override {
    return inner_->checkpoint(folder);
  }
  [[nodiscard]] std::optional<std::string> cannot_forget(Partition partition) override {
    return inner_->cannot_forget(partition);
  }

 protected:
  explicit PassingLog(std::shared_ptr<EventLog> inner) : inner_(std::move(inner)) {}
  [[nodiscard]] EventLog& inner() { return *inner_; }

 private:
  std::shared_ptr<EventLog> inner_;
};

}  // namespace casetrail::log
