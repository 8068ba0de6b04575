// The stage of the command worker's tests: one log, one disk, one node that can be started again.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/support/command_desk.h"
#include "tests/support/command_node.h"

namespace casetrail::command {

class CommandTest : public testing::Test {
 protected:
  explicit CommandTest(log::Partition partitions = 1) : log_(partitions), desk_(log_) { start(); }

  void start() { node_.emplace(log_, disk_); }
  /// As after a kill: what was not flushed is gone.
  void kill() {
    node_.reset();
    for (auto& [partition, home] : disk_) home.store.crash();
  }
  void restart() {
    kill();
    start();
    run();
  }
  void lose_disk() {
    node_.reset();
    disk_.clear();
    start();
    run();
  }

  void run() { node_->run(now_); }
  /// Sends and runs, in this moment.
  log::Offset handle(CommandEnvelope command) {
    const auto offset = desk_.send(std::move(command), now_);
    run();
    return offset;
  }
  void pass(Duration time) { now_ += time; }
  /// Something is taken on each of them.
  void let_days_pass(std::chrono::days days) {
    for (; days > std::chrono::days{0}; --days) {
      pass(std::chrono::days{1});
      handle(CommandDesk::question("on-" + to_wire(now_), "case-2"));
    }
  }

  MemoryLog log_;
  NodeDisk disk_;
  CommandDesk desk_;
  std::optional<CommandNode> node_;
  Timestamp now_ = kMonday + std::chrono::hours(9);
};

}  // namespace casetrail::command
