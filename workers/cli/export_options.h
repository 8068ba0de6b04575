// What the verb `export` is told.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace casetrail::cli::verb {

struct Export {
  std::string format;
  std::filesystem::path out;
  std::filesystem::path check;  ///< a file that is there, instead of one to write; empty: none
  std::string from;
  std::string to;
  std::string as_of;
  std::vector<std::string> filters;
  bool show_persons = false;
};

}  // namespace casetrail::cli::verb
