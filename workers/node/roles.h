// The roles of a process, each with its workers and their threads.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/command/command_backlog.h"
#include "workers/command/command_control.h"
#include "workers/command/command_worker.h"
#include "workers/log/event_log.h"
#include "workers/node/loop.h"
#include "workers/node/port_wraps.h"
#include "workers/projection/projection_control.h"
#include "workers/projection/projection_worker.h"
#include "workers/storage/rocks_store.h"

namespace casetrail::node {

/// The single writers of this process's partitions. Ends its threads before its workers.
class CommandRole {
 public:
  /// `log` and `memory` outlive it; its stores lie below `data`.
  CommandRole(log::EventLog& log, std::unique_ptr<log::Membership> membership,
              const std::filesystem::path& data, storage::StorageMemory& memory, std::size_t threads,
              const command::CommandWorker::Options& options, PortWrap<storage::StoreHome> wrap = {});

  [[nodiscard]] const command::CommandMetrics& metrics() const { return metrics_; }
  /// Why it will never own a partition again, with the remedy.
  [[nodiscard]] std::optional<std::string> over() const { return control_->over(); }
  [[nodiscard]] std::vector<command::PartitionStatus> status() const;
  /// Of all partitions, with why one of this process takes no commands.
  [[nodiscard]] std::vector<log::PartitionLag> lag(Timestamp now) const;
  [[nodiscard]] const Loops& loops() const { return loops_; }
  /// See `CommandWorker::tell_closed`.
  void tell_closed(const command::CommandWorker::ClosedCases& closed);

 private:
  std::unique_ptr<log::Membership> membership_;
  command::CommandMetrics metrics_;
  command::CommandBacklog backlog_;
  std::vector<std::unique_ptr<command::CommandWorker>> workers_;
  std::unique_ptr<command::CommandControl> control_;
  Loops loops_;
};

/// The views that move in lockstep. Ends its threads before its workers.
class ProjectionRole {
 public:
  /// Its stores keep copies for boards of the past, each up to `dated_bytes`.
  ProjectionRole(const std::filesystem::path& data, const std::string& name, storage::StorageMemory& memory,
                 const PortWrap<projection::CopyStorage>& wrap = {}, std::uint64_t dated_bytes = 0);

  /// `log` outlives it. Its views stay as their stores have them while `held` says so, which any thread may
  /// ask. An error is a sentence.
  [[nodiscard]] std::expected<void, std::string> start(
      log::EventLog& log, projection::ProjectionType type, const std::string& node, std::size_t threads,
      const std::function<bool()>& held = [] { return false; });

  [[nodiscard]] const projection::ProjectionControl* control() const { return control_.get(); }
  [[nodiscard]] const Loops& loops() const { return loops_; }

 private:
  std::expected<void, std::string> step_control();

  std::unique_ptr<projection::CopyStorage> storage_;
  std::unique_ptr<projection::Projection> projection_;
  std::unique_ptr<projection::ProjectionControl> control_;
  std::vector<std::unique_ptr<projection::ProjectionWorker>> workers_;
  std::vector<std::string> problems_;  ///< details of those that were logged; the control thread's
  Loops loops_;
};

}  // namespace casetrail::node
