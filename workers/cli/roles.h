// The roles of a process, each with its workers and their threads.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/cli/loop.h"
#include "workers/cli/port_wraps.h"
#include "workers/command/command_backlog.h"
#include "workers/command/command_control.h"
#include "workers/command/command_worker.h"
#include "workers/log/event_log.h"
#include "workers/projection/projection_control.h"
#include "workers/projection/projection_worker.h"
#include "workers/storage/rocks_store.h"

namespace casetrail {

/// The single writers of this process's partitions. Ends its threads before its workers.
class CommandRole {
 public:
  /// `log` and `memory` outlive it; its stores lie below `data`.
  CommandRole(EventLog& log, std::unique_ptr<Membership> membership, const std::filesystem::path& data,
              StorageMemory& memory, std::size_t threads, const CommandWorker::Options& options,
              PortWrap<StoreHome> wrap = {});

  [[nodiscard]] const CommandMetrics& metrics() const { return metrics_; }
  /// Why it will never own a partition again, with the remedy.
  [[nodiscard]] std::optional<std::string> over() const { return control_->over(); }
  [[nodiscard]] std::vector<PartitionStatus> status() const;
  /// Of all partitions, with why one of this process takes no commands.
  [[nodiscard]] std::vector<PartitionLag> lag(Timestamp now) const;
  /// See `CommandWorker::tell_closed`.
  void tell_closed(const CommandWorker::ClosedCases& closed);

 private:
  std::unique_ptr<Membership> membership_;
  CommandMetrics metrics_;
  CommandBacklog backlog_;
  std::vector<std::unique_ptr<CommandWorker>> workers_;
  std::unique_ptr<CommandControl> control_;
  Loops loops_;
};

/// The views that move in lockstep. Ends its threads before its workers.
class ProjectionRole {
 public:
  ProjectionRole(const std::filesystem::path& data, const std::string& name, StorageMemory& memory,
                 const PortWrap<CopyStorage>& wrap = {});

  /// `log` outlives it. Its views stay as their stores have them while `held` says so, which any thread may
  /// ask. An error is a sentence.
  [[nodiscard]] std::expected<void, std::string> start(
      EventLog& log, ProjectionType type, const std::string& node, std::size_t threads,
      const std::function<bool()>& held = [] { return false; });

  [[nodiscard]] const ProjectionControl* control() const { return control_.get(); }

 private:
  std::expected<void, std::string> step_control();

  std::unique_ptr<CopyStorage> storage_;
  std::unique_ptr<Projection> projection_;
  std::unique_ptr<ProjectionControl> control_;
  std::vector<std::unique_ptr<ProjectionWorker>> workers_;
  std::vector<std::string> problems_;  ///< that were logged; the control thread's
  Loops loops_;
};

}  // namespace casetrail
