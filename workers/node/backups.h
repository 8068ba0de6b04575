// The backups of a process, one at a time, each on a thread of its own.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "workers/api/backups.h"
#include "workers/log/event_log.h"

namespace casetrail::node {

/// Any thread. One that is under way when this ends is given up, and nothing of it is kept.
class Backups {
 public:
  /// `log` outlives it. `spare` bytes stay free on the disk that a backup goes to.
  Backups(log::EventLog& log, std::filesystem::path data, std::uint64_t spare);

  [[nodiscard]] std::expected<api::BackupStatus, api::DeskFailure> start(const std::string& directory);
  /// Of the last one; nothing before the first.
  [[nodiscard]] std::optional<api::BackupStatus> status() const;

 private:
  void run(const std::stop_token& stop, const std::string& directory);
  void tell(api::BackupStage stage, std::int64_t done, std::int64_t total);
  void end(api::BackupStage stage, std::string sentence);

  log::EventLog& log_;
  std::filesystem::path data_;
  std::uint64_t spare_;
  mutable std::mutex mutex_;  ///< guards the next one
  std::optional<api::BackupStatus> status_;
  std::mutex starting_;  ///< guards the thread
  std::jthread thread_;
};

}  // namespace casetrail::node
