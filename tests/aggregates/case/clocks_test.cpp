// The clocks of SLA targets: what a case has used of its time, through other priorities, pauses and
// reopenings.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "events/case/handoff.h"
#include "events/case/timer.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Monday, 09:00 in Shanghai.
constexpr auto kOpening = kMonday + hours{1};

Timestamp on_day(int day, hours hour, minutes minute = minutes{0}) {
  return kMonday + days{day} + hour + minute;
}

Policy an_office(const std::string& more = {}) {
  return parse_policy(R"(
calendars:
  - {id: office, tz: Asia/Shanghai, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}
sla:
  P1: {calendar: office, first_response: 15m, next_update: 2h, resolution: 4h, escalate: [{at: 100, to: [lead]}, {at: 200, to: [manager]}]}
  P2: {calendar: office, first_response: 1h, next_update: 4h, resolution: 8h, warn: 75}
  P3: {calendar: office, first_response: 4h, next_update: 1bd, resolution: 30h}
  P4: {calendar: office, first_response: 1bd, next_update: 2bd, resolution: 60h}
waiting: {answer_within: 30d}
)" + more)
      .value();
}

/// The impact and urgency that make a priority by the default matrix.
PrioritizeRequest make(Priority priority) {
  static constexpr std::array<std::pair<Level, Level>, 4> kLevels{{{Level::high, Level::high},
                                                                   {Level::high, Level::medium},
                                                                   {Level::high, Level::low},
                                                                   {Level::low, Level::low}}};
  const auto& [impact, urgency] = kLevels[static_cast<std::size_t>(priority)];
  return {impact, urgency, std::nullopt};
}

RequestInfo ask() { return {std::nullopt, WorkText{"the serial number?"}}; }
ReceiveMessage answer() { return {Channel::phone, {"here it is"}}; }

/// In progress since Monday, 09:00 in Shanghai.
Given started_as(Priority priority, const Policy& policy = an_office()) {
  Given story(policy);
  story.after(kOpening - kMonday).and_given(register_request()).and_given(classify());
  story.and_given(make(priority)).and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{});
  return story;
}

void advance(Given& story, Timestamp to) { story.after(to - story.now()); }

TimerSet last_resolution(const Given& story) {
  for (auto it = story.log().rbegin(); it != story.log().rend(); ++it) {
    const auto* set = it->event.get_if<TimerSet>();
    if (set != nullptr && set->timer_id.value == "resolution") return *set;
  }
  ADD_FAILURE() << "No resolution was promised.\n" << story;
  return {};
}

TEST(Clock, KeepsWhatWasUsedWhenThePriorityChanges) {
  auto story = started_as(Priority::P3);
  advance(story, on_day(0, hours{2}));
  story.and_given(ask());
  advance(story, on_day(4, hours{2}));
  story.and_given(answer());
  advance(story, on_day(4, hours{2}, minutes{1}));
  story.and_given(make(Priority::P2));
  EXPECT_EQ(last_resolution(story).counted_business_ms, Duration{minutes{61}}.count());
  EXPECT_EQ(last_resolution(story).target_business_ms, Duration{minutes{480}}.count());
  EXPECT_EQ(last_resolution(story).due_at, on_day(7, hours{1}, minutes{30}));
}

TEST(Clock, OfABusinessDayIsAsLongAsWhenItWasPromised) {
  const auto policy = parse_policy(R"(
calendars:
  - id: office
    tz: Asia/Shanghai
    week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}
    special_hours: {2025-11-25: ["09:00-12:00"]}
sla: {P4: {calendar: office, first_response: 1bd}, P3: {calendar: office, first_response: 1bd}}
)")
                          .value();
  Given story(policy);
  advance(story, on_day(0, hours{7}, minutes{2}));
  story.and_given(register_request()).and_given(classify());
  const auto due = [&] {
    return std::ranges::find(story.state().timers, TimerKind::first_response, &RunningTimer::kind)->due_at;
  };
  EXPECT_EQ(due(), on_day(1, hours{4})) << "the next day is a short one";
  for (const auto priority : {Priority::P4, Priority::P3, Priority::P4}) {
    advance(story, story.now() + minutes{50});
    story.and_given(make(priority));
    EXPECT_EQ(due(), on_day(1, hours{4}));
  }
}

TEST(Clock, GetsItsTargetWhileItStandsStillAndTellsHowLateItWas) {
  auto story = started_as(Priority::P4);
  advance(story, on_day(0, hours{2}));
  story.and_given(ask());
  advance(story, on_day(0, hours{2}, minutes{30}));
  story.and_given(make(Priority::P1));
  advance(story, on_day(1, hours{1}));
  story.and_given(answer());
  EXPECT_EQ(story.last_of<TimerResumed>().due_at, on_day(1, hours{4}));
  advance(story, on_day(4, hours{6}));
  EXPECT_EQ(story.last_of<SlaTargetMissed>().due_at, on_day(1, hours{4}));
  story.and_given(resolve());
  EXPECT_EQ(story.last_of<SlaTargetCompletedLate>().metric, SlaMetric::resolution);
  EXPECT_EQ(story.last_of<SlaTargetCompletedLate>().elapsed_business_ms, Duration{minutes{1620}}.count());
  EXPECT_EQ(story.last_of<SlaTargetCompletedLate>().target_business_ms, Duration{minutes{240}}.count());
}

