// Taking requests in, sorting them, and finding who works on them.
#include "events/case/request.h"

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/case/assignment.h"
#include "events/case/case_id.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Policy& departments() {
  static const Policy policy = parse_policy(R"(
departments: [{id: cs, duties: [talk]}, {id: tech, duties: [repair]}]
routing: [{category: "fault/*", to: tech, duty: repair}]
intake: {required: {service_request: [name, contact, service_need]}}
)")
                                   .value();
  return policy;
}

TEST(Request, IsRegisteredWithAPromiseAndAnOwner) {
  Given().when(register_request()).then({"request.registered", "timer.set", "assignment.owner.designated"});
}

TEST(Request, IsCalledByTheMonthAndThePlaceOfItsCommand) {
  CommandEnvelope envelope;
  envelope.case_id = CaseId{"0190a0b0-0000-7000-8000-000000000001"};
  envelope.actor = system_actor();
  envelope.occurred_at = kMonday;
  envelope.command = register_request();
  const auto number = [&] {
    const auto decision = decide(CaseState(), envelope, kMonday, departments());
    return decision.value().front().get_if<RequestRegistered>()->number;
  };
  EXPECT_FALSE(number());
  envelope.place = 4711;
  EXPECT_EQ(number(), "CT-2511-004711");
}

TEST(Request, FromAnotherSystemHasNoOwnerYet) {
  Given().as(system_actor()).when(register_request()).then({"request.registered", "timer.set"});
}

TEST(Request, RegisteredTwiceIsRejected) {
  a_new_case().when(register_request()).then_refused("already_registered");
}

TEST(Request, WithoutARequiredFieldIsRejected) {
  auto command = register_request();
  command.pii.service_need.reset();
  Given(departments()).when(command).then_refused("field_missing");
}

TEST(Request, WithoutSeveralRequiredFieldsIsToldAllOfThem) {
  const auto policy = parse_policy("intake: {required: {inquiry: [contact, order_ref, address]}}").value();
  auto command = register_request();
  command.kind = CaseKind::inquiry;
  command.pii = {};
  EXPECT_EQ(Given(policy).when(command).then_refused("field_missing").last().error().sentence,
            "Expected to register the request, but the request says nothing in 'contact', 'order_ref', "
            "'address'.");
  auto story = a_new_case(CaseKind::complaint, policy);
  AmendRequest amend;
  amend.kind = CaseKind::inquiry;
  EXPECT_THAT(story.when(amend).last().error().sentence, testing::HasSubstr("'order_ref', 'address' must"));
}

TEST(Request, UnderAnotherIdThanItsReferenceGivesIsRejected) {
  auto command = register_request();
  command.external_ref = ExternalRef{"A-1"};
  Given().when(command).then_refused("case_id_mismatch");
}

TEST(Request, ToldMoreThanADayLateIsRejected) {
  Given().told_late_by(hours{25}).when(register_request()).then_refused("occurred_before_case");
  Given().told_late_by(hours{24}).and_given(register_request());
}

TEST(Request, AStepBeforeItsRegistrationIsRejected) {
  auto story = a_new_case();
  story.after(hours{1}).told_late_by(hours{2}).when(classify()).then_refused("occurred_before_case");
  story.told_late_by(hours{1}).when(classify()).then({"request.classified"});
}

TEST(Request, AStepBetweenALateRegistrationAndItsTellingIsTaken) {
  Given().told_late_by(hours{2}).and_given(register_request()).told_late_by(hours{1}).and_given(classify());
}

TEST(Request, AnyStepOnAnUnknownCaseIsRejected) {
  Given().when(classify()).then_refused("case_unknown");
  Given().when(AcceptHandoff{HandoffId{"h1"}}).then_refused("case_unknown");
  Given().when(CloseCase{}).then_refused("case_unknown");
}

TEST(Request, AStepExpectedAtAnotherEventIsRejected) {
  auto story = a_new_case();
  story.when(classify(), story.state().seq + 1).then_refused("stale_version");
  story.when(classify(), story.state().seq).then({"request.classified"});
}

TEST(Request, OnlyImportsActAsImport) {
  a_new_case()
      .as({ActorKind::import_, "servicenow", {}, {}, {}})
      .when(classify())
      .then_refused("not_authorized");
}

