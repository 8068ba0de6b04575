// Appending to one partition in transactions.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "events/wire/message.h"
#include "workers/log/log_result.h"
#include "workers/log/membership.h"
#include "workers/log/promised.h"
#include "workers/log/topic.h"

namespace casetrail::log {

struct Outgoing {
  Topic topic;
  Message message;
};

enum class CommitOutcome {
  committed,
  aborted,  ///< confirmed: nothing of it is visible, the same batch may be tried again
  unknown,  ///< it may be committed or not: take over anew
  fenced,   ///< not mine any more: drop the partition
};

struct CommitResult {
  CommitOutcome outcome;
  Offset last_event =
      -1;            ///< of the last record sent to `events`; -1 when there was none or it is not committed
  std::string what;  ///< a sentence, unless committed
};

/// Appends to one partition number of every topic, atomically with the input position. One transaction at a
/// time.
class PartitionWriter {
 public:
  virtual ~PartitionWriter() = default;

  /// Shuts out every earlier writer of this partition, together with the group's generation, and ends what it
  /// left open; what shared a transaction with another partition ends when that one is fenced. First of all
  /// calls, and no other before its answer; again after `unknown`. The writer outlives its answers.
  [[nodiscard]] virtual Promised<LogResult<void>> start_fence() = 0;

  /// `start_fence`, waiting for the answer.
  [[nodiscard]] LogResult<void> fence() { return start_fence().get(); }

  /// Commits all of `records` and the input offset `next_command` of the group, or nothing.
  /// `generation` is the one of the time when the batch was read. `records` belong to the writer until the
  /// answer is there, which may change them in place and add to them: whoever tries again brings new ones.
  /// Only then the next commit may start. The log may let what one thread starts before it waits for an
  /// answer share a transaction, and end it only then: all of it is committed or nothing.
  [[nodiscard]] virtual Promised<CommitResult> start_commit(
      std::vector<Outgoing>& records, Offset next_command,
      const std::shared_ptr<const Generation>& generation) = 0;

  /// `start_commit` of a copy, waiting for the answer.
  [[nodiscard]] CommitResult commit(std::span<const Outgoing> records, Offset next_command,
                                    const std::shared_ptr<const Generation>& generation) {
    std::vector<Outgoing> own(records.begin(), records.end());
    return start_commit(own, next_command, generation).get();
  }
};

}  // namespace casetrail::log
