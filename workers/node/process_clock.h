// The one clock that everything of this process works by.
#pragma once

#include "workers/command/trusted_clock.h"

namespace casetrail::node {

/// Made with the first call. Any thread.
[[nodiscard]] command::TrustedClock& process_clock();

}  // namespace casetrail::node
