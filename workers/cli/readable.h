// Values of the API as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casetrail::cli {

/// `3d 4h`, `2h 05m`, `12m`, `40s`, with `-` before what is past. Screens say it by `Display::duration`.
[[nodiscard]] std::string duration_text(std::int64_t milliseconds);
/// `3天4小时`, `2小时5分`, `5天`.
[[nodiscard]] std::string chinese_duration(std::int64_t milliseconds);

/// `27.3 %` of 273.
[[nodiscard]] std::string percent_text(std::int64_t permille);

/// `in progress` of `in_progress`.
[[nodiscard]] std::string words_of(std::string_view name);

/// `1 row`, `2 rows`.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view what);

}  // namespace casetrail::cli
