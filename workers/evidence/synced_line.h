// Lines that are kept also when the power goes.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace casetrail::evidence {

/// Adds a line to the file, which is made where there is none, and syncs it; a part of a line that a kill left
/// ends first. An error is a clause.
[[nodiscard]] std::expected<void, std::string> add_line(const std::filesystem::path& file, std::string line);

}  // namespace casetrail::evidence
