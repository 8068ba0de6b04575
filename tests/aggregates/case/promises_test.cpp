// What is promised beside the SLA has a clock and a witness: answers of other departments, agreements, goods,
// visits.
#include <gmock/gmock.h>

#include "aggregates/case/callback/commands.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/timer/commands.h"
#include "events/case/errand.h"
#include "events/case/handoff.h"
#include "events/case/solution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

const Actor kTech = agent("zhao", "tech");
const Actor kGiver = agent("li.wei", "cs");
const Actor kLeader = agent("boss", "cs", "lead");

RequestHandoff question(const std::string& department = "tech") {
  RequestHandoff command{
      HandoffKind::department, {DepartmentId{department}, {}}, HandoffReason::skill_needed, {}, {}};
  command.pii = HandoffNote{.because = "the new board is out of stock", .please_do = "does the old one fit?"};
  command.mode = HandoffMode::question;
  return command;
}

CompleteHandoff answer_to_question(const std::string& id = "h1") {
  return {HandoffId{id}, HandoffResult::done, HandoffAnswer{"it does"}};
}

Policy policy_of(const std::string& yaml) { return parse_policy(yaml).value(); }

TEST(Question, LeavesTheCaseWhereItIsAndIsAnsweredInTime) {
  auto story = a_case_in_progress();
  story.when(question()).then({"handoff.requested", "timer.set"});
  EXPECT_EQ(story.last_of<HandoffRequested>().accept_by, kMonday + hours{4});
  EXPECT_EQ(story.state().assignment.agent_id, AgentId{"li.wei"});
  story.as(kTech).when(answer_to_question()).then({"handoff.completed", "timer.cleared", "sla.target.met"});
  EXPECT_THAT(story.state().handled_by.departments, ElementsAre(DepartmentId{"cs"}));
  story.when(answer_to_question()).then_refused("handoff_not_accepted");
}

TEST(Question, MayBeOneOfSeveralAndBesideAHandoff) {
  auto story = a_case_in_progress();
  story.and_given(question()).and_given(question("logistics")).and_given(hand_off());
  EXPECT_EQ(story.state().questions.size(), 2U);
  story.as(agent("sun", "logistics")).and_given(answer_to_question("h2"));
  EXPECT_EQ(story.state().questions.size(), 1U);
  story.as(kTech).when(AcceptHandoff{HandoffId{"h1"}}).then_refused("no_pending_handoff");
}

TEST(Question, IsDueWhenWhoAsksOrThePolicySays) {
  auto story = a_case_in_progress(CaseKind::service_request, policy_of("handoff: {answer_within: 6h}"));
  story.and_given(question());
  EXPECT_EQ(story.last_of<HandoffRequested>().accept_by, kMonday + hours{6});
  auto soon = question();
  soon.answer_by = story.now() + hours{1};
  story.and_given(soon);
  EXPECT_EQ(story.last_of<TimerSet>().due_at, kMonday + hours{1});
  soon.answer_by = story.now();
  story.when(soon).then_refused("promise_in_past");
}

TEST(Question, ThatNobodyAnswersIsMissedAndMayBeAnsweredLater) {
  auto story = a_case_in_progress();
  story.and_given(question()).after(hours{5});
  EXPECT_EQ(story.last_of<HandoffExpired>().handoff_id, HandoffId{"h1"});
  EXPECT_EQ(story.last_of<SlaTargetMissed>().metric, SlaMetric::handoff_complete);
  EXPECT_EQ(story.last_of<SlaTargetMissed>().responsible->department_id, DepartmentId{"tech"});
  story.as(kTech).when(answer_to_question()).then({"handoff.completed"});
}

TEST(Question, IsAnsweredByTheDepartmentThatIsAskedInWords) {
  auto story = a_case_in_progress();
  story.and_given(question());
  story.as(agent("sun", "logistics")).when(answer_to_question()).then_refused("not_authorized");
  auto silent = answer_to_question();
  silent.pii.reset();
  story.as(kTech).when(silent).then_refused("answer_missing");
}

