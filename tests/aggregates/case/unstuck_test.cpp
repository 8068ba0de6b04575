// Nothing gets stuck: whatever the customer says is heard, whatever was left open ends or is told, and who
// goes away leaves the case as it stood.
#include "aggregates/case/approval/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/timer/commands.h"
#include "events/case/callback.h"
#include "events/case/errand.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/solution.h"
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
  const auto policy = parse_policy("names: {agents: [{id: li.wei, name: 李伟 Li Wei}]}").value();
  for (const auto about : {ComplaintAbout::person, ComplaintAbout::service}) {
    for (const std::string person : {"li.wei", "Li.Wei", "AGENT:li.wei", "李伟", "li wei"}) {
      auto story = a_case_in_progress(CaseKind::service_request, policy);
      story.and_given(LodgeComplaint{about, person, {}, {}, {"rude", {}}});
      story.as(agent("li.wei", "cs")).when(AcceptComplaint{}).then_refused("conflict_of_interest");
      story.when(DeclineComplaint{}).then_refused("conflict_of_interest");
    }
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

TEST(Unstuck, AComplaintIsNotTakenBackByWhomItIsAbout) {
  const auto li = agent("li.wei", "cs");
  auto story = a_case_in_progress();
  story.and_given(LodgeComplaint{ComplaintAbout::person, "li.wei", {}, {}, {"rude", {}}});
  story.as(li).when(WithdrawComplaint{Channel::phone}).then_refused("conflict_of_interest");
  story.as(li).when(WithdrawRequest{Channel::phone, {}}).then_refused("conflict_of_interest");
  auto other = story;
  other.as(agent("han", "cs")).when(WithdrawComplaint{Channel::phone});
  EXPECT_EQ(other.state().complaint, ComplaintPhase::withdrawn);
  other.as(li).when(WithdrawRequest{Channel::phone, {}});
  EXPECT_EQ(other.state().status, CaseStatus::closed);
}

TEST(Unstuck, AVisitAndGoodsAreWatchedOverAfterTheCaseIsClosed) {
  auto story = a_case_in_progress();
  story.and_given(AuthorizeReturn{ReturnKind::exchange, {{"pump", 1}}, {}});
  story.and_given(DispatchWork{AgentId{"han"}, story.now() + days{8}, story.now() + days{9}});
  story.and_given(resolve()).after(days{4});
  ASSERT_EQ(story.state().status, CaseStatus::closed);
  EXPECT_TRUE(runs(story, TimerKind::visit_due));
  story.and_given(ReceiveReturn{ReturnId{"m1"}, GoodsCondition::intact});
  EXPECT_TRUE(runs(story, TimerKind::return_inspection));
  story.after(days{30});
  EXPECT_FALSE(runs(story, TimerKind::visit_due));
  EXPECT_FALSE(runs(story, TimerKind::return_inspection));
  EXPECT_TRUE(story.state().escalated);
}

TEST(Unstuck, WhatWasEscalatedOfOwedGoodsStaysOpenWhenTheCaseEnds) {
  auto story =
      a_case_in_progress(CaseKind::service_request, parse_policy("return: {inspect_within: 1h}").value());
  story.and_given(AuthorizeReturn{ReturnKind::exchange, {{"pump", 1}}, {}});
  story.and_given(ReceiveReturn{ReturnId{"m1"}, GoodsCondition::intact}).and_given(resolve()).after(hours{2});
  ASSERT_TRUE(story.state().escalated);
  ASSERT_EQ(story.state().status, CaseStatus::resolved);
  story.after(days{30});
  ASSERT_EQ(story.state().status, CaseStatus::closed);
  EXPECT_TRUE(story.state().escalated);
  story.as(agent("boss", "cs", "lead")).when(AcknowledgeEscalation{}).then({"escalation.acknowledged"});
}

TEST(Unstuck, ACaseDoesNotEndBeforeTheNewsThatItPromises) {
  auto story = a_case_in_progress();
  story.and_given(resolve()).and_given(ReceiveMessage{Channel::phone, {"still broken"}});
  const auto promised = story.now() + days{9};
  story.and_given(ReportProgress{ProgressKind{}, Channel::phone, promised, WorkText{"a part comes"}})
      .after(days{8});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  EXPECT_TRUE(runs(story, TimerKind::next_update));
  story.after(days{1}).and_given(SendMessage{Channel::phone, {"it is mended"}});
  EXPECT_FALSE(runs(story, TimerKind::next_update));
  story.after(days{4});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Unstuck, AQueuedCaseIsHandedOffByWhoseQueueItIs) {
  auto story = a_case_in_progress();
  story.and_given(RequestInfo{story.now() + days{1}, {}});
  story.and_given(ReleaseAssignment{ReleaseReason::absence, {}, {}}).and_given(hand_off("tech"));
  EXPECT_EQ(story.last_of<HandoffRequested>().from.department_id, DepartmentId{"cs"});
}

TEST(Unstuck, WhatIsNotTheSameIsAgreedOfferedAndSentAnew) {
  auto story = a_case_in_progress();
  const auto due = story.now() + days{1};
  const auto voucher = [&](const std::string& benefit, std::int64_t cost) {
    return ReachAgreement{AgreementKind::recovery, Finality::final, benefit, cost, due};
  };
  story.and_given(voucher("50元券", 5'000));
  auto again = story;
  again.when(voucher("50元券", 5'000)).then({});
  again = story;
  again.when(voucher("100元券", 5'000));
  EXPECT_EQ(again.last_of<AgreementReached>().customer_benefit, "100元券");
  again = story;
  again.when(voucher("50元券", 10'000));
  EXPECT_EQ(again.last_of<AgreementReached>().company_cost_minor, 10'000);
  again = story;
  again.and_given(FulfillAgreement{AgreementId{"g1"}, Witness::document, "R-1"});
  again.when(voucher("50元券", 5'000));
  EXPECT_EQ(again.last_of<AgreementReached>().agreement_id, AgreementId{"g2"});

  const auto options = [](OptionKind kind, const std::string& plan) {
    return OfferOptions{{{OptionId{"a"}, kind, plan, 100, false}}, std::nullopt};
  };
  story.and_given(options(OptionKind::refund, "refund 100"));
  again = story;
  again.when(options(OptionKind::refund, "refund 100")).then({});
  story.when(options(OptionKind::exchange, "a new one")).then({"solution.options.offered"});

  const auto visit = [&](hours from) {
    return DispatchWork{AgentId{"han"}, story.now() + from, story.now() + hours{12}};
  };
  story.and_given(visit(hours{10}));
  again = story;
  again.when(visit(hours{10})).then({});
  story.when(visit(hours{11}));
  EXPECT_EQ(story.last_of<WorkDispatched>().visit_id, VisitId{"v2"});
}

TEST(Unstuck, AnotherPromiseOfNewsIsTakenFromWhoAcknowledgedBefore) {
  auto story = a_new_case();
  AcknowledgeRequest promise{Channel::phone, story.now() + hours{4}};
  story.and_given(promise);
  auto again = story;
  again.when(promise).then({});
  promise.promised_next_update_at = story.now() + hours{2};
  story.when(promise);
  EXPECT_EQ(story.last_of<RequestAcknowledged>().promised_next_update_at, promise.promised_next_update_at);
}

TEST(Unstuck, APromiseOfNewsOutlivesAHandoffAndWhatGoesOnHasOne) {
  auto story = a_triaged_case();
  const auto promised = story.now() + hours{1};
  story.and_given(AcknowledgeRequest{Channel::phone, promised})
      .and_given(assign())
      .and_given(hand_off("tech"));
  story.as(agent("zhao", "tech")).when(AcceptHandoff{HandoffId{"h1"}});
  const auto& timers = story.state().timers;
  const auto news = std::ranges::find(timers, TimerKind::next_update, &RunningTimer::kind);
  ASSERT_NE(news, timers.end());
  EXPECT_EQ(news->due_at, promised);

  auto asked = a_case_in_progress();
  asked.and_given(RequestInfo{asked.now() + days{1}, {}}).and_given(suspend(asked.now() + days{5}));
  asked.and_given(ResumeWork{ResumeTrigger::manual});
  EXPECT_TRUE(runs(asked, TimerKind::next_update));
}

TEST(Unstuck, AnInterimAgreementThatIsFulfilledKeepsNothingOpen) {
  auto story = a_case_in_progress();
  story.and_given(ReachAgreement{AgreementKind::recovery, Finality::interim, {}, 0, story.now() + days{1}});
  story.when(resolve()).then_refused("interim_agreement_only");
  story.and_given(FulfillAgreement{AgreementId{"g1"}, Witness::customer, {}});
  story.when(resolve());
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
}

TEST(Unstuck, ANightOrderIsHeardWhenItCame) {
  auto order = register_request();
  Given story{Policy{}};
  order.received_at = story.now() - hours{7};
  story.and_given(order);
  EXPECT_EQ(story.state().last_heard_at, order.received_at);
}

TEST(Unstuck, WhoeverIsReleasedIsNotReleasedAgainAndTheWaitingCaseIsRejected) {
  auto story = a_case_in_progress();
  story.and_given(suspend(story.now() + days{5}))
      .and_given(ReleaseAssignment{ReleaseReason::absence, {}, {}});
  story.when(ReleaseAssignment{ReleaseReason::absence, {}, {}}).then_refused("no_assignee");
  story.when(RejectRequest{RejectReason::spam, false, {}, {}});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

}  // namespace
}  // namespace casetrail
