// The list of cases: what stands first, what is counted, and which cases a query looks at.
#include <gtest/gtest.h>

#include <chrono>
#include <map>

#include "events/case/assignment.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/solution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "events/wire/reflect.h"
#include "tests/projections/board_test.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

RequestRegistered request(const std::string& reference) {
  RequestRegistered fact;
  fact.channel = Channel::email;
  fact.external_ref = reference;
  fact.number = "CT-2511-" + reference;
  fact.pii.name = "王小明";
  fact.pii.contacts = {"13800138111"};
  fact.product_model = "扫地机器人 X3";
  return fact;
}

TimerSet timer(TimerKind kind, Timestamp due) {
  TimerSet event;
  event.timer_id.value = name_of(kind);
  event.kind = kind;
  event.due_at = due;
  return event;
}

EventsOf case_due(const std::string& reference, Duration in) {
  return EventsOf("id-" + reference)
      .add(request(reference))
      .add(timer(TimerKind::first_response, kMonday + in));
}

MapRows fold_all(const std::vector<EventsOf>& cases) {
  std::vector<CaseEvent> all;
  for (const auto& one : cases) std::ranges::copy(one.events(), std::back_inserter(all));
  return fold("cases", all);
}

/// The sender's numbers of the rows, in their order.
std::string shown(const MapRows& rows, const kit::BoardQuery& query) {
  const auto json = board("cases", rows, query);
  simdjson::dom::parser parser;
  std::string all;
  for (const simdjson::dom::array found = parser.parse(json)["rows"].get_array().value();
       const auto row : found)
    all.append(all.empty() ? "" : " ").append(row["case_no"].get_string().value());
  return all;
}

TEST(Cases, WhatNeedsAttentionStandsFirst) {
  auto urgent = EventsOf("id-urgent").add(request("urgent"));
  urgent.add(RequestPrioritized{.priority = Priority::P1, .reason = {}});
  auto older = EventsOf("id-older", kMonday - hours(1)).add(request("older"));
  const auto rows =
      fold_all({EventsOf("id-quiet").add(request("quiet")), older, urgent, case_due("soon", hours(2)),
                case_due("breached", -hours(3)), case_due("later", hours(9))});
  EXPECT_EQ(shown(rows, {.now = kMonday}), "breached soon later urgent older quiet");
}

TEST(Cases, CountsTheWorkAtTheTop) {
  auto assigned = case_due("assigned", hours(5));
  assigned.add(AssignmentMade{.assignment_id = AssignmentId{"a1"},
                              .agent_id = AgentId{"li.wei"},
                              .department_id = DepartmentId{"tech"},
                              .requirements = {},
                              .cautions = {},
                              .still_waiting = {}});
  auto waiting = EventsOf("id-waiting").add(request("waiting")).add(InfoRequested{});
  const auto rows =
      fold_all({case_due("breached", -minutes(1)), case_due("soon", minutes(59)), assigned, waiting});
  const auto json = board("cases", rows, {.now = kMonday + days(4)});
  EXPECT_EQ(at(json, "/totals/open"), "4");
  EXPECT_EQ(at(json, "/totals/unassigned"), "3");
  EXPECT_EQ(at(json, "/totals/waiting_for_customer"), "1");
  EXPECT_EQ(at(json, "/totals/older_than_3_days"), "4");
  EXPECT_EQ(at(json, "/totals/older_than_7_days"), "0");
  EXPECT_EQ(at(json, "/departments"), R"([{"department":"tech","open":1}])");
  const auto now = board("cases", rows, {.now = kMonday});
  EXPECT_EQ(at(now, "/totals/breached"), "1");
  EXPECT_EQ(at(now, "/totals/due_within_hour"), "1");
}

EventsOf breached_case() {
  auto events = case_due("late", hours(1));
  events.after(hours(2))
      .add(SlaTargetMissed{
          .metric = SlaMetric::first_response, .due_at = kMonday + hours(1), .responsible = {}})
      .add(EscalationTriggered{.level = 1, .cause = TimerKind::first_response, .to = {"lead"}})
      .add(TimerCleared{TimerId{"first_response"}});
  return events;
}

