// The chains of a log, checked in one line.
#pragma once

#include <vector>

#include "tests/support/must.h"
#include "workers/evidence/check_log.h"
#include "workers/evidence/log_source.h"

namespace casetrail::evidence {

[[nodiscard]] inline std::vector<ChainCheck> checked_log(log::EventLog& log, KnownHeads& known) {
  LogSource source(log);
  return must(check_log(source, known, [](auto, auto) {}));
}

}  // namespace casetrail::evidence
