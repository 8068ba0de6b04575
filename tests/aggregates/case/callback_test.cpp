// Callbacks and complaints.
#include "events/case/callback.h"

#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

const CallbackId kCall{"c1"};
const ScheduleCallback kSchedule{CallbackPurpose::agreed_call, std::nullopt, std::nullopt, std::nullopt};
const AttemptCallback kNoAnswer{kCall, CallbackOutcome::no_answer, std::nullopt};

CompleteCallback answered(bool satisfied) { return {kCall, {satisfied, 4, std::nullopt}, std::nullopt}; }

/// The customer is called as soon as the day's calls begin, as they asked for, and answers.
Given& answer(Given& story, const CompleteCallback& answers) {
  const auto& id = answers.callback_id;
  story.after(hours{1});
  story.when(RescheduleCallback{id, story.now(), RescheduleReason::customer_request});
  story.and_given(AttemptCallback{id, CallbackOutcome::connected, std::nullopt});
  return story.and_given(answers);
}

const RouteCallbackFeedback kRoute{kCall, DepartmentId{"tech"}, FeedbackRoute::new_case, std::nullopt};
const RouteCallbackFeedback kRouteToCase{kCall, DepartmentId{"tech"}, FeedbackRoute::new_case,
                                         CaseId{"0190a0b0-0000-7000-8000-000000000002"}};
const WaiveCallback kWaive{kCall, "the customer wrote that all is well", AgentId{"boss"}};

Policy with_plan() {
  return parse_policy(R"(
callback:
  zones: [Asia/Shanghai]
  hours: {all: ["09:00-21:00"]}
  plans:
  - {id: after_close, purpose: satisfaction_and_problem, form: {id: cb}, delay: 2d, kinds: [service_request],
     required_before_close: [service_request]}
)")
      .value();
}

Given a_scheduled_callback(Policy policy = {}) {
  auto story = a_new_case(CaseKind::service_request, std::move(policy));
  story.and_given(kSchedule);
  return story;
}

TEST(Callback, IsScheduledOnceForAPurpose) {
  auto story = a_new_case();
  story.when(kSchedule)
      .then({"callback.scheduled", "timer.set"})
      .when(kSchedule)
      .then_refused("callback_pending");
}

TEST(Callback, InAZoneWithoutHoursIsRejected) {
  auto command = kSchedule;
  command.tz = "Europe/Paris";
  a_new_case(CaseKind::service_request, with_plan()).when(command).then_refused("zone_unknown");
}

TEST(Callback, IsMovedIntoTheCustomersHours) {
  auto story = a_new_case(CaseKind::service_request, with_plan());
  story.after(hours{15}).when(kSchedule);
  EXPECT_EQ(to_wire(story.last_of<CallbackScheduled>().not_before), "2025-11-25T01:00:00.000Z");
  story.when(kNoAnswer).then_refused("too_early");
  EXPECT_THAT(story.refusal(), HasSubstr("the calling hours allow no sooner one"));
  story.after(hours{24}).when(kNoAnswer).then_refused("quiet_hours");
}

TEST(Callback, AnAttemptTellsThatItIsWithinTheCustomersHours) {
  auto story = a_new_case(CaseKind::service_request, with_plan());
  story.after(hours{2}).and_given(kSchedule).and_given(kNoAnswer);
  EXPECT_EQ(story.last_of<CallbackScheduled>().required_before_close, false);
  EXPECT_EQ(story.last_of<CallbackAttempted>().in_hours, true);
}

TEST(Callback, IsRescheduledOnce) {
  const RescheduleCallback later{kCall, kMonday + days{1}, RescheduleReason::customer_request};
  a_scheduled_callback().when(later).then({"callback.rescheduled", "timer.set"}).when(later).then_nothing();
}

TEST(Callback, ThatIsPlannedForLaterIsRescheduledBeforeItIsMadeSooner) {
  auto story = a_scheduled_callback();
  story.and_given(RescheduleCallback{kCall, kMonday + days{2}, RescheduleReason::customer_request});
  story.when(kNoAnswer).then_refused("too_early");
  EXPECT_THAT(story.refusal(), HasSubstr("reschedule it first"));
  story.and_given(RescheduleCallback{kCall, kMonday, RescheduleReason::holiday}).and_given(kNoAnswer);
}

