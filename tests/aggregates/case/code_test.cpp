// A command may use the codes of its policy's catalogues: casetrail's own, and those of the company.
#include <gmock/gmock.h>

#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/policy/new_policy.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "tests/aggregates/case/cases.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

Policy with_catalogues(const std::string& catalogues) {
  auto policy = parse_new_policy("catalogues:\n" + catalogues);
  EXPECT_TRUE(policy) << (policy ? "" : policy.error().front().sentence);
  return policy.value_or(Policy{});
}

Policy of_the_company() {
  return with_catalogues(R"(
  channel: [{code: livestream, en: Live stream, zh: 直播间}, {code: fax, retired: true}]
  kind: [{code: installation, zh: 安装}]
  return: [{code: other_model, en: Other product line, needs_duty: true}]
  cause: [{code: staged, en: Staged, needs_second_person: true}]
  tag: [{code: vip, zh: 重要客户}]
)");
}

template <Catalogued Known>
Code<Known> code(std::string_view text) {
  return Code<Known>::from(text).value();
}

RegisterRequest registered_by(std::string_view channel) {
  auto command = register_request();
  command.channel = code<Channel>(channel);
  return command;
}

TEST(Code, OfTheCompanyIsTakenAndRecordedAsItIs) {
  auto command = registered_by("livestream");
  command.kind = code<CaseKind>("installation");
  Given story(of_the_company());
  story.when(command).then({"request.registered", "timer.set", "assignment.owner.designated"});
  EXPECT_EQ(story.last_of<RequestRegistered>().channel.text(), "livestream");
  EXPECT_EQ(story.state().kind.text(), "installation");
}

TEST(Code, ThatNoCatalogueHasIsRefusedWithTheNearestOne) {
  Given story(of_the_company());
  story.when(registered_by("livesteam")).then_refused("code_unknown");
  EXPECT_THAT(story.last().error().sentence, HasSubstr("take 'livesteam' as channel"));
  EXPECT_THAT(story.last().error().sentence, HasSubstr("did you mean 'livestream'?"));
}

TEST(Code, ThatWasRetiredIsRefusedAndStaysWhereItWasRecorded) {
  Given story;
  story.and_given(registered_by("fax"));
  story.under(of_the_company());
  story.when(ReceiveMessage{Channel::fax, {"still there?"}}).then_refused("code_retired");
  EXPECT_EQ(story.last_of<RequestRegistered>().channel, Channel::fax);
}

TEST(Code, WithinAnOptionalFieldIsLookedAtToo) {
  a_case_in_progress()
      .when(ChaseCase{ChasedBy::customer, code<Channel>("pigeon"), {}})
      .then_refused("code_unknown");
}

TEST(Code, ThatDisputesADutyCountsAsABounceAndHasToCiteOne) {
  auto story = a_case_in_progress(CaseKind::service_request, of_the_company());
  story.and_given(hand_off("tech")).as(agent("zhao", "tech"));
  const HandoffId id{"h1"};
  story.when(ReturnHandoff{id, code<ReturnReason>("other_model"), {}, {}})
      .then_refused("duty_reference_required");
  story.when(ReturnHandoff{id, code<ReturnReason>("other_model"), DutyId{"repairs"}, {}})
      .then({"handoff.returned", "timer.cleared"});
  EXPECT_EQ(story.last_of<HandoffReturned>().bounce_no, 1);
}

const std::string kPlanForComplaints = R"(
callback:
  zones: [Asia/Shanghai]
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1d, kinds: [complaint]}]
)";

TEST(Code, OfAKindThatThePolicyCallsAComplaintIsOneToPlansAndReaders) {
  const auto kinds = R"(
  kind: [{code: grievance, en: Grievance, is_complaint: true}, {code: installation, en: Installation}]
)" + kPlanForComplaints;
  const auto grievance = code<CaseKind>("grievance");
  auto story = a_case_in_progress(grievance, with_catalogues(kinds));
  EXPECT_EQ(story.last_of<RequestRegistered>().is_complaint, true);
  story.and_given(resolve());
  EXPECT_THAT(story.state().callbacks, testing::SizeIs(1));
  auto other = a_case_in_progress(code<CaseKind>("installation"), with_catalogues(kinds));
  EXPECT_EQ(other.last_of<RequestRegistered>().is_complaint, std::nullopt);
  other.and_given(resolve());
  EXPECT_THAT(other.state().callbacks, testing::IsEmpty());
  AmendRequest amend;
  amend.kind = grievance;
  auto amended = a_new_case(CaseKind::service_request, with_catalogues(kinds));
  amended.and_given(amend);
  EXPECT_EQ(amended.last_of<RequestAmended>().is_complaint, true);
}

TEST(Code, OfAResolutionSaysWhetherItIsSolvedAndWhetherACallbackFollows) {
  const auto codes = R"(
  resolution: [{code: prank, en: A prank, counts_as_solved: false, needs_callback: false}]
)" + kPlanForComplaints;
  auto prank = a_case_in_progress(CaseKind::complaint, with_catalogues(codes));
  prank.when(ResolveCase{code<ResolutionCode>("prank"), {}})
      .then({"case.resolved", "timer.cleared", "sla.target.met", "timer.cleared", "sla.target.met",
             "timer.cleared", "timer.set"});
  EXPECT_EQ(prank.last_of<CaseResolved>().counts_as_solved, false);
  auto solved = a_case_in_progress(CaseKind::complaint, with_catalogues(codes));
  solved.and_given(resolve());
  EXPECT_EQ(solved.last_of<CaseResolved>().counts_as_solved, std::nullopt);
  EXPECT_THAT(solved.state().callbacks, testing::SizeIs(1));
}

TEST(Code, OfAResolutionThatNeedsNoCallbackDoesNotKeepACaseOpenThatHasToHaveOne) {
  auto story = a_case_in_progress(CaseKind::complaint, with_catalogues(R"(
  resolution: [{code: prank, en: A prank, needs_callback: false}]
callback:
  zones: [Asia/Shanghai]
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1d, kinds: [complaint],
           required_before_close: [complaint]}]
)"));
  story.and_given(ResolveCase{code<ResolutionCode>("prank"), {}});
  EXPECT_THAT(story.state().callbacks, testing::SizeIs(1));
}

TEST(Tag, OfACatalogueIsOneOfIt) {
  auto story = a_new_case(CaseKind::service_request, of_the_company());
  story.when(TagCase{{{"vip"}}, {}}).then({"case.tagged"});
  story.when(TagCase{{{"vpi"}}, {}}).then_refused("code_unknown");
}

}  // namespace
}  // namespace casetrail
