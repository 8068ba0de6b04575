// Membership in a consumer group, and the group's offsets.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "workers/log/log_result.h"
#include "workers/log/promised.h"
#include "workers/log/topic.h"

namespace casetrail::log {

/// The group's generation at one moment, as a commit must name it. Opaque to the engine.
class Generation {
 public:
  virtual ~Generation() = default;
};

/// Membership in a consumer group that shares the partitions of one topic. Reading is the reader's work.
/// `poll`, `acknowledge`, `rejoin` and `commit` belong to one control thread; `generation` and `committed` to
/// any.
class Membership {
 public:
  enum class ChangeKind { assigned, revoked, lost };
  struct Change {
    ChangeKind kind;
    std::vector<Partition> partitions;
  };

  virtual ~Membership() = default;

  /// Keeps the membership alive; call it at least every second. A change stands until it is acknowledged.
  [[nodiscard]] virtual LogResult<std::optional<Change>> poll(Duration wait) = 0;

  /// After `assigned`: the partitions are known. After `revoked`: nothing of them is written any more.
  virtual void acknowledge(const Change& change) = 0;

  /// Lets the group decide anew what this member has: `poll` says so with `assigned`, after `revoked` where
  /// the group wants that.
  [[nodiscard]] virtual LogResult<void> rejoin() = 0;

  /// The one in which the group gave what `poll` last said was assigned; nothing, or an older one, when that
  /// was revoked or lost. So a partition that was not given back is never committed under a later one.
  [[nodiscard]] virtual std::shared_ptr<const Generation> generation() const = 0;

  /// The group's offset of `partition`; nothing when none was ever committed. Waits out pending transactions,
  /// if they end soon.
  [[nodiscard]] virtual LogResult<std::optional<Offset>> committed(Partition partition) = 0;
  /// `committed`, for who waits later. The membership outlives its answers.
  [[nodiscard]] virtual Promised<LogResult<std::optional<Offset>>> start_committed(Partition partition) {
    return answered(committed(partition));
  }

  struct Position {
    Partition partition;
    Offset next;

    bool operator==(const Position&) const = default;
  };
  /// Commits offsets of the group outside of a transaction. Backwards is allowed: the caller knows what it
  /// holds.
  [[nodiscard]] virtual LogResult<void> commit(std::span<const Position> positions) = 0;
};

}  // namespace casetrail::log
