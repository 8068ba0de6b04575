// A policy file says what it means, or names the line in which it does not.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "aggregates/policy/new_policy.h"

namespace casetrail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Policy parsed(const std::string& yaml) {
  auto policy = parse_policy(yaml);
  EXPECT_TRUE(policy.has_value()) << policy.error().line << ": " << policy.error().sentence;
  return policy.value_or(Policy{});
}

PolicyError error_of(const std::string& yaml) {
  const auto policy = parse_policy(yaml);
  EXPECT_FALSE(policy.has_value());
  return policy ? PolicyError{} : policy.error();
}

TEST(Policy, TheExampleIsReadable) {
  std::ifstream file(CASETRAIL_EXAMPLE_POLICY);
  std::ostringstream text;
  text << file.rdbuf();
  const auto policy = parsed(text.str());
  EXPECT_EQ(policy.departments.size(), 4U);
  EXPECT_EQ(policy.find_route("fault/power")->to.value, "tech");
  EXPECT_EQ(policy.sla[0].first_response, std::chrono::minutes{15});
  EXPECT_EQ(policy.handoff.complete_within, std::chrono::minutes{3 * 450});
  EXPECT_EQ(policy.callback.hours.size(), 3U);
}

TEST(Policy, AnEmptyOneThatWasPublishedIsTheDefault) {
  EXPECT_EQ(parsed("").handoff.bounce_limit, Policy{}.handoff.bounce_limit);
}

TEST(Policy, AnEmptyOneIsNotPublished) {
  for (const auto* yaml : {"", "\n", "# departments: []\n", "---\n", "{}", "null"}) {
    const auto policy = parse_new_policy(yaml);
    ASSERT_FALSE(policy) << yaml;
    EXPECT_THAT(policy.error().sentence, HasSubstr("take every rule away"));
  }
  EXPECT_TRUE(parse_new_policy("departments: []"));
  EXPECT_EQ(parse_new_policy("colour: red").error().line, 1);
  EXPECT_EQ(parsed("# nothing yet\n").closing.reopen_window, std::chrono::days{30});
}

TEST(Policy, TheFirstRouteThatFitsCounts) {
  const auto policy =
      parsed("routing:\n- {category: fault/parts, to: vendor}\n- {category: 'fault/*', to: tech}\n");
  EXPECT_EQ(policy.find_route("fault/parts")->to.value, "vendor");
  EXPECT_EQ(policy.find_route("fault/power")->to.value, "tech");
  EXPECT_EQ(policy.find_route("return/broken"), nullptr);
}

TEST(Policy, AnUnknownKeyIsNamedWithItsLine) {
  const auto error = error_of("handoff:\n  bounce_limit: 2\n  bounce_limits: 3\n");
  EXPECT_EQ(error.line, 3);
  EXPECT_THAT(error.sentence, HasSubstr("'handoff.bounce_limits'"));
}

TEST(Policy, AnUnknownSectionIsNamedWithItsLine) {
  EXPECT_EQ(error_of("owner: {basis: designated}\nowners: 1\n").line, 2);
}

TEST(Policy, EveryMistakeNamesItsLine) {
  for (const std::string line :
       {"assignment: {accept_within: 10x}", "closing: {after_window: maybe}",
        "calendars: [{id: a, tz: Asia/Atlantis, week: {all: [\"09:00-18:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon-fri: [\"18:00-09:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon-fri: []}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {all: [\"09:00-12:00\", \"11:00-13:00\"]}}]",
        "handoff: {calendar: nowhere}", "handoff: {accept_within: 2bd}", "sla: {P1: {warn: 100}}",
        "sla: {P1: {escalate: [{at: 50, to: [lead]}]}}", "sla: {P1: {escalate: [{at: 1001, to: [lead]}]}}",
        "departments: [{name: nameless}]", "departments: 3",
        "priority: {matrix: {high: {high: P9, medium: P1, low: P1}}}", "suspension: {pauses: [lunch]}",
        "review: {sampling: [{group: all, percent: 101}]}",
        "callback: {zones: [Asia/Shanghai], hours: {noday: [\"09:00-18:00\"]}}",
        "handoff: {bounce_limit: -1}", "roles: {lead: [}"}) {
    const auto error = error_of("# a comment\n" + line + "\n");
    EXPECT_EQ(error.line, 2) << line << "\n" << error.sentence;
    EXPECT_THAT(error.sentence, testing::StartsWith("Expected ")) << line;
  }
}

TEST(Policy, ARouteToNowhereIsAnError) {
  const auto error = error_of("departments: [{id: cs}]\nrouting:\n- {category: '*', to: tech}\n");
  EXPECT_EQ(error.line, 3);
}

TEST(Policy, BusinessDaysAreThoseOfTheCalendar) {
  const auto policy = parsed(
      "calendars: [{id: short, tz: Etc/UTC, week: {mon-thu: [\"09:00-12:00\"]}}]\n"
      "handoff: {calendar: short, complete_within: 2bd}\n");
  EXPECT_EQ(policy.handoff.complete_within, std::chrono::hours{6});
}

TEST(Policy, APromiseThatItsCalendarNeverKeepsIsAnError) {
  const auto promise = [](const std::string& amount) {
    return parse_policy(
        "calendars: [{id: rare, tz: Etc/UTC, week: {mon: [\"09:00-09:01\"]}}]\n"
        "handoff: {calendar: rare, complete_within: " +
        amount + "}\n");
  };
  EXPECT_TRUE(promise("10000m"));
  EXPECT_EQ(promise("10000d").error().line, 2);
}

TEST(Policy, WithoutACalendarEveryHourCounts) {
  const Policy policy;
  const Timestamp now{};
  EXPECT_EQ(policy.add(std::nullopt, now, std::chrono::hours{100}), now + std::chrono::hours{100});
  EXPECT_EQ(policy.add(CalendarId{"gone"}, now, std::chrono::hours{1}), now + std::chrono::hours{1});
}

}  // namespace
}  // namespace casetrail
