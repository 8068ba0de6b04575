// Goes through the states of the case and notes where somebody else has it.
#include "projections/history/held.h"

#include <algorithm>
#include <utility>

#include "aggregates/case/evolve.h"
#include "projections/history/case_head.h"
#include "projections/kit/case_facts.h"

namespace casetrail::history {
namespace {

Holder holder_of(const cases::CaseRow& row) {
  if (row.is_closed())
    return {.department = {}, .agent = {}, .queue = {}, .status = row.state.status, .waiting_for = {}};
  const auto& assignment = row.state.assignment;
  Holder holder{.department = kit::text_of(assignment.department_id),
                .agent = kit::text_of(assignment.agent_id),
                .queue = row.queue(),
                .status = row.state.status,
                .waiting_for = row.waiting_for()};
  if (!holder.department && assignment.queued) holder.department = assignment.queued->department_id.value;
  return holder;
}

/// Goes on from event to event.
class Ledger {
 public:
  void take(const CaseEvent& event) {
    head_.take(event);
    at_ = std::max(at_, time_of(event));
    auto holder = holder_of(head_.row);
    if (!held_.empty() && held_.back().by == holder) return;
    if (!held_.empty() && held_.back().from == at_) held_.pop_back();  // it lasted no time
    if (!held_.empty() && held_.back().by == holder) return held_.back().to.reset();
    if (!held_.empty()) held_.back().to = at_;
    held_.push_back({.by = std::move(holder),
                     .seq = event.seq,
                     .from = at_,
                     .to = std::nullopt,
                     .policy_version = event.policy_version});
  }

  [[nodiscard]] std::vector<Held> end() && {
    if (!held_.empty() && held_.back().by.status == CaseStatus::closed) held_.pop_back();
    return std::move(held_);
  }

 private:
  CaseHead head_;
  std::vector<Held> held_;
  // Facts of an import may stand in another order than they happened in: none ends before it began.
  Timestamp at_ = Timestamp::min();
};

}  // namespace

std::vector<Held> held_by(const CaseRows& of) {
  Ledger ledger;
  of.for_each(0, [&](std::int64_t seq, const EventRow& row) {
    ledger.take(event_in(of.id, seq, row));
    return true;
  });
  return std::move(ledger).end();
}

std::vector<Held> held_by(std::span<const CaseEvent> events) {
  Ledger ledger;
  for (const auto& event : events) ledger.take(event);
  return std::move(ledger).end();
}

}  // namespace casetrail::history
