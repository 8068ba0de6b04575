// A policy file says what it means, or names the line in which it does not.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "aggregates/policy/dialling.h"
#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/policy_changes.h"
#include "events/case/handoff_terms.h"

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
  EXPECT_EQ(policy.handoff.complete_within, BusinessSpan(3, Duration{0}));
  EXPECT_EQ(policy.callback.hours.size(), 3U);
}

TEST(Policy, AnEmptyOneThatWasPublishedIsTheDefault) {
  EXPECT_EQ(parsed("").handoff.bounce_limit, Policy{}.handoff.bounce_limit);
}

TEST(Policy, AnEmptyOneIsNotPublished) {
  for (const auto* yaml : {"", "\n", "# departments: []\n", "---\n", "{}", "null"}) {
    const auto policy = parse_new_policy(yaml);
    ASSERT_FALSE(policy) << yaml;
    EXPECT_THAT(policy.error().front().sentence, HasSubstr("take every rule away"));
  }
  EXPECT_TRUE(parse_new_policy("departments: []"));
  EXPECT_EQ(parse_new_policy("colour: red").error().front().line, 1);
  EXPECT_EQ(parsed("# nothing yet\n").closing.reopen_window, std::chrono::days{30});
}

TEST(Policy, TellsTheZoneOfItsPeopleAndHowLongClosedCasesAreListed) {
  const std::string calendar = "calendars: [{id: a, tz: Asia/Tokyo, week: {mon-fri: [\"09:00-18:00\"]}}]\n";
  EXPECT_EQ(parsed("departments: []").zone().name(), "Etc/UTC");
  EXPECT_EQ(parsed(calendar).zone().name(), "Asia/Tokyo");
  const auto policy = parsed(calendar + "boards: {tz: Asia/Shanghai, closed_cases_for: 30d}");
  EXPECT_EQ(policy.zone().name(), "Asia/Shanghai");
  EXPECT_EQ(policy.boards.closed_cases_for, std::chrono::days{30});
  EXPECT_EQ(parsed(calendar).boards.closed_cases_for, std::chrono::days{7});
}

TEST(Policy, NamesRolesAndAgents) {
  const auto policy = parsed(
      "names:\n  roles: [{id: cs_lead, en: Team lead, zh: 客服主管}, {id: qa, zh: 质检员}]\n"
      "  agents: [{id: li.wei, name: 李伟}]\n");
  ASSERT_EQ(policy.names.roles.size(), 2U);
  EXPECT_EQ(policy.names.roles[0].zh, "客服主管");
  EXPECT_EQ(policy.names.roles[1].en, "");
  ASSERT_EQ(policy.names.agents.size(), 1U);
  EXPECT_EQ(policy.names.agents[0].name, "李伟");
  EXPECT_FALSE(parse_new_policy("names: {agents: [{id: li, name: Li}, {id: li, name: Li Wei}]}"));
}

TEST(Policy, SaysWhoseTelephoneNumbersNameNoCountry) {
  EXPECT_EQ(parsed("departments: []").boards.country_code, "86");
  EXPECT_EQ(parsed("boards: {country_code: 49}").boards.country_code, "49");
}

