// Who is who in a scene.
#include "workers/simulate/scene.h"

#include <utility>

namespace casetrail::simulate {
namespace {

std::string first_or(const std::vector<std::string>& roles, const std::string& fallback) {
  return roles.empty() ? fallback : roles.front();
}

Actor of_kind(ActorKind kind, std::string id) {
  Actor actor;
  actor.kind = kind;
  actor.id = std::move(id);
  return actor;
}

}  // namespace

Actor Scene::customer() const { return of_kind(ActorKind::customer, file.customer.value); }

Actor Scene::intake_system() const { return of_kind(ActorKind::system, "shop"); }

Actor Scene::agent(const Team& team, const Colleague& colleague) const {
  auto actor = of_kind(ActorKind::agent, colleague.id.value);
  actor.department_id = team.department;
  actor.role = "agent";
  actor.badge_no = colleague.badge_no;
  return actor;
}

Actor Scene::lead(const Team& team) const {
  auto actor = agent(team, team.lead);
  actor.role = first_or(policy.roles.lead, "lead");
  return actor;
}

Actor Scene::ruler() const {
  auto actor = agent(cast.teams().front(), cast.teams().front().lead);
  actor.role = policy.handoff.ruling_role.value_or(first_or(policy.roles.lead, "lead"));
  return actor;
}

Actor Scene::reviewer(const AgentId& id) const {
  auto actor = person(id);
  actor.role = first_or(policy.roles.reviewer, "reviewer");
  return actor;
}

const Team& Scene::team() const {
  if (state.assignment.department_id) return cast.team_of(*state.assignment.department_id);
  return cast.team_for(policy, file.category);
}

Actor Scene::person(const AgentId& id) const {
  auto actor = of_kind(ActorKind::agent, id.value);
  actor.role = "agent";
  const auto [home, colleague] = cast.find(id);
  if (home != nullptr) return &home->lead == colleague ? lead(*home) : agent(*home, *colleague);
  if (colleague != nullptr) actor.badge_no = colleague->badge_no;
  return actor;
}

Actor Scene::assignee() const {
  const auto& home = team();
  if (!state.assignment.agent_id) return any_of(home);
  auto actor = person(*state.assignment.agent_id);
  actor.department_id = home.department;
  return actor;
}

Actor Scene::owner() const { return state.owner ? person(*state.owner) : lead(team()); }

}  // namespace casetrail::simulate
