// Nothing gets stuck: whatever the customer says is heard, whatever was left open ends or is told, and who
// goes away leaves the case as it stood.
#include "aggregates/case/approval/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/solution/commands.h"
#include "events/case/callback.h"
#include "events/case/errand.h"
#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::IsEmpty;

const CallbackId kPlanned{"c1"};

Policy with_call(const std::string& more = "") {
  return parse_policy(R"(
roles: {lead: [boss]}
callback:
  zones: [Asia/Shanghai]
  hours: {all: ["00:00-24:00"]}
  plans:
  - {id: p, purpose: satisfaction_and_problem, form: {id: cb}, delay: 1h, kinds: [service_request],
     required_before_close: [service_request]}
)" + more)
      .value();
}

/// The customer answers the planned call and says that all is not well.
Given& say_no(Given& story) {
  CallbackWords words;
  words.problem_where = "it broke again";
  story.after(hours{2}).and_given(AttemptCallback{kPlanned, CallbackOutcome::connected, std::nullopt});
  return story.when(CompleteCallback{kPlanned, {false, 2, std::nullopt}, words});
}

AttemptCall call(CallDirection direction) {
  return {direction, CallOutcome::connected, {}, {}, {}, WorkText{"it broke again"}};
}

bool runs(const Given& story, TimerKind kind) {
  return std::ranges::any_of(story.state().timers,
                             [&](const RunningTimer& timer) { return timer.kind == kind; });
}

TEST(Unstuck, WhoIsNotSatisfiedIsOwedAnAnswer) {
  auto story = a_resolved_case(with_call());
  say_no(story).then({"callback.completed", "timer.cleared", "timer.cleared", "timer.set"});
  EXPECT_TRUE(story.state().answer_owed);
  EXPECT_TRUE(runs(story, TimerKind::next_update));
  story.and_given(report());
  EXPECT_FALSE(story.state().answer_owed);
  EXPECT_TRUE(runs(story, TimerKind::confirmation_window));
}

TEST(Unstuck, WhoIsNotSatisfiedRejectsTheResolutionWhereThePolicySaysSo) {
  auto story = a_resolved_case(with_call("closing: {message_on_resolved: reject_resolution}"));
  say_no(story);
  EXPECT_EQ(story.last_of<ResolutionRejected>().pii.text, "it broke again");
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  EXPECT_EQ(story.state().callbacks.front().phase, CallbackPhase::completed);
}

TEST(Unstuck, WhoIsNotSatisfiedWithAClosedCaseOpensItAgain) {
  const std::string optional_call = R"(
callback:
  zones: [Asia/Shanghai]
  hours: {all: ["00:00-24:00"]}
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: cb}, delay: 1h, kinds: [service_request]}]
)";
  auto story = a_closed_case(parse_policy(optional_call).value());
  ASSERT_EQ(story.state().status, CaseStatus::closed);
  say_no(story);
  EXPECT_EQ(story.last_of<CaseReopened>().reason_code, ReopenReason::callback_problem);
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  EXPECT_EQ(story.state().callbacks.front().phase, CallbackPhase::completed);

  auto strict = a_closed_case(parse_policy(optional_call + "closing: {message_on_closed: reject}").value());
  say_no(strict).then({"callback.completed", "timer.cleared"});
}

TEST(Unstuck, AnotherCaseThatTakesTheFeedbackOnIsAnAnswer) {
  auto story = a_resolved_case(with_call());
  say_no(story);
  story.and_given(RouteCallbackFeedback{kPlanned, DepartmentId{"tech"}, FeedbackRoute::new_case,
                                        CaseId{"0190a0b0-0000-7000-8000-000000000002"}});
  EXPECT_FALSE(story.state().answer_owed);
  story.after(days{4});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Unstuck, ARequiredCallThatNobodyMakesIsToldAndTheCaseLookedAtAgain) {
  auto story = a_resolved_case(with_call());
  story.after(days{1});
  EXPECT_EQ(story.state().escalated->to, std::vector<std::string>{"boss"});
  story.after(days{30});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  EXPECT_TRUE(runs(story, TimerKind::confirmation_window));
}

TEST(Unstuck, ACallOnAClosedCaseIsRecordedAndOfTheCustomerOpensIt) {
  auto story = a_closed_case();
  story.when(call(CallDirection::outbound)).then({"call.attempted"});
  story.when(call(CallDirection::inbound));
  EXPECT_EQ(story.last_of<CaseReopened>().reason_code, ReopenReason::customer_message);
  a_closed_case().after(days{31}).when(call(CallDirection::inbound)).then_refused("reopen_window_passed");
}