TEST(Question, NeedsToSayWhyAndWhat) {
  auto empty = question();
  empty.pii.please_do.clear();
  a_case_in_progress().when(empty).then_refused("handover_note_incomplete");
}

TEST(Question, IsReturnedWithoutABounceOrWithdrawn) {
  auto story = a_case_in_progress();
  story.and_given(question()).and_given(question());
  const ReturnHandoff back{HandoffId{"h1"}, ReturnReason::not_our_duty, {}, DepartmentId{"vendor"}};
  story.as(agent("sun", "logistics")).when(back).then_refused("not_authorized");
  story.as(kTech).when(back).then({"handoff.returned", "timer.cleared"});
  EXPECT_EQ(story.state().bounces, 0);
  const WithdrawHandoff settled{HandoffId{"h2"}, "found it"};
  story.as(kGiver).when(settled).then({"handoff.withdrawn", "timer.cleared"});
  EXPECT_TRUE(story.state().questions.empty());
}

TEST(Question, EndsWithTheResolutionUnlessThePolicyWaitsForIt) {
  auto story = a_case_in_progress();
  story.and_given(question()).and_given(resolve());
  EXPECT_FALSE(story.last_of<HandoffWithdrawn>().reason);
  EXPECT_TRUE(story.state().questions.empty());
  auto waits =
      a_case_in_progress(CaseKind::service_request, policy_of("handoff: {while_question_open: wait}"));
  waits.and_given(question()).when(resolve()).then_refused("question_open");
  waits.as(kTech).and_given(answer_to_question()).as(kGiver).and_given(resolve());
}

Given a_case_with_options() {
  auto story = a_case_in_progress();
  story.and_given(OfferOptions{{{OptionId{"repair"}, OptionKind::repair, "repair it", 100, true},
                                {OptionId{"refund"}, OptionKind::refund, "money back", 900, false}},
                               {}});
  return story;
}

ReachAgreement agree(Timestamp due, Finality finality = Finality::final,
                     AgreementKind kind = AgreementKind::solution) {
  return {kind, finality, {}, {}, due};
}

Given an_agreement(Policy policy = {}) {
  auto story = a_case_with_options();
  story.under(std::move(policy)).and_given(SelectOption{OptionId{"repair"}});
  story.when(agree(story.now() + days{1})).then({"agreement.reached", "timer.set"});
  return story;
}

const FulfillAgreement kDone{AgreementId{"g1"}, Witness::document, "receipt 4711"};

TEST(Agreement, IsFulfilledWithAWitnessInTime) {
  auto story = an_agreement();
  story.when(kDone).then({"agreement.fulfilled", "timer.cleared"});
  EXPECT_FALSE(story.last_of<AgreementFulfilled>().late);
  story.when(kDone).then_refused("agreement_not_open");
}

TEST(Agreement, IsBreachedByTimeAloneToldToWhoThePolicySaysAndFulfilledLate) {
  auto story = an_agreement(policy_of("agreement: {escalate_to: [manager]}"));
  story.after(days{2});
  EXPECT_EQ(story.last_of<AgreementBreached>().due_at, kMonday + days{1});
  EXPECT_THAT(story.last_of<EscalationTriggered>().to, ElementsAre("manager"));
  story.when(kDone).then({"agreement.fulfilled"});
  EXPECT_TRUE(story.last_of<AgreementFulfilled>().late);
}

TEST(Agreement, IsSupersededByANewerOneOfItsKind) {
  auto story = an_agreement();
  const auto newer = agree(story.now() + days{3});
  story.when(newer).then({"agreement.reached", "agreement.superseded", "timer.cleared", "timer.set"});
  story.when(newer).then_nothing();
  story.when(agree(story.now() + days{2}, Finality::final, AgreementKind::recovery))
      .then({"agreement.reached", "timer.set"});
  EXPECT_EQ(story.state().agreement.open.size(), 2U);
  story.when(kDone).then_refused("agreement_not_open");
  story.when(agree(story.now())).then_refused("promise_in_past");
}