TEST(Clock, WarnsWhenSoMuchIsUsedAndNotBySoMuchLater) {
  auto story = started_as(Priority::P2);
  advance(story, on_day(0, hours{2}));
  story.and_given(ask());
  advance(story, on_day(1, hours{9}));
  story.and_given(answer());
  EXPECT_EQ(story.last_of<TimerResumed>().warn_at, on_day(2, hours{6}, minutes{30}));
}

TEST(Clock, OfTheNextWordFollowsThePriorityAndWarnsByItsOwnPercent) {
  auto policy = an_office();
  policy.sla[3].warn_percent = 50;
  auto story = started_as(Priority::P4, policy);
  advance(story, on_day(0, hours{2}));
  story.and_given(make(Priority::P1));
  const auto next = std::ranges::find(story.state().timers, TimerKind::next_update, &RunningTimer::kind);
  ASSERT_NE(next, story.state().timers.end());
  EXPECT_EQ(next->due_at, on_day(0, hours{3})) << "an hour of two is used";
  auto slow = started_as(Priority::P4, policy);
  advance(slow, on_day(7, hours{9}));
  EXPECT_EQ(slow.last_of<TimerWarned>().threshold_percent, 50);
}

TEST(Clock, CountsFromWhenTheCustomerCame) {
  auto command = register_request();
  command.received_at = kOpening;
  const auto registered_late = [&](const Policy& policy) {
    Given story(policy);
    advance(story, kOpening + hours{2});
    story.and_given(command);
    return story;
  };
  auto story = registered_late(an_office());
  EXPECT_EQ(story.last_of<TimerSet>().counted_business_ms, Duration{hours{2}}.count());
  story.and_given(SendMessage{Channel::phone, {"hello"}});
  EXPECT_EQ(story.last_of<SlaTargetMet>().elapsed_business_ms, Duration{hours{2}}.count());
  story.and_given(make(Priority::P2));
  EXPECT_EQ(last_resolution(story).counted_business_ms, Duration{hours{2}}.count());

  auto policy = an_office();
  policy.clock_from = ClockFrom::registered_at;
  auto from_registration = registered_late(policy);
  EXPECT_EQ(from_registration.last_of<TimerSet>().counted_business_ms, std::nullopt);
}

TEST(Clock, GoesOnAfterAResolutionThatWasNone) {
  auto story = started_as(Priority::P2);
  advance(story, on_day(0, hours{2}));
  story.and_given(resolve());
  EXPECT_EQ(story.last_of<SlaTargetMet>().elapsed_business_ms, Duration{hours{1}}.count());
  advance(story, on_day(1, hours{1}));
  story.and_given(RejectResolution{Channel::phone, {"still broken"}});
  EXPECT_EQ(last_resolution(story).counted_business_ms, Duration{hours{1}}.count());
  EXPECT_EQ(last_resolution(story).due_at, on_day(1, hours{9}, minutes{30}))
      << "seven hours of eight are left";
}

TEST(Clock, ThatMissedItsTargetIsNotMissedAgainButGoesOn) {
  auto story = started_as(Priority::P1);
  advance(story, on_day(0, hours{7}));
  story.and_given(resolve());
  const auto late = story.last_of<SlaTargetCompletedLate>().elapsed_business_ms;
  EXPECT_EQ(late, Duration{minutes{270}}.count());
  advance(story, on_day(1, hours{1}));
  story.and_given(RejectResolution{Channel::phone, {"still broken"}});
  advance(story, on_day(1, hours{6}));
  EXPECT_EQ(std::ranges::count_if(story.log(),
                                  [](const CaseEvent& event) {
                                    const auto* missed = event.event.get_if<SlaTargetMissed>();
                                    return missed != nullptr && missed->metric == SlaMetric::resolution;
                                  }),
            1);
  EXPECT_EQ(story.last_of<EscalationTriggered>().cause, TimerKind::resolution) << "twice its time is used";
  story.and_given(resolve());
  EXPECT_EQ(story.last_of<SlaTargetCompletedLate>().elapsed_business_ms,
            late + Duration{minutes{210}}.count());
}

