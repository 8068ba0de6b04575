// How long cases were held, added up over cases: the parts are the whole.
#include "projections/history/held_totals.h"

#include <gmock/gmock.h>

#include "aggregates/case/evolve.h"
#include "events/case/assignment.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/work.h"
#include "projections/history/held.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail::history {
namespace {

using std::chrono::hours;

AssignmentMade made_for(const std::string& department, const std::string& agent) {
  AssignmentMade made;
  made.assignment_id = AssignmentId{"a1"};
  made.department_id = DepartmentId{department};
  made.agent_id = AgentId{agent};
  return made;
}

/// Nobody has it for an hour, `zhang` for two, `wu` until it is closed three hours later.
std::vector<CaseEvent> three_holders(const std::string& id) {
  EventsOf events(id);
  events.add(RequestRegistered{}).after(hours{1}).add(made_for("tech", "zhang")).after(hours{2});
  events.add(made_for("cs", "wu")).after(hours{3}).add(CaseClosed{});
  return events.events();
}

std::vector<std::string> told(const HeldTotal& total) {
  std::vector<std::string> lines;
  for (const auto& one : total.holders)
    lines.push_back(one.department.value_or("-") + " " + one.agent.value_or("-") + " " +
                    std::to_string(one.cases) + " " + std::to_string(Duration(one.elapsed_ms) / hours{1}) +
                    " h");
  return lines;
}

TEST(HeldTotals, CountEachHolderOfEachCase) {
  const PolicyVersions policies;
  HeldTotals totals(policies, {.from = {}, .to = kMonday + hours{100}});
  totals.take(three_holders("case-1"));
  totals.take(three_holders("case-2"));
  EXPECT_THAT(told(totals.total()), testing::ElementsAre("- - 2 2 h", "cs wu 2 6 h", "tech zhang 2 4 h"));
  EXPECT_EQ(totals.total().cases, 2);
}

TEST(HeldTotals, AreReadFromTheHistoryOfAllCases) {
  const auto history = random_history(5, 30, 6'000);
  std::map<std::string, std::vector<CaseEvent>> cases;
  for (const auto& event : history) cases[event.case_id.value].push_back(event);
  const PolicyVersions policies;
  const auto now = kMonday + hours{24 * 60};
  HeldTotals totals(policies, {.from = kMonday, .to = now});
  for (const auto& [id, events] : cases) totals.take(events);
  const auto rows = fold("history", history);
  const kit::Rows* partition = &rows;
  const auto answer = find_view("history")->answer(
      {&partition, 1}, {.now = now, .filters = {{"from", to_wire(kMonday)}}, .of_all_cases = true});
  ASSERT_TRUE(answer) << answer.error();
  EXPECT_EQ(at(*answer, "/elapsed_ms"), std::to_string(totals.total().elapsed_ms));
  EXPECT_EQ(at(*answer, "/business_ms"), std::to_string(totals.total().business_ms));
  EXPECT_EQ(at(*answer, "/cases"), std::to_string(totals.total().cases));
  EXPECT_GT(totals.total().holders.size(), 3U);
  for (std::size_t i = 0; i < totals.total().holders.size(); ++i)
    EXPECT_NE(at(*answer, "/rows/" + std::to_string(i) + "/elapsed_ms"), "missing") << i;
}

TEST(HeldTotals, OfADepartmentCountACaseOnce) {
  const PolicyVersions policies;
  EventsOf events("case-1");
  events.add(made_for("cs", "li")).after(hours{1}).add(made_for("cs", "wu")).after(hours{1});
  events.add(made_for("tech", "zhang"));
  HeldTotals totals(policies, {.from = {}, .to = kMonday + hours{4}}, Holders::departments);
  totals.take(events.events());
  EXPECT_THAT(told(totals.total()), testing::ElementsAre("cs - 1 2 h", "tech - 1 2 h"));
}

TEST(HeldTotals, AreOfTheTimeThatWasAskedForAlone) {
  const PolicyVersions policies;
  HeldTotals totals(policies, {.from = kMonday + hours{2}, .to = kMonday + hours{4}});
  totals.take(three_holders("case-1"));
  EXPECT_THAT(told(totals.total()), testing::ElementsAre("cs wu 1 1 h", "tech zhang 1 1 h"));
}

Policy with_hours(const std::string& open) {
  return parse_policy("calendars: [{id: office, tz: UTC, week: {all: [\"" + open + "\"]}}]").value();
}

TEST(HeldTotals, CountBusinessTimeByTheHoursOfThen) {
  PolicyVersions policies;
  policies.add(1, kMonday, with_hours("01:00-02:00"));
  auto events = three_holders("case-1");
  for (auto& event : events) event.policy_version = 1;
  const auto counted = [&] {
    HeldTotals totals(policies, {.from = {}, .to = kMonday + hours{24}});
    totals.take(events);
    return totals.total().business_ms;
  };
  const auto before = counted();
  EXPECT_EQ(before, Duration(hours{1}).count());
  policies.add(2, kMonday + hours{24}, with_hours("00:00-24:00"));
  EXPECT_EQ(counted(), before);
  for (auto& event : events) event.policy_version = 2;
  EXPECT_EQ(counted(), Duration(hours{6}).count());
}

TEST(HeldTotals, OfRandomCasesAddUpToTheWholeOfEachCase) {
  const PolicyVersions policies;
  HeldTotals totals(policies, {.from = {}, .to = kMonday + hours{100'000}});
  std::int64_t whole = 0;
  for (std::uint64_t seed = 1; seed < 30; ++seed) {
    const auto events = random_history(seed, 1, 60);
    totals.take(events);
    const auto held = held_by(events);
    if (held.empty()) continue;
    whole += (held.back().to.value_or(kMonday + hours{100'000}) - held.front().from).count();
  }
  const auto total = totals.total();
  std::int64_t elapsed = 0;
  std::int64_t business = 0;
  for (const auto& one : total.holders) {
    elapsed += one.elapsed_ms;
    business += one.business_ms;
  }
  EXPECT_EQ(elapsed, whole);
  EXPECT_EQ(total.elapsed_ms, whole);
  EXPECT_EQ(total.business_ms, business);
  EXPECT_EQ(business, whole) << "every hour counts without a calendar";
}

}  // namespace
}  // namespace casetrail::history