TEST(Cases, ABreachIsShownUntilWhatWasDueIsDone) {
  auto events = breached_case();
  const auto late = board("cases", events, {.now = kMonday + hours(3)});
  EXPECT_EQ(at(late, "/rows/0/breached_since"), R"("2025-11-24T01:00:00.000Z")");
  EXPECT_EQ(at(late, "/rows/0/next_target"), R"("first_response")");
  EXPECT_EQ(at(late, "/rows/0/left_ms"), std::to_string(-2 * 3'600'000));
  EXPECT_EQ(at(late, "/rows/0/escalated_to"), R"(["lead"])");
  EXPECT_EQ(at(late, "/totals/escalated"), "1");
  EXPECT_EQ(
      at(late, "/metrics/sla"),
      R"([{"target":"first_response","met":0,"breached":1,"excused":0,"over":1,"attainment_permille":0}])");

  events.add(MessageSent{});
  const auto answered = board("cases", events, {.now = kMonday + hours(3)});
  EXPECT_EQ(at(answered, "/rows/0/breached_since"), "null");
  EXPECT_EQ(at(answered, "/rows/0/breached_targets"), R"(["first_response"])");
  EXPECT_EQ(at(answered, "/totals/breached"), "0");
}

TEST(Cases, AnAppealThatIsLateIsABreachUntilTheCustomerIsToldTheDecision) {
  auto events = EventsOf("case-1").add(RequestRegistered{}).add(MessageReceived{}).add(ComplaintAppealed{});
  events.after(hours(2)).add(SlaTargetMissed{
      .metric = SlaMetric::complaint_appeal, .due_at = kMonday + hours(1), .responsible = {}});
  const auto shown = [](const EventsOf& told) { return board("cases", told, {.now = kMonday + hours(3)}); };
  EXPECT_EQ(at(shown(events), "/totals/breached"), "1");
  EXPECT_EQ(at(shown(EventsOf(events).add(ComplaintClosed{})), "/totals/breached"), "0");
  const auto told = shown(events.add(DecisionCommunicated{}));
  EXPECT_EQ(at(told, "/totals/breached"), "0");
  EXPECT_EQ(at(told, "/totals/unanswered"), "0");
  EXPECT_EQ(at(told, "/rows/0/breached_targets"), R"(["complaint_appeal"])");
}

TEST(Cases, ANewCycleBeginsWithoutBreachesAndEscalations) {
  auto events = breached_case();
  events.add(CaseResolved{}).add(CaseClosed{}).add(CaseReopened{});
  const auto json = board("cases", events, {.now = kMonday + hours(3)});
  EXPECT_EQ(at(json, "/rows/0/breached_targets"), "[]");
  EXPECT_EQ(at(json, "/rows/0/escalated_to"), "[]");
  EXPECT_EQ(at(json, "/totals/reopened"), "1");
}

EventsOf closed_case(const std::string& reference, Duration after) {
  return EventsOf("id-" + reference)
      .add(request(reference))
      .after(after)
      .add(CaseResolved{})
      .add(CaseClosed{});
}

