// One thread's share of the command partitions, driven by `step`.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "workers/command/command_partition.h"
#include "workers/command/metrics.h"
#include "workers/command/policy_book.h"
#include "workers/log/event_log.h"

namespace casetrail::command {

/// Reads no clock and starts no thread; it waits only inside its reader. `step` belongs to one thread, the
/// rest to any.
class CommandWorker {
 public:
  struct Options {
    std::size_t batch = 500;           ///< commands of one partition in one read, about
    Duration wait{50};                 ///< for the first command of a read
    std::size_t cached_cases = 8'192;  ///< decoded, for each partition
    Duration policy_age{1'000};        ///< how old the newest policy may be
    CameAfter came_after = {};         ///< what is dated back; empty: nobody can tell
  };
  using OpenHome = std::function<std::unique_ptr<storage::StoreHome>(log::Partition)>;

  /// All outlive the worker.
  CommandWorker(log::EventLog& log, log::Membership& membership, OpenHome open_home, CommandMetrics& metrics,
                const Options& options);
  ~CommandWorker();

  /// The wall clock: it never goes back by more than clocks do.
  using Clock = std::function<Timestamp()>;

  /// One batch of everything: what was assigned and released, take-overs, commands, timers, saving. Asks
  /// `clock` again behind whatever may take a while. Fails, and takes no commands, as long as the policies
  /// could not be read for the first time.
  [[nodiscard]] log::LogResult<void> step(const Clock& clock);

  /// The next `step` begins to take `partition` over.
  void assign(log::Partition partition);
  /// The next `step` drops `partition`. It is not written to once `holds` says false.
  void release(log::Partition partition);
  [[nodiscard]] bool holds(log::Partition partition) const;
  /// Another writer has taken `partition`, which was assigned to this worker and is not any more.
  [[nodiscard]] bool has_lost(log::Partition partition) const;

  /// Lists lost partitions no longer.
  void forget_lost();

  /// What readers of the events have closed since it was told last: a writer does not read what others put
  /// among its own events. It closes all of it to commands, as soon as the partition is running, and anew
  /// whenever that was taken over again.
  using ClosedCases = std::map<log::Partition, std::vector<DamagedCase>>;
  void tell_closed(const ClosedCases& closed);

  /// As of the end of the last `step`; a partition that was lost stays listed until the group has decided
  /// anew.
  [[nodiscard]] std::vector<PartitionStatus> status() const;

 private:
  void reconcile();
  void close_what_was_told();
  [[nodiscard]] bool take_over(Timestamp now);
  [[nodiscard]] log::LogResult<void> refresh_policies(Timestamp now);
  [[nodiscard]] log::LogResult<void> work(const Clock& clock, Duration wait);
  void start_commands(CommandPartition& owned);
  [[nodiscard]] bool read(Duration wait);
  void recover_from(const log::ReadError& error);
  void settle();

  log::EventLog& log_;
  log::Membership& membership_;
  OpenHome open_home_;
  CommandMetrics& metrics_;
  Options options_;
  PolicyBook policies_;
  std::optional<Timestamp> policies_asked_;  ///< answered or not; nothing until the first answer
  std::string policies_failure_;             ///< why the last question had no answer; empty: it had
  std::unique_ptr<log::Reader> commands_;
  std::map<log::Partition, CommandPartition> partitions_;
  std::map<log::Partition, std::vector<const log::Record*>> read_;

  mutable std::mutex mutex_;  ///< guards what follows
  std::set<log::Partition> wanted_;
  std::set<log::Partition> held_;
  std::map<log::Partition, PartitionStatus> status_;
  ClosedCases told_closed_;  ///< since the start
};

}  // namespace casetrail::command
