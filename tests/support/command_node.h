// A node that runs the command side in a test: one thread, virtual time, a scripted log.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/map_store.h"
#include "tests/support/memory_log.h"
#include "workers/command/command_control.h"
#include "workers/command/command_worker.h"

namespace casetrail {

/// The stores of a node: they outlive its process.
using NodeDisk = std::map<log::Partition, MapHome>;

class CommandNode {
 public:
  CommandNode(MemoryLog& log, NodeDisk& disk, const std::string& member = "node-1",
              const command::CommandWorker::Options& options = {})
      : membership_(log.join(std::string(log::kCommandGroup), log::Topic::commands, member).value()),
        worker_(
            log, *membership_, [&disk](log::Partition partition) { return lend(disk[partition]); }, metrics_,
            options),
        control_(*membership_, {&worker_}) {}

  void step(Timestamp now) {
    if (auto polled = control_.step(Duration{0}); !polled) last_error_ = polled.error().what;
    work(now);
  }

  /// The worker's step alone: the control thread is held up.
  void work(Timestamp now) {
    if (auto worked = worker_.step([now] { return now; }); !worked) last_error_ = worked.error().what;
  }

  /// As many steps as a take-over and what lies in the log need.
  void run(Timestamp now) {
    for (int steps = 0; steps < 12; ++steps) step(now);
  }

  [[nodiscard]] const command::CommandMetrics& metrics() const { return metrics_; }
  [[nodiscard]] command::CommandWorker& worker() { return worker_; }
  [[nodiscard]] log::Membership& membership() { return *membership_; }
  [[nodiscard]] std::optional<std::string> over() const { return control_.over(); }
  [[nodiscard]] const std::string& last_error() const { return last_error_; }

  [[nodiscard]] command::PartitionStatus status(log::Partition partition = 0) const {
    for (auto& status : worker_.status()) {
      if (status.partition == partition) return status;
    }
    return {partition, command::PartitionPhase::lost, "not held", -1};
  }

 private:
  class LentHome final : public storage::StoreHome {
   public:
    explicit LentHome(MapHome& home) : home_(home) {}
    storage::StoreResult<storage::OpenedStore> open(const storage::StoreIdentity& expected) override {
      return home_.open(expected);
    }
    storage::StoreResult<void> discard() override { return home_.discard(); }
    storage::StoreResult<void> checkpoint() override { return home_.checkpoint(); }

   private:
    MapHome& home_;
  };
  static std::unique_ptr<storage::StoreHome> lend(MapHome& home) { return std::make_unique<LentHome>(home); }

  command::CommandMetrics metrics_;
  std::unique_ptr<log::Membership> membership_;
  command::CommandWorker worker_;
  command::CommandControl control_;
  std::string last_error_;
};

}  // namespace casetrail