TEST(Unstuck, OnlyTheCustomerUrgesOnAClosedCase) {
  auto story = a_closed_case();
  story.when(ChaseCase{ChasedBy::agent, {}, {}}).then_refused("case_closed");
  EXPECT_THAT(story.last().error().sentence, testing::HasSubstr("note that somebody urges"));
  story.when(ChaseCase{ChasedBy::customer, Channel::phone, {}});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Unstuck, AWithdrawnRequestLeavesNothingBehind) {
  auto story = a_case_in_progress();
  story.and_given(ReachAgreement{AgreementKind::recovery, Finality::final, {}, 0, story.now() + days{1}});
  story.and_given(DispatchWork{AgentId{"han"}, story.now() + hours{20}, story.now() + hours{22}});
  story.and_given(RequestApproval{ApprovalSubject::owner_change, "han", {}, {"he is on leave"}});
  story.and_given(hand_off("tech"));
  story.when(WithdrawRequest{Channel::phone, {}});
  EXPECT_EQ(story.last_of<HandoffWithdrawn>().reason, "request_withdrawn");
  EXPECT_EQ(story.last_of<VisitCompleted>().result, VisitResult::canceled);
  EXPECT_THAT(story.state().agreement.open, IsEmpty());
  EXPECT_THAT(story.state().approvals, IsEmpty());
  EXPECT_THAT(story.state().timers, IsEmpty());
}

TEST(Unstuck, WhoIsReleasedFromAWaitingCaseLeavesItWaiting) {
  auto story = a_case_in_progress();
  const auto review = story.now() + days{5};
  story.and_given(suspend(review));
  const auto waiting = story.state().timers.size();
  story.when(ReleaseAssignment{ReleaseReason::absence, {}, {}})
      .then({"assignment.released", "assignment.queued"});
  EXPECT_EQ(story.state().status, CaseStatus::suspended);
  EXPECT_EQ(story.state().timers.size(), waiting);
  EXPECT_TRUE(runs(story, TimerKind::suspension_review));
  story.as(agent("han", "cs"));
  auto pull = assign("han");
  pull.basis = AssignmentBasis::pull;
  auto pulled = story;
  pulled.and_given(pull);
  EXPECT_EQ(pulled.state().status, CaseStatus::suspended);
  EXPECT_EQ(pulled.state().assignment.agent_id, AgentId{"han"});
  pulled.after(days{6});
  EXPECT_EQ(pulled.state().status, CaseStatus::in_progress);
  story.after(days{6});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
  story.and_given(pull);
  EXPECT_EQ(story.state().status, CaseStatus::assigned);
}

TEST(Unstuck, AQuestionToTheCustomerIsStillWaitedForAfterARelease) {
  auto story = a_case_in_progress();
  story.and_given(RequestInfo{story.now() + days{1}, {}});
  story.and_given(ReleaseAssignment{ReleaseReason::absence, {}, {}});
  EXPECT_EQ(story.state().status, CaseStatus::awaiting_customer);
  EXPECT_TRUE(runs(story, TimerKind::info_answer));
  story.and_given(ReceiveMessage{Channel::phone, {"here it is"}});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
}

TEST(Unstuck, AComplaintIsNotJudgedByItsPersonHoweverTheyAreSpelled) {
  for (const std::string person : {"li.wei", "Li.Wei", "AGENT:li.wei"}) {
    auto story = a_case_in_progress();
    story.and_given(LodgeComplaint{ComplaintAbout::person, person, {}, {}, {"rude", {}}});
    story.as(agent("li.wei", "cs")).when(AcceptComplaint{}).then_refused("conflict_of_interest");
  }
}

TEST(Unstuck, AComplaintIsNotClosedByWhoIsToBlame) {
  auto story = a_case_in_progress();
  story.and_given(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"nobody called", {}}});
  story.and_given(AcceptComplaint{});
  story.and_given(DetermineCause{ComplaintCause::staff_error, {"call 7"}, {}});
  story.and_given(AttributeResponsibility{{{LiableKind::agent, "Li.Wei", 100}}, {"call 7"}});
  CloseComplaint close;
  close.satisfaction_checked = true;
  story.when(close).then_refused("conflict_of_interest");
  story.as(agent("han", "cs")).when(close).then({"complaint.closed"});
}

TEST(Unstuck, ATickIsCorrectedWithoutSayingAgainWhatIsKnown) {
  const auto policy = parse_policy("intake: {required: {service_request: [service_need, contact]}}").value();
  auto story = a_new_case(CaseKind::complaint, policy);
  AmendRequest amend;
  amend.kind = CaseKind::service_request;
  story.when(amend).then({"request.amended"});
  auto unsaid = register_request(CaseKind::complaint);
  unsaid.pii.service_need.reset();
  Given lacks(policy);
  lacks.and_given(unsaid).when(amend).then_refused("field_missing");
}

}  // namespace
}  // namespace casetrail
