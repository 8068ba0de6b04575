// The machine's clock.
#include "workers/api/wall_clock.h"

#include <chrono>

namespace casetrail::api {

Timestamp wall_clock() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

}  // namespace casetrail::api