TEST(Request, IsAcknowledgedOnce) {
  const AcknowledgeRequest command{Channel::email, kMonday + hours{4}};
  a_new_case().when(command).then({"request.acknowledged", "timer.set"}).when(command).then_nothing();
}

TEST(Request, AnAcknowledgementThatPromisesThePastIsRejected) {
  a_new_case().when(AcknowledgeRequest{Channel::email, kMonday}).then_refused("promise_in_past");
}

TEST(Request, IsTriagedOnceClassifiedAndPrioritised) {
  auto story = a_new_case();
  story.when(classify()).then({"request.classified"}).when(classify()).then_nothing();
  EXPECT_EQ(story.state().status, CaseStatus::new_);
  story.when(prioritize()).then({"request.prioritized", "sla.attached", "timer.set", "timer.set"});
  story.when(prioritize()).then_nothing();
  EXPECT_EQ(story.state().status, CaseStatus::triaged);
  EXPECT_EQ(story.state().priority, Priority::P2);
}

TEST(Request, ADifficultyOutOfRangeIsRejected) {
  auto command = classify();
  command.difficulty = 6;
  a_new_case().when(command).then_refused("difficulty_out_of_range");
}

TEST(Request, AnEmptyCategoryIsRejected) {
  a_new_case().when(ClassifyRequest{"", {}, {}, {}}).then_refused("field_missing");
}

TEST(Request, IsNotSortedAnyMoreWhenResolvedOrClosed) {
  a_resolved_case().when(prioritize()).then_refused("already_resolved");
  a_closed_case().when(classify()).then_refused("case_closed");
}

TEST(Owner, IsDesignatedOnceAndChangedAfterThat) {
  auto story = Given().as(system_actor()).and_given(register_request());
  const DesignateOwner command{AgentId{"li.wei"}, OwnerBasis::policy};
  story.when(command).then({"assignment.owner.designated"}).when(command).then_nothing();
  story.when(DesignateOwner{AgentId{"zhao"}, OwnerBasis::lead}).then_refused("owner_already_designated");
  const ChangeOwner change{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}};
  story.when(change).then({"assignment.owner.changed"}).when(change).then_nothing();
}

TEST(Owner, WhoNeverWasIsNotChanged) {
  const ChangeOwner change{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}};
  Given().as(system_actor()).and_given(register_request()).when(change).then_refused("owner_required");
}

TEST(Owner, IsChangedByTheOwnerOrALeadAlone) {
  auto policy = departments();
  policy.roles.lead = {"cs_lead"};
  const ChangeOwner change{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}};
  auto story = a_new_case(CaseKind::service_request, policy);
  story.as(agent("zhao", "cs")).when(change).then_refused("not_authorized");
  story.as(agent("boss", "cs", "cs_lead")).when(change).then({"assignment.owner.changed"});
}

TEST(Assignment, IsQueuedByTheRouteOfItsCategory) {
  auto story = a_triaged_case(CaseKind::service_request, departments());
  const QueueCase command{QueueId{"q"}, std::nullopt, QueueReason::no_capacity};
  story.when(command).then({"assignment.queued"}).when(command).then_nothing();
  EXPECT_EQ(story.last_of<AssignmentQueued>().department_id.value, "tech");
}

TEST(Assignment, QueuedIsMovedToAnotherQueueOrDepartment) {
  auto story = a_triaged_case(CaseKind::service_request, departments());
  const auto queue = [](const char* id, const char* department) {
    return QueueCase{QueueId{id}, DepartmentId{department}, QueueReason::no_capacity};
  };
  story.and_given(queue("q", "tech")).when(queue("q", "cs")).then({"assignment.queued"});
  story.when(queue("q2", "cs")).then({"assignment.queued"}).when(queue("q2", "cs")).then_nothing();
  EXPECT_EQ(story.state().assignment.queued, (QueuePlace{QueueId{"q2"}, DepartmentId{"cs"}}));
  story.when(queue("q2", "moon")).then_refused("department_unknown");
  story.and_given(assign());
  EXPECT_FALSE(story.state().assignment.queued);
}

