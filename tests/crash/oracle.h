// Looks at everything from outside: what was promised, and whether a rebuild gives the same boards.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/crash/load.h"

namespace casetrail::crash {

/// Every difference between what was promised and what the server at `address` holds now, a sentence each:
/// an event lost, doubled, out of order, or an answer that names others than the log has. The last command
/// of each case is sent again and must get its first answer; reads wait for what was answered, by its token.
/// Nothing may be under way.
[[nodiscard]] std::vector<std::string> broken_promises(const http::HttpAddress& address,
                                                       const std::vector<Promise>& promises);

/// What `casetrail rebuild` finds wrong with the rows of every view, asked of whoever serves `data`; a
/// sentence each.
[[nodiscard]] std::vector<std::string> differences_from_a_rebuild(
    const std::filesystem::path& data, const std::vector<std::string>& log_options);

}  // namespace casetrail::crash
