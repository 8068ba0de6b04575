// Handing a case to another department: two sides, a duty, and a way out of bouncing.
#include "events/case/handoff.h"

#include "aggregates/case/handoff/commands.h"
#include "events/case/timer.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::hours;

const HandoffId kFirst{"h1"};

Policy two_departments() {
  return parse_policy(R"(
departments: [{id: cs, duties: [talk]}, {id: tech, duties: [repair]}]
routing: [{category: "fault/*", to: tech, duty: repair}]
handoff: {bounce_limit: 1, ruling_role: cs_lead}
)")
      .value();
}

Given a_pending_handoff(Policy policy = two_departments()) {
  auto story = a_case_in_progress(CaseKind::service_request, std::move(policy));
  story.and_given(hand_off());
  return story;
}

ReturnHandoff give_back(std::optional<DutyId> duty = DutyId{"talk"}) {
  return {kFirst, ReturnReason::not_our_duty, std::move(duty), std::nullopt};
}

RuleHandoff rule(const std::string& department = "tech") {
  return {kFirst, DepartmentId{department}, DutyId{department == "cs" ? "talk" : "repair"},
          "the unit is broken"};
}

TEST(Handoff, IsRequestedWithATimeToAccept) {
  auto story = a_case_in_progress(CaseKind::service_request, two_departments());
  story.when(hand_off()).then({"handoff.requested", "timer.set"});
  EXPECT_EQ(story.last_of<HandoffRequested>().duty_id, DutyId{"repair"});
  EXPECT_EQ(story.last_of<HandoffRequested>().accept_by, kMonday + hours{2});
  EXPECT_EQ(story.last_of<HandoffRequested>().from.department_id.value, "cs");
}

TEST(Handoff, WhileOneIsPendingIsRejected) {
  a_pending_handoff().when(hand_off()).then_refused("handoff_pending");
}

TEST(Handoff, WithAnIncompleteNoteIsRejected) {
  auto command = hand_off();
  command.pii.how.reset();
  auto story = a_case_in_progress();
  story.when(command).then_refused("handover_note_incomplete");
  EXPECT_THAT(story.last().error().sentence, testing::HasSubstr("in 'how'"));
}

TEST(Handoff, ToAnUnknownDepartmentIsRejected) {
  a_case_in_progress(CaseKind::service_request, two_departments())
      .when(hand_off("moon"))
      .then_refused("department_unknown");
}

TEST(Handoff, OfACaseThatNobodyHasIsRejected) {
  a_new_case().when(hand_off()).then_refused("not_triaged");
  a_triaged_case().when(hand_off()).then_refused("no_assignee");
  a_resolved_case().when(hand_off()).then_refused("already_resolved");
}

TEST(Handoff, AcceptedMovesTheCase) {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech")).when(AcceptHandoff{kFirst});
  story.then({"handoff.accepted", "timer.cleared", "sla.target.met", "timer.set"});
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"zhao"});
  EXPECT_EQ(story.state().owner, AgentId{"li.wei"});
  story.when(AcceptHandoff{kFirst}).then_refused("no_pending_handoff");
}

TEST(Handoff, IsAcceptedByTheDepartmentThatIsAskedAlone) {
  a_pending_handoff()
      .as(agent("sun", "logistics"))
      .when(AcceptHandoff{kFirst})
      .then_refused("not_authorized");
}

TEST(Handoff, IsNotAcceptedByWhoAskedForIt) {
  a_pending_handoff().as(agent("li.wei", "tech")).when(AcceptHandoff{kFirst}).then_refused("self_handoff");
}

TEST(Handoff, ToWhoHasTheCaseIsNoHandoff) {
  auto to_himself = hand_off();
  to_himself.to.agent_id = a_case_in_progress().state().assignment.agent_id;
  a_case_in_progress().when(to_himself).then_refused("handoff_to_assignee");
  to_himself.mode = HandoffMode::question;
  a_case_in_progress().when(to_himself).then_refused("handoff_to_assignee");
}

