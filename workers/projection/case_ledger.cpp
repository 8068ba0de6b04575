// A write-back cache over one small row a case.
#include "workers/projection/case_ledger.h"

#include "events/binary.h"

namespace casetrail {
namespace {

constexpr std::size_t kCasesInMemory = 50'000;

}  // namespace

StoreResult<CaseLedger::Step> CaseLedger::take(const CaseId& case_id, std::int64_t seq) {
  auto found = entries_.find(std::string_view(case_id.value));
  if (found == entries_.end()) {
    const auto row = store_.get(family_, case_id.value);
    if (!row) return std::unexpected(row.error());
    Entry entry;
    if (*row && !from_binary(**row, entry.seq)) {
      return std::unexpected(StoreError{"Expected the last seq of case " + case_id.value +
                                        " to be readable, but it is damaged. Rebuild the view."});
    }
    found = entries_.emplace(case_id.value, entry).first;
  }
  auto& entry = found->second;
  if (seq <= entry.seq) return Step::repeat;
  const auto step = seq == entry.seq + 1 ? Step::next : Step::gap;
  entry.seq = seq;
  if (!entry.changed) {
    entry.changed = true;
    changed_.push_back(&*found);
  }
  return step;
}

void CaseLedger::write_changes(StoreBatch& batch) {
  for (auto* changed : changed_) {
    batch.put(family_, changed->first, to_binary(changed->second.seq));
    changed->second.changed = false;
  }
  changed_.clear();
  if (entries_.size() > kCasesInMemory) entries_.clear();
}

}  // namespace casetrail
