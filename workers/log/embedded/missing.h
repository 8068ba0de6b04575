// What an embedded log has answered and holds no longer.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::embedded {

struct Missing {
  std::vector<LostOffsets> lost;
  std::string damaged_marks;  ///< what is wrong with their file; empty: nothing
  bool known = true;          ///< false: nobody can tell, for neither the marks nor their copy can be read
  /// So many offsets had been answered by the log that is known beside the folder, which holds another one.
  std::optional<log::Offset> replaced;
};

/// Of a folder that holds nothing, though a log is known beside it: how many offsets that one had answered.
[[nodiscard]] std::optional<log::Offset> emptied(const std::filesystem::path& folder);

/// Holds the ends of every partition against what `folder` says was answered, and their beginnings against
/// what may be forgotten.
[[nodiscard]] EmbeddedRows::Result<Missing> missing_from(const EmbeddedRows& rows,
                                                         const std::filesystem::path& folder);

/// Of every partition, as many offsets behind its end as may have been lost where nobody can tell: what lies
/// in a journal fits into memory.
[[nodiscard]] EmbeddedRows::Result<std::vector<LostOffsets>> unknown_ends(const EmbeddedRows& rows);

/// The number in a row, 0 without one.
[[nodiscard]] EmbeddedRows::Result<log::Offset> number_at(const EmbeddedRows& rows, const std::string& key);

}  // namespace casetrail::embedded
