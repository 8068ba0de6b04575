// What the verb `doctor` looks at beside the node, the folder and the log.
#pragma once

#include <filesystem>

namespace casetrail::cli::verb {

struct Doctor {
  std::filesystem::path identities = {};  ///< the file that `serve` is given; empty: not looked at
  std::filesystem::path tls_key = {};     ///< so is this one
};

}  // namespace casetrail::cli::verb
