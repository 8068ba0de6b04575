// Patterns and time zones through Howard Hinnant's date library.
#include "workers/import/row_time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "events/wire/wire_years.h"

namespace casetrail::imports {
namespace {

constexpr std::string_view kIso8601 = "iso8601";
/// As many decimals of a second as the library reads here.
constexpr std::size_t kDecimals = 6;
using LocalTime = date::local_time<std::chrono::microseconds>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The letters behind `%`, without `E` and `O`: `YmdHM` of `%Y-%m-%d %H:%M`.
std::string conversions_of(std::string_view format) {
  std::string letters;
  for (std::size_t i = 0; i + 1 < format.size(); ++i) {
    if (format[i] != '%') continue;
    ++i;
    if ((format[i] == 'E' || format[i] == 'O') && i + 1 < format.size()) ++i;
    letters += format[i];
  }
  return letters;
}

bool has_any(std::string_view letters, std::string_view any) {
  return letters.find_first_of(any) != std::string_view::npos;
}

/// What in `format` cannot be meant, with the remedy.
std::optional<std::string> fault_of(std::string_view format) {
  static constexpr std::string_view kKnown = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";
  const auto letters = conversions_of(format);
  if (const auto at = std::min(format.find("%S."), format.find("%S,")); at != std::string_view::npos) {
    const auto behind = format.substr(at + 3);
    if (behind.starts_with("%f") || (!behind.empty() && is_digit(behind.front())))
      return fmt::format("%S reads the decimals of a second itself: write %S in place of '{}'",
                         format.substr(at));
  }
  if (const auto unknown = letters.find_first_not_of(kKnown); unknown != std::string::npos)
    return fmt::format("%{} is nothing that a pattern may hold: it reads {}", letters[unknown],
                       "%Y %m %d %H %M %S %I %p %y %b %z %Z and what else strptime has");
  const bool half_days = has_any(letters, "p");
  if (half_days && has_any(letters, "HTR"))
    return "%p says which half of the day %I counts in, and %H counts all 24 hours: write %I, or leave %p "
           "out";
  if (half_days != has_any(letters, "I"))
    return "%I counts twelve hours and %p says of which half of the day: write both, or %H for 24 hours";
  return std::nullopt;
}

/// `text` with decimals of seconds as the library reads them: behind a point, and no more than it takes.
/// Nothing when there are none behind their point.
std::optional<std::string> with_short_decimals(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if ((text[i] != '.' && text[i] != ',') || i == 0 || !is_digit(text[i - 1])) continue;
    std::size_t end = i + 1;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool behind_seconds = i >= 6 && text[i - 3] == ':' && text[i - 6] == ':';
    if (behind_seconds && end == i + 1 && text[i] == '.') return std::nullopt;
    if (behind_seconds && end > i + 1) out.back() = '.';
    if (behind_seconds || end - i - 1 > kDecimals) {
      out += text.substr(i + 1, std::min(end - i - 1, kDecimals));
      i = end - 1;
    }
  }
  return out;
}

std::string with_replaced(std::string format, std::string_view part, std::string_view by) {
  for (auto at = format.find(part); at != std::string::npos; at = format.find(part, at + by.size()))
    format.replace(at, part.size(), by);
  return format;
}

/// The ways in which the offset of a text may be written: `+0300`, `+03:00` and `Z`.
std::vector<std::string> variants_of(const std::string& format) {
  if (format == kIso8601) return variants_of("%FT%T%z");
  if (!TimeFormat::carries_offset(format)) return {format};
  const auto plain = with_replaced(format, "%Ez", "%z");
  return {plain, with_replaced(plain, "%z", "%Ez"), with_replaced(plain, "%z", "Z")};
}

struct ReadTime {
  LocalTime local;
  std::chrono::minutes offset{0};
  std::string abbreviation;
};

/// Whether `text` says `offset` as some zone may have it: the library takes any digits for hours and minutes.
bool says_offset(const std::string& text, std::chrono::minutes offset) {
  static const std::regex kOffset("([+-])(1[0-4]|0?[0-9])(?::?([0-5][0-9]))?");
  constexpr std::chrono::minutes kFarthest = std::chrono::hours{14};
  if (std::chrono::abs(offset) > kFarthest) return false;
  return std::any_of(std::sregex_iterator(text.begin(), text.end(), kOffset), std::sregex_iterator(),
                     [&](const std::smatch& said) {
                       const std::chrono::minutes minutes{said[3].matched ? std::stoi(said[3]) : 0};
                       const auto distance = std::chrono::hours{std::stoi(said[2])} + minutes;
                       return offset == (said[1] == "-" ? -distance : distance);
                     });
}

std::optional<ReadTime> read_as(const std::string& format, const std::string& text) {
  std::istringstream in(text);
  ReadTime read;
  date::from_stream(in, format.c_str(), read.local, &read.abbreviation, &read.offset);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  if (read.offset != std::chrono::minutes{0} && !says_offset(text, read.offset)) return std::nullopt;
  return read;
}

Timestamp moment(LocalTime local, std::chrono::seconds offset) {
  return Timestamp{std::chrono::floor<Duration>(local.time_since_epoch()) - offset};
}

std::expected<Timestamp, std::string> in_zone(const date::time_zone& zone, const ReadTime& read,
                                              std::string_view text) {
  static constexpr std::array<std::string_view, 4> kUniversal{"UTC", "GMT", "UT", "Z"};
  const auto& name = read.abbreviation;
  if (std::ranges::find(kUniversal, name) != kUniversal.end()) return moment(read.local, {});
  const auto info = zone.get_info(read.local);
  if (info.result == date::local_info::nonexistent)
    return std::unexpected(fmt::format("'{}' never was in {}: the clocks skipped it", text, zone.name()));
  if (name.empty() || name == info.first.abbrev) return moment(read.local, info.first.offset);
  if (info.result == date::local_info::ambiguous && name == info.second.abbrev)
    return moment(read.local, info.second.offset);
  return std::unexpected(fmt::format("'{}' is not the time of {}, where it was {} at that moment", text,
                                     zone.name(), info.first.abbrev));
}

}  // namespace

