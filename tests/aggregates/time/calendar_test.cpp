// Business time is exact: its two directions are inverses, on any calendar.
#include "aggregates/time/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "aggregates/time/calling_hours.h"
#include "events/wire/reflect.h"
#include "tests/support/number_from.h"

namespace casetrail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Timestamp at(const char* text) { return parse_timestamp(text).value(); }

Zone zone(const std::string& name) { return Zone::load(name).value(); }

std::chrono::sys_days day(const char* text) {
  return std::chrono::floor<std::chrono::days>(at((std::string(text) + "T00:00:00Z").c_str()));
}

CalendarRules working_week(const DayHours& hours_of_day, const std::string& zone_name = "Asia/Shanghai") {
  CalendarRules rules;
  rules.zone = zone(zone_name);
  for (std::size_t i = 0; i < 5; ++i) rules.week[i] = hours_of_day;
  return rules;
}

Calendar office() {
  return Calendar(working_week({{hours{9}, hours{12}}, {minutes{13 * 60 + 30}, hours{18}}}));
}

CallingHours calling_hours() {
  CalendarRules rules;
  rules.zone = zone("Asia/Shanghai");
  rules.week.fill({{hours{9}, hours{21}}});
  return {Calendar(rules), LateActivity{.after = hours{22}, .until = hours{6}, .not_before = hours{11}}};
}

TEST(Calendar, FourHoursFromMondayFiveEndOnTuesdayAtEleven) {
  const Calendar calendar(working_week({{hours{8}, hours{18}}}, "Europe/Paris"));
  const auto monday_17 = at("2026-11-23T17:00:00+01:00");
  EXPECT_EQ(calendar.add_business(monday_17, hours{4}), at("2026-11-24T11:00:00+01:00"));
  EXPECT_EQ(calendar.add_business(monday_17, hours{3}), at("2026-11-24T10:00:00+01:00"));
}

TEST(Calendar, TheLunchBreakDoesNotCount) {
  EXPECT_EQ(office().add_business(at("2026-11-23T11:00:00+08:00"), hours{2}),
            at("2026-11-23T14:30:00+08:00"));
}

TEST(Calendar, ANightShiftIsOneBusinessDayHoweverItIsWritten) {
  const Calendar over_midnight(working_week({{hours{22}, hours{30}}}));
  auto rules = working_week({{hours{0}, hours{6}}, {hours{22}, hours{24}}});
  rules.week[0] = {{hours{22}, hours{24}}};
  rules.week[5] = {{hours{0}, hours{6}}};
  const Calendar split(rules);
  const auto monday_0 = at("2026-11-23T00:00:00+08:00");
  for (const auto* calendar : {&over_midnight, &split}) {
    EXPECT_EQ(calendar->business_day(), hours{8});
    EXPECT_EQ(calendar->add_business(monday_0, hours{9}), at("2026-11-24T23:00:00+08:00"));
    EXPECT_EQ(calendar->add_business(at("2026-11-24T05:00:00+08:00"), hours{1}),
              at("2026-11-24T06:00:00+08:00"));
    EXPECT_EQ(calendar->business_between(monday_0, monday_0 + std::chrono::days{7}), hours{40});
    EXPECT_EQ(calendar->next_open(at("2026-11-28T06:00:00+08:00")), at("2026-11-30T22:00:00+08:00"));
  }
  EXPECT_EQ(over_midnight.closes_after(at("2026-11-23T23:00:00+08:00")), at("2026-11-24T06:00:00+08:00"));
}

TEST(Calendar, ADayThatIsOpenAllAroundIsADay) {
  CalendarRules rules;
  rules.week.fill({{hours{0}, hours{24}}});
  EXPECT_EQ(Calendar(rules).business_day(), hours{24});
}

TEST(Calendar, AMakeUpDayCountsNoHourOfTheNightBeforeTwice) {
  auto rules = working_week({{hours{8}, hours{16}}}, "Etc/UTC");
  rules.week[4] = {{hours{22}, hours{34}}};
  rules.make_up_days = {day("2026-11-28")};
  EXPECT_EQ(Calendar(rules).business_between(at("2026-11-27T22:00:00Z"), at("2026-11-29T00:00:00Z")),
            hours{18});
}

TEST(Calendar, TheWeekendDoesNotCount) {
  EXPECT_EQ(office().add_business(at("2026-11-27T17:00:00+08:00"), hours{2}),
            at("2026-11-30T10:00:00+08:00"));
}

std::string told(const std::vector<CalendarStep>& steps) {
  std::string text;
  for (const auto& step : steps) {
    text += to_wire(Timestamp(step.day)).substr(5, 5) + " " + std::string(name_of(step.kind)) + " " +
            std::to_string(std::chrono::floor<minutes>(step.counted()).count()) + ", ";
  }
  return text;
}

