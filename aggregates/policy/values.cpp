// Reads times as people write them, and tells how they are written.
#include "aggregates/policy/values.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "aggregates/time/zone.h"
#include "events/wire/timestamp.h"
#include "events/wire/whole_number.h"

namespace casetrail::yaml {
namespace {

constexpr auto kAmount = "an amount of time such as 15m, 2h or 3d";
constexpr auto kBusinessAmount = "an amount of time such as 15m, 2h, 3d or 3bd (business days)";
constexpr auto kTimeOfDay = "a time of the day such as 09:00";
constexpr auto kHours = "hours such as 09:00-12:00";
constexpr auto kDay = "a day such as 2026-10-01";
constexpr auto kZone = "an IANA time zone such as Asia/Shanghai";
constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::chrono::minutes time_of_day(const Place& place, std::string_view text) {
  const auto [hour, minute] =
      text.size() == 5 && text[2] == ':'
          ? std::pair(whole_number<unsigned>(text.substr(0, 2)), whole_number<unsigned>(text.substr(3)))
          : std::pair<std::optional<unsigned>, std::optional<unsigned>>();
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) place.fail(kTimeOfDay);
  return std::chrono::minutes{*hour * 60 + *minute};
}

/// Hours over midnight may reach into the next day, up to those of its own.
void check_nights(const Place& place, const Week& week) {
  for (std::size_t day = 0; day < week.size(); ++day) {
    const auto& next = week[(day + 1) % week.size()];
    if (week[day].empty() || next.empty()) continue;
    if (week[day].back().to > next.front().from + std::chrono::days{1})
      place.fail("without hours over midnight that overlap those of the next day");
  }
}

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string clock_text(std::chrono::minutes time) {
  return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

/// In the largest unit that tells it exactly.
std::string amount_text(Duration amount) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(amount).count();
  if (minutes != 0 && minutes % (24 * 60) == 0) return std::to_string(minutes / (24 * 60)) + "d";
  if (minutes != 0 && minutes % 60 == 0) return std::to_string(minutes / 60) + "h";
  return std::to_string(minutes) + "m";
}

}  // namespace

void read(const Place& place, BusinessSpan& into) {
  const auto& text = place.text(kBusinessAmount);
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto unit = std::string_view(text).substr(digits);
  const auto count = whole_number<int>(std::string_view(text).substr(0, digits));
  if (!count || *count > 10'000) place.fail(kBusinessAmount);
  into = {};
  if (unit == "m") {
    into.time = std::chrono::minutes{*count};
  } else if (unit == "h") {
    into.time = std::chrono::hours{*count};
  } else if (unit == "d") {
    into.time = std::chrono::days{*count};
  } else if (unit == "bd") {
    into.days = *count;
  } else {
    place.fail(kBusinessAmount);
  }
}

void read(const Place& place, Duration& into) {
  BusinessSpan amount;
  read(place, amount);
  if (amount.days != 0) place.fail(kAmount);
  into = amount.time;
}

void read(const Place& place, std::chrono::minutes& into) {
  into = time_of_day(place, place.text(kTimeOfDay));
}

void read(const Place& place, OpenHours& into) {
  const auto& text = place.text(kHours);
  const auto dash = text.find('-');
  if (dash == std::string::npos) place.fail(kHours);
  into.from = time_of_day(place, std::string_view(text).substr(0, dash));
  into.to = time_of_day(place, std::string_view(text).substr(dash + 1));
  if (into.from >= std::chrono::days{1} || into.from == into.to)
    place.fail("hours that begin on the day and end at another time, such as 09:00-12:00 or 22:00-06:00");
  if (into.to < into.from) into.to += std::chrono::days{1};
}

void read(const Place& place, std::chrono::sys_days& into) {
  const auto& text = place.text(kDay);
  const auto at = parse_timestamp(text + "T00:00:00Z");
  if (!at || text.size() != 10) place.fail(kDay);
  into = std::chrono::floor<std::chrono::days>(*at);
}

std::vector<std::size_t> days_of(const Place& place, std::string_view key) {
  const auto day = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(kWeekdays, name) - kWeekdays.begin());
  };
  if (key == "all") return {0, 1, 2, 3, 4, 5, 6};
  const auto dash = key.find('-');
  const auto first = day(key.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day(key.substr(dash + 1));
  if (first > 6 || last > 6) place.fail("named by days such as mon-fri, sun-thu, sat or all");
  std::vector<std::size_t> days{first};
  while (days.back() != last) days.push_back((days.back() + 1) % kWeekdays.size());
  return days;
}

void check_order(const Place& place, const DayHours& hours) {
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from < hours[i - 1].to) place.fail("hours in order that do not overlap");
  }
}

void read(const Place& place, Week& into) {
  into = {};
  if (!place.node.IsMap()) place.fail("a mapping such as {mon-fri: [\"09:00-18:00\"]}");
  const Keys each_once(place);
  bool is_whole = true;
  for (const auto& entry : place.node) {
    const auto& key = entry.first.Scalar();
    is_whole &= place.findings->keep([&] {
      const Place hours{entry.second, place.name_of_key(key), place.findings};
      const auto days = days_of(hours, key);
      DayHours day;
      read(hours, day);
      check_order(hours, day);
      for (const auto one : days) into[one] = day;
    });
  }
  if (!is_whole) return;
  check_nights(place, into);
  const auto closed = [](const DayHours& day) { return day.empty(); };
  if (std::ranges::all_of(into, closed)) place.fail("open on one day at least");
}

void read(const Place& place, Zone& into) {
  auto zone = Zone::load(place.text(kZone));
  if (!zone) throw place.complaint(zone.error());
  into = std::move(*zone);
}

void tell(Shape& shape, const BusinessSpan& value) {
  tell_text(shape, kBusinessAmount, "(10000|[0-9]{1,4})(m|h|d|bd)",
            value.days == 0 ? amount_text(value.time) : std::to_string(value.days) + "bd");
}

void tell(Shape& shape, const Duration& value) {
  tell_text(shape, kAmount, "(10000|[0-9]{1,4})(m|h|d)", amount_text(value));
}

void tell(Shape& shape, const std::chrono::minutes& value) {
  tell_text(shape, kTimeOfDay, "([01][0-9]|2[0-3]):[0-5][0-9]|24:00", clock_text(value));
}

void tell(Shape& shape, const OpenHours& value) {
  tell_text(shape, kHours, "([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)",
            clock_text(value.from) + "-" + clock_text(value.to));
}

void tell(Shape& shape, const std::chrono::sys_days& value) {
  tell_text(shape, kDay, "[0-9]{4}-[0-9]{2}-[0-9]{2}",
            to_wire(Timestamp{value.time_since_epoch()}).substr(0, 10));
}

void tell(Shape& shape, const Week& value) {
  shape.kind = Shape::Kind::table;
  shape.takes = "days such as mon-fri, sun-thu, sat or all, each with its hours";
  shape.parts.resize(2);
  tell_text(shape.parts[0], "days such as mon-fri, sun-thu, sat or all",
            "all|(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?", "");
  tell(shape.parts[1], value.front());
  shape.rules.emplace_back("open on one day at least");
  shape.rules.emplace_back(
      "hours in order that do not overlap, those over midnight with the next day's neither");
  if (!value.front().empty()) shape.value = "{\"all\": " + shape.parts[1].value + "}";
}

void tell(Shape& shape, const Zone& value) { tell_text(shape, kZone, "", value.name()); }

}  // namespace casetrail::yaml