TEST(Assignment, WithoutADepartmentIsNotQueued) {
  a_triaged_case()
      .when(QueueCase{QueueId{"q"}, std::nullopt, QueueReason::no_skill})
      .then_refused("department_unknown");
}

TEST(Assignment, IsMadeWithoutAnOffer) {
  auto story = a_triaged_case();
  story.when(assign()).then({"assignment.made", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::assigned);
}

TEST(Assignment, GivenToSomebodyGoesBackToTheQueueWhenNobodyAcceptsIt) {
  auto story = an_assigned_case();
  story.after(minutes{10});
  story.then_time_brings({"timer.expired", "assignment.expired", "assignment.queued"});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
  auto accepted = an_assigned_case();
  accepted.when(AcceptAssignment{}).after(minutes{10}).then_time_brings({});
  auto begun = an_assigned_case();
  begun.when(StartWork{}).after(minutes{10}).then_time_brings({});
}

TEST(Assignment, GivenToADepartmentWaitsForSomebodyOfItNoLonger) {
  auto command = assign();
  command.agent_id.reset();
  auto story = a_triaged_case();
  story.when(command).after(minutes{10}).then_time_brings({"timer.expired", "assignment.queued"});
}

TEST(Assignment, IsPulledByItsAgentAloneAndImportedByNobodyInPerson) {
  auto command = assign("zhao");
  command.basis = AssignmentBasis::pull;
  a_triaged_case().when(command).then_refused("not_authorized");
  a_triaged_case().as(agent("zhao", "cs")).when(command).then({"assignment.made"});
  command.basis = AssignmentBasis::imported;
  a_triaged_case().when(command).then_refused("not_authorized");
}

TEST(Assignment, NeedsATriagedCase) {
  a_new_case().when(offer()).then_refused("not_triaged");
  a_new_case().when(assign()).then_refused("not_triaged");
  a_new_case().when(AcceptAssignment{}).then_refused("no_assignee");
}

TEST(Assignment, NeedsInstructions) {
  auto command = assign();
  command.cautions.clear();
  a_triaged_case().when(command).then_refused("instructions_required");
}

TEST(Assignment, ToAnUnknownDepartmentIsRejected) {
  auto command = offer();
  command.department_id = DepartmentId{"moon"};
  a_triaged_case(CaseKind::service_request, departments()).when(command).then_refused("department_unknown");
}

TEST(Request, IsCorrectedAtAnyTime) {
  auto story = a_closed_case();
  AmendRequest amend;
  amend.kind = CaseKind::inquiry;
  amend.serial_no = "SN-2";
  amend.pii = AmendedDetails{.name = {},
                             .contacts = {{"13900000000"}},
                             .address = {},
                             .service_need = {},
                             .symptom = {},
                             .reason = {}};
  story.when(amend).then({"request.amended"});
  EXPECT_EQ(story.state().kind, CaseKind::inquiry);
  AmendRequest again;
  again.kind = CaseKind::inquiry;
  story.when(again).then_nothing();
  story.when(AmendRequest{}).then_refused("field_missing");
}

TEST(Request, NamesATimeZoneThatThereIs) {
  auto command = register_request();
  command.customer_tz = "Asia/Shanghia";
  Given().when(command).then_refused("zone_unknown");
  command.customer_tz = "Asia/Shanghai";
  auto story = Given();
  story.when(command).then({"request.registered", "timer.set", "assignment.owner.designated"});
  AmendRequest amend;
  amend.customer_tz = "Mars/Olympus";
  story.when(amend).then_refused("zone_unknown");
  amend.customer_tz = "";
  story.when(amend).then({"request.amended"});
}

TEST(Request, OfAnotherKindSaysWhatWasNotAskedOfTheOneBefore) {
  const auto policy =
      parse_policy("intake: {required: {inquiry: [contact], complaint: [contact, order_ref]}}").value();
  auto story = a_new_case(CaseKind::inquiry, policy);
  AmendRequest amend;
  amend.kind = CaseKind::complaint;
  story.when(amend).then_refused("field_missing");
  amend.order_ref = "";
  story.when(amend).then_refused("field_missing");
  amend.order_ref = "JD-1";
  story.when(amend).then({"request.amended"});
  amend = {};
  amend.kind = CaseKind::inquiry;
  story.when(amend).then({"request.amended"});
}

TEST(Request, IsNotCorrectedToLackWhatItsKindNeeds) {
  const auto policy = parse_policy("intake: {required: {inquiry: [contact]}}").value();
  auto story = a_new_case(CaseKind::inquiry, policy);
  AmendRequest amend;
  amend.pii = AmendedDetails{.name = {},
                             .contacts = std::vector<std::string>{},
                             .address = {},
                             .service_need = {},
                             .symptom = {},
                             .reason = {}};
  story.when(amend).then_refused("field_missing");
}

TEST(Request, IsRejectedBeforeSomebodyHasIt) {
  const CaseId other{"0190a0b0-0000-7000-8000-000000000002"};
  const CaseId self{"0190a0b0-0000-7000-8000-000000000001"};
  auto story = a_new_case();
  story.when(RejectRequest{RejectReason::duplicate, true, self, {}}).then_refused("self_link");
  story.when(RejectRequest{RejectReason::duplicate, true, other, {}});
  story.then({"request.rejected", "case.linked", "case.closed", "timer.cleared"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::rejected);
  an_assigned_case().when(RejectRequest{}).then_refused("assignment_active");
  a_case_in_progress().when(RejectRequest{}).then_refused("work_started");
}

TEST(Request, WithAnOpenComplaintIsNotRejected) {
  auto story = a_new_case();
  story.and_given(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"nobody called", {}}});
  story.when(RejectRequest{RejectReason::other, true, {}, {}}).then_refused("complaint_open");
}