TEST(Dialling, NoCountryCodeBeginsAnotherAndThoseThatAreNotAssignedAreNone) {
  std::vector<std::string> codes;
  for (int code = 1; code < 1000; ++code)
    if (is_country_code(std::to_string(code))) codes.push_back(std::to_string(code));
  for (const auto& code : codes) {
    EXPECT_EQ(country_code_of(code + "123456789"), code);
    EXPECT_EQ(std::ranges::count_if(codes, [&](const auto& other) { return other.starts_with(code); }), 1);
  }
  for (const auto* assigned : {"1", "7", "44", "86", "852", "353", "998"})
    EXPECT_TRUE(is_country_code(assigned)) << assigned;
  for (const auto* free : {"", "0", "8", "21", "210", "999", "0086"})
    EXPECT_FALSE(is_country_code(free)) << free;
  EXPECT_EQ(country_code_of("2101"), "");
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
       {"assignment: {accept_within: 10x}",
        "closing: {after_window: maybe}",
        "boards: {tz: Moon/Base}",
        "boards: {closed_cases_for: 93d}",
        "boards: {country_code: 999}",
        "boards: {country_code: +86}",
        "names: {roles: [{id: qa}]}",
        "names: {agents: [{id: li.wei}]}",
        "calendars: [{id: a, tz: Asia/Atlantis, week: {all: [\"09:00-18:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon-fri: [\"09:00-09:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon-fri: [\"24:00-06:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {sun: [\"22:00-06:00\"], mon: [\"05:00-08:00\"]}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon-fri: []}}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {all: [\"09:00-12:00\", \"11:00-13:00\"]}}]",
        "handoff: {calendar: nowhere}",
        "handoff: {accept_within: 2bd}",
        "sla: {P1: {warn: 100}}",
        "sla: {P1: {escalate: [{at: 50, to: [lead]}]}}",
        "sla: {P1: {escalate: [{at: 1001, to: [lead]}]}}",
        "departments: [{name: nameless}]",
        "departments: 3",
        "priority: {matrix: {high: {high: P9, medium: P1, low: P1}}}",
        "suspension: {pauses: [lunch]}",
        "review: {sampling: [{group: all, percent: 101}]}",
        "callback: {zones: [Asia/Shanghai], hours: {noday: [\"09:00-18:00\"]}}",
        "handoff: {bounce_limit: -1}",
        "catalogues: {chanel: []}",
        "catalogues: {channel: [{en: Live stream}]}",
        "catalogues: {channel: [{code: Live Stream, en: Live stream}]}",
        "catalogues: {channel: [{code: livestream, needs_duty: true}]}",
        "callback: {plans: [{id: p, purpose: a b, form: {id: f}, delay: 1d, kinds: [inquiry]}]}",
        "roles: {lead: [}"}) {
    const auto error = error_of("# a comment\n" + line + "\n");
    EXPECT_EQ(error.line, 2) << line << "\n" << error.sentence;
    EXPECT_THAT(error.sentence, testing::StartsWith("Expected ")) << line;
  }
}

/// A text that is taken by who reads what was published, and refused to who publishes it.
struct Meaningless {
  std::string yaml;
  int line;
  std::string path;
};

