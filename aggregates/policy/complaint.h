// What is wrong with a text of YAML, for the person who wrote it.
#pragma once

#include <string>

namespace casetrail {

struct Complaint {
  int line = 0;          ///< 1 is the first; 0: the whole text
  int column = 0;        ///< likewise
  std::string path;      ///< `handoff.bounce_limit`; empty: the whole text
  std::string sentence;  ///< "Expected X, but Y."
};

}  // namespace casetrail
