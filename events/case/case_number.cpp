// Writes and recognises the numbers of cases.
#include "events/case/case_number.h"

#include <algorithm>
#include <chrono>

#include "events/wire/letter_case.h"

namespace casetrail {
namespace {

constexpr std::string_view kPrefix = "CT-";
constexpr std::size_t kMonthDigits = 4;
constexpr std::size_t kPlaceDigits = 6;
constexpr std::size_t kMostPlaceDigits = 19;

std::string padded(std::string text, std::size_t digits) {
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string case_number(Timestamp registered_at, std::int64_t place) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(registered_at)};
  const auto year = static_cast<std::uint64_t>((static_cast<int>(day.year()) % 100 + 100) % 100);
  std::string number(kPrefix);
  number.append(padded(std::to_string(year), 2))
      .append(padded(std::to_string(static_cast<unsigned>(day.month())), 2))
      .append("-");
  return number.append(padded(std::to_string(static_cast<std::uint64_t>(place)), kPlaceDigits));
}

std::optional<std::string> parse_case_number(std::string_view text) {
  std::string number(text);
  std::ranges::transform(number, number.begin(), upper);
  std::string_view rest = number;
  if (!rest.starts_with(kPrefix)) return std::nullopt;
  rest.remove_prefix(kPrefix.size());
  const auto dash = rest.find('-');
  if (dash != kMonthDigits || !are_digits(rest.substr(0, dash))) return std::nullopt;
  rest.remove_prefix(dash + 1);
  if (rest.empty() || rest.size() > kMostPlaceDigits || !are_digits(rest)) return std::nullopt;
  const auto place = rest.substr(std::min(rest.find_first_not_of('0'), rest.size()));
  return number.substr(0, number.size() - rest.size()).append(padded(std::string(place), kPlaceDigits));
}

}  // namespace casetrail
