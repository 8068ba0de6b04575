// A write-back cache over one small row a case.
#include "workers/projection/case_ledger.h"

#include <optional>
#include <utility>

#include "events/wire/binary.h"

namespace casetrail::projection {
namespace {

constexpr std::size_t kCasesInMemory = 50'000;

LedgerRow row_of(const CaseOrder& order) {
  return {order.closed ? -1 - order.last_seq : order.last_seq, order.ended_command};
}

std::optional<CaseOrder> order_in(std::string_view bytes) {
  LedgerRow row;
  if (!from_binary(bytes, row)) return std::nullopt;
  const bool closed = row.seq < 0;
  return CaseOrder{
      .last_seq = closed ? -1 - row.seq : row.seq, .closed = closed, .ended_command = row.ended_command};
}

}  // namespace

storage::StoreResult<CaseLedger::Entries::value_type*> CaseLedger::find(const CaseId& case_id) {
  if (const auto found = entries_.find(std::string_view(case_id.value)); found != entries_.end())
    return &*found;
  const auto stored = store_.get(family_, case_id.value);
  if (!stored) return std::unexpected(stored.error());
  const auto order = *stored ? order_in(**stored) : CaseOrder();
  if (!order) {
    return std::unexpected(storage::StoreError{"Expected the last seq of case " + case_id.value +
                                               " to be readable, but it is damaged. Rebuild the view."});
  }
  return &*entries_.emplace(case_id.value, Entry{.order = *order}).first;
}

void CaseLedger::note_change(Entries::value_type& entry) {
  if (std::exchange(entry.second.changed, true)) return;
  changed_.push_back(&entry);
}

storage::StoreResult<CaseLedger::Taken> CaseLedger::take(const CaseId& case_id, const CaseStep& step) {
  const auto found = find(case_id);
  if (!found) return std::unexpected(found.error());
  auto& order = (*found)->second.order;
  const auto before = order;
  const auto turn = take_turn(order, step);
  if (turn != CaseTurn::closed) note_change(**found);
  return Taken{turn, before};
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
    if (const auto order = order_in(bytes); order && order->closed) closed.push_back({std::string(case_id)});
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
