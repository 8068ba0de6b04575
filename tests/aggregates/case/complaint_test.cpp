// What was found on a complaint, what the customer was told of it, and who objects.
#include "events/case/complaint.h"

#include <algorithm>

#include "aggregates/case/complaint/commands.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;

const LodgeComplaint kLodged{ComplaintAbout::service, {}, {}, {}, {"nobody called me", {}}};
const AssessComplaint kAssess{ComplaintAssessment::justified,
                              ComplaintSeverity::serious,
                              Code<ComplaintAbout>(ComplaintAbout::delivery),
                              {"two days late"}};
const CommunicateDecision kTell{Channel::phone, {"you are right"}};
const AppealComplaint kAppeal{Channel::phone, {"I want the way paid, too"}};
const AttributeResponsibility kBlame{{{LiableKind::department, "cs", 60}, {LiableKind::agent, "zhao", 40}},
                                     {"call record"}};
const DisputeResponsibility kObject{{"I was on leave"}};
const ConfirmResponsibility kUphold{ResponsibilityOutcome::upheld, {}, {"the record shows it"}};
const CloseComplaint kEndComplaint{true, true, true};

const Actor kLi = agent("li.wei", "cs");
const Actor kBoss = agent("boss", "office");
const Actor kChief = agent("chief", "office");

Given a_complaint_accepted(const LodgeComplaint& lodged = kLodged, Policy policy = {}) {
  auto story = a_case_in_progress(CaseKind::complaint, std::move(policy));
  story.and_given(lodged).as(kBoss).and_given(AcceptComplaint{}).as(kLi);
  return story;
}

/// By the boss; who was responsible is known.
Given a_complaint_assessed(Policy policy = {}) {
  auto story = a_complaint_accepted(kLodged, std::move(policy));
  story.as(kBoss).and_given(DetermineCause{ComplaintCause::staff_error, {"call record"}, {}});
  story.and_given(kBlame).and_given(kAssess).as(kLi);
  return story;
}

TEST(Complaint, IsAssessedOnceAndAnewUntilTheCustomerKnows) {
  auto story = a_complaint_accepted();
  story.as(kBoss).when(kAssess).then({"complaint.assessed"}).when(kAssess).then_nothing();
  EXPECT_EQ(story.last_of<ComplaintAssessed>().assessed_by.value, "boss");
  auto other = kAssess;
  other.assessment = ComplaintAssessment::unjustified;
  story.when(other).then({"complaint.assessed"}).and_given(kTell);
  story.when(other).then_nothing().when(kAssess).then_refused("decision_communicated");
}

TEST(Complaint, IsAssessedWithFindingsAndOnceItIsAccepted) {
  a_case_in_progress().when(kAssess).then_refused("no_complaint");
  a_case_in_progress().and_given(kLodged).when(kAssess).then_refused("complaint_not_accepted");
  a_complaint_accepted().when(AssessComplaint{}).then_refused("reason_required");
}

TEST(Complaint, IsNotAssessedByThePersonWhomItIsAbout) {
  auto about_li = kLodged;
  about_li.about = ComplaintAbout::person;
  about_li.about_ref = "li.wei";
  auto story = a_complaint_accepted(about_li);
  story.when(kAssess).then_refused("conflict_of_interest");
  story.as(kBoss).and_given(kAssess).as(kLi).when(kTell).then_refused("conflict_of_interest");
}

TEST(Complaint, ASeverityThatThePolicyDoesNotKnowIsRefused) {
  auto unknown = kAssess;
  unknown.severity = Code<ComplaintSeverity>::from("dreadful").value();
  a_complaint_accepted().when(unknown).then_refused("code_unknown");
}

TEST(Complaint, ItsDecisionIsToldOnceAndMayBeAppealedAsLongAsThePolicySays) {
  auto story = a_complaint_assessed(parse_policy("complaint: {appeal_within: 3d}").value());
  story.when(kTell).then({"complaint.decision.communicated", "timer.cleared", "sla.target.met",
                          "timer.cleared", "sla.target.met", "timer.set"});
  const auto told = story.last_of<DecisionCommunicated>();
  EXPECT_EQ(told.assessment, ComplaintAssessment::justified);
  EXPECT_EQ(told.appeal_until, story.now() + days{3});
  story.when(kTell).then_nothing();
  EXPECT_EQ(story.state().last_informed_at, story.now());
  story.after(days{3} + hours{1}).when(kAppeal).then_refused("appeal_too_late");
}

