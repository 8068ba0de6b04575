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
  std::function<void(std::vector<log::Outgoing>&)> records;              ///< of a commit
  std::function<log::Offset(log::Offset)> next_command;                  ///< of a commit
  std::function<log::CommitOutcome(log::CommitOutcome)> answer;          ///< to a commit
  std::function<bool(log::Topic)> skips_record;                          ///< that a reader delivers
  std::function<log::Offset(log::Offset)> group_offset;                  ///< outside of a transaction
  std::function<bool(const storage::StoreBatch::Change&)> loses_change;  ///< of a write
  std::string hidden_header{};   ///< of every record that a reader delivers
  bool retries_unknown = false;  ///< fences, and decides the same batch again
};

/// Everything outlives the process.
struct PortsBehind {
  CallPoints& points;
  const Mutation& mutation;
};

/// The log as the process sees it.
[[nodiscard]] std::unique_ptr<log::EventLog> make_log_port(log::EventLog& log, PortsBehind behind);
/// The place of a store as the process sees it.
[[nodiscard]] std::unique_ptr<storage::StoreHome> make_home_port(storage::StoreHome& home,
                                                                 PortsBehind behind);
/// The copies of a projection as the process sees them.
[[nodiscard]] std::unique_ptr<projection::CopyStorage> make_copies_port(projection::CopyStorage& copies,
                                                                        PortsBehind behind);

}  // namespace casetrail::simulation