TEST(Agreement, IsOwedAfterTheCaseIsClosed) {
  auto story = an_agreement();
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
  story.after(days{2});
  EXPECT_EQ(story.last_of<AgreementBreached>().agreement_id, AgreementId{"g1"});
  story.and_given(ReopenCase{ReopenReason::recurrence, {}}).and_given(kDone);
}

TEST(Agreement, KeepsTheCaseOpenWhereThePolicyWaitsForIt) {
  auto story = an_agreement(policy_of("agreement: {while_open: wait}"));
  story.and_given(resolve()).and_given(AcceptResolution{Channel::phone});
  story.when(CloseCase{}).then_refused("agreement_open");
  story.after(days{4}).when(kDone).then({"agreement.fulfilled", "case.closed", "timer.cleared"});
}

TEST(Option, IsDeclinedByTheCustomerAndMayBeChosenAfterAll) {
  auto story = a_case_with_options();
  const DeclineOption no{{OptionId{"repair"}}, CustomerWords{"I want a new one"}};
  story.when(DeclineOption{{}, {}}).then_refused("too_few_options");
  story.when(DeclineOption{{OptionId{"gift"}}, {}}).then_refused("option_unknown");
  story.and_given(SelectOption{OptionId{"repair"}});
  story.when(no).then({"solution.option.declined"}).when(no).then_nothing();
  EXPECT_FALSE(story.state().agreement.selected);
  story.and_given(SelectOption{OptionId{"repair"}}).when(no).then({"solution.option.declined"});
}

TEST(Call, ThatIsConnectedIsAWordToTheCustomer) {
  auto story = a_triaged_case();
  story.when(AttemptCall{CallDirection::outbound, CallOutcome::connected, {}, {}, 90, {}});
  story.then({"call.attempted", "timer.cleared", "sla.target.met"});
  story.when(AttemptCall{CallDirection::outbound, CallOutcome::busy, {}, {}, {}, {}})
      .then({"call.attempted"});
}

TEST(Call, OfASilentCallerIsEndedAfterTwoPrompts) {
  AttemptCall silent{CallDirection::inbound, CallOutcome::silent, HungUpBy::agent, 1, {}, {}};
  auto story = a_case_in_progress();
  story.when(silent).then_refused("prompts_missing");
  silent.prompts = 2;
  story.when(silent).then({"call.attempted"});
}

TEST(Call, GoesToNobodyWhoDoesNotWantIt) {
  auto story = a_case_in_progress();
  story.and_given(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}});
  story.after(hours{1}).and_given(ReceiveMessage{Channel::phone, {"do not call me"}});
  story.and_given(RefuseCallback{CallbackId{"c1"}, true});
  story.when(AttemptCall{CallDirection::outbound, CallOutcome::connected, {}, {}, {}, {}})
      .then_refused("do_not_call");
  story.and_given(AttemptCall{CallDirection::inbound, CallOutcome::busy, {}, {}, {}, {}});
}

TEST(Breach, IsExcusedByALeadWhoDidNotHaveTheCaseAndStaysABreach) {
  const ExcuseSla excuse{SlaMetric::next_update, ExcuseReason::system_outage, {}};
  auto story = a_case_in_progress(CaseKind::service_request, policy_of("roles: {lead: [lead]}"));
  story.as(kLeader).when(excuse).then_refused("target_not_missed");
  story.as(kGiver).after(days{3}).when(excuse).then_refused("not_authorized");
  story.as(agent("li.wei", "cs", "lead")).when(excuse).then_refused("conflict_of_interest");
  story.as(kLeader).when(excuse).then({"sla.excused"}).when(excuse).then_nothing();
  EXPECT_EQ(story.last_of<SlaExcused>().due_at, kMonday + hours{8});
  story.when(ExcuseSla{SlaMetric::next_update, ExcuseReason::vendor, {}}).then_refused("already_excused");
}