TEST(Complaint, ADecisionNeedsAComplaintItsAssessmentAndWords) {
  a_case_in_progress().when(kTell).then_refused("no_complaint");
  a_complaint_accepted().when(kTell).then_refused("assessment_missing");
  a_complaint_assessed().when(CommunicateDecision{}).then_refused("reason_required");
  auto story = a_complaint_assessed();
  story.and_given(WithdrawComplaint{}).when(kTell).then_refused("complaint_closed");
}

TEST(Complaint, AnAppealOpensItAgainForAnotherPersonThanTheOneWhoDecided) {
  auto story = a_complaint_assessed();
  story.and_given(kTell).and_given(kEndComplaint).when(kAppeal).then({"complaint.appealed", "timer.set"});
  EXPECT_EQ(story.last_of<ComplaintAppealed>().decided_by, AgentId{"boss"});
  story.when(kAppeal).then_nothing().when(resolve()).then_refused("attribution_missing");
  story.as(kBoss).when(kAssess).then_refused("appeal_of_own_decision");
  story.when(kBlame).then_refused("appeal_of_own_decision");
  story.as(kChief).and_given(kBlame).and_given(kAssess).and_given(kTell);
  story.as(kBoss).when(kEndComplaint).then_refused("appeal_of_own_decision");
  story.as(kLi).when(kEndComplaint).then({"complaint.closed"});
}

Given a_complaint_appealed() {
  auto story = a_complaint_assessed(
      parse_policy("complaint: {decide_appeal_within: 2d, escalate_to: [lead]}").value());
  story.and_given(kTell).and_given(kAppeal);
  return story;
}

TEST(Complaint, AnAppealIsDecidedInTimeWhenTheCustomerIsToldTheNextDecision) {
  auto story = a_complaint_appealed();
  EXPECT_EQ(story.last_of<TimerSet>().kind, TimerKind::complaint_appeal);
  EXPECT_EQ(story.last_of<TimerSet>().due_at, story.now() + days{2});
  story.as(kChief).and_given(kBlame).and_given(kAssess).and_given(kTell);
  const auto met = std::ranges::count_if(story.log(), [](const CaseEvent& event) {
    const auto* fact = event.event.get_if<SlaTargetMet>();
    return fact != nullptr && fact->metric == SlaMetric::complaint_appeal;
  });
  EXPECT_EQ(met, 1);
}

TEST(Complaint, AnAppealThatNobodyDecidesInTimeIsToldToWhomThePolicyNames) {
  auto story = a_complaint_appealed();
  story.after(days{2});
  EXPECT_EQ(story.last_of<SlaTargetMissed>().metric, SlaMetric::complaint_appeal);
  EXPECT_EQ(story.last_of<EscalationTriggered>().cause, TimerKind::complaint_appeal);
  EXPECT_EQ(story.last_of<EscalationTriggered>().to, std::vector<std::string>{"lead"});
}

TEST(Complaint, TheClockOfAnAppealEndsWithItsComplaint) {
  const auto runs = [](const Given& story) {
    return std::ranges::count(story.state().timers, TimerKind::complaint_appeal, &RunningTimer::kind);
  };
  auto withdrawn = a_complaint_appealed();
  EXPECT_EQ(runs(withdrawn), 1);
  EXPECT_EQ(runs(withdrawn.and_given(WithdrawComplaint{})), 0);
  auto closed = a_complaint_appealed();
  closed.as(kChief).and_given(kBlame).and_given(kEndComplaint);
  EXPECT_EQ(runs(closed), 0);
}

TEST(Complaint, AnAppealNeedsADecisionThatWasToldAndAReason) {
  a_case_in_progress().when(kAppeal).then_refused("decision_not_communicated");
  a_complaint_assessed().when(kAppeal).then_refused("decision_not_communicated");
  auto story = a_complaint_assessed();
  story.and_given(kTell).when(AppealComplaint{}).then_refused("reason_required");
}

