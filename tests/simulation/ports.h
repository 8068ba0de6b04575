// The ports of one simulated process: every call is a point where it can be interrupted, and a mutant lies
// here.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/map_copies.h"
#include "workers/log/event_log.h"
#include "workers/storage/store_home.h"

namespace casetrail::simulation {

/// Thrown out of a call of a port: the process is no more, wherever it was.
struct Killed {};

/// Counts the moments before and behind the calls of a process's ports.
class CallPoints {
 public:
  using Happening = std::function<void()>;

  /// `happening` comes about at the one behind the next `points`.
  void arm(std::size_t points, Happening happening) {
    left_ = points;
    happening_ = std::move(happening);
  }
  void disarm() { happening_ = nullptr; }

  void pass() {
    if (happening_ && left_-- == 0) std::exchange(happening_, nullptr)();
  }

 private:
  std::size_t left_ = 0;
  Happening happening_;
};

/// What a broken engine would do to its ports. Nothing is set in a sound one.
struct Mutation {
  std::function<void(std::vector<Outgoing>&)> records;          ///< of a commit
  std::function<Offset(Offset)> next_command;                   ///< of a commit
  std::function<CommitOutcome(CommitOutcome)> answer;           ///< to a commit
  std::function<bool(Topic)> skips_record;                      ///< that a reader delivers
  std::function<Offset(Offset)> group_offset;                   ///< outside of a transaction
  std::function<bool(const StoreBatch::Change&)> loses_change;  ///< of a write
  std::string hidden_header{};                                  ///< of every record that a reader delivers
  bool retries_unknown = false;                                 ///< fences, and decides the same batch again
};

/// Everything outlives the process.
struct PortsBehind {
  CallPoints& points;
  const Mutation& mutation;
};

/// The log as the process sees it.
[[nodiscard]] std::unique_ptr<EventLog> make_log_port(EventLog& log, PortsBehind behind);
/// The place of a store as the process sees it.
[[nodiscard]] std::unique_ptr<StoreHome> make_home_port(StoreHome& home, PortsBehind behind);
/// The copies of a projection as the process sees them.
[[nodiscard]] std::unique_ptr<CopyStorage> make_copies_port(CopyStorage& copies, PortsBehind behind);

}  // namespace casetrail::simulation
