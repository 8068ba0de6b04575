// Moments as people write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aggregates/time/zone.h"

namespace casetrail {

/// What to write, as a sentence goes on behind "to be".
inline constexpr std::string_view kMomentExpected =
    "a moment such as 2026-11-23T08:05:09.120Z, or a day such as 2026-11-23, which stands for its beginning";

/// Of a wire form, or of `2026-11-30 09:00` on the clocks of `zone`. A day, `2026-11-30`, is its beginning
/// there, whether something is asked from it on, until it or before it.
[[nodiscard]] inline std::optional<Timestamp> moment_of(std::string_view text, const Zone& zone) {
  if (const auto at = parse_timestamp(text)) return at;
  std::string local(text);
  if (local.size() == std::string_view("2026-11-30").size()) local += " 00:00";
  if (local.size() == std::string_view("2026-11-30 09:00").size()) local[10] = 'T';
  const auto clocks = parse_timestamp(local + ":00Z");
  if (!clocks) return std::nullopt;
  return zone.to_utc(clocks->time_since_epoch());
}

}  // namespace casetrail