TEST(Complaint, AnAppealOfAResolvedCaseKeepsItFromClosing) {
  auto story = a_complaint_assessed();
  story.and_given(kTell).and_given(kEndComplaint).and_given(resolve()).when(kAppeal);
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  EXPECT_EQ(story.last_of<ResolutionRejected>().pii.text, kAppeal.pii.text);
  story.after(days{13});
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
}

TEST(Complaint, AnAppealOpensAClosedCaseUnlessItWasClosedTooLongAgo) {
  const auto closed = [](const std::string& reopen_window) {
    auto story =
        a_complaint_assessed(parse_policy("closing: {reopen_window: " + reopen_window + "}").value());
    story.and_given(kTell).and_given(kEndComplaint).and_given(resolve());
    story.and_given(AcceptResolution{Channel::phone}).after(days{2});
    return story;
  };
  auto story = closed("30d");
  EXPECT_EQ(story.state().status, CaseStatus::closed);
  story.when(kAppeal);
  EXPECT_EQ(story.last_of<CaseReopened>().reason_code, ReopenReason::customer_message);
  EXPECT_EQ(story.state().status, CaseStatus::in_progress);
  closed("1d").when(kAppeal).then_refused("reopen_window_passed");
}

TEST(Complaint, ItsResponsibilityIsDisputedByWhomItNames) {
  auto story = a_complaint_assessed();
  story.as(kChief).when(kObject).then_refused("not_authorized");
  story.as(agent("zhao", "tech")).when(DisputeResponsibility{}).then_refused("reason_required");
  story.when(kObject).then({"complaint.responsibility.disputed"}).when(kObject).then_nothing();
  EXPECT_EQ(story.last_of<ResponsibilityDisputed>().share->percent, 40);
  story.as(kLi).when(kEndComplaint).then_refused("responsibility_disputed");
  story.as(kChief).and_given(kUphold).as(kLi).when(kObject).then_refused("dispute_settled");
  story.when(kEndComplaint).then({"complaint.closed"});
  a_complaint_accepted().when(kObject).then_refused("attribution_missing");
}

TEST(Complaint, ADisputeOverResponsibilityIsDecidedByWhomItDoesNotConcern) {
  auto story = a_complaint_assessed();
  story.as(kChief).when(kUphold).then_refused("not_disputed");
  story.as(kLi).and_given(kObject).when(kUphold).then_refused("conflict_of_interest");
  story.as(agent("zhao", "tech")).when(kUphold).then_refused("conflict_of_interest");
  story.as(kBoss).when(kUphold).then_refused("conflict_of_interest");
  story.as(kChief).when(ConfirmResponsibility{}).then_refused("reason_required");
  story.when(kUphold).then({"complaint.responsibility.confirmed"});
  EXPECT_EQ(story.last_of<ResponsibilityConfirmed>().shares.size(), 2U);
  story.when(kUphold).then_refused("dispute_settled");
  a_complaint_accepted().as(kChief).when(kUphold).then_refused("attribution_missing");
}

TEST(Complaint, AResponsibilityIsShiftedInSharesThatSumTo100OrLiftedFromEverybody) {
  auto story = a_complaint_assessed();
  story.and_given(kObject).as(kChief);
  auto shift = kUphold;
  shift.shares = {{{LiableKind::carrier, {}, 90}}};
  story.when(shift).then_refused("shares_unexpected");
  shift.outcome = ResponsibilityOutcome::shifted;
  story.when(shift).then_refused("shares_not_100");
  auto lifted = story;
  lifted.and_given(ConfirmResponsibility{ResponsibilityOutcome::lifted, {}, {"nobody could know"}});
  EXPECT_EQ(lifted.last_of<ResponsibilityConfirmed>().shares.front().party, LiableKind::none);
  shift.shares->front().percent = 100;
  story.when(shift).then({"complaint.responsibility.confirmed"});
  EXPECT_EQ(story.state().findings->shares.front().party, LiableKind::carrier);
}

}  // namespace
}  // namespace casetrail
