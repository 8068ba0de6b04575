// What folding an event needs in more than one family.
#include <algorithm>

#include "aggregates/case/evolve.h"
#include "events/wire/whole_number.h"

namespace casetrail {

Timestamp time_of(const CaseEvent& record) {
  return record.actor.kind == ActorKind::import_ ? record.occurred_at : record.recorded_at;
}

void count_minted(std::int32_t& counter, const std::string& id) {
  ++counter;
  const auto number = id.empty() ? std::nullopt : whole_number<std::int32_t>(std::string_view(id).substr(1));
  if (number) counter = std::max(counter, std::min(*number, 1'000'000));
}

void move_open_case(CaseState& state, CaseStatus to) {
  if (state.status != CaseStatus::resolved && state.status != CaseStatus::closed) state.status = to;
}

void note_escalation(CaseState& state, std::int32_t level, const std::vector<std::string>& to) {
  if (!state.escalated) state.escalated.emplace();
  auto& open = *state.escalated;
  open.level = std::max(open.level, level);
  for (const auto& role : to) {
    if (std::ranges::find(open.to, role) == open.to.end()) open.to.push_back(role);
  }
}

void note_handled_by(CaseState& state, const DepartmentId& department, const std::optional<AgentId>& agent) {
  auto& [agents, departments] = state.handled_by;
  if (!department.empty() && std::ranges::find(departments, department) == departments.end())
    departments.push_back(department);
  if (agent && std::ranges::find(agents, *agent) == agents.end()) agents.push_back(*agent);
}

}  // namespace casetrail
