// How much of something a run of the tests is to have, where its environment says so.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>

namespace casetrail {

/// The number in the environment variable `name`; nothing when it is not set.
[[nodiscard]] inline std::optional<std::uint64_t> number_from(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

}  // namespace casetrail