TEST(Request, ThatWasRejectedUnsortedIsToBeSortedWhenReopened) {
  auto story = a_new_case();
  story.and_given(RejectRequest{RejectReason::spam, false, {}, {}});
  story.and_given(ReopenCase{ReopenReason::wrong_closure, {}});
  EXPECT_EQ(story.state().status, CaseStatus::new_);
}

TEST(Request, IsWithdrawnWithItsCallbacksAndItsComplaint) {
  auto story = a_case_in_progress();
  story.and_given(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}});
  story.and_given(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"nobody called", {}}});
  story.when(WithdrawRequest{Channel::phone, {}});
  story.then({"request.withdrawn", "complaint.withdrawn", "callback.canceled", "timer.cleared",
              "timer.paused", "case.closed", "timer.cleared", "timer.cleared", "timer.cleared",
              "timer.cleared"});
  EXPECT_EQ(story.last_of<CaseClosed>().basis, ClosureBasis::withdrawn);
  story.and_given(ReopenCase{ReopenReason::customer_message, {}});
}

TEST(Assignment, IsReleasedByTheAssigneeOrALead) {
  auto policy = departments();
  policy.roles.lead = {"lead"};
  const ReleaseAssignment ill{ReleaseReason::absence, {}, {}};
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  story.as(agent("zhao", "cs")).when(ill).then_refused("not_authorized");
  story.as(agent("boss", "cs", "lead"));
  story.when(ReleaseAssignment{ReleaseReason::absence, {}, DepartmentId{"moon"}})
      .then_refused("department_unknown");
  story.when(ill).then({"assignment.released", "assignment.queued"});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
  story.when(ill).then_refused("no_assignee");
}

TEST(Assignment, OfAWorkingCaseIsChangedByALeadWhoSaysSo) {
  Policy policy;
  policy.roles.lead = {"lead"};
  auto story = a_case_in_progress(CaseKind::service_request, policy);
  auto to_han = assign("han");
  to_han.basis = AssignmentBasis::lead;
  story.when(to_han).then_refused("assignment_active").as(agent("boss", "cs", "lead"));
  story.when(assign("han")).then_refused("assignment_active");
  EXPECT_THAT(story.refusal(), testing::HasSubstr("assign it on the basis lead"));
  story.when(to_han).then({"assignment.released", "assignment.made", "timer.set"});
  EXPECT_EQ(story.state().status, CaseStatus::assigned);
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"han"});
  story.when(to_han).then_nothing();
}

