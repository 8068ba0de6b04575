// What a row is known by, so that a second import adds nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/wire/ids.h"
#include "workers/import/mapping.h"

namespace casetrail::imports {

/// The hash of what the mapping imports of the row: each column's meaning and text, wherever it stands. With
/// `moment`, an index into `Mapping::moments`, of that step and its time alone.
[[nodiscard]] std::string row_digest(const Mapping& mapping, const std::vector<std::string>& fields,
                                     std::optional<std::size_t> moment);

/// What versions up to 2026-11 knew a row by: all of its fields in their order, without the rewritten ones.
[[nodiscard]] std::string former_row_digest(const Mapping& mapping, const std::vector<std::string>& fields);

/// `import:<source>:<hash>`; `ordinal` counts the equal rows of the case, 1 for the first.
[[nodiscard]] CommandId row_command_id(const Mapping& mapping, const std::string& case_number,
                                       const std::string& digest, std::int64_t ordinal);

}  // namespace casetrail::imports
