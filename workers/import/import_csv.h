// The verb `import csv`: another system's history through the single writer.
#pragma once

#include <filesystem>
#include <functional>

#include "events/wire/timestamp.h"
#include "workers/import/command_sink.h"
#include "workers/import/import_report.h"

namespace casetrail::imports {

struct ImportProgress {
  std::int64_t rows = 0;
  double fraction = 0;  ///< of the file, 0 to 1
};

enum class Go { on, stop };

struct ImportOptions {
  std::filesystem::path file;     ///< CSV, plain or gzip
  std::filesystem::path mapping;  ///< see deploy/mappings/README.md
  Timestamp now;                  ///< what happens after it is listed
  /// Called every few hundred rows. What was sent before `stop` is still answered.
  std::function<Go(const ImportProgress&)> on_progress;
};

/// Sends one command for each row that says something new, in the mapping's order. Doing it again adds only
/// what is not there yet. A row of a case counts only behind all of its rows before it: when one is refused,
/// so are the later ones.
[[nodiscard]] ImportReport import_csv(const ImportOptions& options, CommandSink& sink);

}  // namespace casetrail::imports
