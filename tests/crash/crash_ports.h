// The ports of an engine that is killed at a point of its own choosing.
#pragma once

#include "tests/crash/crash_point.h"
#include "workers/node/port_wraps.h"

namespace casetrail::crash {

/// Wraps that kill this process with SIGKILL when it comes to `point` for the `pass`-th time (1: the first).
/// They also save every store every few batches, as if a minute had passed. For one engine a process.
[[nodiscard]] node::PortWraps killing_at(CrashPoint point, int pass);

}  // namespace casetrail::crash
