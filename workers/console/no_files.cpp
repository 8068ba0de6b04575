// In the place of the page where the binary is built without it.
#include "workers/console/files.h"

namespace casetrail::console {

std::span<const File> files() { return {}; }

}  // namespace casetrail::console