struct TimeFormat::Pattern {
  std::string format;
  std::vector<std::string> variants;
  const date::time_zone* zone = nullptr;  ///< null: the text carries its own offset

  [[nodiscard]] std::optional<ReadTime> read(std::string_view text) const {
    const auto shortened = with_short_decimals(text);
    if (!shortened) return std::nullopt;
    for (const auto& variant : variants) {
      if (auto read = read_as(variant, *shortened)) return read;
    }
    return std::nullopt;
  }

  /// Whether it reads what it writes; one that lacks the day never does.
  [[nodiscard]] bool reads_itself() const {
    const LocalTime some = date::local_days{date::year{2024} / 11 / 28} + std::chrono::hours{15};
    std::ostringstream out;
    const std::string abbreviation = "UTC";
    const std::chrono::seconds offset{0};
    date::to_stream(out, variants.front().c_str(), std::chrono::floor<std::chrono::seconds>(some),
                    &abbreviation, &offset);
    const auto back = read(out.str());
    return back && date::floor<date::days>(back->local) == date::floor<date::days>(some);
  }
};

TimeFormat::TimeFormat(std::shared_ptr<const Pattern> pattern) : pattern_(std::move(pattern)) {}

bool TimeFormat::carries_offset(std::string_view format) {
  return format == kIso8601 || format.find("%z") != std::string_view::npos ||
         format.find("%Ez") != std::string_view::npos;
}

const std::string& TimeFormat::text() const { return pattern_->format; }

std::expected<TimeFormat, std::string> TimeFormat::make(const std::string& format, const std::string& zone) {
  auto pattern = std::make_shared<Pattern>();
  pattern->format = format;
  pattern->variants = variants_of(format);
  if (format != kIso8601) {
    if (auto fault = fault_of(format))
      return std::unexpected(fmt::format("times of the format '{}': {}", format, *fault));
    if (!pattern->reads_itself())
      return std::unexpected(
          fmt::format("times of the format '{}' say no day: name year, month and day", format));
  }
  if (carries_offset(format) && !zone.empty()) {
    return std::unexpected(
        fmt::format("times of the format '{}' carry their own offset: leave `zone` out", format));
  }
  if (!carries_offset(format)) {
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
  const bool iso = pattern_->format == kIso8601;
  std::expected<Timestamp, std::string> at;
  if (const auto exact = iso ? parse_timestamp(text) : std::nullopt) {
    at = *exact;
  } else {
    const auto read = pattern_->read(text);
    if (!read && iso) return std::unexpected(fmt::format("'{}' is not a time as RFC 3339 has it", text));
    if (!read)
      return std::unexpected(fmt::format("'{}' is not a time of the format '{}'", text, pattern_->format));
    // A day on either side is more than any offset.
    const Timestamp local = moment(read->local, {});
    if (!fits_wire(local - std::chrono::days{1}) || !fits_wire(local + std::chrono::days{1}))
      return std::unexpected(fmt::format("'{}' is not in the years 0000 to 9999", text));
    at =
        pattern_->zone == nullptr ? moment(read->local, read->offset) : in_zone(*pattern_->zone, *read, text);
  }
  static constexpr Timestamp kFirst = date::sys_days{date::year{1900} / 1 / 1};
  if (at && *at < kFirst)
    return std::unexpected(
        fmt::format("'{}' is in the year {}: where years have two digits, say %y", text,
                    static_cast<int>(date::year_month_day{date::floor<date::days>(*at)}.year())));
  return at;
}

}  // namespace casetrail::imports