TEST(Calendar, TheWayToADueTimeIsToldDayByDay) {
  EXPECT_EQ(told(office().steps(at("2026-11-27T16:00:00+08:00"), at("2026-11-30T10:00:00+08:00"))),
            "11-27 open 120, 11-28 closed 0, 11-29 closed 0, 11-30 open 60, ");
  auto rules = working_week({{hours{9}, hours{18}}});
  rules.holidays = {day("2026-10-01")};
  rules.make_up_days = {day("2026-10-03")};
  rules.special_hours = {{day("2026-10-02"), {{hours{9}, hours{10}}}}};
  EXPECT_EQ(told(Calendar(rules).steps(at("2026-09-30T17:00:00+08:00"), at("2026-10-03T10:00:00+08:00"))),
            "09-30 open 60, 10-01 holiday 0, 10-02 special 60, 10-03 make_up 60, ");
}

TEST(Calendar, TheWayEndsOnAClosedDayWithThatDay) {
  EXPECT_EQ(told(office().steps(at("2026-11-27T17:00:00+08:00"), at("2026-11-28T20:00:00+08:00"))),
            "11-27 open 60, 11-28 closed 0, ");
}

TEST(Calendar, AHolidayIsClosedAndAMakeUpSaturdayIsOpen) {
  auto rules = working_week({{hours{9}, hours{18}}});
  rules.holidays = {day("2026-10-01"), day("2026-10-02")};
  rules.make_up_days = {day("2026-10-03")};
  EXPECT_EQ(Calendar(rules).add_business(at("2026-09-30T18:00:00+08:00"), hours{1}),
            at("2026-10-03T10:00:00+08:00"));
}

TEST(Calendar, ANightInWhichTheClocksChangeHasItsTrueLength) {
  CalendarRules rules;
  rules.zone = zone("Europe/Paris");
  rules.week.fill({{hours{0}, hours{24}}});
  const Calendar calendar(rules);
  const auto day_length = [&](const char* from, const char* to) {
    return calendar.business_between(at(from), at(to));
  };
  EXPECT_EQ(day_length("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"), hours{23});
  EXPECT_EQ(day_length("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"), hours{25});
}

TEST(Calendar, ABusinessDayLaterIsTheSameTimeOnTheNextOpenDayOrItsEnd) {
  auto rules = working_week({{hours{8}, hours{17}}}, "Europe/Berlin");
  rules.week[4] = {{hours{8}, hours{13}}};
  const Calendar short_friday(rules);
  EXPECT_EQ(short_friday.add_days(at("2026-06-01T09:00:00+02:00"), 1), at("2026-06-02T09:00:00+02:00"));
  EXPECT_EQ(short_friday.add_days(at("2026-06-01T09:00:00+02:00"), 5), at("2026-06-08T09:00:00+02:00"));
  EXPECT_EQ(short_friday.add_days(at("2026-06-04T15:00:00+02:00"), 1), at("2026-06-05T13:00:00+02:00"));
  EXPECT_EQ(short_friday.add_days(at("2026-06-06T15:00:00+02:00"), 1), at("2026-06-08T17:00:00+02:00"))
      << "on a Saturday the day to come is the first";

  auto half = working_week({{hours{9}, hours{18}}});
  half.week[5] = {{hours{9}, hours{12}}};
  const Calendar half_saturday(half);
  EXPECT_EQ(half_saturday.add_days(at("2026-06-05T10:00:00+08:00"), 1), at("2026-06-06T10:00:00+08:00"));
  EXPECT_EQ(half_saturday.add_days(at("2026-06-05T15:00:00+08:00"), 1), at("2026-06-06T12:00:00+08:00"));

  auto late_monday = working_week({{hours{9}, hours{12}}, {minutes{13 * 60 + 30}, hours{18}}});
  late_monday.week[0] = {{minutes{13 * 60 + 30}, hours{18}}};
  EXPECT_EQ(Calendar(late_monday).add_days(at("2026-06-05T10:00:00+08:00"), 1),
            at("2026-06-08T13:30:00+08:00"));
}

TEST(Calendar, ABusinessDayOfTheNightIsOneShiftHoweverItIsWritten) {
  const Calendar over_midnight(working_week({{hours{22}, hours{30}}}));
  auto rules = working_week({{hours{0}, hours{6}}, {hours{22}, hours{24}}});
  rules.week[0] = {{hours{22}, hours{24}}};
  rules.week[5] = {{hours{0}, hours{6}}};
  const Calendar split(rules);
  for (const auto* calendar : {&over_midnight, &split}) {
    EXPECT_EQ(calendar->add_days(at("2026-06-01T23:00:00+08:00"), 1), at("2026-06-02T23:00:00+08:00"));
    EXPECT_EQ(calendar->add_days(at("2026-06-02T02:00:00+08:00"), 1), at("2026-06-03T02:00:00+08:00"));
    EXPECT_EQ(calendar->add_days(at("2026-06-06T02:00:00+08:00"), 1), at("2026-06-09T02:00:00+08:00"));
    EXPECT_EQ(calendar->add_days(at("2026-06-02T12:00:00+08:00"), 1), at("2026-06-03T06:00:00+08:00"));
  }
}