TEST(Escalation, IsOpenUntilWhoWasToldAcknowledgesIt) {
  const AcknowledgeEscalation seen{{}};
  auto story = a_case_in_progress(CaseKind::service_request, policy_of("roles: {lead: [lead]}"));
  story.as(kLeader).when(seen).then_refused("no_open_escalation");
  story.and_given(RaiseEscalation{2, {{"manager"}}, {"a week"}})
      .and_given(RaiseEscalation{{}, {}, {"again"}});
  story.as(agent("han", "cs", "agent")).when(seen).then_refused("not_authorized");
  story.as(agent("wu", "cs", "manager")).when(seen).then({"escalation.acknowledged"});
  EXPECT_EQ(story.last_of<EscalationAcknowledged>().level, 2);
  story.when(seen).then_refused("no_open_escalation");
}

const ReturnId kGoods{"m1"};

TEST(GoodsReturn, IsAuthorizedReceivedAndInspectedInThisOrder) {
  auto story = a_case_in_progress();
  story.when(ReceiveReturn{kGoods, GoodsCondition::intact}).then_refused("return_unknown");
  story.when(AuthorizeReturn{ReturnKind::refund, {}, {}}).then_refused("field_missing");
  story.when(AuthorizeReturn{ReturnKind::refund, {{"Dock D2", 1}}, "RMA-1"}).then({"return.authorized"});
  const InspectReturn inspect{kGoods, InspectionVerdict::passed, 19'900, {}};
  story.when(inspect).then_refused("return_not_received");
  const ReceiveReturn receive{kGoods, GoodsCondition::damaged};
  story.when(receive).then({"return.received", "timer.set"}).when(receive).then_refused("return_received");
  story.when(inspect)
      .then({"return.inspected", "timer.cleared"})
      .when(inspect)
      .then_refused("return_inspected");
}

TEST(GoodsReturn, ThatNobodyInspectsInTimeIsEscalated) {
  auto story = a_case_in_progress(CaseKind::service_request,
                                  policy_of("return: {inspect_within: 1h, escalate_to: [warehouse]}"));
  story.and_given(AuthorizeReturn{ReturnKind::repair, {{"Dock D2", 1}}, {}});
  story.and_given(ReceiveReturn{kGoods, GoodsCondition::intact}).after(hours{2});
  EXPECT_EQ(story.last_of<EscalationTriggered>().cause, TimerKind::return_inspection);
  EXPECT_THAT(story.last_of<EscalationTriggered>().to, ElementsAre("warehouse"));
}

TEST(Visit, IsPlannedAheadAndCompletedOnce) {
  auto story = a_case_in_progress();
  const auto now = story.now();
  const AgentId chen{"chen"};
  story.when(DispatchWork{chen, now - hours{2}, now}).then_refused("promise_in_past");
  story.when(DispatchWork{chen, now + hours{3}, now + hours{2}}).then_refused("visit_window_empty");
  const DispatchWork visit{chen, now + hours{2}, now + hours{4}};
  story.when(visit).then({"work.dispatched", "timer.set"}).when(visit).then_nothing();
  const CompleteVisit over{VisitId{"v1"}, VisitResult::done, {{"board B7"}}, {}};
  story.when(CompleteVisit{VisitId{"v2"}, VisitResult::done, {}, {}}).then_refused("visit_unknown");
  story.when(over).then({"work.visit.completed", "timer.cleared"}).when(over).then_refused("visit_over");
}

TEST(Visit, ThatIsNotOverWhenItsTimeIsIsEscalated) {
  auto story = a_case_in_progress();
  story.and_given(DispatchWork{AgentId{"chen"}, story.now(), story.now() + minutes{90}}).after(hours{2});
  EXPECT_EQ(story.last_of<EscalationTriggered>().cause, TimerKind::visit_due);
}

}  // namespace
}  // namespace casetrail