TEST(Clock, OfTheNextWordIsMetByEveryWord) {
  auto story = started_as(Priority::P2);
  advance(story, on_day(0, hours{2}));
  story.and_given(SendMessage{Channel::phone, {"we are on it"}});
  EXPECT_EQ(story.last_of<SlaTargetMet>().metric, SlaMetric::next_update);
  EXPECT_EQ(story.last_of<TimerSet>().kind, TimerKind::next_update);
  EXPECT_EQ(story.last_of<TimerSet>().due_at, on_day(0, hours{7}, minutes{30}));
  story.and_given(ask());
  const auto news = [&] {
    return std::ranges::count(story.state().timers, TimerKind::next_update, &RunningTimer::kind);
  };
  EXPECT_EQ(news(), 0) << "the next word is the customer's";
  story.and_given(answer());
  EXPECT_EQ(news(), 1);
}

TEST(Clock, OfAHandoffCountsInTheHoursOfWhoReceivesIt) {
  const auto policy = an_office(
      "departments: [{id: cs}, {id: tech, calendar: office}, {id: hotline}]\nhandoff: {accept_within: 2h}\n");
  const auto due_at = [&](const std::string& department) {
    auto story = started_as(Priority::P3, policy);
    advance(story, on_day(0, hours{9}));
    story.and_given(hand_off(department));
    return story.last_of<HandoffRequested>().accept_by;
  };
  EXPECT_EQ(due_at("hotline"), on_day(0, hours{11}));
  EXPECT_EQ(due_at("tech"), on_day(1, hours{2})) << "one hour until six o'clock, one from nine on";
}

/// What the calendars of the oracle say of a day: these weekdays are holidays, and some Saturdays are worked.
bool is_holiday(std::chrono::sys_days day) { return day.time_since_epoch().count() % 11 == 0; }
bool is_worked(std::chrono::sys_days day) {
  const auto weekday = std::chrono::weekday{day}.iso_encoding();
  return weekday == 6 ? day.time_since_epoch().count() % 3 == 0 : weekday < 6 && !is_holiday(day);
}

/// Both kinds of days, as a calendar is told of them, for as long as the histories last.
std::string special_days() {
  std::string holidays;
  std::string worked;
  const auto first = std::chrono::floor<days>(kMonday) - days{2};
  for (auto day = first; day < first + days{420}; day += days{1}) {
    const auto weekday = std::chrono::weekday{day}.iso_encoding();
    auto* list = weekday < 6 && !is_worked(day)   ? &holidays
                 : weekday == 6 && is_worked(day) ? &worked
                                                  : nullptr;
    if (list != nullptr) list->append(list->empty() ? "" : ", ").append(to_wire(day).substr(0, 10));
  }
  return "holidays: [" + holidays + "], make_up_workdays: [" + worked + "]";
}

/// Counts minute by minute, and knows of a calendar its hours and days alone.
class Oracle {
 public:
  explicit Oracle(const Policy& policy) : policy_(policy) {}

  [[nodiscard]] bool is_open(Priority priority, Timestamp at) const {
    const auto& calendar = policy_.sla[static_cast<std::size_t>(priority)].calendar;
    if (!calendar) return true;
    const auto& found = *std::ranges::find(policy_.calendars, *calendar, &Calendar::id);
    const auto local = std::chrono::sys_time<Duration>{found.zone().to_local(at)};
    const auto day = std::chrono::floor<days>(local);
    const auto time = std::chrono::floor<minutes>(local - day);
    if (calendar->value == "night") return time >= hours{22} || time < hours{6};
    if (!is_worked(day)) return false;
    return (time >= hours{9} && time < hours{12}) || (time >= minutes{13 * 60 + 30} && time < hours{18});
  }

  [[nodiscard]] Timestamp due(Priority priority, Timestamp at, minutes left) const {
    while (left > minutes{0}) {
      if (is_open(priority, at)) left -= minutes{1};
      at += minutes{1};
    }
    return at;
  }

 private:
  const Policy& policy_;
};

const SlaClock& resolution_clock(const Given& story) {
  return *std::ranges::find(story.state().clocks, SlaMetric::resolution, &SlaClock::metric);
}

