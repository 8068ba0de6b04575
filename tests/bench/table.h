// The table of a run: every figure with its unit, and beside it what it is to be compared with.
#pragma once

#include <filesystem>
#include <string>

namespace casetrail::bench {

/// Of a file of figures, a line of JSON each. A comparison with a row that was not measured is left out.
[[nodiscard]] std::string table_of(const std::filesystem::path& figures);

}  // namespace casetrail::bench
