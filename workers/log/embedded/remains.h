// What is left of a log in its folder, looked at before RocksDB is: it begins a new log where it finds no
// whole one, and deletes what is left of the old one.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace casetrail::embedded {

/// That the folder holds a log whose files fit together as far as their names say, or none that ever held a
/// record. An error is a sentence with the remedy; nothing was touched.
[[nodiscard]] std::expected<void, std::string> check_remains(const std::filesystem::path& folder);

/// The same of what the manifest names: a log that was begun anew beside an older one knows none of it.
[[nodiscard]] std::expected<void, std::string> check_families(const std::filesystem::path& folder,
                                                              const std::vector<std::string>& known,
                                                              const std::vector<std::string>& needed);

}  // namespace casetrail::embedded
