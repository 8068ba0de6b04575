// Moments in UTC milliseconds, with one wire form.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace casetrail {

using Duration = std::chrono::milliseconds;
using Timestamp = std::chrono::sys_time<Duration>;

/// `2026-11-23T08:05:09.120Z` (RFC 3339, UTC, always three decimals); years 0000 to 9999.
[[nodiscard]] std::string to_wire(Timestamp at);
void append_wire(Timestamp at, std::string& out);

/// Reads RFC 3339 with `Z` or a numeric offset and zero to nine decimals, cut to milliseconds.
/// Nothing when the text is not such a moment.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

[[nodiscard]] constexpr std::int64_t epoch_ms(Timestamp at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr Timestamp from_epoch_ms(std::int64_t ms) { return Timestamp{Duration{ms}}; }

}  // namespace casetrail