TEST(Handoff, ThatIsNotPendingIsNotAnswered) {
  a_case_in_progress().when(AcceptHandoff{kFirst}).then_refused("no_pending_handoff");
  a_triaged_case().when(give_back()).then_refused("no_pending_handoff");
  a_pending_handoff().when(AcceptHandoff{HandoffId{"h2"}}).then_refused("no_pending_handoff");
}

TEST(Handoff, AcceptedWhileSuspendedResumesTheWork) {
  auto story = a_pending_handoff();
  story.and_given(suspend(kMonday + hours{30})).as(agent("zhao", "tech")).when(AcceptHandoff{kFirst});
  story.then(
      {"handoff.accepted", "timer.cleared", "sla.target.met", "timer.set", "timer.cleared", "timer.resumed"});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

Policy that_bears_three_returns() {
  auto policy = two_departments();
  policy.handoff.bounce_limit = 3;
  return policy;
}

TEST(Handoff, ReturnedWithADutyOfOthersEnds) {
  auto story = a_pending_handoff(that_bears_three_returns());
  story.as(agent("zhao", "tech")).when(give_back()).then({"handoff.returned", "timer.cleared"});
  EXPECT_EQ(story.state().bounces, 1);
  EXPECT_EQ(story.last_of<HandoffReturned>().limit_reached, false);
  story.when(give_back()).then_refused("no_pending_handoff");
}

Given a_disputed_handoff() {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech")).when(give_back()).then({"handoff.returned", "timer.cleared"});
  return story;
}

TEST(Handoff, ReturnedAsOftenAsThePolicyAllowsIsDisputed) {
  const auto story = a_disputed_handoff();
  EXPECT_EQ(story.last_of<HandoffReturned>().limit_reached, true);
  EXPECT_EQ(story.state().pending_handoff->phase, HandoffPhase::disputed);
}

TEST(Handoff, DisputedIsRuledByTheLeadAndCannotBeReturned) {
  auto story = a_disputed_handoff();
  story.when(rule()).then_refused("not_authorized");
  story.as(agent("boss", "cs", "cs_lead")).when(rule()).then({"handoff.ruled", "timer.set"});
  story.when(WithdrawHandoff{kFirst, "we keep it"}).then_refused("handoff_ruled");
  story.as(agent("li.wei", "cs")).when(WithdrawHandoff{kFirst, "we keep it"}).then_refused("handoff_ruled");
  story.as(agent("zhao", "tech")).when(give_back()).then_refused("handoff_ruled");
  story.when(AcceptHandoff{kFirst})
      .then({"handoff.accepted", "timer.cleared", "sla.target.met", "timer.set"});
}

TEST(Handoff, DisputedMayStillBeAccepted) {
  auto story = a_disputed_handoff();
  story.when(give_back()).then_refused("bounce_limit");
  story.and_given(AcceptHandoff{kFirst});
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"zhao"});
}

TEST(Handoff, DisputedGivesWayToAnother) {
  auto story = a_disputed_handoff();
  story.as(agent("li.wei", "cs")).and_given(hand_off());
  EXPECT_EQ(story.state().pending_handoff->handoff_id, HandoffId{"h2"});
  EXPECT_EQ(story.state().pending_handoff->phase, HandoffPhase::pending);
}

TEST(Handoff, DisputedEndsWhenItsGiverResolvesTheCase) {
  auto story = a_disputed_handoff();
  story.as(agent("li.wei", "cs")).and_given(resolve());
  EXPECT_FALSE(story.state().pending_handoff);
}

TEST(Handoff, RuledBackToWhoAskedIsAcceptedByThem) {
  auto story = a_disputed_handoff();
  story.as(agent("boss", "cs", "cs_lead")).and_given(rule("cs"));
  story.as(agent("li.wei", "cs")).and_given(AcceptHandoff{kFirst});
}

TEST(Handoff, RecordedAsReturnedWithoutWordOfTheLimitEnds) {
  HandoffRequested requested;
  HandoffReturned returned;
  requested.handoff_id = returned.handoff_id = kFirst;
  CaseState state;
  EventsOf events("case-1");
  events.add(requested).add(returned);
  for (const auto& event : events.events()) evolve(state, event);
  EXPECT_FALSE(state.pending_handoff);
}

