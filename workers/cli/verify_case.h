// One case verified: its events, their links and their commands.
#pragma once

#include <string>

#include "workers/cli/command_line.h"
#include "workers/evidence/known_heads.h"

namespace casetrail::cli {

/// `asked` is a case's number, id, or channel:reference. Prints what was found and returns the exit code.
[[nodiscard]] int verify_case(const Place& place, const std::string& asked, evidence::KnownHeads known,
                              Output output);

}  // namespace casetrail::cli