TEST(Callback, IsTriedUntilEveryAttemptIsUsed) {
  auto story = a_scheduled_callback();
  story.when(kNoAnswer).then({"callback.attempted", "timer.set"}).when(kNoAnswer).then_refused("too_early");
  story.after(hours{4}).and_given(kNoAnswer).after(hours{4});
  story.when(kNoAnswer).then({"callback.attempted", "callback.exhausted", "timer.cleared"});
  EXPECT_EQ(story.last_of<CallbackExhausted>().attempts, 3);
  story.when(kNoAnswer).then_refused("callback_not_open");
}

TEST(Callback, IsNotMovedIntoTheGapBehindAnAttemptButForACustomerWhoWasHeardSince) {
  auto story = a_scheduled_callback();
  story.and_given(AttemptCallback{kCall, CallbackOutcome::no_answer, kMonday});
  EXPECT_EQ(story.last_of<CallbackAttempted>().next_not_before, kMonday + hours{4});
  story.when(RescheduleCallback{kCall, kMonday, RescheduleReason::no_answer}).then_refused("callback_gap");
  EXPECT_THAT(story.refusal(), HasSubstr("2025-11-24T04:00:00.000Z"));
  story.when(kNoAnswer).then_refused("too_early");
  EXPECT_THAT(story.refusal(), Not(HasSubstr("reschedule it first")));
  const RescheduleCallback at_its_end{kCall, kMonday + hours{4}, RescheduleReason::no_answer};
  story.when(at_its_end).then_nothing();
  const RescheduleCallback asked_for{kCall, kMonday + hours{1}, RescheduleReason::customer_request};
  story.after(hours{1}).when(asked_for).then_refused("callback_gap");
  story.and_given(ReceiveMessage{Channel::phone, {"call me now"}}).and_given(asked_for);
  EXPECT_EQ(story.last_of<CallbackRescheduled>().not_before, kMonday + hours{1});
}

TEST(Callback, MoreAttemptsThanANewPolicyAllowsAreRejected) {
  Policy none;
  none.callback.max_attempts = 0;
  a_scheduled_callback(none).when(kNoAnswer).then_refused("attempts_exhausted");
}

TEST(Callback, AConnectionMeetsTheFirstResponse) {
  auto story = a_scheduled_callback();
  story.when(AttemptCallback{kCall, CallbackOutcome::connected, std::nullopt});
  story.then({"callback.attempted", "timer.cleared", "sla.target.met"});
}

TEST(Callback, RefusedOnThePhoneEnds) {
  auto story = a_scheduled_callback();
  story.when(AttemptCallback{kCall, CallbackOutcome::refused, std::nullopt});
  story.then({"callback.attempted", "callback.refused", "timer.cleared"});
}

TEST(Callback, WhoDoesNotWantToBeCalledIsNotCalled) {
  auto story = a_scheduled_callback();
  auto other = kSchedule;
  other.purpose = CallbackPurpose::use_experience;
  story.and_given(other).when(RefuseCallback{kCall, true}).then_refused("customer_not_heard");
  story.after(hours{1}).and_given(ReceiveMessage{Channel::phone, {"do not call me"}});
  story.when(RefuseCallback{kCall, true}).then({"callback.refused", "timer.cleared"});
  story.when(RefuseCallback{kCall, true}).then_refused("callback_not_open");
  story.when(kSchedule).then_refused("do_not_call");
  story.when(AttemptCallback{CallbackId{"c2"}, CallbackOutcome::connected, {}}).then_refused("do_not_call");
}

TEST(Callback, IsCompletedOnceAndItsFeedbackRouted) {
  auto story = a_scheduled_callback();
  story.when(kRoute).then_refused("callback_not_completed");
  story.when(answered(false)).then_refused("callback_not_connected");
  story.and_given(kNoAnswer).when(answered(false)).then_refused("callback_not_connected");
  story.after(hours{24}).and_given(AttemptCallback{kCall, CallbackOutcome::connected, std::nullopt});
  story.when(answered(false)).then({"callback.completed", "timer.cleared"});
  story.when(answered(false)).then_refused("callback_not_open");
  story.when(kRoute).then({"callback.feedback.routed"}).when(kRoute).then_nothing();
}

