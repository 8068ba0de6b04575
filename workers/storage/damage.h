// A store that was found damaged while it was read says so to whoever opens it next.
#pragma once

#include <filesystem>
#include <fstream>
#include <system_error>

namespace casetrail::storage::damage {

inline std::filesystem::path note_in(const std::filesystem::path& store) { return store / "DAMAGED"; }

/// Any thread. A disk that takes no note has been told of by the error itself.
inline void note(const std::filesystem::path& store) { std::ofstream(note_in(store)).flush(); }

[[nodiscard]] inline bool is_noted(const std::filesystem::path& store) {
  std::error_code ignored;
  return std::filesystem::exists(note_in(store), ignored);
}

}  // namespace casetrail::storage::damage
