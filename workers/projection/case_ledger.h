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

#include "events/case/case_order.h"
#include "events/wire/ids.h"
#include "projections/kit/text_hash.h"
#include "workers/storage/store.h"

namespace casetrail::projection {

/// Recent cases stay in memory; all of them lie in a family of the store. Belongs to one thread.
class CaseLedger {
 public:
  CaseLedger(const storage::StoreView& store, storage::FamilyIndex family) : store_(store), family_(family) {}

  struct Taken {
    CaseTurn turn;
    CaseOrder before;  ///< where the case stood
  };
  /// Takes the next event of `case_id`.
  [[nodiscard]] storage::StoreResult<Taken> take(const CaseId& case_id, const CaseStep& step);
  /// False when the case was closed before.
  [[nodiscard]] storage::StoreResult<bool> close(const CaseId& case_id);

  /// Every case of such a family that is closed.
  [[nodiscard]] static storage::StoreResult<std::vector<CaseId>> closed_in(const storage::StoreView& store,
                                                                           storage::FamilyIndex family);

  /// Adds every case that was taken since the last call.
  void write_changes(storage::StoreBatch& batch);

 private:
  struct Entry {
    CaseOrder order;
    bool changed = false;
  };
  using Entries = std::unordered_map<std::string, Entry, kit::TextHash, std::equal_to<>>;

  [[nodiscard]] storage::StoreResult<Entries::value_type*> find(const CaseId& case_id);
  void note_change(Entries::value_type& entry);

  const storage::StoreView& store_;
  storage::FamilyIndex family_;
  Entries entries_;
  std::vector<Entries::value_type*> changed_;
};

}  // namespace casetrail::projection