TEST(Cases, ThoseClosedLatelyStandBehindTheOpenOnesAndOlderOnesAreFoundByWhatTellsThem) {
  const auto rows = fold_all({closed_case("ancient", hours(1)), closed_case("first", days(20)),
                              closed_case("second", days(21)), case_due("open", days(90))});
  const auto now = kMonday + days(25);
  EXPECT_EQ(shown(rows, {.now = now}), "open second first");
  EXPECT_EQ(at(board("cases", rows, {.now = now}), "/totals/closed_lately"), "2");
  EXPECT_EQ(at(board("cases", rows, {.now = now}), "/totals/matching"), "3");
  EXPECT_EQ(shown(rows, {.now = now, .filters = {{"status", "closed"}}}), "second first");
  EXPECT_EQ(shown(rows, {.now = now, .filters = {{"status", "closed"}, {"status", "new"}}}),
            "open second first");
  EXPECT_EQ(shown(rows, {.now = now, .filters = {{"channel", "email"}}}), "open second first");
  for (const auto* told : {"id-ancient", "email:ancient", "ancient", "ct-2511-000001"})
    EXPECT_EQ(shown(fold_all({closed_case("ancient", hours(1)), closed_case("000001", hours(1))}),
                    {.now = now, .filters = {{"case", told}}}),
              told == std::string("ct-2511-000001") ? "000001" : "ancient")
        << told;
  const kit::BoardQuery between{
      .now = now,
      .filters = {{"closed_since", to_wire(kMonday)}, {"closed_until", to_wire(kMonday + days(21))}}};
  EXPECT_EQ(shown(rows, between), "first ancient");
  EXPECT_EQ(shown(rows, {.now = now, .settings = {.zone = {}, .closed_for = days(4)}}), "open second");
  EXPECT_EQ(shown(rows, {.now = now, .settings = {.zone = {}, .closed_for = days(92)}}),
            "open second first ancient");
  const kit::BoardQuery too_long{.now = now, .filters = {{"closed_since", "2020-01-01T00:00:00Z"}}};
  const kit::Rows* partition = &rows;
  EXPECT_FALSE(find_view("cases")->render({&partition, 1}, too_long));
}

TEST(Cases, AreFoundByPeopleTextTimesAndHandoffs) {
  auto mine = EventsOf("id-mine").add(request("mine"));
  mine.add(OwnerDesignated{.owner = AgentId{"li.wei"}, .basis = {}});
  auto moved = case_due("moved", hours(4));
  for (const auto* department : {"a", "b", "a"})
    moved.add(HandoffAccepted{.handoff_id = HandoffId{"h1"},
                              .by = {DepartmentId{department}, std::nullopt},
                              .complete_by = kMonday,
                              .still_waiting = {}});
  const auto rows = fold_all({mine, moved, case_due("soon", hours(1))});
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"agent", "li.wei"}}}), "mine");
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"text", "SOO"}}}), "soon");
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"text", "x3"}}}), "soon moved mine");
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"handoffs", "3"}}}), "moved");
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"due_before", to_wire(kMonday + hours(2))}}}), "soon");
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"registered_since", to_wire(kMonday + hours(1))}}}),
            "");
  const auto json = board("cases", rows, {.now = kMonday, .filters = {{"handoffs", "3"}}});
  EXPECT_EQ(at(json, "/rows/0/went_through"), R"(["a","b","a"])");
  EXPECT_EQ(at(json, "/rows/0/ping_pongs"), "1");
}

TEST(Cases, AreFoundByAContactInAnySpellingAndNoStoredRowShowsIt) {
  const auto rows = fold_all({closed_case("old", hours(1)), case_due("new", hours(1))});
  const auto now = kMonday + days(60);
  for (const auto* spelling : {"13800138111", "138-0013-8111", "+86 138 0013 8111", "008613800138111",
                               "１３８００１３８１１１", "+86 (0)138 0013 8111", "tel:+8613800138111"})
    EXPECT_EQ(shown(rows, {.now = now, .filters = {{"contact", spelling}}}), "new old") << spelling;
  EXPECT_EQ(shown(rows, {.now = now, .filters = {{"contact", "13800138112"}}}), "");
  EXPECT_EQ(shown(rows, {.now = now, .filters = {{"contact", "13800138112"}, {"contact", "13800138111"}}}),
            "new old");
  for (const auto& [key, value] : rows.all())
    EXPECT_FALSE(key.contains("13800138111") || value.contains("13800138111"));
}

