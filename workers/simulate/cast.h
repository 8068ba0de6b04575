// Who works in the simulated departments.
#pragma once

#include <string>
#include <vector>

#include "aggregates/policy/policy.h"
#include "events/wire/party.h"
#include "workers/simulate/random.h"

namespace casetrail::simulate {

struct Colleague {
  AgentId id;
  std::string badge_no;
};

struct Team {
  DepartmentId department;
  std::vector<DutyId> duties;
  std::vector<Colleague> agents;  ///< the first half has the early shift
  Colleague lead;
};

/// The departments of a policy with their people; at least one department.
class Cast {
 public:
  Cast(const Policy& policy, Random& random);

  [[nodiscard]] const std::vector<Team>& teams() const { return teams_; }
  [[nodiscard]] const Team& team_of(const DepartmentId& department) const;
  /// The department that the policy routes `category` to, else the first one.
  [[nodiscard]] const Team& team_for(const Policy& policy, const std::string& category) const;
  /// Another one than `department`, where there is one.
  [[nodiscard]] const Team& another(const DepartmentId& department, Random& random) const;
  /// Where somebody works; nothing when nobody of this name does. Reviewers have no department.
  struct Position {
    const Team* team;
    const Colleague* colleague;
  };
  [[nodiscard]] Position find(const AgentId& id) const;
  [[nodiscard]] const Colleague& reviewer(Random& random) const { return random.pick(reviewers_); }
  /// Another one than `id`.
  [[nodiscard]] const Colleague& second_reviewer(const AgentId& id) const;

 private:
  std::vector<Team> teams_;
  std::vector<Colleague> reviewers_;
};

}  // namespace casetrail::simulate