TEST(Handoff, ReturningWithoutADutyIsRejected) {
  a_pending_handoff()
      .as(agent("zhao", "tech"))
      .when(give_back(std::nullopt))
      .then_refused("duty_reference_required");
}

TEST(Handoff, ReturningWithTheReturnersOwnDutyIsRejected) {
  a_pending_handoff()
      .as(agent("zhao", "tech"))
      .when(give_back(DutyId{"repair"}))
      .then_refused("duty_reference_required");
  a_pending_handoff()
      .as(agent("zhao", "tech"))
      .when(give_back(DutyId{"invented"}))
      .then_refused("duty_reference_required");
}

TEST(Handoff, ReturnedTooOftenNeedsARuling) {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech")).and_given(give_back()).and_given(hand_off());
  auto again = give_back();
  again.handoff_id = HandoffId{"h2"};
  story.when(again).then_refused("bounce_limit");
}

TEST(Handoff, RuledUponCannotBeReturned) {
  auto story = a_pending_handoff();
  story.when(rule()).then_refused("not_authorized");
  story.as(agent("boss", "cs", "cs_lead")).when(rule()).then({"handoff.ruled", "timer.set"});
  story.when(rule()).then_nothing();
  story.as(agent("zhao", "tech")).when(give_back()).then_refused("handoff_ruled");
  story.and_given(AcceptHandoff{kFirst});
}

TEST(Handoff, ARulingNeedsAReasonAndAKnownDepartment) {
  auto story = a_pending_handoff();
  auto silent = rule();
  silent.reason.clear();
  story.as(agent("boss", "cs", "cs_lead")).when(silent).then_refused("reason_required");
  story.when(rule("moon")).then_refused("department_unknown");
}

TEST(Handoff, ARulingRestsOnADutyThatTheRuledDepartmentHasPublished) {
  auto story = a_pending_handoff();
  story.as(agent("boss", "cs", "cs_lead"));
  for (const auto* duty : {"nonsense", "talk", ""}) {
    auto ruling = rule();
    ruling.duty_id.value = duty;
    story.when(ruling).then_refused("duty_reference_required");
  }
  story.when(rule()).then({"handoff.ruled", "timer.set"});
}

TEST(Handoff, CompletedOnceIsReportedBack) {
  auto story = a_pending_handoff();
  const CompleteHandoff done{kFirst, HandoffResult::done};
  story.when(done).then_refused("handoff_not_accepted");
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst});
  story.as(agent("li.wei", "cs")).when(done).then_refused("not_authorized");
  story.as(agent("zhao", "tech")).when(done).then({"handoff.completed", "timer.cleared", "sla.target.met"});
  story.when(done).then_refused("handoff_not_accepted");
}

TEST(Handoff, OpenKeepsTheCaseFromBeingResolved) {
  auto story = a_pending_handoff();
  story.when(resolve()).then_refused("handoff_pending");
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst});
  story.as(agent("li.wei", "cs")).when(resolve()).then_refused("handoff_pending");
  story.as(agent("zhao", "tech"))
      .and_given(CompleteHandoff{kFirst, HandoffResult::done})
      .and_given(resolve());
}

TEST(Handoff, IsCompletedByWhoTookItAndResolvesTheCase) {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst}).and_given(resolve());
  EXPECT_EQ(story.last_of<HandoffCompleted>().result, HandoffResult::done);
}

TEST(Handoff, ThatWasTakenOverEndsWhenALeadTakesTheCaseElsewhere) {
  Policy policy = two_departments();
  policy.roles.lead = {"lead"};
  auto story = a_pending_handoff(policy);
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst}).as(agent("boss", "tech", "lead"));
  auto to_mei = assign("mei");
  to_mei.basis = AssignmentBasis::lead;
  to_mei.department_id = DepartmentId{"tech"};
  story.when(to_mei).then({"assignment.released", "assignment.made", "timer.set"});
  EXPECT_EQ(story.state().accepted_handoffs.size(), 1U);

  auto to_han = assign("han");
  to_han.basis = AssignmentBasis::lead;
  to_han.department_id = DepartmentId{"cs"};
  story.when(to_han).then({"assignment.released", "timer.cleared", "handoff.withdrawn", "timer.cleared",
                           "assignment.made", "timer.set"});
  EXPECT_TRUE(story.state().accepted_handoffs.empty());
  story.as(agent("han", "cs")).and_given(StartWork{}).and_given(resolve());
}