TEST(Policy, WhatCanNeverBeMeantIsRefusedByLineAndPathAndReadWhereItWasPublished) {
  const std::string calendar = "{id: a, tz: Etc/UTC, week: {mon: ['09:00-10:00']}}";
  for (const auto& [yaml, line, path] : std::vector<Meaningless>{
           {"handoff:\n  bounce_limit: 2\n  bounce_limit: 3\n", 3, "handoff.bounce_limit"},
           {"closing: {}\nclosing: {}\n", 2, "closing"},
           {"departments:\n- {id: cs}\n- {id: tech}\n- {id: cs}\n", 4, "departments[2]"},
           {"departments: [{id: cs, duties: [talk, talk]}]", 1, "departments[0].duties[1]"},
           {"calendars:\n- " + calendar + "\n- " + calendar + "\n", 3, "calendars[1]"},
           {"calendars: [{id: a, tz: Etc/UTC, week: {mon: ['09:00-10:00'], mon: ['11:00-12:00']}}]", 1,
            "calendars[0].week.mon"},
           {"review: {scorecard: {id: c, items: [{id: speed, max: 1},\n {id: speed, max: 1}]}}", 2,
            "review.scorecard.items[1]"},
           {"review: {sampling: [{group: all, percent: 1, kinds: [complaint]}, {group: all, percent: 2}]}", 1,
            "review.sampling[1]"},
           {"review: {sampling: [{group: all, percent: 1}, {group: rest, percent: 2}]}", 1,
            "review.sampling[0]"},
           {"approvals: [{of: [owner_changes]}]", 1, "approvals[0].of[0]"},
           {"review: {scorecard: {id: c, items: [{id: speed, max: 1}], auto_fail: [manners]}}", 1,
            "review.scorecard.auto_fail[0]"},
           {"review: {scorecard: {id: c, items: [{id: speed, max: 0}]}}", 1, "review.scorecard.items[0].max"},
           {"departments: [{id: cs, duties: [talk]}]\nrouting:\n- {category: a, to: cs, duty: walk}\n", 3,
            "routing[0].duty"},
           {"routing:\n- {category: 'a/*', to: cs}\n- {category: a/b, to: cs}\n", 3, "routing[1]"},
           {"roles: {lead: [boss]}\nhandoff:\n  ruling_role: chief\n", 3, "handoff.ruling_role"},
           {"roles: {lead: [boss]}\nhandoff: {escalate_to: [boss, lead]}", 2, "handoff.escalate_to[1]"},
           {"roles: {lead: [boss]}\ncomplaint: {escalate_to: [chief]}", 2, "complaint.escalate_to[0]"},
           {"roles: {lead: [boss]}\nsla: {P1: {escalate: [{at: 100, to: [chief]}]}}", 2,
            "sla.P1.escalate[0].to[0]"},
           {"handoff: {bounce_limit: 0}", 1, "handoff.bounce_limit"},
           {"catalogues: {kind: [{code: complaint, is_complaint: false}]}", 1, "catalogues.kind[0]"},
           {"handoff: {accept_within: 0m}", 1, "handoff.accept_within"},
           {"assignment: {accept_within: 0m}", 1, "assignment.accept_within"},
           {"suspension: {max: 0d}", 1, "suspension.max"},
           {"complaint: {accept_within: 0h}", 1, "complaint.accept_within"},
           {"callback: {attempts: {max: 0}}", 1, "callback.attempts.max"},
           {"sla: {P4: {first_response: 0m}}", 1, "sla.P4.first_response"},
           {"sla:\n  P1: {first_response: 9h,\n       resolution: 8h}\n", 3, "sla.P1.resolution"},
           {"sla:\n  P1: {first_response: 9h}\n", 2, "sla.P1.first_response"},
           {"callback: {hours: {all: ['09:00-10:00']}}", 1, "callback"},
           {"callback: {plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1d,\n"
            " kinds: [inquiry], required_before_close: [complaint]}]}",
            1, "callback.plans[0]"},
           {"catalogues:\n  channel:\n  - {code: sea}\n", 3, "catalogues.channel[0]"},
           {"catalogues:\n  kind:\n  - {code: a, en: A}\n  - {code: a, en: B}\n", 4, "catalogues.kind[1]"},
           {"callback: {plans: [{id: p, purpose: use_experiense, form: {id: f}, delay: 1d,\n kinds: "
            "[inquiry]}]}",
            1, "callback.plans[0].purpose"},
           {"callback: {plans: [{id: p, purpose: use_experience, form: {id: f}, delay: 1d,\n kinds: "
            "[enquiry]}]}",
            2, "callback.plans[0].kinds[0]"},
           {"closing: {}\n---\nhandoff: {}\n", 3, ""}}) {
    EXPECT_TRUE(parse_policy(yaml)) << yaml;
    const auto refused = parse_new_policy(yaml);
    ASSERT_FALSE(refused) << yaml;
    const auto& complaints = refused.error();
    ASSERT_EQ(complaints.size(), 1U) << yaml << complaints.back().sentence;
    EXPECT_EQ(complaints.front().line, line) << yaml << complaints.front().sentence;
    EXPECT_EQ(complaints.front().path, path) << yaml << complaints.front().sentence;
    EXPECT_THAT(complaints.front().sentence, testing::StartsWith("Expected "));
  }
}

TEST(Policy, AllThatIsWrongIsToldAtOnceInOrder) {
  const auto refused = parse_new_policy(
      "handoff:\n  bounce_limits: 3\n  accept_within: soon\nsla: {P1: {calendar: office, resolution: 1bd}}\n"
      "departments: [{id: cs}, {name: nameless}, 3]\ncolour: red\n");
  ASSERT_FALSE(refused);
  std::vector<std::pair<int, std::string>> told;
  for (const auto& complaint : refused.error()) told.emplace_back(complaint.line, complaint.path);
  using At = std::pair<int, std::string>;
  EXPECT_THAT(told, ElementsAre(At{2, "handoff.bounce_limits"}, At{3, "handoff.accept_within"},
                                At{4, "sla.P1.calendar"}, At{5, "departments[1]"}, At{5, "departments[2]"},
                                At{6, "colour"}));
  EXPECT_THAT(refused.error().front().sentence, HasSubstr("Did you mean 'bounce_limit'?"));
}