TEST(Assignment, OfAWaitingCaseIsChangedWhileItWaits) {
  auto story = a_case_in_progress();
  story.and_given(suspend(kMonday + std::chrono::days{2}));
  auto to_han = assign("han");
  to_han.basis = AssignmentBasis::lead;
  story.when(to_han).then({"assignment.released", "assignment.made"});
  EXPECT_EQ(story.state().status, CaseStatus::suspended);
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"han"});
  EXPECT_TRUE(story.state().assignment.accepted);
}

TEST(Assignment, IsOfferedAcceptedAndStarted) {
  auto story = a_triaged_case();
  story.when(offer()).then({"assignment.offered", "timer.set"});
  story.when(StartWork{}).then_refused("not_accepted");
  story.when(AcceptAssignment{OfferId{"o2"}}).then_refused("offer_not_open");
  story.when(AcceptAssignment{OfferId{"o1"}}).then({"assignment.accepted", "timer.cleared"});
  story.when(AcceptAssignment{}).then_nothing();
  story.when(DeclineAssignment{{}, DeclineReason::no_skill}).then_refused("already_accepted");
  story.when(StartWork{}).then({"work.started", "timer.set"});
  story.when(StartWork{}).then_refused("work_started");
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Assignment, IsAnsweredByTheAssigneeAlone) {
  auto story = a_triaged_case();
  story.and_given(offer()).as(agent("zhao", "cs")).when(AcceptAssignment{}).then_refused("not_authorized");
  story.as(system_actor()).when(AcceptAssignment{}).then({"assignment.accepted", "timer.cleared"});
}

TEST(Assignment, DeclinedGoesBackToTheQueue) {
  auto story = a_triaged_case();
  story.and_given(offer()).when(DeclineAssignment{{}, DeclineReason::off_shift});
  story.then({"assignment.declined", "assignment.queued", "timer.cleared"});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
}

TEST(Assignment, NobodyAnsweredGoesBackToTheQueue) {
  auto story = a_triaged_case();
  story.when(offer()).after(minutes{10});
  story.then_time_brings({"timer.expired", "assignment.expired", "assignment.queued"});
  EXPECT_EQ(story.state().status, CaseStatus::queued);
}

TEST(Assignment, OfAnAssignedCaseIsRejected) {
  an_assigned_case().when(offer()).then_refused("assignment_active");
  a_case_in_progress().when(assign()).then_refused("assignment_active");
  a_resolved_case().when(assign()).then_refused("already_resolved");
}

TEST(Promise, OfAFirstResponseIsMetByTheFirstMessage) {
  auto story = a_triaged_case();
  story.after(minutes{30}).when(SendMessage{Channel::phone, {"hello"}});
  story.then({"work.message.sent", "timer.cleared", "sla.target.met"});
  EXPECT_EQ(story.last_of<SlaTargetMet>().elapsed_business_ms, Duration{minutes{30}}.count());
}

TEST(Promise, OfAFirstResponseIsMissedInSilence) {
  auto story = a_triaged_case();
  story.when(classify()).after(hours{2});
  story.then_time_brings({"timer.expired", "sla.target.missed", "escalation.triggered"});
  EXPECT_EQ(story.last_of<TimerExpired>().due_at, kMonday + hours{1});
  EXPECT_EQ(story.last_of<TimerExpired>().fired_at, kMonday + hours{2});
  story.when(SendMessage{Channel::phone, {"sorry"}}).then({"work.message.sent", "sla.target.completed_late"});
}

TEST(Promise, IsWarnedOfAndEscalatedStepByStep) {
  auto policy = Policy{};
  policy.sla[1].warn_percent = 50;
  policy.sla[1].escalate = {{100, {"lead"}}, {200, {"manager"}}};
  auto story = a_triaged_case(CaseKind::service_request, policy);
  story.when(classify()).after(minutes{30}).then_time_brings({"timer.warned"});
  story.when(classify()).after(minutes{30});
  story.then_time_brings({"timer.expired", "sla.target.missed", "escalation.triggered", "timer.set"});
  story.when(classify()).after(hours{1}).then_time_brings({"timer.expired", "escalation.triggered"});
  EXPECT_EQ(story.last_of<EscalationTriggered>().to, std::vector<std::string>{"manager"});
}

}  // namespace
}  // namespace casetrail
