// Explanations of decisions, as they are told in golden/why: who is asked "why this agent", "why this due
// time", "why not closed" can answer.
#include "aggregates/case/why.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "aggregates/case/actions.h"
#include "aggregates/case/all_commands.h"
#include "aggregates/policy/policy_words.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

std::string text_of(const std::string& path) {
  const std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string& yaml() {
  static const std::string kText = text_of(CASETRAIL_EXAMPLE_POLICY);
  return kText;
}
Policy company() { return parse_policy(yaml()).value(); }

/// 2025-11-28T08:00:00Z, a Friday: 16:00 in Shanghai.
constexpr auto kUntilFridayAfternoon = days{4} + hours{8};

std::string minutes_of(Duration amount) {
  return std::to_string(std::chrono::floor<minutes>(amount).count()) + " min";
}

void tell_guards(const Trace& trace, std::ostream& out) {
  for (const auto& guard : trace.guards())
    out << "guard " << (guard.bites ? "x " : "- ") << guard.name << " [" << guard.value << "]\n";
  for (const auto& choice : trace.choices()) out << "chose " << choice.name << " [" << choice.value << "]\n";
}

std::string told(const Why& why) {
  std::ostringstream out;
  if (why.refusal) out << "refused " << why.refusal->code << ": " << why.refusal->sentence << "\n";
  for (const auto& event : why.events) out << "event " << codec_of(event).type << "\n";
  tell_guards(why.trace, out);
  for (const auto& due : why.due) {
    out << "due " << due.timer_id.value << ": " << minutes_of(due.left) << " from " << to_wire(due.from)
        << " to " << to_wire(due.due_at) << ", " << (due.calendar ? due.calendar->value : "every hour");
    if (due.target) out << ", of " << minutes_of(*due.target) << ", used " << minutes_of(due.counted);
    out << "\n";
    for (const auto& step : due.steps)
      out << "  " << to_wire(Timestamp(step.day)).substr(0, 10) << " " << name_of(step.kind) << " "
          << minutes_of(step.counted()) << "\n";
  }
  for (const auto& [candidate, taken, because] : why.candidates)
    out << "candidate " << (taken ? "* " : "- ") << candidate.agent_id.value << ": " << because.en << "\n";
  for (const auto& section : why.sections) {
    const auto words = policy_words(yaml(), section);
    out << "policy " << section << " at line " << (words ? words->first_line : 0) << "\n";
  }
  return out.str();
}

CommandEnvelope sent_by(const Actor& actor, const Given& story, Command command) {
  CommandEnvelope envelope;
  envelope.id.value = "asked";
  envelope.case_id.value = "0190a0b0-0000-7000-8000-000000000001";
  envelope.actor = actor;
  envelope.occurred_at = story.now();
  envelope.command = std::move(command);
  return envelope;
}

const Actor kAgent = agent("li.wei", "cs");

Why why_of_command(const Given& story, Command command, const Actor& actor = kAgent) {
  return why_decided(story.state(), sent_by(actor, story, std::move(command)), story.now(), company());
}

/// Of the next timer, when it is due.
Why why_of_next_timer(const Given& story) {
  return why_fired(story.state(), earliest_due(story.state()).value(), company());
}

std::string told_of_action(const Given& story, std::string_view type,
                           const std::optional<Actor>& actor = {}) {
  const auto asked = ask_action(type, story.state(), actor, story.now(), company()).value();
  std::ostringstream out;
  if (const auto& refusal = asked.action.refusal)
    out << "refused " << refusal->code << ": " << refusal->sentence << "\n";
  tell_guards(asked.trace, out);
  return out.str();
}

void expect_golden(const std::string& name, const std::string& told) {
  EXPECT_EQ(told, text_of(CASETRAIL_COMMAND_GOLDEN "/why/" + name + ".txt")) << name;
}

Candidate candidate(const std::string& id, double score) { return {AgentId{id}, score, score, 0.5, score}; }

OfferAssignment offer_among_three(const std::string& taken) {
  auto command = offer(taken);
  command.candidates = std::vector{candidate("li.wei", 0.9), candidate("wang", 0.7), candidate("zhao", 0.4)};
  return command;
}

Given on_friday(Given story) {
  story.after(kUntilFridayAfternoon);
  return story;
}

TEST(Why, ThisAgentAndNotAnother) {
  const auto story = a_triaged_case(CaseKind::service_request, company());
  expect_golden("this_agent", told(why_of_command(story, offer_among_three("li.wei"))));
  expect_golden("agent_against_the_score", told(why_of_command(story, offer_among_three("wang"))));
}

TEST(Why, AClockThatWarnsOrRunsOutNamesTheSectionOfThePolicy) {
  auto story = a_triaged_case(CaseKind::service_request, company());
  bool has_warned = false;
  bool has_ended = false;
  for (int i = 0; i < 4; ++i) {
    const auto why = why_of_next_timer(story);
    ASSERT_FALSE(why.events.empty());
    has_warned = has_warned || why.events.front().get_if<TimerWarned>() != nullptr;
    has_ended = has_ended || why.events.front().get_if<TimerExpired>() != nullptr;
    EXPECT_THAT(why.sections, testing::Contains(testing::StartsWith("sla.")));
    story.after(earliest_due(story.state()).value() - story.now());
  }
  EXPECT_TRUE(has_warned && has_ended);
}

TEST(Why, ARegistrationAsksOnceWhetherItIsTooLate) {
  const auto why = why_of_command(Given(company()), register_request());
  const auto asks = std::ranges::count(why.trace.guards(), "occurred_before_case", &AskedGuard::name);
  EXPECT_EQ(asks, 1);
}

TEST(Why, ThisDueTimeOverAWeekend) {
  auto story = on_friday(Given(company()));
  story.and_given(register_request()).and_given(classify());
  const PrioritizeRequest low{Level::low, Level::low, std::nullopt};
  expect_golden("due_over_a_weekend", told(why_of_command(story, low)));
}

TEST(Why, ThisDueTimeAfterAPauseOverAWeekend) {
  auto story = on_friday(Given(company()));
  story.and_given(register_request()).and_given(classify());
  story.and_given(PrioritizeRequest{Level::low, Level::low, std::nullopt});
  story.and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{}).and_given(report());
  story.after(hours{1}).and_given(suspend(story.now() + days{10})).after(days{3});
  expect_golden("due_after_a_pause", told(why_of_command(story, ResumeWork{})));
}