TEST(Handoff, IsWithdrawnByTheGivingSideOrALead) {
  const WithdrawHandoff back{kFirst, "the customer found the fuse"};
  Policy policy = two_departments();
  policy.roles.lead = {"lead"};
  auto story = a_pending_handoff(policy);
  story.as(agent("zhao", "tech")).when(back).then_refused("not_authorized");
  story.as(agent("boss", "tech", "lead")).when(WithdrawHandoff{kFirst, ""}).then_refused("reason_required");
  story.as(agent("li.wei", "cs")).when(back).then({"handoff.withdrawn", "timer.cleared"});
  story.when(back).then_refused("no_pending_handoff").and_given(resolve());
}

TEST(Handoff, ReturnedForWantOfFactsIsNoBounceAndCitesNoDuty) {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech"));
  story.when(ReturnHandoff{kFirst, ReturnReason::incomplete, {}, {}})
      .then({"handoff.returned", "timer.cleared"});
  EXPECT_EQ(story.state().bounces, 0);
  EXPECT_EQ(story.last_of<HandoffReturned>().limit_reached, false);
}

TEST(Handoff, BouncesAreCountedAnewWhenTheCaseIsReopened) {
  auto story = a_pending_handoff();
  story.as(agent("zhao", "tech")).and_given(give_back()).as(agent("li.wei", "cs"));
  EXPECT_EQ(story.state().bounces, 1);
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
  story.and_given(ReopenCase{ReopenReason::recurrence, {}});
  EXPECT_EQ(story.state().bounces, 0);
}

TEST(Handoff, IsAcceptedWhileTheCaseWaitsInAQueue) {
  auto story = a_pending_handoff();
  story.and_given(ReleaseAssignment{ReleaseReason::absence, {}, {}});
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Handoff, OfSomebodyWhoIsAwayIsCompletedByALead) {
  auto policy = two_departments();
  policy.roles.lead = {"lead"};
  auto story = a_pending_handoff(policy);
  const CompleteHandoff complete{kFirst, HandoffResult::partly_done};
  story.as(agent("zhao", "tech")).and_given(AcceptHandoff{kFirst});
  story.as(agent("li.wei", "cs")).when(complete).then_refused("not_authorized");
  story.as(agent("boss", "cs", "lead")).and_given(complete);
}

TEST(Handoff, OfAShiftLeavesTheCaseAsItStandsAndNothingToReport) {
  auto story = a_case_in_progress(CaseKind::service_request, two_departments());
  story.and_given(suspend(kMonday + hours{30}));
  auto to_next_shift = hand_off("cs");
  to_next_shift.kind = HandoffKind::shift;
  story.and_given(to_next_shift).as(agent("han", "cs"));
  story.when(AcceptHandoff{kFirst}).then({"handoff.accepted", "timer.cleared", "sla.target.met"});
  EXPECT_EQ(story.state().status, CaseStatus::suspended);
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"han"});
  story.and_given(ResumeWork{ResumeTrigger::manual}).and_given(resolve());
}

TEST(Handoff, NobodyAnsweredExpiresIsEscalatedAndStaysPending) {
  auto story = a_pending_handoff();
  story.after(hours{2});
  const auto types = std::vector<std::string>{"timer.expired", "handoff.expired", "sla.target.missed",
                                              "escalation.triggered"};
  std::vector<std::string> last;
  for (auto it = story.log().end() - 4; it != story.log().end(); ++it)
    last.emplace_back(codec_of(it->event).type);
  EXPECT_EQ(last, types) << story;
  EXPECT_EQ(story.last_of<SlaTargetMissed>().responsible->department_id.value, "tech");
  story.as(agent("zhao", "tech")).when(AcceptHandoff{kFirst}).then({"handoff.accepted", "timer.set"});
}

}  // namespace
}  // namespace casetrail
