// RFC 3339 in and out, without locale and without allocation.
#include "events/wire/timestamp.h"

#include <array>

#include "events/wire/wire_years.h"

namespace casetrail {
namespace {

void put(char* at, int digits, unsigned value) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

/// Reads exactly `digits` digits at the front of `text` and drops them.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char digit : text.substr(0, digits)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(digits);
  return value;
}

template <class... Char>
bool drop(std::string_view& text, Char... any_of) {
  if (text.empty() || ((text.front() != any_of) && ...)) return false;
  text.remove_prefix(1);
  return true;
}

/// Zero to nine decimals behind the seconds, as whole milliseconds.
std::optional<int> take_milliseconds(std::string_view& text) {
  if (!drop(text, '.')) return 0;
  int value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    if (digits < 3) value = value * 10 + (text[digits] - '0');
    ++digits;
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (std::size_t i = digits; i < 3; ++i) value *= 10;
  text.remove_prefix(digits);
  return value;
}

/// `Z` or `+hh:mm`, as what must be subtracted to reach UTC.
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (drop(text, 'Z', 'z')) return std::chrono::minutes{0};
  const bool negative = !text.empty() && text.front() == '-';
  if (!drop(text, '+', '-')) return std::nullopt;
  const auto hours = take(text, 2);
  if (!hours || !drop(text, ':')) return std::nullopt;
  const auto minutes = take(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return negative ? -offset : offset;
}

/// The parts of a moment as they are written, which need not be one.
struct Parts {
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int milliseconds;
  std::chrono::minutes offset;  ///< what must be subtracted to reach UTC
};

/// The form that `append_wire` writes, which almost every moment has that is read.
std::optional<Parts> take_own(std::string_view text) {
  static constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd.dddZ";
  if (text.size() != kForm.size()) return std::nullopt;
  bool same = true;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = static_cast<unsigned char>(text[i] - '0') < 10;
    same = same && (kForm[i] == 'd' ? digit : text[i] == kForm[i]);
  }
  if (!same) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return Parts{
      two(0) * 100 + two(2),  two(5), two(8), two(11), two(14), two(17), two(20) * 10 + (text[22] - '0'),
      std::chrono::minutes{0}};
}

std::optional<Parts> take_any(std::string_view text) {
  const auto year = take(text, 4);
  if (!year || !drop(text, '-')) return std::nullopt;
  const auto month = take(text, 2);
  if (!month || !drop(text, '-')) return std::nullopt;
  const auto day = take(text, 2);
  if (!day || !drop(text, 'T', 't', ' ')) return std::nullopt;
  const auto hour = take(text, 2);
  if (!hour || !drop(text, ':')) return std::nullopt;
  const auto minute = take(text, 2);
  if (!minute || !drop(text, ':')) return std::nullopt;
  const auto second = take(text, 2);
  if (!second) return std::nullopt;
  const auto milliseconds = take_milliseconds(text);
  if (!milliseconds) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Parts{*year, *month, *day, *hour, *minute, *second, *milliseconds, *offset};
}

}  // namespace

void append_wire(Timestamp at, std::string& out) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  std::array<char, 24> text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0',
                            '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z'};
  put(text.data(), 4, static_cast<unsigned>(static_cast<int>(date.year())));
  put(text.data() + 5, 2, static_cast<unsigned>(date.month()));
  put(text.data() + 8, 2, static_cast<unsigned>(date.day()));
  put(text.data() + 11, 2, static_cast<unsigned>(time.hours().count()));
  put(text.data() + 14, 2, static_cast<unsigned>(time.minutes().count()));
  put(text.data() + 17, 2, static_cast<unsigned>(time.seconds().count()));
  put(text.data() + 20, 3, static_cast<unsigned>(time.subseconds().count()));
  out.append(text.data(), text.size());
}

std::string to_wire(Timestamp at) {
  std::string out;
  append_wire(at, out);
  return out;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  auto parts = take_own(text);
  if (!parts) parts = take_any(text);
  if (!parts) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{parts->year},
                                         std::chrono::month{static_cast<unsigned>(parts->month)},
                                         std::chrono::day{static_cast<unsigned>(parts->day)}};
  if (!date.ok() || parts->hour > 23 || parts->minute > 59 || parts->second > 60) return std::nullopt;
  const auto at = Timestamp{std::chrono::sys_days{date}} + std::chrono::hours{parts->hour} +
                  std::chrono::minutes{parts->minute} + std::chrono::seconds{parts->second} +
                  Duration{parts->milliseconds} - parts->offset;
  if (!fits_wire(at)) return std::nullopt;
  return at;
}

}  // namespace casetrail
