// The cases of a log, one after the other, each with all its events: a log has them in the order of their
// coming.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "workers/export/event_source.h"
#include "workers/export/export.h"
#include "workers/export/selection.h"

namespace casetrail::exports {

struct CasesOptions {
  std::filesystem::path folder;  ///< a copy of the events lies in it meanwhile, in a file without a name
  Selection selection;           ///< of whole cases: its times are those of their first event
  std::function<void(std::string_view doing, std::int64_t done, std::int64_t total)> on_progress =
      [](std::string_view, std::int64_t, std::int64_t) {};
  std::function<bool()> stopped = [] { return false; };
};

struct CasesRead {
  std::int64_t cases = 0;          ///< that were handed over
  std::int64_t damaged_cases = 0;  ///< left out
};

/// `take(events, end)`: all events of a case, and when the last event of the log was recorded. Memory is
/// bounded, but for the longest case.
using TakeCase = std::function<void(std::span<const CaseEvent> events, Timestamp end)>;
[[nodiscard]] std::expected<CasesRead, ExportError> read_cases(EventSource& source,
                                                               const CasesOptions& options,
                                                               const TakeCase& take);

}  // namespace casetrail::exports
