// The golden files of commands and events, as whoever reads their schemas is shown them.
#pragma once

#include <span>
#include <string_view>

namespace casetrail::api {

struct GoldenExample {
  std::string_view name;  ///< `events/handoff.requested.v1`
  std::string_view json;
};

/// Made from the files when this is built.
[[nodiscard]] std::span<const GoldenExample> golden_examples();

}  // namespace casetrail::api