TEST(Callback, ARatingOutOfRangeIsRejected) {
  auto command = answered(true);
  command.answers.service_rating = 6;
  auto story = a_scheduled_callback();
  story.and_given(AttemptCallback{kCall, CallbackOutcome::connected, std::nullopt});
  story.when(command).then_refused("rating_out_of_range");
}

TEST(Callback, FeedbackForAnUnknownDepartmentIsRejected) {
  auto policy = parse_policy("departments: [{id: cs}]").value();
  auto story = a_scheduled_callback(policy);
  answer(story, answered(true)).when(kRoute).then_refused("department_unknown");
}

TEST(Callback, ThatNobodyScheduledIsUnknown) {
  a_new_case().when(answered(true)).then_refused("callback_unknown");
}

TEST(Callback, IsWaivedWithAReasonOnce) {
  auto story = a_scheduled_callback();
  auto silent = kWaive;
  silent.reason.clear();
  story.when(silent).then_refused("reason_required");
  story.when(kWaive)
      .then({"callback.waived", "timer.cleared"})
      .when(kWaive)
      .then_refused("callback_not_open");
  auto any = kWaive;
  any.callback_id.reset();
  story.when(any).then_nothing();
}

TEST(Callback, NotMadeInTimeIsOverdueOnce) {
  auto story = a_scheduled_callback();
  story.and_given(SendMessage{Channel::phone, {"hello"}})
      .after(hours{24})
      .then_time_brings({"timer.expired", "callback.overdue"});
  answer(story, answered(true));
}

TEST(Callback, ThatThePolicyAsksForIsPlannedAndKeepsTheCaseOpen) {
  auto story = a_resolved_case(with_plan());
  EXPECT_EQ(story.last_of<CallbackScheduled>().plan_id, "after_close");
  EXPECT_EQ(story.last_of<CallbackScheduled>().required_before_close, true);
  story.and_given(AcceptResolution{Channel::phone}).when(CloseCase{}).then_refused("callback_required");
  answer(story, answered(false)).when(CloseCase{}).then_refused("callback_unsatisfied");
  story.and_given(kRoute).when(CloseCase{}).then_refused("callback_unsatisfied");
  story.when(kRouteToCase)
      .then({"callback.feedback.routed", "timer.cleared", "sla.target.met", "timer.set", "case.closed",
             "timer.cleared"});
}

TEST(Callback, FeedbackThatIsToReopenTheCaseKeepsItFromClosingUntilThatIsDone) {
  auto story = a_resolved_case(with_plan());
  auto route = kRoute;
  route.route = FeedbackRoute::reopened_case;
  answer(story, answered(false)).and_given(route).and_given(AcceptResolution{Channel::phone});
  story.when(CloseCase{}).then_refused("callback_unsatisfied");
  story.and_given(RejectResolution{Channel::phone, {"it broke again"}}).and_given(resolve());
  auto second = answered(true);
  second.callback_id = CallbackId{"c2"};
  story.and_given(AcceptResolution{Channel::phone});
  answer(story, second);
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Callback, ALaterSatisfiedAnswerLetsTheCaseClose) {
  auto story = a_resolved_case(with_plan());
  auto other = kSchedule;
  other.purpose = CallbackPurpose::use_experience;
  story.and_given(other).and_given(AcceptResolution{Channel::phone});
  auto second = answered(false);
  second.callback_id = CallbackId{"c2"};
  answer(story, second).when(CloseCase{}).then_refused("callback_unsatisfied");
  answer(story, answered(true));
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Callback, AgreedAboutSomethingElseSaysNothingOfTheResolution) {
  auto story = a_resolved_case(with_plan());
  story.and_given(kSchedule).and_given(AcceptResolution{Channel::phone});
  auto agreed = answered(true);
  agreed.answers.satisfied.reset();
  agreed.callback_id = CallbackId{"c2"};
  answer(story, agreed).when(CloseCase{}).then_refused("callback_required");
  answer(story, answered(true));
  EXPECT_EQ(story.state().status, CaseStatus::closed);
}

