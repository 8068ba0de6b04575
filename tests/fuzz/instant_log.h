// A log that answers at once and keeps nothing: each command that is appended is taken to be accepted.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "aggregates/case/command.h"
#include "events/wire/outcome.h"
#include "tests/fuzz/harness.h"
#include "tests/support/borrowed_message.h"
#include "workers/log/event_log.h"

namespace casetrail::fuzz {

/// Any thread. What the API does not ask of a log, it refuses.
class InstantLog final : public log::EventLog {
 public:
  [[nodiscard]] log::Partition partitions() const override { return 2; }
  [[nodiscard]] log::LogResult<std::string> identity() override { return "instant"; }
  [[nodiscard]] std::optional<std::string> broken() const override { return std::nullopt; }
  [[nodiscard]] std::unique_ptr<casetrail::log::Reader> open_reader(log::Topic topic) override {
    if (topic == log::Topic::outcomes) return std::make_unique<Outcomes>(*this);
    return std::make_unique<Nothing>();
  }
  [[nodiscard]] log::LogResult<log::Bounds> bounds(log::Topic, log::Partition) override {
    return log::Bounds{0, 0, 0};
  }
  [[nodiscard]] log::LogResult<std::vector<log::Bounds>> bounds(log::Topic) override {
    return std::vector<log::Bounds>(2);
  }
  [[nodiscard]] log::LogResult<std::vector<log::TopicReport>> check_topics() override {
    return std::vector<log::TopicReport>{};
  }

  void append(log::Topic, log::Partition partition, Message message, OnAppended done) override {
    const BorrowedMessage borrowed(message);
    const auto command = read_command(borrowed.view());
    must(command.has_value(), "what the API appends can be read", command ? "" : command.error().sentence());
    log::Offset offset = 0;
    {
      const std::scoped_lock lock(mutex_);
      offset = next_++;
      Outcome outcome;
      outcome.command_id = command->id;
      outcome.case_id = command->case_id;
      outcome.first_seq = outcome.last_seq = outcome.case_seq = 1;
      outcome.token = std::to_string(partition) + ":" + std::to_string(offset);
      outcomes_.push_back({partition, write_outcome(outcome, offset, message.timestamp)});
    }
    come_.notify_all();
    done(offset);
  }

  /// So many commands.
  [[nodiscard]] log::Offset appended() {
    const std::scoped_lock lock(mutex_);
    return next_;
  }

  [[nodiscard]] std::unique_ptr<log::PartitionWriter> open_writer(log::Partition) override { return nullptr; }
  [[nodiscard]] log::LogResult<std::unique_ptr<log::Membership>> join(
      const std::string&, log::Topic, const std::optional<std::string>&) override {
    return std::unexpected(not_here());
  }
  [[nodiscard]] log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string&,
                                                                                log::Topic) override {
    return std::unexpected(not_here());
  }
  [[nodiscard]] log::LogResult<std::vector<log::GroupReport>> groups() override {
    return std::unexpected(not_here());
  }
  [[nodiscard]] log::LogResult<void> forget_group(const std::string&, log::Topic) override {
    return std::unexpected(not_here());
  }
  [[nodiscard]] log::LogResult<std::vector<log::TopicReport>> create_topics(log::Partition) override {
    return std::unexpected(not_here());
  }

 private:
  struct Told {
    log::Partition partition;
    Message message;
  };

  /// Each outcome is read once.
  class Outcomes final : public casetrail::log::Reader {
   public:
    explicit Outcomes(InstantLog& log) : log_(log) {}

    [[nodiscard]] log::LogResult<void> start(log::Partition, log::Offset) override { return {}; }
    void stop(log::Partition) override {}
    [[nodiscard]] log::ReadResult read(std::size_t, Duration wait) override {
      std::unique_lock lock(log_.mutex_);
      log_.come_.wait_for(lock, wait, [this] { return !log_.outcomes_.empty(); });
      records_.clear();
      if (log_.outcomes_.empty()) return std::span<const log::Record>();
      told_ = std::move(log_.outcomes_.front());
      log_.outcomes_.pop_front();
      borrowed_.emplace(told_.message);
      records_.push_back({told_.partition, ++read_, borrowed_->view()});
      return std::span<const log::Record>(records_);
    }
    [[nodiscard]] log::Offset position(log::Partition) const override { return read_; }

   private:
    InstantLog& log_;
    Told told_{};
    std::optional<BorrowedMessage> borrowed_;
    std::vector<log::Record> records_;
    log::Offset read_ = 0;
  };

  /// Of a topic without records.
  class Nothing final : public casetrail::log::Reader {
   public:
    [[nodiscard]] log::LogResult<void> start(log::Partition, log::Offset) override { return {}; }
    void stop(log::Partition) override {}
    [[nodiscard]] log::ReadResult read(std::size_t, Duration wait) override {
      std::this_thread::sleep_for(wait);
      return std::span<const log::Record>();
    }
    [[nodiscard]] log::Offset position(log::Partition) const override { return 0; }
  };

  static log::LogError not_here() { return {log::LogFailure::refused, "This log has none of it."}; }

  std::mutex mutex_;  ///< guards all below
  std::condition_variable come_;
  std::deque<Told> outcomes_;
  log::Offset next_ = 0;
};

}  // namespace casetrail::fuzz
