// The last `seq` of every case in a partition, and which ones are closed: each event is folded once, in
// order.
#pragma once

#include <cereal/cereal.hpp>
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

/// A case in the family: its last `seq`, turned round when it is closed, and the command that ended with it.
struct LedgerRow {
  std::int64_t seq = 0;
  std::int64_t ended_command = -1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(ended_command));
  }
};

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
