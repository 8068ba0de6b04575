// Values of the API as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aggregates/time/zone.h"

namespace casetrail::cli {

/// In whose time moments are shown from now on: UTC until it is said. Before the first text, from one thread.
void show_times_in(Zone zone);
/// `UTC`, `Asia/Shanghai`.
[[nodiscard]] std::string zone_of_times();

/// `3d 4h`, `2h 05m`, `12m`, `40s`, with `-` before what is past.
[[nodiscard]] std::string duration_text(std::int64_t milliseconds);

/// `2026-11-23 08:05` of a moment's wire form, on the clocks of the zone; other text as it is.
[[nodiscard]] std::string moment_text(std::string_view wire);

/// Every moment within `text` as `moment_text` has it.
[[nodiscard]] std::string with_short_moments(std::string_view text);

/// `27.3 %` of 273.
[[nodiscard]] std::string percent_text(std::int64_t permille);

/// `in progress` of `in_progress`.
[[nodiscard]] std::string words_of(std::string_view name);

/// `1 row`, `2 rows`.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view what);

}  // namespace casetrail::cli
