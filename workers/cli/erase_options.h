// What `casetrail erase` is asked for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace casetrail::cli::verb {

/// Of all cases that are named in any way.
struct Erase {
  std::vector<std::string> cases = {};
  std::string customer = {};
  std::filesystem::path file = {};  ///< cases, one a line; or a ledger
  std::string legal_basis = {};
  std::string reason = {};
  bool preview = false;
  std::filesystem::path ledger = {};  ///< takes the ids of those that were erased, or will be; empty: none
  std::string actor = {};
  std::string department = {};
  std::string role = {};
};

}  // namespace casetrail::cli::verb