TEST(Cases, AreFoundByANumberOfAnyCountryHoweverItIsDialled) {
  struct Line {
    const char* country;
    std::vector<const char*> spellings;
  };
  const std::vector<Line> lines{
      {"49",
       {"0171 2345678", "+49 171 2345678", "0049 (0)171 2345678", "+49 (0)171-234 56 78", "491712345678"}},
      {"1", {"(212) 555-0100", "1-212-555-0100", "+1 212 555 0100"}},
      {"44", {"020 7946 0958", "+44 20 7946 0958", "+44 (0)20 7946 0958"}},
      {"852", {"2123 4567", "+852 2123 4567", "00852 21234567"}},
      {"86", {"010-65529988", "+86 10 6552 9988", "0086-010-65529988"}}};
  for (const auto& [country, spellings] : lines) {
    for (const auto* stored : spellings) {
      auto fact = request("A");
      fact.pii.contacts = {stored};
      const auto rows = fold_all({EventsOf("id-A").add(fact), case_due("B", hours(1))});
      for (const auto* asked : spellings) {
        kit::BoardQuery query{.now = kMonday, .filters = {{"contact", asked}}};
        query.settings.country_code = country;
        EXPECT_EQ(shown(rows, query), "A") << stored << " by " << asked;
      }
    }
  }
}

TEST(Cases, OfTwoCountriesTheSameNumberIsTwo) {
  auto fact = request("A");
  fact.pii.contacts = {"+49 171 2345678"};
  const auto rows = fold_all({EventsOf("id-A").add(fact)});
  for (const auto* other : {"0171 2345678", "+43 171 2345678"})
    EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"contact", other}}}), "") << other;
}

TEST(Cases, AreFoundByAnOrderOrSerialNumberHoweverItIsWritten) {
  auto fact = request("A");
  fact.order_ref = "TB-20251124 77a";
  fact.serial_no = "Sn–88/12-B";
  auto other = request("B");
  other.order_ref = "TB-2025112477";
  const auto rows = fold_all({EventsOf("id-A").add(fact), EventsOf("id-B").add(other)});
  for (const auto* order :
       {"TB-20251124 77a", "tb2025112477A", " TB-2025-1124-77a", "ＴＢ２０２５１１２４７７Ａ"})
    EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"order", order}}}), "A") << order;
  for (const auto* serial : {"sn88/12b", "SN-88/12B"})
    EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"serial", serial}}}), "A") << serial;
  EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{"serial", "sn8812b"}}}), "");
}

std::map<std::string, std::int64_t> samples_of(const MapRows& rows) {
  const kit::Rows* partition = &rows;
  std::map<std::string, std::int64_t> values;
  for (const auto& sample : find_view("cases")->samples({&partition, 1})) {
    std::string name(sample.name);
    for (const auto& [label, value] : sample.labels) name.append(" ").append(value);
    values[name] = sample.value;
  }
  return values;
}

/// A case whose hold keeps personal texts beyond `due`.
EventsOf held_beyond(const std::string& id, Timestamp due) {
  return EventsOf("id-" + id)
      .add(request(id))
      .add(HoldPlaced{"a lawsuit"})
      .add(ErasureRequested{LegalBasis::customer_request, std::nullopt, due});
}

TEST(Cases, TellWhichErasuresWaitAndByWhenTheFirstIsDue) {
  const auto rows = fold_all({held_beyond("late", kMonday + hours(2)),
                              held_beyond("first", kMonday + hours(1)), case_due("other", hours(1))});
  const auto values = samples_of(rows);
  EXPECT_EQ(values.at("casetrail_erasures_open"), 2);
  EXPECT_EQ(values.at("casetrail_erasure_due_timestamp_seconds"), epoch_ms(kMonday + hours(1)) / 1000);
}

TEST(Cases, TellASystemThatWatchesThem) {
  const auto values =
      samples_of(fold_all({case_due("breached", -hours(1)), closed_case("closed", hours(1))}));
  EXPECT_EQ(values.at("casetrail_open_cases new"), 1);
  EXPECT_FALSE(values.contains("casetrail_open_cases closed"));
  EXPECT_EQ(values.at("casetrail_unassigned_cases"), 1);
  EXPECT_EQ(values.at("casetrail_escalations_open"), 0);
  EXPECT_EQ(values.at("casetrail_sla_breaches_total first_response none"), 0);
  EXPECT_EQ(values.at("casetrail_erasures_open"), 0);
  EXPECT_EQ(values.at("casetrail_erasure_due_timestamp_seconds"), 0);
}

