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

namespace casetrail {

/// Reads no clock and starts no thread; it waits only inside its reader. `step` belongs to one thread, the
/// rest to any.
class CommandWorker {
 public:
  struct Options {
    std::size_t batch = 500;           ///< commands of one partition in one read, about
    Duration wait{50};                 ///< for the first command of a read
    std::size_t cached_cases = 8'192;  ///< decoded, for each partition
    Duration policy_age{1'000};        ///< how old the newest policy may be
  };
  using OpenHome = std::function<std::unique_ptr<StoreHome>(Partition)>;

  /// All outlive the worker.
  CommandWorker(EventLog& log, Membership& membership, OpenHome open_home, CommandMetrics& metrics,
                const Options& options);
  ~CommandWorker();

  /// The wall clock: it never goes back by more than clocks do.
  using Clock = std::function<Timestamp()>;

  /// One batch of everything: what was assigned and released, take-overs, commands, timers, saving. Asks
  /// `clock` again behind whatever may take a while. Fails, and takes no commands, as long as the policies
  /// could not be read for the first time.
  [[nodiscard]] LogResult<void> step(const Clock& clock);

  /// The next `step` begins to take `partition` over.
  void assign(Partition partition);
  /// The next `step` drops `partition`. It is not written to once `holds` says false.
  void release(Partition partition);
  [[nodiscard]] bool holds(Partition partition) const;
  /// Another writer has taken `partition`, which was assigned to this worker and is not any more.
  [[nodiscard]] bool has_lost(Partition partition) const;

  /// Lists lost partitions no longer.
  void forget_lost();

  /// What readers of the events have closed, all of it: a writer does not read what others put among its own
  /// events. The next `step` closes it to commands where the partition is running, so tell it again and
  /// again.
  using ClosedCases = std::map<Partition, std::vector<DamagedCase>>;
  void tell_closed(ClosedCases closed);

  /// As of the end of the last `step`; a partition that was lost stays listed until the group has decided
  /// anew.
  [[nodiscard]] std::vector<PartitionStatus> status() const;

 private:
  void reconcile();
  void close_what_was_told();
  [[nodiscard]] bool take_over(Timestamp now);
  [[nodiscard]] LogResult<void> refresh_policies(Timestamp now);
  [[nodiscard]] LogResult<void> work(const Clock& clock, Duration wait);
  void start_commands(CommandPartition& owned);
  [[nodiscard]] bool read(Duration wait);
  void recover_from(const ReadError& error);
  void settle();

  EventLog& log_;
  Membership& membership_;
  OpenHome open_home_;
  CommandMetrics& metrics_;
  Options options_;
  PolicyBook policies_;
  std::optional<Timestamp> policies_asked_;  ///< answered or not; nothing until the first answer
  std::string policies_failure_;             ///< why the last question had no answer; empty: it had
  std::unique_ptr<Reader> commands_;
  std::map<Partition, CommandPartition> partitions_;
  std::map<Partition, std::vector<const Record*>> read_;

  mutable std::mutex mutex_;  ///< guards what follows
  std::set<Partition> wanted_;
  std::set<Partition> held_;
  std::map<Partition, PartitionStatus> status_;
  ClosedCases told_closed_;  ///< since the last step
};

}  // namespace casetrail
