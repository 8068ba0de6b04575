// A secret on the disk: a file of one line that only its owner may read.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace casetrail::privacy {

/// Writes `line` into `file`, which is new, and syncs it. An error is a sentence: there is a file already, or
/// none can be made.
[[nodiscard]] std::expected<void, std::string> write_private_file(const std::filesystem::path& file,
                                                                  std::string line);

}  // namespace casetrail::privacy