/// A question, an agreement whose time passed, an escalation, a miss.
EventsOf case_with_promises() {
  auto events = EventsOf("id-promises").add(request("promises"));
  HandoffRequested question;
  question.handoff_id.value = "h1";
  question.to.department_id.value = "tech";
  question.mode = HandoffMode::question;
  AgreementReached agreement;
  agreement.agreement_id.value = "g1";
  agreement.due_at = kMonday + hours(1);
  events.add(question).add(agreement).add(AgreementBreached{AgreementId{"g1"}, agreement.due_at});
  events.add(SlaTargetMissed{SlaMetric::first_response, kMonday, std::nullopt});
  return events.add(
      EscalationTriggered{1, EscalationKind::hierarchical, TimerKind::first_response, {"lead"}});
}

TEST(Cases, TellWhatIsPromisedBesideTheSla) {
  const auto rows = fold_all({case_with_promises(), case_due("other", hours(4))});
  for (const auto* filter : {"awaits_answer", "agreement_breached", "escalation_open"})
    EXPECT_EQ(shown(rows, {.now = kMonday, .filters = {{filter, "true"}}}), "promises") << filter;
  const auto json = board("cases", rows, {.now = kMonday, .filters = {{"awaits_answer", "true"}}});
  EXPECT_EQ(at(json, "/rows/0/questions_to"), R"(["tech"])");
  EXPECT_EQ(at(json, "/rows/0/agreement_due"), '"' + to_wire(kMonday + hours(1)) + '"');
  EXPECT_EQ(at(json, "/totals/escalations_open"), "1");
}

TEST(Cases, AreNotEscalatedAnyMoreOnceThatIsAcknowledgedAndNotOwedWhatIsDone) {
  auto events = case_with_promises();
  events.add(EscalationAcknowledged{1, std::nullopt});
  events.add(AgreementFulfilled{AgreementId{"g1"}, Witness::customer, std::nullopt, true});
  HandoffCompleted answer;
  answer.handoff_id.value = "h1";
  const auto json = board("cases", fold_all({events.add(answer)}), {.now = kMonday});
  for (const auto* total : {"escalations_open", "agreements_breached", "awaiting_answer"})
    EXPECT_EQ(at(json, "/totals/" + std::string(total)), "0") << total;
  EXPECT_EQ(at(json, "/totals/escalated"), "1");
  EXPECT_EQ(at(json, "/rows/0/agreement_due"), "null");
}

TEST(Cases, ThatOweSomethingAreFoundHoweverLongAgoTheyWereClosed) {
  AgreementReached agreement;
  agreement.agreement_id.value = "g1";
  agreement.due_at = kMonday + days(60);
  auto owing = EventsOf("id-owing").add(request("owing")).add(agreement);
  owing.add(EscalationTriggered{1, EscalationKind::hierarchical, TimerKind::first_response, {"lead"}});
  owing.after(hours(1)).add(CaseClosed{});
  const auto over = [](const char* filter) {
    return kit::BoardQuery{.now = kMonday + days(90), .filters = {{filter, "true"}, {"department", "cs"}}};
  };
  AssignmentMade made;
  made.department_id.value = "cs";
  auto before = owing;
  EXPECT_EQ(shown(fold_all({before}), {.now = kMonday + days(90), .filters = {{"escalation_open", "true"}}}),
            "")
      << "what was escalated before it was closed is over";
  owing = EventsOf("id-owing").add(request("owing")).add(made).add(agreement);
  owing.after(hours(1)).add(CaseClosed{});
  owing.after(days(60)).add(AgreementBreached{AgreementId{"g1"}, agreement.due_at});
  owing.add(EscalationTriggered{1, EscalationKind::hierarchical, TimerKind::agreement_due, {"lead"}});
  const auto rows = fold_all({owing, case_due("other", hours(4))});
  for (const auto* filter : {"agreement_breached", "escalation_open"})
    EXPECT_EQ(shown(rows, over(filter)), "owing") << filter;
  const auto json = board("cases", rows, {.now = kMonday + days(90)});
  for (const auto* total : {"escalations_open", "agreements_breached"})
    EXPECT_EQ(at(json, "/totals/" + std::string(total)), "1") << total;
  EXPECT_EQ(shown(rows, {.now = kMonday + days(90), .filters = {{"agreement_breached", "false"}}}), "other");
}

