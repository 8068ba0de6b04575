// A second person's word, and what rests on it.
#include "events/case/approval.h"

#include <gmock/gmock.h>

#include "aggregates/case/approval/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

const Actor kLead = agent("zhang", "cs", "lead");
const Actor kManager = agent("wu", "cs", "manager");

RequestApproval ask(ApprovalSubject subject, std::optional<std::string> about = {},
                    std::optional<std::int64_t> amount = {}) {
  return {subject, std::move(about), amount, {"it is better so"}};
}
DecideApproval say(bool granted, const std::string& id = "p1") { return {ApprovalId{id}, granted, {}}; }

Policy rules(const std::string& approvals) { return parse_policy("approvals: " + approvals).value(); }

TEST(Approval, IsAskedForByOneAndDecidedByAnother) {
  auto story = a_case_in_progress();
  story.when(say(true)).then_refused("approval_unknown");
  story.when(ask(ApprovalSubject::compensation, {}, 5'000)).then({"approval.requested"});
  story.when(ask(ApprovalSubject::compensation)).then_refused("approval_pending");
  story.when(say(true)).then_refused("conflict_of_interest");
  story.as(kLead).when(say(true)).then({"approval.decided"}).when(say(true)).then_nothing();
  story.as(kManager).when(say(false)).then_refused("approval_decided");
  ASSERT_EQ(story.state().approvals.size(), 1U);
  EXPECT_EQ(story.state().approvals.front().decided_by, AgentId{"zhang"});
}

TEST(Approval, NeedsAReason) {
  auto command = ask(ApprovalSubject::other);
  command.pii.text.clear();
  a_case_in_progress().when(command).then_refused("reason_required");
}

TEST(Approval, IsDecidedByTheRolesOfThePolicyUpToTheirAmounts) {
  auto story = a_case_in_progress(
      CaseKind::service_request,
      rules("[{of: [compensation], by: [lead], up_to_minor: 20000}, {of: [compensation], by: [manager]}]"));
  story.and_given(ask(ApprovalSubject::compensation, {}, 20'001));
  story.as(agent("han", "cs", "agent")).when(say(true)).then_refused("not_authorized");
  story.as(kLead).when(say(true)).then_refused("not_authorized");
  story.as(kManager).when(say(true)).then({"approval.decided"});
  story.as(agent("li.wei", "cs")).and_given(ask(ApprovalSubject::compensation, "again", 20'000));
  story.as(kLead).when(say(false, "p2")).then({"approval.decided"});
}

TEST(Approval, LetsTheOwnerBeChangedOnceAndNamesWhoGrantedIt) {
  auto story = a_case_in_progress(CaseKind::service_request, rules("[{of: [owner_change], by: [lead]}]"));
  const ChangeOwner change{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"zhang"}};
  story.when(change).then_refused("second_approval_required");
  story.and_given(ask(ApprovalSubject::owner_change, "zhao")).when(change);
  story.then_refused("second_approval_required");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("'p1' is not decided yet"));
  story.as(kLead).and_given(say(true)).as(agent("li.wei", "cs"));
  story.when(ChangeOwner{AgentId{"han"}, OwnerChangeReason::absence, {}})
      .then_refused("second_approval_required");
  story.when(change).then({"assignment.owner.changed"});
  EXPECT_EQ(story.last_of<OwnerChanged>().approved_by, AgentId{"zhang"});
  EXPECT_EQ(story.last_of<OwnerChanged>().approval_id, ApprovalId{"p1"});
  story.as(agent("zhao", "cs"))
      .when(ChangeOwner{AgentId{"li.wei"}, OwnerChangeReason::absence, {}})
      .then_refused("second_approval_required");
}

TEST(Approval, IsNotForWhoGrantedItNorForTheCustomerToGrant) {
  auto story = a_case_in_progress(CaseKind::service_request, rules("[{of: [owner_change]}]"));
  story.and_given(ask(ApprovalSubject::owner_change));
  story.as({ActorKind::customer, "c-1", {}, {}, {}}).when(say(true)).then_refused("not_authorized");
  story.as(kLead).and_given(say(true));
  story.when(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, {}})
      .then_refused("second_approval_required");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("granted by the actor"));
}

TEST(Approval, IsNotWhatAProgramSaysOfAPersonButAProgramMayActByItsOwnRule) {
  auto story = a_case_in_progress(CaseKind::service_request, rules("[{of: [owner_change]}]"));
  story.as({ActorKind::system, "crm", {}, {}, {}});
  story.when(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"zhang"}})
      .then_refused("second_approval_required");
  story.when(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, {}}).then({"assignment.owner.changed"});
  EXPECT_EQ(story.last_of<OwnerChanged>().approved_by, AgentId{"crm"});
}

