// What the verb `whatif` is told.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace casetrail::cli::verb {

struct WhatIf {
  std::string policy;  ///< a file; or the number of a version, or `current`
  std::string from;
  std::string to;
  std::vector<std::string> filters;
  std::size_t limit = 20;     ///< of the cases that are listed
  std::filesystem::path csv;  ///< a file that lists every difference; empty: none
};

}  // namespace casetrail::cli::verb
