// One projection of this node: its live copy, the one that may be built beside it, and the switch between
// them.
#pragma once

#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workers/projection/projection_copy.h"
#include "workers/projection/projection_metrics.h"
#include "workers/projection/rebuild.h"
#include "workers/projection/row_comparison.h"

namespace casetrail::projection {

/// The place where the threads of a projection meet: workers feed its copies, one control thread drives its
/// rebuilds, any thread reads. `log` and `storage` outlive it.
class Projection {
 public:
  /// Opens the live copy and an interrupted rebuild. A raised version begins a rebuild. `workers` threads
  /// will feed it: worker w has the partitions p with p % workers == w. An error is a sentence.
  [[nodiscard]] static std::expected<std::unique_ptr<Projection>, std::string> open(log::EventLog& log,
                                                                                    ProjectionType type,
                                                                                    CopyStorage& storage,
                                                                                    std::size_t workers);

  // Any thread.
  struct Copies {
    std::shared_ptr<ProjectionCopy> live;
    std::shared_ptr<ProjectionCopy> building;  ///< null when none is
    bool switching = false;  ///< the live copy stands still until the other one covers all that it covers
  };
  [[nodiscard]] Copies copies() const;
  [[nodiscard]] const ProjectionType& type() const { return type_; }
  [[nodiscard]] std::size_t workers() const { return workers_; }
  /// Asks for a rebuild of all its views, whose status it gives. An error is a sentence: one is under way.
  [[nodiscard]] std::expected<RebuildStatus, std::string> rebuild();
  /// The rebuild that is under way, or the last one since the start.
  [[nodiscard]] std::optional<RebuildStatus> rebuild_status() const;
  void warn(std::string sentence);
  /// What happened since the last call, a sentence each, for the program's log; warnings and failures apart.
  [[nodiscard]] std::vector<std::string> take_notices();
  [[nodiscard]] std::vector<std::string> take_warnings();
  [[nodiscard]] std::vector<std::string> take_failures();
  /// How many stores were discarded since the start, and why.
  [[nodiscard]] DiscardCounts discarded_stores() const;

  // Workers.
  /// Takes two moments of a partition that cover the same events, for the copy that is being built.
  void compare(CopyNumber building, RowPair pair);
  /// Says that the worker's partitions of the new copy cover all that the live ones do, and are on the disk.
  /// The last worker switches.
  void arrive(std::size_t worker);

  // The control thread.
  /// Begins, compares, gives up or tidies: whatever is next. Call it often.
  void advance(Timestamp now);

 private:
  Projection(log::EventLog& log, ProjectionType type, CopyStorage& storage, std::size_t workers);

  [[nodiscard]] std::expected<void, std::string> open_copies();
  [[nodiscard]] std::expected<std::shared_ptr<ProjectionCopy>, std::string> open_copy(CopyNumber number);
  void open_run();
  void begin(std::shared_ptr<ProjectionCopy> copy);
  void measure(Timestamp now);
  void conclude();
  void give_up(RebuildStage stage, const std::string& sentence);
  void remove_retired(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] std::optional<std::string> broken_copy() const;
  [[nodiscard]] bool under_way() const { return status_.run > 0 && !is_over(status_.stage); }

  log::EventLog& log_;
  const ProjectionType type_;
  /// While the copies switch it is the workers', else the control thread's, which lets go of `mutex_` for it:
  /// stores may wait for room on a full disk, and nobody who asks waits with them.
  CopyStorage& storage_;
  const std::size_t workers_;

  std::unique_ptr<RowComparison> comparison_;  ///< the control thread's
  std::optional<Timestamp> measured_from_;     ///< the control thread's
  std::int64_t done_before_ = 0;               ///< the control thread's

  mutable std::mutex mutex_;  ///< guards all below
  Copies copies_;
  std::vector<std::shared_ptr<ProjectionCopy>> retired_;
  bool asked_ = false;
  std::vector<RowPair> pairs_;
  std::set<std::size_t> arrived_;
  RebuildStatus status_;  ///< of the last rebuild that was asked for; run 0: none since the start
  std::vector<std::string> notices_;
  std::vector<std::string> failures_;
  std::vector<std::string> warnings_;
  DiscardCounts discarded_stores_{};
};

}  // namespace casetrail::projection
