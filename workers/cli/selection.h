// Which cases and events of a log a verb is about, as people write it.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "aggregates/time/zone.h"
#include "workers/export/failure.h"
#include "workers/export/selection.h"

namespace casetrail::cli {

/// What is empty was not asked for.
struct AskedSelection {
  std::string from;
  std::string to;
  std::string as_of;
  std::vector<std::string> filters;  ///< NAME=VALUE
};

/// Times without a zone are on the clocks of `zone`. An error is a sentence.
[[nodiscard]] std::expected<exports::Selection, std::string> selection_of(const AskedSelection& asked,
                                                                          const Zone& zone);

/// What a script is told of a reading that ended early.
[[nodiscard]] int exit_code_of(exports::Trouble trouble);

}  // namespace casetrail::cli