TEST(Cases, CountWhatIsExcusedBesideTheBreaches) {
  auto events = case_with_promises();
  events.add(SlaExcused{SlaMetric::first_response, kMonday, ExcuseReason::system_outage, std::nullopt});
  const auto json = board("cases", fold_all({events}), {.now = kMonday});
  EXPECT_EQ(at(json, "/metrics/sla/0/breached"), "1");
  EXPECT_EQ(at(json, "/metrics/sla/0/excused"), "1");
}

TEST(Cases, WithACodeThatThePolicyDoesNotHaveAreFiltered) {
  RequestRegistered fact;
  fact.channel = Code<Channel>::from("of_the_old_system").value();
  const auto rows = fold("cases", EventsOf("case-1").add(fact).events());
  const kit::Rows* partition = &rows;
  const auto asked = [&](const std::string& channel) {
    return find_view("cases")->render(
        {&partition, 1}, {.now = kMonday,
                          .filters = {{"channel", channel}},
                          .settings = {.zone = {}, .catalogues = std::make_shared<Catalogues>()}});
  };
  EXPECT_EQ(at(asked("of_the_old_system").value(), "/totals/matching"), "1");
  EXPECT_FALSE(asked("of_no_system"));
}

TEST(Cases, AreSummedUpAsTheFiltersLeaveThemBesideTheWhole) {
  auto assigned = case_due("assigned", -hours(5));
  assigned.add(OwnerDesignated{.owner = AgentId{"li.wei"}, .basis = {}});
  const auto rows = fold_all({assigned, case_due("late", -hours(3)), case_due("soon", minutes(30))});
  const auto mine = board("cases", rows, {.now = kMonday, .filters = {{"agent", "li.wei"}}, .limit = 0});
  EXPECT_EQ(
      at(mine, "/selected"),
      R"({"rows":1,"open":1,"unassigned":1,"breached":1,"due_within_hour":0,"escalated":0,"unanswered":0,"awaiting_approval":0,"escalations_open":0,)"
      R"("awaiting_answer":0,"agreements_breached":0,"suspended":0,)"
      R"("waiting_for_customer":0,"older_than_1_day":0,"older_than_3_days":0,"older_than_7_days":0,)"
      R"("older_than_30_days":0,"closed_lately":0})");
  EXPECT_EQ(at(mine, "/totals/open"), "3");
  const auto new_ones = board("cases", rows, {.now = kMonday, .filters = {{"status", "new"}}, .limit = 1});
  EXPECT_EQ(at(new_ones, "/selected/rows"), "3");
  EXPECT_EQ(at(new_ones, "/selected/breached"), "2");
  EXPECT_EQ(at(new_ones, "/selected/due_within_hour"), "1");
  EXPECT_EQ(at(board("cases", rows, {.now = kMonday}), "/selected"), "null");
}

