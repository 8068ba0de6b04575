// A write-back cache over one small row a case.
#include "workers/projection/case_ledger.h"

#include <utility>

#include "events/wire/binary.h"

namespace casetrail::projection {
namespace {

constexpr std::size_t kCasesInMemory = 50'000;

/// A row is the last `seq`; that of a closed case is turned round, so that older rows mean what they meant.
std::int64_t row_of(const CaseOrder& order) { return order.closed ? -1 - order.last_seq : order.last_seq; }
CaseOrder order_of(std::int64_t row) {
  return row < 0 ? CaseOrder{.last_seq = -1 - row, .closed = true} : CaseOrder{.last_seq = row};
}

}  // namespace

storage::StoreResult<CaseLedger::Entries::value_type*> CaseLedger::find(const CaseId& case_id) {
  if (const auto found = entries_.find(std::string_view(case_id.value)); found != entries_.end())
    return &*found;
  const auto stored = store_.get(family_, case_id.value);
  if (!stored) return std::unexpected(stored.error());
  std::int64_t row = 0;
  if (*stored && !from_binary(**stored, row)) {
    return std::unexpected(storage::StoreError{"Expected the last seq of case " + case_id.value +
                                               " to be readable, but it is damaged. Rebuild the view."});
  }
  return &*entries_.emplace(case_id.value, Entry{.order = order_of(row)}).first;
}

void CaseLedger::note_change(Entries::value_type& entry) {
  if (std::exchange(entry.second.changed, true)) return;
  changed_.push_back(&entry);
}

storage::StoreResult<CaseLedger::Taken> CaseLedger::take(const CaseId& case_id, std::int64_t seq) {
  const auto found = find(case_id);
  if (!found) return std::unexpected(found.error());
  auto& order = (*found)->second.order;
  const auto last_seq = order.last_seq;
  const auto turn = take_turn(order, seq);
  if (turn != CaseTurn::closed) note_change(**found);
  return Taken{turn, last_seq};
}

storage::StoreResult<bool> CaseLedger::close(const CaseId& case_id) {
  const auto found = find(case_id);
  if (!found) return std::unexpected(found.error());
  if (std::exchange((*found)->second.order.closed, true)) return false;
  note_change(**found);
  return true;
}

storage::StoreResult<std::vector<CaseId>> CaseLedger::closed_in(const storage::StoreView& store,
                                                                storage::FamilyIndex family) {
  std::vector<CaseId> closed;
  auto read = store.scan(family, "", "", [&](std::string_view case_id, std::string_view bytes) {
    std::int64_t row = 0;
    if (from_binary(bytes, row) && order_of(row).closed) closed.push_back({std::string(case_id)});
    return true;
  });
  if (!read) return std::unexpected(std::move(read).error());
  return closed;
}

void CaseLedger::write_changes(storage::StoreBatch& batch) {
  for (auto* changed : changed_) {
    batch.put(family_, changed->first, to_binary(row_of(changed->second.order)));
    changed->second.changed = false;
  }
  changed_.clear();
  if (entries_.size() > kCasesInMemory) entries_.clear();
}

}  // namespace casetrail::projection
