// What is known of a log outside of its folder, in `log.known` beside `log`: so that one that was emptied or
// exchanged is no new one, and one mark of how far it answered outlives the other.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "workers/log/embedded/answered.h"

namespace casetrail::embedded {

struct KnownLog {
  std::string identity = {};               ///< empty: none is known
  std::vector<log::Offset> answered = {};  ///< as in `AnsweredMarks`; empty: how far is not known
};

[[nodiscard]] std::filesystem::path known_folder(const std::filesystem::path& log);

/// What cannot be read is not known.
[[nodiscard]] KnownLog known_log(const std::filesystem::path& log);

/// The marks beside `log`, for writing. Those of another log than `identity` go. An error is a reason.
[[nodiscard]] std::expected<AnsweredMarks, std::string> open_known(const std::filesystem::path& log,
                                                                   const std::string& identity);

}  // namespace casetrail::embedded
