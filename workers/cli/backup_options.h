// What a backup and a restore are asked for.
#pragma once

#include <filesystem>
#include <string>

namespace casetrail::cli::verb {

struct Backup {
  std::filesystem::path directory;
};

struct Restore {
  std::filesystem::path backup = {};
  std::filesystem::path erased = {};  ///< the ledger of erasures; empty: the one that the backup names
  bool without_ledger = false;        ///< of a sealed log: nobody was erased since, or they shall come back
  std::string actor = "system:restore";
};

}  // namespace casetrail::cli::verb
