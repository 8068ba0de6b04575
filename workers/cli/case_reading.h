// Every case of a log, for verbs that count over all of them, with a progress bar.
#pragma once

#include <expected>

#include "workers/cli/command_line.h"
#include "workers/cli/log_door.h"
#include "workers/export/cases.h"

namespace casetrail::cli {

/// As `exports::read_cases`; SIGINT and SIGTERM end it.
[[nodiscard]] std::expected<exports::CasesRead, exports::ExportError> read_cases_of(
    LogDoor& door, const Place& place, exports::Selection selection, const exports::TakeCase& take);

}  // namespace casetrail::cli
