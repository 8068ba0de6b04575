// What a row is known by, so that a second import adds nothing.
#pragma once

#include <string>
#include <vector>

#include "events/ids.h"
#include "workers/import/mapping.h"

namespace casetrail {

/// The hash of all that the row says, without the columns that later exports rewrite. Rows with the same
/// fields are equal, however they are quoted.
[[nodiscard]] std::string row_digest(const Mapping& mapping, const std::vector<std::string>& fields);

/// `import:<source>:<hash>`; `ordinal` counts the equal rows of the case, 1 for the first.
[[nodiscard]] CommandId row_command_id(const Mapping& mapping, const std::string& case_number,
                                       const std::string& digest, std::int64_t ordinal);

}  // namespace casetrail
