// Patterns and time zones through Howard Hinnant's date library.
#include "workers/import/row_time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "events/wire_years.h"

namespace casetrail {

struct TimeFormat::Pattern {
  std::string format;
  const date::time_zone* zone = nullptr;  ///< null: the text carries its own offset
};

TimeFormat::TimeFormat(std::shared_ptr<const Pattern> pattern) : pattern_(std::move(pattern)) {}

std::expected<TimeFormat, std::string> TimeFormat::make(const std::string& format, const std::string& zone) {
  auto pattern = std::make_shared<Pattern>();
  pattern->format = format;
  const bool own_offset = format == "iso8601" || format.find("%z") != std::string::npos ||
                          format.find("%Ez") != std::string::npos;
  if (own_offset && !zone.empty()) {
    return std::unexpected(
        fmt::format("times of the format '{}' carry their own offset: leave `zone` out", format));
  }
  if (!own_offset) {
    if (zone.empty()) {
      return std::unexpected(
          fmt::format("times of the format '{}' carry no offset: name their `zone`, such as UTC", format));
    }
    try {
      pattern->zone = date::locate_zone(zone);
    } catch (const std::runtime_error&) {
      return std::unexpected(
          fmt::format("'{}' is no time zone: name one as IANA does, such as Asia/Shanghai", zone));
    }
  }
  return TimeFormat(std::move(pattern));
}

std::expected<Timestamp, std::string> TimeFormat::read(std::string_view text) const {
  if (pattern_->format == "iso8601") {
    if (const auto at = parse_timestamp(text)) return *at;
    return std::unexpected(fmt::format("'{}' is not a time as RFC 3339 has it", text));
  }
  std::istringstream in{std::string(text)};
  date::local_time<Duration> local;
  std::chrono::minutes offset{0};
  date::from_stream(in, pattern_->format.c_str(), local, static_cast<std::string*>(nullptr), &offset);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
    return std::unexpected(fmt::format("'{}' is not a time of the format '{}'", text, pattern_->format));
  }
  // A day on either side is more than any offset.
  if (!fits_wire(Timestamp{local.time_since_epoch() - std::chrono::days{1}}) ||
      !fits_wire(Timestamp{local.time_since_epoch() + std::chrono::days{1}})) {
    return std::unexpected(fmt::format("'{}' is not in the years 0000 to 9999", text));
  }
  if (pattern_->zone == nullptr) return Timestamp{local.time_since_epoch() - offset};
  const auto info = pattern_->zone->get_info(local);
  if (info.result == date::local_info::nonexistent) {
    return std::unexpected(
        fmt::format("'{}' never was in {}: the clocks skipped it", text, pattern_->zone->name()));
  }
  return Timestamp{local.time_since_epoch() - info.first.offset};
}

}  // namespace casetrail