TEST(Policy, OfACalendarWithFaultsNobodyIsBlamedWhoNamesIt) {
  const auto refused = parse_new_policy(
      "calendars: [{id: office, tz: Asia/Atlantis, week: {monday: []}}]\nhandoff: {calendar: office, "
      "complete_within: 2bd}\n");
  ASSERT_FALSE(refused);
  for (const auto& complaint : refused.error()) EXPECT_EQ(complaint.line, 1) << complaint.sentence;
}

TEST(Policy, ACalendarWhoseHoursHaveFaultsMeasuresNobodysLimits) {
  const auto refused = parse_new_policy(
      "calendars: [{id: office, tz: Etc/UTC, week: {mon: ['z9:00-12:00']}}]\nhandoff: {calendar: office, "
      "accept_within: 2h}\n");
  ASSERT_FALSE(refused);
  for (const auto& complaint : refused.error()) EXPECT_EQ(complaint.line, 1) << complaint.sentence;
}

TEST(Policy, BytesThatAreNoTextAreRefusedWithTheirLine) {
  const auto refused = parse_new_policy("closing: {}\n# caf\xe9\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().line, 2);
  EXPECT_THAT(refused.error().front().sentence, HasSubstr("UTF-8"));
}

TEST(Policy, TheExampleMayBePublished) {
  std::ifstream file(CASETRAIL_EXAMPLE_POLICY);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(parse_new_policy(text.str()));
}

TEST(Policy, AWeekMayWrapAndANightEndOnTheNextDay) {
  const auto policy = parse_new_policy(
      "calendars:\n- {id: riyadh, tz: Asia/Riyadh, week: {sun-thu: ['08:00-16:00']}}\n"
      "- {id: night, tz: Asia/Shanghai, week: {mon-fri: ['22:00-06:00']}}\n"
      "handoff: {calendar: night, complete_within: 1bd}\n");
  ASSERT_TRUE(policy);
  const auto at = [](const char* text) { return parse_timestamp(text).value(); };
  // Thursday's last hour, then Sunday's first.
  EXPECT_EQ(policy->add(CalendarId{"riyadh"}, at("2026-11-26T15:00:00+03:00"), std::chrono::hours{2}),
            at("2026-11-29T09:00:00+03:00"));
  EXPECT_EQ(policy->handoff.complete_within, BusinessSpan(1, Duration{0}));
  // The night of Friday ends on Saturday; the next begins on Monday.
  EXPECT_EQ(policy->add(CalendarId{"night"}, at("2026-11-28T05:00:00+08:00"), std::chrono::hours{2}),
            at("2026-11-30T23:00:00+08:00"));
}

TEST(Policy, ADayMayHaveItsOwnHoursOrThoseOfAnotherWeekday) {
  const auto policy = parse_new_policy(
      "calendars:\n- {id: c, tz: Etc/UTC, week: {mon-thu: ['09:00-17:00'], fri: ['09:00-13:00']},\n"
      "   make_up_workdays: [2026-10-10, {day: 2026-10-17, as: fri}], special_hours: {2026-12-24: "
      "['09:00-10:00'], "
      "2026-12-25: []}}\n");
  ASSERT_TRUE(policy);
  const auto open_on = [&](const std::string& day) {
    const auto from = parse_timestamp(day + "T00:00:00Z").value();
    return policy->between(CalendarId{"c"}, from, from + std::chrono::days{1});
  };
  EXPECT_EQ(open_on("2026-10-10"), std::chrono::hours{8});
  EXPECT_EQ(open_on("2026-10-17"), std::chrono::hours{4});
  EXPECT_EQ(open_on("2026-12-24"), std::chrono::hours{1});
  EXPECT_EQ(open_on("2026-12-25"), std::chrono::hours{0});

  const auto refused = parse_new_policy(
      "calendars:\n- {id: c, tz: Etc/UTC, week: {mon: ['09:00-17:00']},\n"
      "   make_up_workdays: [{day: 2026-10-17, as: mon-fri}],\n"
      "   special_hours: {2026-12-24: ['10:00-12:00', '09:00-11:00'], tomorrow: []}}\n"
      "departments: [{id: tech, calendar: d}]\n");
  ASSERT_FALSE(refused);
  std::vector<std::string> paths;
  for (const auto& complaint : refused.error()) paths.push_back(complaint.path);
  EXPECT_THAT(paths,
              ElementsAre("calendars[0].make_up_workdays[0].as", "calendars[0].special_hours.2026-12-24",
                          "calendars[0].special_hours.tomorrow", "departments[0].calendar"));
}

TEST(Policy, ACatalogueAddsToTheCodesOfCasetrailAndChangesThem) {
  const auto policy = parsed(R"(
catalogues:
  channel: [{code: livestream, zh: 直播间}, {code: fax, retired: true}, {code: phone, en: Hotline}]
  return: [{code: no_capacity, needs_duty: true}]
  kind: [{code: installation, en: Installation}]
intake: {required: {installation: [address], complaint: [name]}}
)");
  const auto& channels = policy.catalogues.of<Channel>();
  EXPECT_EQ(channels.find("livestream")->zh, "直播间");
  EXPECT_TRUE(channels.find("fax")->retired);
  EXPECT_EQ(channels.find("phone")->en, "Hotline");
  EXPECT_FALSE(channels.find("qq")->retired);
  EXPECT_EQ(channels.nearest_to("livestraem"), "livestream");
  EXPECT_EQ(channels.nearest_to("faxx"), "");
  EXPECT_TRUE(policy.catalogues.has(Code(ReturnReason::no_capacity), &CatalogueEntry::needs_duty));
  EXPECT_TRUE(policy.catalogues.has(Code(ReturnReason::not_our_duty), &CatalogueEntry::needs_duty));
  EXPECT_THAT(policy.required_of(*Code<CaseKind>::from("installation")), ElementsAre(IntakeField::address));
  EXPECT_THAT(policy.required_of(CaseKind::complaint), ElementsAre(IntakeField::name));
  EXPECT_THAT(policy.required_of(CaseKind::inquiry), testing::IsEmpty());
}

TEST(Policy, WarnsWhenTheHolidaysOfTheCalendarRunOut) {
  const auto policy = parsed(
      "calendars: [{id: c, tz: Etc/UTC, week: {mon: ['09:00-17:00']}, holidays: [2026-12-25]}, {id: d, tz: "
      "Etc/UTC, week: {mon: ['09:00-17:00']}}]");
  EXPECT_THAT(warnings_of(policy, parse_timestamp("2026-12-25T10:00:00Z").value()), testing::IsEmpty());
  EXPECT_THAT(warnings_of(policy, parse_timestamp("2026-12-26T10:00:00Z").value()),
              ElementsAre(HasSubstr("'c' knows no holiday after 2026-12-25")));
}

TEST(Policy, WhatIsSaidOtherwiseIsToldByPath) {
  std::vector<std::string> lines;
  for (const auto& change :
       policy_changes("handoff: {bounce_limit: 2, accept_within: 1h}\n"
                      "departments: [{id: cs, duties: [talk]}, {id: tech, name: T}]\n"
                      "routing: [{category: a, to: cs}, {category: b, to: tech}]\n",
                      "departments: [{id: tech, name: T}, {id: cs, duties: [talk, call]}]\n"
                      "routing: [{category: b, to: tech}, {category: a, to: cs}]\n"
                      "handoff: {bounce_limit: 3}\nowner: {basis: designated} # now\n"))
    lines.push_back(line_of(change));
  EXPECT_THAT(lines, ElementsAre("departments[cs].duties: [talk] -> [talk, call]",
                                 "handoff.accept_within: 1h -> (not said)", "handoff.bounce_limit: 2 -> 3",
                                 "owner.basis: (not said) -> designated", "routing[0].category: a -> b",
                                 "routing[0].to: cs -> tech", "routing[1].category: b -> a",
                                 "routing[1].to: tech -> cs"));
  EXPECT_THAT(policy_changes("closing: {}", "# nothing"), testing::IsEmpty());
}

TEST(Policy, ARouteToNowhereIsAnError) {
  const auto error = error_of("departments: [{id: cs}]\nrouting:\n- {category: '*', to: tech}\n");
  EXPECT_EQ(error.line, 3);
}

TEST(Policy, BusinessDaysAreThoseOfTheCalendar) {
  const auto policy = parsed(
      "calendars: [{id: short, tz: Etc/UTC, week: {mon-thu: [\"09:00-12:00\"]}}]\n"
      "handoff: {calendar: short, complete_within: 2bd}\n");
  EXPECT_EQ(policy.handoff.complete_within, BusinessSpan(2, Duration{0}));
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
