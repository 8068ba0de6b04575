// What the verb `held` is told.
#pragma once

#include <string>
#include <vector>

namespace casetrail::cli::verb {

struct HeldTimes {
  std::string from;
  std::string to;
  std::vector<std::string> filters;
  bool by_department = false;  ///< one row for all people of a department
  bool csv = false;
};

}  // namespace casetrail::cli::verb
