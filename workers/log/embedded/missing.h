// What an embedded log has answered and holds no longer.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::embedded {

struct Missing {
  std::vector<LostOffsets> lost;
  std::string damaged_marks;  ///< what is wrong with their file; empty: nothing
  bool known = true;          ///< false: nobody can tell, the marks are gone
};

/// Holds the ends of every partition against what `folder` says was answered, and their beginnings against
/// what may be forgotten.
[[nodiscard]] EmbeddedRows::Result<Missing> missing_from(const EmbeddedRows& rows,
                                                         const std::filesystem::path& folder);

/// The number in a row, 0 without one.
[[nodiscard]] EmbeddedRows::Result<log::Offset> number_at(const EmbeddedRows& rows, const std::string& key);

}  // namespace casetrail::embedded
