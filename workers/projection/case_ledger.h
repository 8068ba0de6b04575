// The last `seq` of every case in a partition, so that no event is folded twice and a gap is seen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/ids.h"
#include "projections/text_hash.h"
#include "workers/storage/store.h"

namespace casetrail {

/// Recent cases stay in memory; all of them lie in a family of the store. Belongs to one thread.
class CaseLedger {
 public:
  enum class Step { next, repeat, gap };

  CaseLedger(const StoreView& store, FamilyIndex family) : store_(store), family_(family) {}

  /// Takes the event `seq` of `case_id`: a repeat changes nothing, behind a gap the count goes on from `seq`.
  [[nodiscard]] StoreResult<Step> take(const CaseId& case_id, std::int64_t seq);

  /// Adds every case that was taken since the last call.
  void write_changes(StoreBatch& batch);

 private:
  struct Entry {
    std::int64_t seq = 0;
    bool changed = false;
  };
  using Entries = std::unordered_map<std::string, Entry, TextHash, std::equal_to<>>;

  const StoreView& store_;
  FamilyIndex family_;
  Entries entries_;
  std::vector<Entries::value_type*> changed_;
};

}  // namespace casetrail