TEST(Callback, ThatAsksWhetherTheCustomerIsSatisfiedSaysSo) {
  auto story = a_resolved_case(with_plan());
  auto silent = answered(true);
  silent.answers.satisfied.reset();
  story.after(hours{49}).and_given(AttemptCallback{kCall, CallbackOutcome::connected, std::nullopt});
  story.when(silent).then_refused("field_missing");
  story.when(answered(true)).then({"callback.completed", "timer.cleared"});
}

TEST(Callback, MadeBeforeTheResolutionSaysNothingOfIt) {
  auto story = a_case_in_progress(CaseKind::service_request, with_plan());
  auto early = kSchedule;
  early.purpose = CallbackPurpose::satisfaction_and_problem;
  answer(story.and_given(early), answered(true)).and_given(resolve());
  story.and_given(AcceptResolution{Channel::phone}).when(CloseCase{}).then_refused("callback_required");
}

TEST(Callback, ThatWasPlannedIsDueAfterTheCaseIsClosed) {
  const auto policy = parse_policy(
                          "callback: {plans: [{id: p, purpose: use_experience, form: {id: f}, delay: 2d, "
                          "kinds: [service_request]}]}")
                          .value();
  auto story = a_resolved_case(policy);
  story.and_given(AcceptResolution{Channel::phone});
  EXPECT_EQ(story.state().status, CaseStatus::closed);
  story.after(hours{72}).then_time_brings({"timer.expired", "callback.overdue"});
}

TEST(Callback, WaivedLetsTheCaseClose) {
  auto story = a_resolved_case(with_plan());
  story.and_given(AcceptResolution{Channel::phone});
  story.when(kWaive).then({"callback.waived", "timer.cleared", "case.closed", "timer.cleared"});
}

LodgeComplaint lodge() { return {ComplaintAbout::service, {}, {}, {}, {"nobody called me back", {}}}; }
const AcceptComplaint kAccept{{{"identified", true}, {"concrete", true}}};
const DetermineCause kCause{ComplaintCause::staff_error, {"call record"}, std::nullopt};
AttributeResponsibility shares(int cs, int carrier) {
  return {{{LiableKind::department, "cs", cs}, {LiableKind::carrier, std::nullopt, carrier}},
          {"call record"}};
}
const CloseComplaint kCloseComplaint{true, true, true};

TEST(Callback, OfComplaintsIsPlannedForACaseInWhichOneWasLodgedWhateverItsKind) {
  const auto policy =
      parse_policy(
          "callback: {plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: "
          "1d, kinds: [complaint], required_before_close: [complaint]}]}")
          .value();
  auto plain = a_case_in_progress(CaseKind::service_request, policy);
  plain.and_given(resolve());
  EXPECT_TRUE(plain.state().callbacks.empty());
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  story.and_given(lodge()).and_given(kAccept).and_given(kCause).and_given(shares(60, 40));
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone}).and_given(kCloseComplaint);
  EXPECT_EQ(story.state().callbacks.size(), 1U);
  story.when(CloseCase{}).then_refused("callback_required");
}

TEST(Complaint, GoesFromLodgedToClosed) {
  auto story = a_case_in_progress(CaseKind::complaint);
  story.when(lodge()).then({"complaint.lodged", "timer.set"}).when(lodge()).then_refused("complaint_open");
  story.when(kAccept)
      .then({"complaint.accepted", "timer.cleared", "sla.target.met"})
      .when(kAccept)
      .then_nothing();
  story.when(kCause).then({"complaint.cause.determined"}).when(kCause).then_nothing();
  story.when(shares(60, 40)).then({"complaint.responsibility.attributed"});
  story.when(shares(60, 40)).then_refused("already_attributed");
  story.and_given(resolve())
      .and_given(AcceptResolution{Channel::phone})
      .when(CloseCase{})
      .then_refused("complaint_open");
  story.when(kCloseComplaint).then({"complaint.closed", "case.closed", "timer.cleared"});
  story.when(kCloseComplaint).then_refused("case_closed");
}

