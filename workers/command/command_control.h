// Carries the group's assignments to the workers, gives a partition back only when nothing of it is written
// any more, and asks the group anew when another writer took one that the group did not take back.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "workers/command/command_worker.h"
#include "workers/log/event_log.h"

namespace casetrail::command {

/// Belongs to the control thread, the one that owns the membership. A partition always goes to the same
/// worker.
class CommandControl {
 public:
  /// `workers` is not empty. All outlive this.
  CommandControl(log::Membership& membership, std::vector<CommandWorker*> workers);

  /// Polls the membership once, waiting up to `wait`. To be called at least every second, whatever the
  /// workers do. An error is worth a log line; the next call asks again. When the membership is over, every
  /// partition is dropped.
  [[nodiscard]] log::LogResult<void> step(Duration wait);

  /// Why the membership is over for good and the process has to end; a sentence with the remedy. Any thread.
  [[nodiscard]] std::optional<std::string> over() const;

 private:
  [[nodiscard]] CommandWorker& worker_of(log::Partition partition) const;
  void begin(const log::Membership::Change& change);
  void finish_giving_back();
  [[nodiscard]] log::LogResult<void> ask_anew_for_what_is_lost();
  void end(const log::LogError& error);

  log::Membership& membership_;
  std::vector<CommandWorker*> workers_;
  std::set<log::Partition> assigned_;  ///< by the group, and not asked about since
  std::optional<log::Membership::Change> giving_back_;

  mutable std::mutex mutex_;  ///< guards `over_`
  std::optional<std::string> over_;
};

}  // namespace casetrail::command