TEST(Cases, AreCountedByTheDaysWeeksAndMonthsOfAZone) {
  // Monday 00:00 UTC is eight o'clock on Monday in Shanghai, and Sunday evening in New York.
  auto first = EventsOf("id-1").add(request("1"));
  first.after(hours(1))
      .add(MessageSent{})
      .add(SlaTargetMet{.metric = SlaMetric::first_response, .elapsed_business_ms = 0});
  first.after(hours(16)).add(CaseResolved{}).add(CaseClosed{});
  auto second = EventsOf("id-2").add(request("2"));
  second.add(AssignmentMade{.assignment_id = AssignmentId{"a1"},
                            .agent_id = {},
                            .department_id = DepartmentId{"tech"},
                            .requirements = {},
                            .cautions = {},
                            .still_waiting = {}});
  second.after(days(1)).add(CaseResolved{.resolution_code = ResolutionCode::no_reply,
                                         .agreement_id = {},
                                         .attributed = {},
                                         .pii = {},
                                         .counts_as_solved = false});
  second.add(CaseReopened{});
  const auto rows = fold_all({first, second});
  const auto of = [&](kit::FilterValues filters) {
    return board("cases", rows, {.now = kMonday + days(2), .filters = std::move(filters)});
  };
  const auto in_utc = of({{"period", "day"}});
  EXPECT_EQ(at(in_utc, "/periods/2/begins"), R"("2025-11-24")");
  EXPECT_EQ(at(in_utc, "/periods/2/registered"), "2");
  EXPECT_EQ(at(in_utc, "/periods/2/resolved"), "1");
  EXPECT_EQ(at(in_utc, "/periods/2/resolve_p50_ms"), "62914559");
  EXPECT_EQ(at(in_utc, "/periods/2/sla_attainment_permille"), "1000");
  EXPECT_EQ(at(in_utc, "/periods/2/solution_rate_permille"), "1000");
  EXPECT_EQ(at(in_utc, "/periods/1/reopen_rate_permille"), "1000");
  EXPECT_EQ(at(in_utc, "/periods/1/resolved"), "1");
  EXPECT_EQ(at(in_utc, "/periods/1/solution_rate_permille"), "0");
  EXPECT_EQ(at(in_utc, "/periods/13/registered"), "0");
  EXPECT_EQ(at(in_utc, "/periods/14"), "missing");
  const auto in_shanghai = of({{"period", "day"}, {"zone", "Asia/Shanghai"}});
  EXPECT_EQ(at(in_shanghai, "/periods/2/registered"), "2");
  EXPECT_EQ(at(in_shanghai, "/periods/2/resolved"), "0");
  const auto in_new_york = of({{"period", "week"}, {"zone", "America/New_York"}});
  EXPECT_EQ(at(in_new_york, "/periods/0/registered"), "0");
  EXPECT_EQ(at(in_new_york, "/periods/1/registered"), "2");
  EXPECT_EQ(at(of({{"period", "month"}}), "/periods/0/begins"), R"("2025-11-01")");
  EXPECT_EQ(at(of({{"period", "day"}, {"department", "tech"}}), "/periods/1/resolved"), "1");
  EXPECT_EQ(at(of({{"period", "day"}, {"department", "tech"}}), "/periods/2/registered"), "0");
  EXPECT_EQ(at(of({}), "/periods"), "[]");
  const kit::BoardQuery of_policy{.now = kMonday + days(2),
                                  .filters = {{"period", "week"}},
                                  .settings = {.zone = *Zone::load("America/New_York")}};
  EXPECT_EQ(board("cases", rows, of_policy), in_new_york);
  const kit::Rows* partition = &rows;
  EXPECT_FALSE(find_view("cases")->render({&partition, 1}, {.filters = {{"zone", "Moon/Base"}}}));
}

TEST(Cases, SayWhomTheyWaitForAndHideWhoTheCustomerIs) {
  auto suspended = EventsOf("id-s").add(request("s"));
  suspended.add(WorkStarted{})
      .add(WorkSuspended{
          .reason_code = SuspendReason::waiting_parts, .review_at = kMonday + days(3), .pii = {}})
      .add(timer(TimerKind::suspension_review, kMonday + days(3)));
  const auto json = board("cases", suspended, {.now = kMonday});
  EXPECT_EQ(at(json, "/rows/0/waiting_for"), R"("waiting_parts")");
  EXPECT_EQ(at(json, "/rows/0/suspended_until"), R"("2025-11-27T00:00:00.000Z")");
  EXPECT_EQ(at(json, "/totals/suspended"), "1");
  EXPECT_EQ(at(json, "/rows/0/customer"), R"("王**")");
  EXPECT_EQ(at(json, "/rows/0/contact"), R"("138****8111")");
  suspended.add(WorkResumed{});
  EXPECT_EQ(at(board("cases", suspended, {.now = kMonday}), "/rows/0/waiting_for"), "null");
}

}  // namespace
}  // namespace casetrail