TEST(Complaint, IsDecidedByNobodyWhomItIsAbout) {
  LodgeComplaint about_li = lodge();
  about_li.about = ComplaintAbout::person;
  about_li.about_ref = "li.wei";
  auto story = a_case_in_progress(CaseKind::complaint);
  const auto li = agent("li.wei", "cs");
  const auto zhang = agent("zhang", "cs");
  const auto refused_to_li = [&](const auto& step) {
    story.as(li).when(step).then_refused("conflict_of_interest");
    story.as(zhang);
  };
  story.and_given(about_li);
  refused_to_li(kAccept);
  refused_to_li(DeclineComplaint{"no criterion is met", true});
  story.and_given(kAccept);
  refused_to_li(kCause);
  story.and_given(kCause);
  refused_to_li(shares(60, 40));
  story.and_given(shares(60, 40));
  refused_to_li(kCloseComplaint);
  story.and_given(kCloseComplaint);
  about_li.about_ref = "wang";
  story.and_given(about_li).as(li).and_given(kAccept);
}

TEST(Complaint, StepsOutOfOrderAreRejected) {
  auto story = a_case_in_progress();
  story.when(kAccept).then_refused("no_complaint").when(kCause).then_refused("no_complaint");
  story.when(kCloseComplaint).then_refused("no_complaint");
  story.and_given(lodge()).when(kCause).then_refused("complaint_not_accepted");
  story.and_given(kAccept).when(shares(60, 40)).then_refused("cause_missing");
  story.when(kCloseComplaint).then_refused("cause_missing").when(resolve()).then_refused("cause_missing");
  story.and_given(kCause).when(kCloseComplaint).then_refused("attribution_missing");
  story.when(resolve()).then_refused("attribution_missing");
  story.and_given(shares(100, 0))
      .when(CloseComplaint{false, true, true})
      .then_refused("satisfaction_unchecked");
  story.and_given(kCloseComplaint).when(kCause).then_refused("complaint_closed");
}

TEST(Complaint, IsAcceptedOnlyWhenEveryCriterionIsMet) {
  Policy policy;
  policy.complaint.criteria = {"identified", "in_time"};
  a_new_case(CaseKind::complaint, policy).and_given(lodge()).when(kAccept).then_refused("criteria_unmet");
}

TEST(Complaint, NeedsEvidenceASecondOpinionAndAllOfTheBlame) {
  auto story = a_case_in_progress();
  story.and_given(lodge()).and_given(kAccept).when(DetermineCause{ComplaintCause::staff_error, {}, {}});
  story.then_refused("evidence_required");
  story.when(DetermineCause{ComplaintCause::customer_personality, {"record"}, AgentId{"li.wei"}});
  story.then_refused("second_approval_required");
  story.and_given(kCause)
      .when(shares(60, 30))
      .then_refused("shares_not_100")
      .when(shares(120, -20))
      .then_refused("shares_not_100");
  story.when(AttributeResponsibility{shares(60, 40).shares, {}}).then_refused("evidence_required");
}

TEST(Callback, IsPlannedInTheZoneThatTheCustomerLivesIn) {
  const auto policy =
      parse_policy(
          "callback: {zones: [Asia/Shanghai, Europe/Berlin], hours: {all: ['09:00-21:00']}, plans: [{id: p, "
          "purpose: satisfaction_and_problem, form: {id: f}, delay: 1d, kinds: [service_request]}]}")
          .value();
  auto command = register_request();
  const auto zone_of_the_call = [&](std::optional<std::string> tz) {
    command.customer_tz = std::move(tz);
    Given story(policy);
    story.and_given(command).and_given(classify()).and_given(prioritize()).and_given(assign());
    story.and_given(AcceptAssignment{}).and_given(StartWork{}).and_given(resolve());
    return story.last_of<CallbackScheduled>().tz;
  };
  EXPECT_EQ(zone_of_the_call("Europe/Berlin"), "Europe/Berlin");
  EXPECT_EQ(zone_of_the_call({}), "Asia/Shanghai");
  EXPECT_EQ(zone_of_the_call("America/New_York"), "Asia/Shanghai") << "the policy has no hours there";
}