/// A case whose every minute is counted twice: by the engine, and by the oracle.
class CountedTwice {
 public:
  CountedTwice(const Policy& policy, std::mt19937_64& random)
      : policy_(policy), random_(random), oracle_(policy), story_(policy) {
    story_.after(hours{random_() % (365 * 24)}).and_given(register_request()).and_given(classify());
    story_.and_given(any_priority()).and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{});
    checked_ = story_.log().size();
  }

  void live(int minutes_of_life) {
    for (int minute = 0; minute < minutes_of_life && !testing::Test::HasFatalFailure(); ++minute) {
      if (random_() % 120 == 0) step();
      check_new_events();
      const auto status = story_.state().status;
      const bool runs = status != CaseStatus::awaiting_customer && status != CaseStatus::suspended &&
                        status != CaseStatus::resolved && status != CaseStatus::closed;
      // A target that was missed is counted on in the hours in which it was missed.
      if (!resolution_clock(story_).missed_at) hours_of_ = *story_.state().priority;
      if (runs && oracle_.is_open(hours_of_, story_.now())) counted_ += minutes{1};
      story_.after(minutes{1});
      check_new_events();
      check_clock();
    }
  }

  int met = 0, late = 0, paused = 0, changed = 0;

 private:
  PrioritizeRequest any_priority() { return make(static_cast<Priority>(random_() % 4)); }

  void step() {
    const auto pick = random_() % 8;
    if (pick == 0) story_.when(any_priority());
    if (pick == 1) story_.when(ask());
    if (pick == 2) story_.when(answer());
    if (pick == 3) story_.when(suspend(story_.now() + hours{1 + random_() % 100}));
    if (pick == 4) story_.when(ResumeWork{ResumeTrigger::manual});
    if (pick == 5) story_.when(resolve());
    if (pick == 6) story_.when(RejectResolution{Channel::phone, {"still broken"}});
    if (pick == 7 && story_.state().status == CaseStatus::resolved) {
      story_.when(AcceptResolution{Channel::phone});
      story_.when(ReopenCase{ReopenReason::recurrence, std::nullopt});
    }
  }

  void check_new_events() {
    for (; checked_ < story_.log().size(); ++checked_) {
      const auto& event = story_.log()[checked_].event;
      if (const auto* done = event.get_if<SlaTargetMet>(); done && done->metric == SlaMetric::resolution) {
        ++met;
        ASSERT_EQ(Duration{done->elapsed_business_ms}, counted_) << story_;
      }
      if (const auto* done = event.get_if<SlaTargetCompletedLate>();
          done && done->metric == SlaMetric::resolution) {
        ++late;
        ASSERT_EQ(Duration{done->elapsed_business_ms}, counted_) << story_;
      }
      if (const auto* set = event.get_if<TimerSet>(); set && set->timer_id.value == "resolution") {
        ++changed;
        ASSERT_EQ(Duration{set->counted_business_ms.value_or(0)}, counted_) << story_;
        ASSERT_EQ(to_wire(set->due_at), to_wire(due_of(*set->target_business_ms))) << story_;
      }
      if (const auto* resumed = event.get_if<TimerResumed>();
          resumed && resumed->timer_id.value == "resolution") {
        ++paused;
        const auto& clock = resolution_clock(story_);
        const auto due = clock.missed_at ? *clock.missed_at : due_of(clock.target_ms);
        ASSERT_EQ(to_wire(resumed->due_at), to_wire(due)) << story_;
      }
    }
  }

  void check_clock() const {
    const auto& clock = resolution_clock(story_);
    const bool used = counted_ >= Duration{clock.target_ms};
    if (clock.since) {
      ASSERT_EQ(used, clock.missed_at.has_value()) << story_;
    }
  }

  [[nodiscard]] Timestamp due_of(std::int64_t target_ms) const {
    const auto left = std::chrono::duration_cast<minutes>(Duration{target_ms}) - counted_;
    return oracle_.due(*story_.state().priority, story_.now(), left);
  }

  const Policy& policy_;
  std::mt19937_64& random_;
  Oracle oracle_;
  Given story_;
  std::size_t checked_ = 0;
  Priority hours_of_{};
  minutes counted_{0};
};

TEST(Clock, CountsWhatAMinuteByMinuteCountCounts) {
  const auto week = R"(week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}, )" + special_days() + "}\n";
  const auto policy = parse_policy("calendars:\n  - {id: office, tz: Asia/Shanghai, " + week +
                                   "  - {id: berlin, tz: Europe/Berlin, " + week + R"(
  - {id: night, tz: Europe/Berlin, week: {all: ["22:00-06:00"]}}
sla:
  P1: {first_response: 15m, next_update: 2h, resolution: 20h, escalate: [{at: 100, to: [lead]}, {at: 150, to: [manager]}]}
  P2: {calendar: night, first_response: 1h, next_update: 4h, resolution: 24h, warn: 75}
  P3: {calendar: office, first_response: 4h, next_update: 1bd, resolution: 30h}
  P4: {calendar: berlin, first_response: 1bd, next_update: 2bd, resolution: 60h}
)")
                          .value();
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  int met = 0, late = 0, paused = 0, changed = 0;
  for (int history = 0; history < 60 && !testing::Test::HasFatalFailure(); ++history) {
    CountedTwice story(policy, random);
    story.live(20 * 24 * 60);
    met += story.met;
    late += story.late;
    paused += story.paused;
    changed += story.changed;
  }
  EXPECT_GT(met, 10);
  EXPECT_GT(late, 10);
  EXPECT_GT(paused, 100);
  EXPECT_GT(changed, 100);
}

}  // namespace
}  // namespace casetrail
