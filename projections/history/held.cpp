// Goes through the states of the case and notes where somebody else has it.
#include "projections/history/held.h"

#include <algorithm>

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

}  // namespace

std::vector<Held> held_by(const CaseRows& of) {
  CaseHead head;
  std::vector<Held> held;
  // Facts of an import may stand in another order than they happened in: none ends before it began.
  Timestamp at = Timestamp::min();
  of.for_each(0, [&](std::int64_t seq, const EventRow& row) {
    const auto event = event_in(of.id, seq, row);
    head.take(event);
    at = std::max(at, time_of(event));
    auto holder = holder_of(head.row);
    if (!held.empty() && held.back().by == holder) return true;
    if (!held.empty() && held.back().from == at) held.pop_back();  // it lasted no time
    if (!held.empty() && held.back().by == holder) {
      held.back().to.reset();
      return true;
    }
    if (!held.empty()) held.back().to = at;
    held.push_back({.by = std::move(holder),
                    .seq = seq,
                    .from = at,
                    .to = std::nullopt,
                    .policy_version = row.policy_version});
    return true;
  });
  if (!held.empty() && held.back().by.status == CaseStatus::closed) held.pop_back();
  return held;
}

}  // namespace casetrail::history
