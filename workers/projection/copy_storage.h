// The port to the copies of one projection: where their stores live, and which one is live.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workers/storage/store_home.h"

namespace casetrail::projection {

/// Copies of a projection are numbered 1, 2, 3 …, the newer the higher.
using CopyNumber = int;

/// Used by one thread at a time; the homes it gives out by one each.
class CopyStorage {
 public:
  virtual ~CopyStorage() = default;

  /// The copy that the pointer names; nothing before the first `set_live`.
  [[nodiscard]] virtual storage::StoreResult<std::optional<CopyNumber>> live() = 0;
  /// Names another copy, durably and at once: a kill leaves the old name or the new one.
  [[nodiscard]] virtual storage::StoreResult<void> set_live(CopyNumber copy) = 0;

  /// All copies that are there, whole or not, in rising order.
  [[nodiscard]] virtual storage::StoreResult<std::vector<CopyNumber>> copies() = 0;

  /// Where a partition's store lives, made when there is none. Stays until its copy is removed.
  [[nodiscard]] virtual storage::StoreHome& home(CopyNumber copy, log::Partition partition,
                                                 const std::vector<std::string>& families) = 0;

  /// Of a place that begins copies with what another one keeps for later: the newest moment, not behind
  /// `as_of`, that some partition is kept as of; nothing when none is.
  [[nodiscard]] virtual std::optional<Timestamp> newest_dated(Timestamp /*as_of*/) { return std::nullopt; }
  /// Before `home` is opened for the first time: begins `copy` so, each partition with what fits best.
  virtual void begin_dated(CopyNumber /*copy*/, Timestamp /*as_of*/, log::Partition /*partitions*/,
                           const std::vector<std::string>& /*families*/) {}

  /// Closes and removes a copy that nobody uses.
  [[nodiscard]] virtual storage::StoreResult<void> remove(CopyNumber copy) = 0;
};

}  // namespace casetrail::projection
