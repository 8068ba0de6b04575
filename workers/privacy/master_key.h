// The key that wraps all others: a file beside the log, never in it.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// Makes a new key in `file`, which only its owner may read. An error is a sentence: there is a file already,
/// or none can be made.
[[nodiscard]] std::expected<Secret, std::string> create_master_key(const std::filesystem::path& file);

/// An error is a sentence with the remedy.
[[nodiscard]] std::expected<Secret, std::string> read_master_key(const std::filesystem::path& file);

}  // namespace casetrail::privacy