TEST(Why, ThisDueTimeOverAHoliday) {
  Given story(company());
  story.after(parse_timestamp("2026-12-31T03:00:00Z").value() - kMonday);
  story.and_given(register_request()).and_given(classify()).and_given(prioritize());
  story.and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{});
  expect_golden("due_over_a_holiday", told(why_of_command(story, hand_off())));
}

TEST(Why, NotClosed) {
  const auto working = a_case_in_progress(CaseKind::service_request, company());
  expect_golden("not_closed_in_progress", told_of_action(working, "case.close"));
  expect_golden("not_resolved_with_a_handoff", [&] {
    auto story = a_case_in_progress(CaseKind::service_request, company());
    story.and_given(hand_off());
    return told_of_action(story, "case.resolve");
  }());
  expect_golden("not_closed_by_a_stranger",
                told_of_action(a_resolved_case(company()), "case.close", agent("zhao", "cs")));
  expect_golden("not_closed_without_a_callback", [&] {
    auto story = a_case_in_progress(CaseKind::complaint, company());
    story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
    return told_of_action(story, "case.close");
  }());
}

ReturnHandoff send_back(const std::string& id) {
  return {HandoffId{id}, ReturnReason::not_our_duty, DutyId{"delivery"}, std::nullopt};
}

TEST(Why, RefusedWhereTheCaseWasReturnedTooOften) {
  const auto tech = agent("zhou", "tech");
  auto story = a_case_in_progress(CaseKind::service_request, company());
  story.and_given(hand_off());
  expect_golden("handoff_returned", told(why_of_command(story, send_back("h1"), tech)));
  story.as(tech).and_given(send_back("h1")).as(kAgent).and_given(hand_off());
  story.as(tech).and_given(send_back("h2")).as(kAgent).and_given(hand_off());
  expect_golden("refused_at_the_bounce_limit", told(why_of_command(story, send_back("h3"), tech)));
}

TEST(Why, RuledWhoHasTheDuty) {
  auto story = a_case_in_progress(CaseKind::service_request, company());
  story.and_given(hand_off());
  RuleHandoff ruling;
  ruling.handoff_id.value = "h1";
  ruling.ruling_department.value = "logistics";
  ruling.duty_id.value = "delivery";
  ruling.reason = "the parcel was damaged on its way";
  expect_golden("handoff_ruled", told(why_of_command(story, ruling, agent("qian", "cs", "cs_lead"))));
  expect_golden("ruling_refused", told(why_of_command(story, ruling, agent("zhou", "tech"))));
}

TEST(Why, Escalated) {
  auto story = a_triaged_case(CaseKind::service_request, company());
  expect_golden("warned", told(why_of_next_timer(story)));
  story.after(minutes{45});
  expect_golden("escalated", told(why_of_next_timer(story)));
}

TEST(Why, ClosedByATimer) {
  auto story = a_resolved_case(company());
  story.after(days{2} + hours{20});
  expect_golden("closed_in_silence", told(why_of_next_timer(story)));
}

TEST(Why, ACallbackIsPlanned) {
  expect_golden("callback_planned",
                told(why_of_command(a_case_in_progress(CaseKind::complaint, company()), resolve())));
}

TEST(Why, AClosedCaseIsDrawnForAReviewOrNot) {
  expect_golden("review_sample",
                told(why_of_command(a_resolved_case(company()), AcceptResolution{Channel::phone})));
}

TEST(Why, WithoutItsCommandTheEventsTellOfThemselves) {
  const auto story = a_triaged_case(CaseKind::service_request, company());
  const auto whole = why_of_command(story, offer_among_three("li.wei"));
  const auto left = why_of(story.state(), whole.events, story.now(), company());
  EXPECT_TRUE(left.trace.guards().empty());
  ASSERT_EQ(left.due.size(), 1);
  EXPECT_EQ(left.due.front().due_at, whole.due.front().due_at);
  EXPECT_EQ(left.candidates.size(), 3);
}

}  // namespace
}  // namespace casetrail