TEST(Calendar, ADayOfItsOwnHoursHasThemWhateverItIsElse) {
  auto rules = working_week({{hours{9}, hours{18}}});
  rules.holidays = {day("2026-12-24"), day("2026-12-25")};
  rules.special_hours[day("2026-12-24")] = {{hours{9}, hours{12}}};
  rules.special_hours[day("2026-12-26")] = {{hours{10}, hours{11}}};
  const Calendar calendar(rules);
  EXPECT_EQ(calendar.business_between(at("2026-12-24T00:00:00+08:00"), at("2026-12-28T00:00:00+08:00")),
            hours{4});
  EXPECT_EQ(calendar.last_special_day(), day("2026-12-26"));
  EXPECT_EQ(office().last_special_day(), std::nullopt);
}

TEST(Calendar, ABusinessDayIsTheMeanOfTheOpenDays) { EXPECT_EQ(office().business_day(), minutes{450}); }

TEST(Calendar, AnUnknownZoneIsASentence) {
  EXPECT_NE(Zone::load("Asia/Atlantis").error().find("'Asia/Atlantis'"), std::string::npos);
}

Calendar random_calendar() {
  CalendarRules rules;
  rules.zone = zone(*rc::gen::elementOf(std::vector<std::string>{"Asia/Shanghai", "Europe/Paris", "Etc/UTC",
                                                                 "America/St_Johns", "Australia/Lord_Howe"}));
  for (auto& windows : rules.week) {
    int minute = 0;
    for (auto left = *rc::gen::inRange(0, 4); left > 0 && minute < 1400; --left) {
      const auto from = *rc::gen::inRange(minute, 1430);
      const auto to = *rc::gen::inRange(from + 1, 1441);
      windows.push_back({minutes{from}, minutes{to}});
      minute = to;
    }
  }
  rules.week[2] = {{hours{10}, hours{12}}};
  const auto first = day("2026-03-01");
  for (int i = 0; i < 3; ++i) {
    rules.holidays.push_back(first + std::chrono::days{*rc::gen::inRange(0, 60)});
    rules.make_up_days.push_back(first + std::chrono::days{*rc::gen::inRange(0, 60)});
  }
  return Calendar(rules);
}

