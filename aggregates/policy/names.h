// What people call the roles and agents that policies, identities and cases name by their ids.
#pragma once

#include <string>
#include <vector>

#include "events/wire/ids.h"

namespace casetrail {

struct RoleName {
  std::string id;
  std::string en;  ///< empty: as in the other language
  std::string zh;
};

struct AgentName {
  AgentId id;
  std::string name;
};

/// Who is not here goes by the id.
struct Names {
  std::vector<RoleName> roles;
  std::vector<AgentName> agents;
};

}  // namespace casetrail
