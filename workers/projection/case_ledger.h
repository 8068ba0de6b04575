// The last `seq` of every case in a partition, and which ones are closed: each event is folded once, in
// order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/case_order.h"
#include "events/ids.h"
#include "projections/text_hash.h"
#include "workers/storage/store.h"

namespace casetrail {

/// Recent cases stay in memory; all of them lie in a family of the store. Belongs to one thread.
class CaseLedger {
 public:
  CaseLedger(const StoreView& store, FamilyIndex family) : store_(store), family_(family) {}

  struct Taken {
    CaseTurn turn;
    std::int64_t last_seq;  ///< of the case before it
  };
  /// Takes the event `seq` of `case_id`.
  [[nodiscard]] StoreResult<Taken> take(const CaseId& case_id, std::int64_t seq);
  /// False when the case was closed before.
  [[nodiscard]] StoreResult<bool> close(const CaseId& case_id);

  /// Every case of such a family that is closed.
  [[nodiscard]] static StoreResult<std::vector<CaseId>> closed_in(const StoreView& store, FamilyIndex family);

  /// Adds every case that was taken since the last call.
  void write_changes(StoreBatch& batch);

 private:
  struct Entry {
    CaseOrder order;
    bool changed = false;
  };
  using Entries = std::unordered_map<std::string, Entry, TextHash, std::equal_to<>>;

  [[nodiscard]] StoreResult<Entries::value_type*> find(const CaseId& case_id);
  void note_change(Entries::value_type& entry);

  const StoreView& store_;
  FamilyIndex family_;
  Entries entries_;
  std::vector<Entries::value_type*> changed_;
};

}  // namespace casetrail