RC_GTEST_PROP(Calendar, AddingAndMeasuringAreInverse, ()) {
  const auto calendar = random_calendar();
  const auto from = at("2026-03-01T00:00:00Z") + Duration{*rc::gen::inRange(0, 60 * 86'400) * 1000LL};
  const auto amount = Duration{*rc::gen::inRange(0, 200 * 3'600) * 1000LL + 1};
  const auto to = calendar.add_business(from, amount);
  RC_ASSERT(to > from);
  RC_ASSERT(calendar.business_between(from, to) == amount);
  RC_ASSERT(calendar.business_between(to, from) == -amount);
  Duration counted{0};
  for (const auto& step : calendar.steps(from, to)) counted += step.counted();
  RC_ASSERT(counted == amount);
}

/// Zones whose clocks change by an hour, by half an hour, at midnight, not any more, or by a whole day.
const std::vector<Zone>& zones_that_change() {
  static const std::vector<Zone> kZones = [] {
    std::vector<Zone> zones;
    for (const auto* name :
         {"Africa/Cairo", "America/Sao_Paulo", "America/St_Johns", "Asia/Pyongyang", "Asia/Shanghai",
          "Australia/Lord_Howe", "Europe/Berlin", "Europe/Istanbul", "Europe/Lisbon", "Pacific/Apia"})
      zones.push_back(zone(name));
    return zones;
  }();
  return kZones;
}

DayHours any_hours(std::mt19937_64& random) {
  DayHours open;
  auto minute = 300 + static_cast<int>(random() % 600);  // when the longest night is over
  for (auto left = random() % 4; left > 0 && minute < 1430; --left) {
    const auto to = minute + 1 + static_cast<int>(random() % 400);
    open.push_back({minutes{minute}, minutes{std::min(to, 1440)}});
    minute = to + static_cast<int>(random() % 200);
  }
  return open;
}

Calendar any_calendar(std::mt19937_64& random, Timestamp around) {
  CalendarRules rules;
  rules.zone = zones_that_change()[random() % zones_that_change().size()];
  for (auto& day_hours : rules.week) day_hours = any_hours(random);
  rules.week[random() % 7] = {{hours{20}, hours{29}}};
  for (int i = 0; i < 6; ++i) {
    const auto some_day = std::chrono::floor<std::chrono::days>(around) + std::chrono::days{random() % 60};
    rules.week[(i + 1) % 7].clear();
    (i % 2 == 0 ? rules.holidays : rules.make_up_days).push_back(some_day);
    rules.special_hours[some_day + std::chrono::days{1}] = any_hours(random);
  }
  rules.week[2] = {{hours{10}, hours{12}}};
  return Calendar(rules);
}

/// `CASETRAIL_CASES=1000000` for many.
TEST(Calendar, AddingAndMeasuringAreInverseWhateverTheClocksDo) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (auto round = number_from("CASETRAIL_CASES").value_or(50'000) / 1000; round > 0; --round) {
    const auto around = at("2005-01-01T00:00:00Z") + hours{random() % (24 * 365 * 30)};
    const auto calendar = any_calendar(random, around);
    for (int i = 0; i < 1000; ++i) {
      const auto from = around + Duration{random() % (60 * 86'400'000ULL)};
      const Duration amount{1 + random() % (40 * 3'600'000ULL)};
      const auto to = calendar.add_business(from, amount);
      ASSERT_EQ(calendar.business_between(from, to), amount) << to_wire(from) << " in round " << round;
    }
  }
}

TEST(Calendar, MoreDaysAndLaterMomentsAreNeverEarlier) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    const auto around = at("2005-01-01T00:00:00Z") + hours{random() % (24 * 365 * 30)};
    const auto calendar = any_calendar(random, around);
    for (int i = 0; i < 50; ++i) {
      const auto from = around + Duration{random() % (60 * 86'400'000ULL)};
      const auto later = from + Duration{random() % (3 * 86'400'000ULL)};
      const auto days = static_cast<int>(random() % 10);
      const auto due = calendar.add_days(from, days);
      ASSERT_GE(due, from);
      ASSERT_LE(due, calendar.add_days(from, days + 1)) << to_wire(from) << " and " << days << " days";
      ASSERT_LE(due, calendar.add_days(later, days))
          << to_wire(from) << ", " << to_wire(later) << ", " << days;
    }
  }
}

RC_GTEST_PROP(Calendar, MeasuringInTwoPiecesIsMeasuringOnce, ()) {
  const auto calendar = random_calendar();
  const auto from = at("2026-03-20T00:00:00Z");
  const auto middle = from + minutes{*rc::gen::inRange(0, 30'000)};
  const auto to = middle + minutes{*rc::gen::inRange(0, 30'000)};
  RC_ASSERT(calendar.business_between(from, middle) + calendar.business_between(middle, to) ==
            calendar.business_between(from, to));
}

TEST(CallingHours, APurchaseAtElevenAtNightIsCalledAboutAtElevenInTheMorning) {
  const auto bought = at("2026-11-30T23:00:00+08:00");
  const auto slot = first_slot(calling_hours(), bought, bought);
  EXPECT_EQ(slot.not_before, at("2026-12-01T11:00:00+08:00"));
  EXPECT_EQ(slot.not_after, at("2026-12-01T21:00:00+08:00"));
  EXPECT_EQ(slot.shifted_because, RescheduleReason::late_night_activity);
}

TEST(CallingHours, ANightGoesOnBehindMidnight) {
  for (const auto* bought : {"2026-11-30T00:30:00+08:00", "2026-11-30T05:59:00+08:00"}) {
    const auto slot = first_slot(calling_hours(), at(bought), at(bought));
    EXPECT_EQ(slot.not_before, at("2026-11-30T11:00:00+08:00")) << bought;
    EXPECT_EQ(slot.shifted_because, RescheduleReason::late_night_activity);
  }
  const auto early = at("2026-11-30T06:00:00+08:00");
  EXPECT_EQ(first_slot(calling_hours(), early, early).not_before, at("2026-11-30T09:00:00+08:00"));
}

TEST(CallingHours, AnEveningPurchaseIsCalledAboutWhenTheHoursBegin) {
  const auto bought = at("2026-11-30T21:30:00+08:00");
  const auto slot = first_slot(calling_hours(), bought, bought);
  EXPECT_EQ(slot.not_before, at("2026-12-01T09:00:00+08:00"));
  EXPECT_EQ(slot.shifted_because, RescheduleReason::quiet_hours);
}

TEST(CallingHours, AMomentWithinTheHoursIsNotMoved) {
  const auto bought = at("2026-11-30T15:00:00+08:00");
  const auto slot = first_slot(calling_hours(), bought, bought + hours{1});
  EXPECT_EQ(slot.not_before, bought + hours{1});
  EXPECT_EQ(slot.shifted_because, std::nullopt);
}

}  // namespace
}  // namespace casetrail
