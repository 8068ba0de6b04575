// What the oracle found wrong.
#pragma once

#include <string>
#include <vector>

namespace casetrail::simulation {

struct Complaint {
  std::string rule;  ///< which promise was broken; the same in every history
  std::string what;
};

using Complaints = std::vector<Complaint>;

}  // namespace casetrail::simulation
