// The rules of the house, as the owner of the service wrote them down in a YAML file.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace casetrail {

/// Why a policy could not be read.
struct PolicyError {
  int line = 0;          ///< 1 is the first; 0: the whole file
  std::string sentence;  ///< "Expected X, but Y."
};

struct Policy {};

}  // namespace casetrail
