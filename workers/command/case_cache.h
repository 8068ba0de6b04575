// Decoded cases that were used lately, bounded in number.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "aggregates/case/state.h"
#include "events/wire/ids.h"

namespace casetrail::command {

/// A case in memory, with what the store and the timer window have of it.
struct HeldCase {
  CaseState state;
  std::optional<Timestamp> due;         ///< in the timer window
  std::optional<Timestamp> stored_due;  ///< in the store
  bool changed = false;
  std::int64_t ended_command = -1;  ///< as of `CaseOrder`, as far as it was read since the snapshot
};

/// Two generations: when the young one is full, it becomes the old one, and the old one is forgotten.
class CaseCache {
 public:
  using Cases = std::unordered_map<CaseId, HeldCase>;

  explicit CaseCache(std::size_t capacity) : half_(capacity / 2 + 1) {}

  /// Moves the case out, to where it may be changed; empty when it is not here.
  [[nodiscard]] Cases::node_type take(const CaseId& case_id) {
    auto found = young_.extract(case_id);
    return found ? std::move(found) : old_.extract(case_id);
  }

  void put(Cases::node_type held) {
    if (young_.size() >= half_) old_ = std::exchange(young_, {});
    young_.insert(std::move(held));
  }

 private:
  std::size_t half_;
  Cases young_;
  Cases old_;
};

}  // namespace casetrail::command