TEST(Approval, WithoutAnAmountIsForWhoMayApproveAny) {
  auto story = a_case_in_progress(CaseKind::service_request,
                                  rules("[{of: [compensation], by: [lead], up_to_minor: 20000}]"));
  story.and_given(ask(ApprovalSubject::compensation));
  story.as(kLead).when(say(true)).then_refused("not_authorized");
}

TEST(Approval, EndsWhenTheCaseIsOpenedAgain) {
  auto story = a_closed_case(rules("[{of: [owner_change]}]"));
  story.and_given(ask(ApprovalSubject::owner_change)).as(kLead).and_given(say(true));
  story.as(agent("li.wei", "cs")).and_given(ReopenCase{ReopenReason::recurrence, {}});
  story.when(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, {}})
      .then_refused("second_approval_required");
}

TEST(Approval, ThatWasNotGrantedAllowsNothing) {
  auto story = a_resolved_case(rules("[{of: [callback_waiver]}]"));
  const WaiveCallback waive{{}, "all is well", {}};
  story.and_given(ask(ApprovalSubject::callback_waiver)).as(kLead).and_given(say(false));
  story.as(agent("li.wei", "cs")).when(waive).then_refused("second_approval_required");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("'p1' was not granted"));
  story.and_given(ask(ApprovalSubject::callback_waiver)).as(kLead).and_given(say(true, "p2"));
  story.as(agent("li.wei", "cs")).when(waive).then({"callback.waived"});
  EXPECT_EQ(story.last_of<CallbackWaived>().approved_by, AgentId{"zhang"});
}

TEST(Approval, IsNotAskedForWhereThePolicySaysNothing) {
  auto story = a_resolved_case();
  story.when(WaiveCallback{{}, "all is well", {}}).then({"callback.waived"});
  EXPECT_EQ(story.last_of<CallbackWaived>().approved_by, AgentId{"li.wei"});
  story.when(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}})
      .then({"assignment.owner.changed"});
  EXPECT_EQ(story.last_of<OwnerChanged>().approved_by, AgentId{"boss"});
}

TEST(Approval, OfACauseIsNotGivenByThePersonWhomTheComplaintIsAbout) {
  auto story = a_case_in_progress();
  story.and_given(LodgeComplaint{ComplaintAbout::person, "zhang", {}, {}, {"rude", {}}});
  story.and_given(AcceptComplaint{{{"identified", true}}});
  story.and_given(ask(ApprovalSubject::complaint_cause, "customer_personality"));
  story.as(kLead).when(say(true)).then_refused("conflict_of_interest");
}

TEST(Approval, StandsBehindTheCauseThatOnePersonAloneMayNotName) {
  auto story = a_case_in_progress();
  story.and_given(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"nobody called me", {}}});
  story.and_given(AcceptComplaint{{{"identified", true}}});
  const DetermineCause cause{ComplaintCause::customer_personality, {"record"}, AgentId{"zhang"}};
  story.when(cause).then_refused("second_approval_required");
  story.and_given(ask(ApprovalSubject::complaint_cause, "customer_personality"));
  story.as(kLead).and_given(say(true)).as(agent("li.wei", "cs"));
  story.when(cause).then({"complaint.cause.determined"});
  EXPECT_EQ(story.last_of<ComplaintCauseDetermined>().seconded_by, AgentId{"zhang"});
}

}  // namespace
}  // namespace casetrail
