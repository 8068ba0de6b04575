// Commands and events as people read about them.
#pragma once

#include <string>
#include <vector>

#include "workers/api/contract.h"

namespace casetrail::cli {

// `width` as of `TextTable::text`.

/// `commands/handoff.request`, … as a table for each space, with what each means.
[[nodiscard]] std::string schemas_text(const std::vector<std::string>& names, std::size_t width);

/// The documents beside the types.
[[nodiscard]] std::string documents_text(std::size_t width);

/// A type with the table of its fields, and an example.
[[nodiscard]] std::string schema_text(const api::ContractType& type, std::size_t width);

}  // namespace casetrail::cli
