// The complaint register: what each event makes of a complaint, and how complaints are counted.
#include "tests/projections/board_test.h"

#include <gtest/gtest.h>

#include <chrono>

#include "events/case/assignment.h"
#include "events/case/complaint.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"

namespace casetrail::complaints {
namespace {

using namespace std::chrono_literals;

ComplaintLodged lodged_about(ComplaintAbout about, const std::string& whom) {
  ComplaintLodged fact;
  fact.about = about;
  fact.about_ref = whom;
  return fact;
}

TimerSet to_accept_within(Duration time) {
  TimerSet fact;
  fact.kind = TimerKind::complaint_accept;
  fact.due_at = kMonday + time;
  return fact;
}

AssignmentMade had_by(const std::string& department) {
  AssignmentMade fact;
  fact.department_id.value = department;
  return fact;
}

EventsOf a_lodged_complaint() {
  return EventsOf("case-1")
      .add(RequestRegistered{})
      .add(had_by("desk"))
      .add(lodged_about(ComplaintAbout::person, "li.wei"))
      .add(to_accept_within(8h));
}

EventsOf a_decided_complaint() {
  auto events = a_lodged_complaint();
  return events.after(1h)
      .add(ComplaintAccepted{})
      .add(ComplaintCauseDetermined{ComplaintCause::staff_error, {}, {}, {}})
      .add(ResponsibilityAttributed{
          {{LiableKind::department, "desk", 60}, {LiableKind::agent, "li.wei", 40}}, {}, {}})
      .add(ComplaintAssessed{ComplaintAssessment::justified,
                             ComplaintSeverity::serious,
                             Code<ComplaintAbout>(ComplaintAbout::service),
                             AgentId{"qa1"},
                             {"found so"}})
      .add(DecisionCommunicated{
          ComplaintAssessment::justified, Channel::phone, kMonday + 240h, AgentId{"zhao"}, {"told so"}});
}

std::string register_of(const EventsOf& events, kit::FilterValues filters = {}, Duration now = 2h) {
  return board("complaints", events, {.now = kMonday + now, .filters = std::move(filters)});
}

TEST(ComplaintRegister, ALodgedComplaintWaitsToBeAccepted) {
  const auto json = register_of(a_lodged_complaint());
  EXPECT_EQ(at(json, "/rows/0/state"), R"("lodged")");
  EXPECT_EQ(at(json, "/rows/0/department"), R"("desk")");
  EXPECT_EQ(at(json, "/rows/0/in_time"), "null");
  EXPECT_EQ(at(json, "/rows/0/open_ms"), std::to_string(Duration(2h).count()));
  EXPECT_EQ(at(json, "/totals/not_accepted"), "1");
}

TEST(ComplaintRegister, NamesNoPersonAndNoWords) {
  const auto json = register_of(a_decided_complaint());
  for (const auto* personal : {"li.wei", "found so", "told so", "qa1"})
    EXPECT_EQ(json.find(personal), std::string::npos) << personal << json;
  EXPECT_EQ(at(json, "/rows/0/liable_departments"), R"(["desk"])");
}

TEST(ComplaintRegister, WhatWasFoundTakesThePlaceOfWhatTheCustomerSaid) {
  EXPECT_EQ(at(register_of(a_lodged_complaint()), "/categories/0/category"), R"("person")");
  const auto json = register_of(a_decided_complaint());
  EXPECT_EQ(at(json, "/rows/0/category"), R"("service")");
  EXPECT_EQ(at(json, "/categories/0/category"), R"("service")");
  EXPECT_EQ(at(json, "/categories/1"), "missing");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("decided")");
  EXPECT_EQ(at(json, "/rows/0/in_time"), "true");
  EXPECT_EQ(at(json, "/metrics/justified_permille"), "1000");
}

TEST(ComplaintRegister, AnAppealOpensItAgain) {
  auto events = a_decided_complaint();
  events.add(ComplaintClosed{true, true, true});
  EXPECT_EQ(at(register_of(events), "/totals/open"), "0");
  EXPECT_EQ(at(register_of(events), "/totals/retained"), "1");
  events.add(ComplaintAppealed{Channel::phone, AgentId{"qa1"}, {}});
  const auto json = register_of(events);
  EXPECT_EQ(at(json, "/rows/0/state"), R"("appealed")");
  EXPECT_EQ(at(json, "/rows/0/ended_at"), "null");
  EXPECT_EQ(at(json, "/totals/open"), "1");
  EXPECT_EQ(at(json, "/totals/appeals_open"), "1");
  EXPECT_EQ(at(json, "/metrics/appealed_permille"), "1000");
}

TEST(ComplaintRegister, AShiftedResponsibilityIsThatOfOthers) {
  auto events = a_decided_complaint();
  events.add(ResponsibilityDisputed{});
  EXPECT_EQ(at(register_of(events), "/totals/disputed"), "1");
  events.add(ResponsibilityConfirmed{
      ResponsibilityOutcome::shifted, {{LiableKind::department, "stock", 100}}, AgentId{"chief"}, {}});
  const auto json = register_of(events);
  EXPECT_EQ(at(json, "/rows/0/responsibility"), R"("settled")");
  EXPECT_EQ(at(json, "/rows/0/liable_departments"), R"(["stock"])");
}

TEST(ComplaintRegister, OneThatIsDeclinedLateIsLateAndHasNoRemedy) {
  auto events = a_lodged_complaint();
  events.after(9h).add(ComplaintDeclined{"no criterion is met", true, {}}).add(CaseResolved{});
  const auto json = register_of(events);
  EXPECT_EQ(at(json, "/totals/late"), "1");
  EXPECT_EQ(at(json, "/metrics/in_time_permille"), "0");
  EXPECT_EQ(at(json, "/rows/0/remedy"), "null");
}

TEST(ComplaintRegister, ACaseHasARowForEachOfItsComplaints) {
  auto events = a_decided_complaint();
  events.add(ComplaintClosed{true, true, false})
      .after(1h)
      .add(lodged_about(ComplaintAbout::department, "stock"));
  const auto json = register_of(events, {}, 4h);
  EXPECT_EQ(at(json, "/rows/0/no"), R"("k2")");
  EXPECT_EQ(at(json, "/rows/0/department"), R"("stock")");
  EXPECT_EQ(at(json, "/rows/1/no"), R"("k1")");
  EXPECT_EQ(at(json, "/departments/0/closed"), "1");
  EXPECT_EQ(at(json, "/departments/1/open"), "1");
}

TEST(ComplaintRegister, IsCountedByTheDaysOnWhichComplaintsWereLodgedAsTheyStand) {
  auto events = a_decided_complaint();
  events.after(48h).add(ComplaintClosed{true, true, true});
  const auto json = register_of(events, {{"period", "day"}, {"zone", "UTC"}}, 72h);
  EXPECT_EQ(at(json, "/periods/3/begins"), R"("2025-11-24")");
  EXPECT_EQ(at(json, "/periods/3/closed"), "1");
  EXPECT_EQ(at(json, "/periods/1/lodged"), "0");
}

TEST(ComplaintRegister, IsAskedForAStretchOfTime) {
  const auto events = a_lodged_complaint();
  const auto from = [](Duration time) { return to_wire(kMonday + time); };
  EXPECT_EQ(
      at(register_of(events, {{"lodged_since", from(-1h)}, {"lodged_until", from(1h)}}), "/totals/matching"),
      "1");
  EXPECT_EQ(at(register_of(events, {{"lodged_since", from(1h)}}), "/totals/matching"), "0");
}

}  // namespace
}  // namespace casetrail::complaints
