// Working, waiting, agreeing, ending a case and opening it again.
#include "events/case/work.h"

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/case/resolution.h"
#include "events/case/solution.h"
#include "events/case/timer.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;

const SendMessage kHello{Channel::phone, {"hello"}};
const ReceiveMessage kAnswer{Channel::phone, {"here it is"}};

OfferOptions two_options() {
  return {{{OptionId{"repair"}, OptionKind::repair, "repair it", 100, true},
           {OptionId{"refund"}, OptionKind::refund, "refund it", 9900, false}},
          std::nullopt};
}

ReachAgreement agree(Finality finality) {
  return {AgreementKind::solution, finality, std::nullopt, std::nullopt, kMonday + days{3}};
}

TEST(Work, StartsByTheAssigneeWhoAcceptsWithIt) {
  an_assigned_case()
      .when(StartWork{})
      .then({"assignment.accepted", "work.started", "timer.cleared", "timer.set"});
  an_assigned_case()
      .and_given(AcceptAssignment{})
      .as(agent("zhao", "cs"))
      .when(StartWork{})
      .then_refused("not_authorized");
  a_triaged_case().when(StartWork{}).then_refused("no_assignee");
}

TEST(Work, TheCustomerIsAskedOnceAndAnswers) {
  auto story = a_case_in_progress();
  const RequestInfo question{kMonday + hours{5}, WorkText{"the serial number?"}};
  story.when(question).then({"work.info.requested", "timer.cleared", "sla.target.met", "timer.cleared",
                             "sla.target.met", "timer.paused", "timer.set"});
  story.when(question).then_refused("already_awaiting");
  story.when(kAnswer).then({"work.message.received", "timer.cleared", "timer.resumed", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Work, AQuestionToBeAnsweredInThePastIsRejected) {
  a_case_in_progress().when(RequestInfo{kMonday, std::nullopt}).then_refused("promise_in_past");
  an_assigned_case().when(RequestInfo{}).then_refused("not_accepted");
}

TEST(Work, ACustomerWhoDoesNotAnswerIsRemindedUntilTheCaseEnds) {
  auto story = a_case_in_progress();
  story.and_given(kHello).and_given(report());
  story.when(RequestInfo{kMonday + hours{1}, std::nullopt}).after(hours{1});
  story.then_time_brings({"timer.expired", "work.reminder.due", "timer.set"});
  story.after(days{2});
  EXPECT_EQ(story.last_of<ReminderDue>().reminder_no, 2);
  story.after(days{2});
  EXPECT_EQ(story.last_of<CaseResolved>().resolution_code, ResolutionCode::no_reply);
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  story.after(days{3});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Work, SilenceEndsACaseThatWasHandedOff) {
  auto story = a_case_in_progress();
  story.and_given(hand_off()).as(agent("zhao", "tech")).and_given(AcceptHandoff{HandoffId{"h1"}});
  story.and_given(RequestInfo{});
  for (int day = 0; day < 11; ++day) story.after(days{1});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Work, SilenceThatCannotEndTheCaseYetIsToldOnceAndLookedAtAgain) {
  Policy policy;
  policy.roles.lead = {"lead"};
  policy.waiting.reminders = 0;
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  story.and_given(kHello).and_given(report()).and_given(hand_off());
  story.and_given(RequestInfo{kMonday + hours{1}, std::nullopt}).after(hours{1});
  story.then_time_brings({"timer.expired", "timer.set", "escalation.triggered"});
  story.after(days{2});
  EXPECT_EQ(story.state().status, CaseStatus::awaiting_customer);
  EXPECT_EQ(story.state().escalated->level, 1);
  story.and_given(WithdrawHandoff{HandoffId{"h1"}, "nothing to do without the customer"}).after(days{2});
  EXPECT_EQ(story.last_of<CaseResolved>().resolution_code, ResolutionCode::no_reply);
}

TEST(Work, ACustomerWhoUrgesHasAnswered) {
  auto story = a_case_in_progress();
  story.and_given(RequestInfo{}).and_given(ChaseCase{ChasedBy::customer, Channel::phone, {}});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Work, AQuestionWithoutATimeHasTheOneOfThePolicy) {
  auto story = a_case_in_progress();
  story.and_given(RequestInfo{});
  EXPECT_EQ(story.last_of<InfoRequested>().answer_by, kMonday + days{3});
}

TEST(Work, SilenceIsEscalatedWhenThePolicySaysSo) {
  Policy policy;
  policy.roles.lead = {"lead"};
  policy.waiting.reminders = 0;
  policy.waiting.after_silence = AfterSilence::escalate;
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  story.when(RequestInfo{kMonday + hours{1}, std::nullopt}).after(hours{1});
  story.then_time_brings({"timer.expired", "escalation.triggered"});
}

TEST(Work, AMessageWakesASuspendedCase) {
  auto story = a_case_in_progress();
  story.and_given(suspend(kMonday + days{2}));
  story.when(kAnswer).then({"work.message.received", "work.resumed", "timer.cleared", "timer.resumed"});
  EXPECT_EQ(story.last_of<WorkResumed>().trigger, ResumeTrigger::customer_reply);
}

TEST(Work, IsChasedAndCounted) {
  auto story = a_case_in_progress();
  const ChaseCase urge{ChasedBy::customer, Channel::douyin, {}};
  story.when(urge).then({"work.chased"}).when(urge).then({"work.chased"});
  EXPECT_EQ(story.last_of<WorkChased>().count, 2);
}

TEST(Work, IsEscalatedByHandWithAReason) {
  Policy policy;
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  RaiseEscalation raise{{}, {{"manager"}}, {"a journalist"}};
  story.when(raise).then({"escalation.raised"});
  raise.pii.text.clear();
  story.when(raise).then_refused("reason_required");
  raise.to = std::vector<std::string>{};
  story.when(raise).then_refused("field_missing");
}

TEST(Work, TimeSpentWaitingForTheCustomerDoesNotCount) {
  auto story = a_case_in_progress();
  story.and_given(kHello).and_given(RequestInfo{}).after(hours{100}).and_given(kAnswer).when(resolve());
  EXPECT_EQ(story.last_of<SlaTargetMet>().metric, SlaMetric::resolution);
  EXPECT_EQ(story.last_of<SlaTargetMet>().elapsed_business_ms, 0);
}

TEST(Work, SuspendedWithADateIsResumed) {
  auto story = a_case_in_progress();
  story.when(suspend(kMonday + days{2})).then({"work.suspended", "timer.paused", "timer.set"});
  story.when(suspend(kMonday + days{2})).then_refused("already_suspended");
  story.when(ResumeWork{ResumeTrigger::manual}).then({"work.resumed", "timer.cleared", "timer.resumed"});
  story.when(ResumeWork{ResumeTrigger::manual}).then_refused("not_suspended");
}

TEST(Work, SuspendedIsResumedOnItsReviewDate) {
  auto story = a_case_in_progress();
  story.and_given(kHello).when(suspend(kMonday + hours{7})).after(hours{7});
  story.then_time_brings({"timer.expired", "work.resumed", "timer.resumed"});
  EXPECT_EQ(story.last_of<WorkResumed>().suspended_business_ms, Duration{hours{7}}.count());
}

TEST(Work, SuspensionNeedsADateAReasonAndAnInformedCustomer) {
  auto story = a_case_in_progress();
  auto command = suspend(kMonday + days{15});
  story.when(command).then_refused("review_date_required");
  command.review_at.reset();
  story.when(command).then_refused("review_date_required");
  command = suspend(kMonday + days{1});
  command.pii.reset();
  story.when(command).then_refused("reason_required");
  command = suspend(kMonday + days{1});
  command.customer_informed = false;
  story.when(command).then_refused("customer_not_informed");
  story.and_given(report()).and_given(command);
}

TEST(Work, AReportOfProgressPromisesTheNext) {
  auto story = a_case_in_progress();
  story.and_given(kHello).when(report()).then(
      {"progress.reported", "timer.cleared", "sla.target.met", "timer.set"});
  auto late = report();
  late.next_update_at = kMonday;
  story.when(late).then_refused("promise_in_past");
  a_closed_case().when(report()).then_refused("case_closed");
}

TEST(Work, AMessageOnAClosedCaseOpensItAgainOrIsRejected) {
  auto story = a_closed_case();
  story.when(kAnswer).then({"work.message.received", "case.reopened", "timer.set", "timer.set", "timer.set"});
  a_closed_case().after(days{31}).when(kAnswer).then_refused("reopen_window_passed");
  Policy strict;
  strict.closing.message_on_closed = MessageOnClosed::reject;
  a_closed_case(strict).when(kAnswer).then_refused("message_on_closed");
  a_closed_case().when(kHello).then_refused("case_closed");
}

TEST(Solution, IsOfferedSelectedAndAgreed) {
  auto story = a_case_in_progress();
  story.when(two_options()).then({"solution.options.offered"}).when(two_options()).then_nothing();
  story.when(agree(Finality::final)).then_refused("option_not_selected");
  story.when(SelectOption{OptionId{"wait"}}).then_refused("option_unknown");
  story.when(SelectOption{OptionId{"repair"}}).then({"solution.option.selected"});
  story.when(SelectOption{OptionId{"repair"}}).then_nothing();
  story.when(agree(Finality::final))
      .then({"agreement.reached", "timer.set"})
      .when(agree(Finality::final))
      .then_nothing();
  EXPECT_EQ(story.last_of<AgreementReached>().company_cost_minor, 100);
}

TEST(Solution, BadOptionsAreRejected) {
  auto story = a_case_in_progress();
  story.when(OfferOptions{}).then_refused("too_few_options");
  auto options = two_options();
  options.options[1].option_id = options.options[0].option_id;
  story.when(options).then_refused("option_repeated");
  options = two_options();
  options.options[0].cost_minor = -1;
  story.when(options).then_refused("cost_negative");
  story.and_given(two_options()).and_given(SelectOption{OptionId{"repair"}});
  auto agreement = agree(Finality::final);
  agreement.company_cost_minor = -1;
  story.when(agreement).then_refused("cost_negative");
  a_resolved_case().when(two_options()).then_refused("already_resolved");
}

TEST(Resolution, AfterAnInterimAgreementIsRejected) {
  auto story = a_case_in_progress();
  story.and_given(two_options())
      .and_given(SelectOption{OptionId{"repair"}})
      .and_given(agree(Finality::interim));
  story.when(resolve()).then_refused("interim_agreement_only");
  story.and_given(agree(Finality::final)).and_given(resolve());
  EXPECT_EQ(story.last_of<CaseResolved>().agreement_id, AgreementId{"g2"});
}

TEST(Resolution, MeetsThePromisesAndGivesTheCustomerTimeToJudge) {
  a_case_in_progress().when(resolve()).then({"case.resolved", "timer.cleared", "sla.target.met",
                                             "timer.cleared", "sla.target.met", "timer.cleared",
                                             "timer.set"});
}

TEST(Resolution, NamesWhoEarnedIt) {
  auto story = a_case_in_progress();
  story.and_given(hand_off()).as(agent("zhao", "tech")).and_given(AcceptHandoff{HandoffId{"h1"}});
  story.and_given(CompleteHandoff{HandoffId{"h1"}, HandoffResult::done}).when(resolve());
  EXPECT_EQ(story.last_of<CaseResolved>().attributed.agents,
            (std::vector{AgentId{"li.wei"}, AgentId{"zhao"}}));
  story.when(resolve()).then_refused("already_resolved");
}

TEST(Resolution, NeedsWorkThatHasStarted) {
  a_triaged_case().when(resolve()).then_refused("no_assignee");
  an_assigned_case().when(resolve()).then_refused("not_accepted");
  a_case_in_progress()
      .and_given(suspend(kMonday + days{1}))
      .when(resolve())
      .then_refused("already_suspended");
}

ResolveAtFirstContact at_first_contact() {
  ResolveAtFirstContact command;
  command.channel = Channel::phone;
  command.category = "use/setup";
  command.resolution_code = ResolutionCode::explained;
  command.pii.name = "王芳";
  command.pii.contacts = {"13800000000"};
  command.pii.resolution = "已说明";
  return command;
}

TEST(Resolution, AtTheFirstContactIsOneStep) {
  Given story;
  story.when(at_first_contact());
  story.then({"request.registered", "timer.set", "assignment.owner.designated", "request.classified",
              "request.prioritized", "sla.attached", "timer.set", "timer.set", "assignment.made",
              "work.started", "timer.set", "case.resolved", "timer.cleared", "sla.target.met",
              "timer.cleared", "sla.target.met", "timer.cleared", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  EXPECT_EQ(story.state().owner, AgentId{"li.wei"});
  EXPECT_EQ(story.last_of<CaseResolved>().pii->notes, "已说明");
  story.when(at_first_contact()).then_refused("already_registered");
}

TEST(Resolution, AtTheFirstContactGoesByTheRulesOfEachStep) {
  const auto policy = parse_policy("intake: {required: {service_request: [order_ref]}}").value();
  Given(policy).when(at_first_contact()).then_refused("field_missing");
  Given().as(system_actor()).when(at_first_contact()).then_refused("field_missing");
}

TEST(Resolution, IsAcceptedOnce) {
  auto story = a_resolved_case();
  const AcceptResolution yes{Channel::phone};
  story.when(yes).then({"case.resolution.accepted", "case.closed", "timer.cleared"});
  story.when(yes).then_refused("case_closed");
  Policy waits;
  waits.closing.after_window = AfterWindow::wait;
  a_resolved_case(waits).when(yes).then({"case.resolution.accepted"}).when(yes).then_nothing();
  a_case_in_progress().when(yes).then_refused("not_resolved");
}

TEST(Resolution, RejectedBringsTheCaseBack) {
  auto story = a_resolved_case();
  const RejectResolution no{Channel::phone, {"still broken"}};
  story.when(no).then({"case.resolution.rejected", "timer.cleared", "timer.set", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  story.when(no).then_refused("not_resolved");
}

TEST(Closing, WaitsForTheCustomersVerdict) {
  auto story = a_resolved_case();
  story.when(CloseCase{}).then_refused("customer_decision_pending");
  story.and_given(WaiveCallback{{}, "he wrote that all is well", {}}).when(CloseCase{});
  story.then({"case.closed", "timer.cleared"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::waived);
  story.when(CloseCase{}).then_refused("case_closed");
  a_case_in_progress().when(CloseCase{}).then_refused("not_resolved");
}

TEST(Closing, IsForTheOwnerOrALead) {
  Policy policy;
  policy.roles.lead = {"cs_lead"};
  policy.closing.after_window = AfterWindow::wait;
  auto story = a_resolved_case(policy);
  story.and_given(AcceptResolution{Channel::phone});
  story.as(agent("zhao", "cs")).when(CloseCase{}).then_refused("not_owner");
  story.as(agent("boss", "cs", "cs_lead")).and_given(CloseCase{});
}

TEST(Closing, HappensInSilenceAfterTheWindow) {
  auto story = a_resolved_case();
  story.after(days{3}).then_time_brings({"timer.expired", "case.closed"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::auto_timeout);
}

TEST(Closing, OfWhatTheCustomerConfirmedHappensAtOnce) {
  auto story = a_resolved_case();
  story.when(AcceptResolution{Channel::phone});
  story.then({"case.resolution.accepted", "case.closed", "timer.cleared"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::customer_confirmed);
}

TEST(Closing, IsNotDoneOverTheCustomersWords) {
  auto story = a_resolved_case();
  story.when(kAnswer).then({"work.message.received", "timer.cleared", "timer.set"});
  story.after(days{30});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  story.when(CloseCase{}).then_refused("answer_owed");
  story.when(kHello).then({"work.message.sent", "sla.target.completed_late", "timer.set"});
  story.after(days{3});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Closing, IsNotDoneOverACustomerWhoUrgesEither) {
  auto story = a_resolved_case();
  story.and_given(ChaseCase{ChasedBy::customer, Channel::phone, {}}).after(days{30});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
}

TEST(Closing, ACallAnswersWhatTheCustomerWrote) {
  auto story = a_resolved_case();
  story.and_given(kAnswer).and_given(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}});
  story.and_given(AttemptCallback{CallbackId{"c1"}, CallbackOutcome::connected, {}}).after(days{4});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Closing, OfASecondResolutionIsNotSettledByACallAboutTheFirst) {
  const auto policy = parse_policy(R"(
callback:
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1h, kinds: [service_request],
           required_before_close: [service_request]}]
)")
                          .value();
  auto story = a_resolved_case(policy);
  story.after(hours{1}).and_given(AttemptCallback{CallbackId{"c1"}, CallbackOutcome::connected, {}});
  story.and_given(CompleteCallback{CallbackId{"c1"}, {true, {}, {}}, {}});
  story.and_given(RejectResolution{Channel::phone, {"broken again"}}).and_given(resolve());
  story.and_given(AcceptResolution{Channel::phone}).when(CloseCase{}).then_refused("callback_required");
}

TEST(Closing, AMessageMayBringTheWorkBack) {
  Policy policy;
  policy.closing.message_on_resolved = MessageOnResolved::reject_resolution;
  auto story = a_resolved_case(policy);
  story.when(kAnswer).then(
      {"work.message.received", "case.resolution.rejected", "timer.cleared", "timer.set", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

const AttemptCall kCallOfTheCustomer{CallDirection::inbound, CallOutcome::connected, {}, {}, 90, {}};

TEST(Closing, ACustomerWhoTelephonesIsHeardAsOneWhoWrites) {
  auto story = a_resolved_case();
  story.when(kCallOfTheCustomer).then({"call.attempted", "timer.cleared", "timer.set"});
  story.after(days{4});
  EXPECT_EQ(story.state().status, CaseStatus::resolved) << "the window does not run on";
  Policy policy;
  policy.closing.message_on_resolved = MessageOnResolved::reject_resolution;
  auto strict = a_resolved_case(policy);
  strict.and_given(kCallOfTheCustomer);
  EXPECT_EQ(strict.state().status, CaseStatus::in_progress);
  EXPECT_EQ(strict.last_of<ResolutionRejected>().channel, Channel::phone);
}

TEST(Closing, FollowsTheLastThingThatKeptTheCaseOpen) {
  const auto policy = parse_policy(R"(
callback:
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 5d, kinds: [service_request],
           required_before_close: [service_request]}]
)")
                          .value();
  auto story = a_resolved_case(policy);
  story.after(days{4});
  EXPECT_EQ(story.state().status, CaseStatus::resolved);
  story.after(days{1}).and_given(AttemptCallback{CallbackId{"c1"}, CallbackOutcome::connected, {}});
  story.when(CompleteCallback{CallbackId{"c1"}, {true, {}, {}}, {}});
  story.then({"callback.completed", "timer.cleared", "case.closed", "timer.cleared"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::callback_satisfied);
}

TEST(Closing, WorkThatGoesOnCancelsTheQuestionWhetherAllIsWell) {
  const auto policy = parse_policy(R"(
callback:
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 5d, kinds: [service_request]}]
)")
                          .value();
  auto story = a_resolved_case(policy);
  story.when(RejectResolution{Channel::phone, {"still broken"}})
      .then({"case.resolution.rejected", "timer.cleared", "callback.canceled", "timer.cleared", "timer.set",
             "timer.set"});
}

TEST(Closing, WaitsForAPersonWhenThePolicySaysSo) {
  Policy policy;
  policy.closing.after_window = AfterWindow::wait;
  auto story = a_resolved_case(policy);
  story.after(days{3}).then_time_brings({"timer.expired"}).and_given(CloseCase{});
}

TEST(Reopening, BeginsANewCycle) {
  auto story = a_closed_case();
  const ReopenCase again{ReopenReason::recurrence, std::nullopt};
  story.when(again).then({"case.reopened", "timer.set", "timer.set", "timer.set"});
  EXPECT_EQ(story.state().cycle_no, 2);
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  story.when(again).then_refused("not_closed");
  a_closed_case().after(days{31}).when(again).then_refused("reopen_window_passed");
}

}  // namespace
}  // namespace casetrail
