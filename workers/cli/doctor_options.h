// What the verb `doctor` looks at beside the node, the folder and the log.
#pragma once

#include <filesystem>

namespace casetrail::cli::verb {

struct Doctor {
  std::filesystem::path identities;  ///< the file that `serve` is given; empty: not looked at
};

}  // namespace casetrail::cli::verb
