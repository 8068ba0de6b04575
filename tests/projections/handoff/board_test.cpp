// The department handoff board: what each event makes of its rows, totals and metrics.
#include "tests/projections/board_test.h"

#include "events/case/assignment.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/work.h"
#include "projections/boards.h"

namespace casetrail::handoff {
namespace {

using namespace std::chrono_literals;

RequestRegistered registered() {
  RequestRegistered fact;
  fact.external_ref = "SR-1";
  fact.category = "fault/power";
  fact.pii.name = "王小明";
  fact.pii.contacts = {"13812341111"};
  return fact;
}

AssignmentMade made(std::string department) {
  AssignmentMade fact;
  fact.assignment_id.value = "a1";
  fact.department_id.value = std::move(department);
  return fact;
}

HandoffRequested requested(std::string id, std::string from, std::string to) {
  HandoffRequested fact;
  fact.handoff_id.value = std::move(id);
  fact.kind = HandoffKind::department;
  fact.from.department_id.value = std::move(from);
  fact.to.department_id.value = std::move(to);
  fact.duty_id = DutyId{"repair"};
  fact.accept_by = kMonday + 2h;
  fact.pii = HandoffNote{"王小明", "电话 13812341111", "无法开机", "换新", "检测主板", "先备份"};
  return fact;
}

HandoffAccepted accepted(std::string id, std::string by) {
  HandoffAccepted fact;
  fact.handoff_id.value = std::move(id);
  fact.by.department_id.value = std::move(by);
  fact.complete_by = kMonday + 72h;
  return fact;
}

HandoffReturned returned(std::string id, std::int32_t bounce_no) {
  HandoffReturned fact;
  fact.handoff_id.value = std::move(id);
  fact.reason_code = ReturnReason::incomplete;
  fact.duty_id = DutyId{"repair"};
  fact.bounce_no = bounce_no;
  return fact;
}

EventsOf a_case() { return EventsOf("case-1").add(registered()).add(made("cs")); }

TEST(HandoffBoard, ShowsAPendingHandoffWithItsNoteAndTheCustomerMasked) {
  const auto json = board("handoff", a_case().add(requested("h1", "cs", "tech")), {.now = kMonday + 30min});
  EXPECT_EQ(at(json, "/rows/0/case_no"), R"("SR-1")");
  EXPECT_EQ(at(json, "/rows/0/reference"), R"("phone:SR-1")");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("pending")");
  EXPECT_EQ(at(json, "/rows/0/customer"), R"("王**")");
  EXPECT_EQ(at(json, "/rows/0/contact_channel"), R"("电话 138****1111")");
  EXPECT_EQ(at(json, "/rows/0/please_do"), R"("检测主板")");
  EXPECT_EQ(at(json, "/rows/0/ola_left_ms"), std::to_string(Duration(90min).count()));
  EXPECT_EQ(at(json, "/rows/0/waiting_ms"), std::to_string(Duration(30min).count()));
}

HandoffRequested asked(std::string id, std::string to) {
  auto fact = requested(std::move(id), "cs", std::move(to));
  fact.mode = HandoffMode::question;
  return fact;
}

TEST(HandoffBoard, ShowsAQuestionUntilItIsAnsweredAndLeavesTheCaseWhereItIs) {
  auto events = a_case().add(asked("h1", "tech")).add(asked("h2", "logistics"));
  const auto late = board("handoff", events, {.now = kMonday + 3h, .filters = {{"mode", "question"}}});
  EXPECT_EQ(at(late, "/rows/0/state"), R"("asked")");
  EXPECT_EQ(at(late, "/rows/0/overdue"), "true");
  EXPECT_EQ(at(late, "/totals/questions_open"), "2");
  EXPECT_EQ(at(late, "/totals/pending"), "0");
  HandoffCompleted answer;
  answer.handoff_id.value = "h1";
  answer.pii = HandoffAnswer{"it fits"};
  const auto json = board("handoff", events.add(answer).add(returned("h2", 0)), {.now = kMonday + 3h});
  EXPECT_EQ(at(json, "/totals/open"), "0");
  EXPECT_EQ(at(json, "/totals/answered"), "1");
  EXPECT_EQ(at(json, "/totals/answers_due"), "0");
  EXPECT_EQ(at(json, "/totals/ping_pongs"), "0");
}

TEST(HandoffBoard, CountsADepartmentThatGetsACaseBackAsAPingPong) {
  auto events = a_case().by(ActorKind::import_, "servicenow");
  events.add(requested("h1", "cs", "tech")).add(accepted("h1", "tech"));
  events.add(made("tech")).add(requested("h2", "tech", "cs")).add(accepted("h2", "cs"));
  const auto json = board("handoff", events);
  EXPECT_EQ(at(json, "/totals/handoffs"), "2");
  EXPECT_EQ(at(json, "/totals/ping_pongs"), "1");
  EXPECT_EQ(at(json, "/totals/cases_with_handoffs"), "1");
  EXPECT_EQ(at(json, "/totals/cases_with_ping_pongs"), "1");
  EXPECT_EQ(at(json, "/totals/open"), "0");
}

TEST(HandoffBoard, CountsAnAcceptanceWithoutARequest) {
  const auto json = board("handoff", EventsOf("case-1").add(accepted("h9", "tech")));
  EXPECT_EQ(at(json, "/totals/handoffs"), "1");
  EXPECT_EQ(at(json, "/totals/cases"), "0");
}

TEST(HandoffBoard, MeasuresTheTimeToAcceptance) {
  auto events = a_case().add(requested("h1", "cs", "tech")).after(15ms).add(accepted("h1", "tech"));
  const auto json = board("handoff", events);
  EXPECT_EQ(at(json, "/metrics/acceptance_p50_ms"), "15");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("accepted")");
  EXPECT_EQ(at(json, "/matrix/0/ola_attainment_permille"), "1000");
}

TEST(HandoffBoard, CountsByTheDaysOfAZoneForTheDepartmentThatTakes) {
  auto events = a_case().add(requested("h1", "cs", "tech")).after(1h).add(accepted("h1", "tech"));
  auto completion = HandoffCompleted{};
  completion.handoff_id.value = "h1";
  events.after(16h).add(completion).add(requested("h2", "tech", "cs")).add(returned("h2", 1));
  const auto of = [&](kit::FilterValues filters) {
    filters.emplace("period", "day");
    return board("handoff", events, {.now = kMonday + 24h, .filters = std::move(filters)});
  };
  const auto in_utc = of({});
  EXPECT_EQ(at(in_utc, "/periods/1/begins"), R"("2025-11-24")");
  EXPECT_EQ(at(in_utc, "/periods/1/requested"), "2");
  EXPECT_EQ(at(in_utc, "/periods/1/accepted"), "1");
  EXPECT_EQ(at(in_utc, "/periods/1/ola_attainment_permille"), "1000");
  EXPECT_EQ(at(in_utc, "/periods/1/completed"), "1");
  EXPECT_EQ(at(in_utc, "/periods/1/return_rate_permille"), "500");
  EXPECT_EQ(at(in_utc, "/periods/1/acceptance_p50_ms"), "3670015");
  EXPECT_EQ(at(in_utc, "/periods/0/requested"), "0");
  // Monday 17:00 UTC is Tuesday in Shanghai.
  EXPECT_EQ(at(of({{"zone", "Asia/Shanghai"}}), "/periods/0/returned"), "1");
  EXPECT_EQ(at(of({{"department", "tech"}}), "/periods/1/requested"), "1");
  EXPECT_EQ(at(of({{"department", "tech"}, {"to_department", "cs"}}), "/periods/1/returned"), "1");
  EXPECT_EQ(at(board("handoff", events), "/periods"), "[]");
}

TEST(HandoffBoard, CallsASecondReturnDisputed) {
  auto events = a_case().add(requested("h1", "cs", "tech")).add(returned("h1", 1));
  EXPECT_EQ(at(board("handoff", events), "/rows/0/state"), R"("returned")");
  events.add(requested("h2", "cs", "tech")).add(returned("h2", 2));
  const auto json = board("handoff", events);
  EXPECT_EQ(at(json, "/rows/0/handoff"), R"("h2")");
  EXPECT_EQ(at(json, "/rows/0/state"), R"("disputed")");
  EXPECT_EQ(at(json, "/rows/0/bounces"), "2");
  EXPECT_EQ(at(json, "/metrics/return_reasons/incomplete"), "2");
}

TEST(HandoffBoard, CallsAReturnDisputedThatThePolicySaysIsTheLast) {
  auto last = returned("h1", 1);
  last.limit_reached = true;
  auto events = a_case().add(requested("h1", "cs", "tech")).add(last);
  EXPECT_EQ(at(board("handoff", events), "/rows/0/state"), R"("disputed")");
  auto second = returned("h2", 2);
  second.limit_reached = false;
  events.add(requested("h2", "cs", "tech")).add(second);
  EXPECT_EQ(at(board("handoff", events), "/rows/0/state"), R"("returned")");
}

TEST(HandoffBoard, ShowsThatNobodyAnsweredAPendingHandoff) {
  auto events = a_case().add(requested("h1", "cs", "tech"));
  EXPECT_EQ(at(board("handoff", events), "/rows/0/expired"), "false");
  events.add(HandoffExpired{HandoffId{"h1"}});
  EXPECT_EQ(at(board("handoff", events), "/rows/0/expired"), "true");
  EXPECT_EQ(at(board("handoff", events), "/rows/0/state"), R"("pending")");
}

TEST(HandoffBoard, LosesTheRowsOfAResolvedCase) {
  auto events = a_case().add(requested("h1", "cs", "tech")).add(accepted("h1", "tech")).add(CaseResolved{});
  EXPECT_EQ(at(board("handoff", events), "/rows/0"), "missing");
}

TEST(HandoffBoard, CountsTheOwnersAnswerAfterACompletion) {
  HandoffCompleted completed;
  completed.handoff_id.value = "h1";
  auto events = a_case().add(OwnerDesignated{AgentId{"li.wei"}, OwnerBasis::first_contact});
  events.add(requested("h1", "cs", "tech"))
      .add(accepted("h1", "tech"))
      .add(completed)
      .add(ProgressReported{});
  EXPECT_EQ(at(board("handoff", events), "/metrics/answered_by_owner_permille"), "1000");
}

TEST(HandoffBoard, CountsAReopenedCaseOnce) {
  const auto json = board("handoff", a_case().add(CaseReopened{}).add(CaseReopened{}));
  EXPECT_EQ(at(json, "/totals/reopened_cases"), "1");
}

TEST(HandoffBoard, FiltersRowsAndCountsAll) {
  auto events = a_case().add(requested("h1", "cs", "tech"));
  const auto json = board("handoff", events, {.now = kMonday, .filters = {{"to_department", "cs"}}});
  EXPECT_EQ(at(json, "/rows"), "[]");
  EXPECT_EQ(at(json, "/totals/pending"), "1");
}

TEST(HandoffBoard, RefusesAnUnknownFilterAndNamesTheKnown) {
  const auto answer = find_view("handoff")->render({}, {.filters = {{"colour", "red"}}});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().starts_with("Expected a filter of this board (case, from_department,"));
  EXPECT_TRUE(answer.error().ends_with("but it is 'colour'."));
}

}  // namespace
}  // namespace casetrail::handoff