TEST(Callback, ThatTheCustomerAskedForMayLeaveTheHours) {
  const auto policy = parse_policy("callback: {zones: [Etc/UTC], hours: {all: ['09:00-21:00']}}").value();
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  const auto day = std::chrono::floor<std::chrono::days>(story.now()) + std::chrono::days{1};
  const Timestamp at{day.time_since_epoch() + std::chrono::hours{22}};
  story.when(ScheduleCallback{CallbackPurpose::agreed_call, at, {}, {}})
      .then({"callback.scheduled", "timer.set"});
  const auto call = story.last_of<CallbackScheduled>();
  EXPECT_EQ(call.not_before, at);
  EXPECT_FALSE(call.shifted_because);
  story.after(at - story.now() + std::chrono::minutes{5});
  story.when(AttemptCallback{call.callback_id, CallbackOutcome::connected, {}});
  EXPECT_TRUE(story.last()) << "nobody has to wait for the morning who asked for the evening";
  EXPECT_FALSE(story.last_of<CallbackAttempted>().in_hours) << "no hours were kept, and none violated";
  story.after(std::chrono::hours{2});
  story.when(AttemptCallback{call.callback_id, CallbackOutcome::no_answer, {}}).then_refused("quiet_hours");
  story.when(ScheduleCallback{CallbackPurpose::use_experience, at + std::chrono::hours{24}, {}, {}});
  EXPECT_NE(story.last_of<CallbackScheduled>().not_before, at + std::chrono::hours{24});
}

const DeclineComplaint kDecline{"a week was agreed", true};
const WithdrawComplaint kWithdraw{Channel::phone};

TEST(Complaint, ThatNobodyLodgedKeepsNoCaseFromBeingResolvedWhateverItsKind) {
  auto story = a_case_in_progress(CaseKind::complaint);
  story.and_given(lodge()).when(resolve()).then_refused("cause_missing");
  a_case_in_progress(CaseKind::complaint).and_given(resolve()).and_given(AcceptResolution{Channel::phone});
}

TEST(Complaint, ThatIsNoneIsDeclinedAndTheCaseResolved) {
  auto story = a_case_in_progress(CaseKind::complaint);
  story.when(kDecline).then_refused("no_complaint");
  story.and_given(lodge()).when(kDecline);
  story.then({"complaint.declined", "timer.cleared", "sla.target.met"}).when(kDecline).then_nothing();
  story.when(kAccept).then_refused("complaint_closed").when(kCause).then_refused("complaint_closed");
  story.when(kCloseComplaint).then_refused("complaint_closed");
  story.when(kWithdraw).then_refused("complaint_closed");
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
}

TEST(Complaint, IsDeclinedOnlyForAReasonThatTheCustomerWasTold) {
  auto story = a_case_in_progress();
  story.and_given(lodge()).when(DeclineComplaint{"", true}).then_refused("reason_required");
  story.when(DeclineComplaint{"a week was agreed", false}).then_refused("reason_required");
}

TEST(Complaint, AcceptedIsNotDeclined) {
  a_case_in_progress().and_given(lodge()).and_given(kAccept).when(kDecline).then_refused(
      "complaint_accepted");
}

TEST(Complaint, WithdrawnAtAnyStepLetsTheCaseBeResolved) {
  auto story = a_case_in_progress(CaseKind::complaint);
  story.when(kWithdraw).then_refused("no_complaint");
  story.and_given(lodge()).when(kWithdraw).then({"complaint.withdrawn", "timer.cleared"});
  story.when(kWithdraw).then_nothing().when(kDecline).then_refused("complaint_closed");
  story.and_given(lodge()).and_given(kAccept).and_given(kCause);
  story.when(WithdrawComplaint{}).then({"complaint.withdrawn"});
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
}

TEST(Complaint, OfAResolvedCaseIsWithdrawnSoThatItCloses) {
  auto story = a_case_in_progress(CaseKind::complaint);
  story.and_given(lodge()).and_given(kAccept).and_given(kCause).and_given(shares(100, 0));
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
  story.when(kWithdraw).then({"complaint.withdrawn", "case.closed", "timer.cleared"});
}

TEST(Complaint, NobodyAcceptedInTimeIsEscalated) {
  auto story = a_new_case(CaseKind::complaint);
  story.and_given(SendMessage{Channel::phone, {"hello"}}).when(lodge()).after(days{1});
  story.then_time_brings({"timer.expired", "sla.target.missed", "escalation.triggered"});
}

}  // namespace
}  // namespace casetrail
