// Times as people write them.
#pragma once

#include <optional>
#include <string>

#include "aggregates/time/zone.h"

namespace casetrail::cli {

/// Of `2026-11-30 09:00` or `2026-11-30` on the clocks of `zone`, or of a wire form.
[[nodiscard]] inline std::optional<Timestamp> moment_from(std::string text, const Zone& zone) {
  if (const auto at = parse_timestamp(text)) return at;
  if (text.size() == std::string_view("2026-11-30").size()) text += " 00:00";
  if (text.size() == std::string_view("2026-11-30 09:00").size()) text[10] = 'T';
  const auto local = parse_timestamp(text + ":00Z");
  if (!local) return std::nullopt;
  return zone.to_utc(local->time_since_epoch());
}

}  // namespace casetrail::cli
