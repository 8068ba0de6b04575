// The API's JSON becomes text that a person reads at a glance.
#include "workers/cli/answer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>

#include "workers/cli/case_page.h"
#include "workers/cli/event_text.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/readable.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto kHistory =
    R"({"rows":[{"seq":1,"occurred_at":"2026-11-23T03:29:27.659Z","type":"request.registered",
  "actor":"agent:li.wei","line":"Registered, next news by 2026-11-24T03:29:27.659Z",
  "fact":{"kind":"service_request","channel":"wangwang","external_ref":"T26","product_model":"扫地机器人 X3",
          "pii":{"name":"王**"}}}]})";

constexpr auto kNow = from_epoch_ms(1'795'420'767'659);  ///< 2026-11-23T07:59:27.659Z

constexpr auto kState = R"({"case_id":"4959088a","seq":1,"status":"in_progress","head":{
  "number":"CT-2611-000123","waiting_for":"waiting_parts","escalation":{"level":1,"cause":"first_response",
  "to":["lead","manager"],"at":"2026-11-23T06:00:00.000Z"},"breaches":[
  {"metric":"first_response","due_at":"2026-11-23T05:49:27.659Z","over":false},
  {"metric":"next_update","due_at":"2026-11-23T04:59:27.659Z","over":true}]},"state":{
  "kind":"service_request","priority":"P2","category":null,"owner":"li.wei","cycle_no":3,"closed_at":null,
  "registered_at":"2026-11-23T03:29:27.659Z","complaint":"none","asked":null,"held":[],"callbacks":[],"reviews":[],
  "assignment":{"department_id":"tech","agent_id":"zhang","offer_id":null,"accepted":true},
  "timers":[{"kind":"first_response","due_at":"2026-11-24T03:29:27.659Z","paused_with_ms":null},
            {"kind":"resolution","due_at":"2026-11-25T03:29:27.659Z","paused_with_ms":7500000}]}})";

TEST(Readable, DurationsHaveTwoUnits) {
  EXPECT_EQ(duration_text(7'500'000), "2h 05m");
  EXPECT_EQ(duration_text(273'600'000), "3d 4h");
  EXPECT_EQ(duration_text(-2'460'000), "-41m");
  EXPECT_EQ(duration_text(0), "0s");
  const Display chinese{.language = Language::zh};
  EXPECT_EQ(chinese.duration(7'500'000), "2小时5分");
  EXPECT_EQ(chinese.duration(432'000'000), "5天");
  EXPECT_EQ(chinese.duration(432'000'000 + 59'000), "5天");
  EXPECT_EQ(chinese.duration(-2'465'000), "-41分");
  EXPECT_EQ(chinese.duration(0), "0秒");
}

TEST(Readable, MomentsWithinTextAreShort) {
  EXPECT_EQ(Display().with_short_moments("Due 2026-11-24T03:29:27.659Z, 请"), "Due 2026-11-24 03:29, 请");
  EXPECT_EQ(Display().with_short_moments("2026-11-24T03:29"), "2026-11-24T03:29");
}

TEST(CaseText, ShowsWhatThereIsAndNoJson) {
  const auto text = case_text(kState, kHistory, kNow, Clocks::folded, {.width = 80});
  for (const auto* part : {"reference    wangwang:T26\n", "status       in progress\n", "priority     P2\n",
                           "customer     王**\n", "case owner   li.wei\n", "assigned to  tech / zhang\n",
                           "registered   2026-11-23 03:29\n", "reopened     2 times\n"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, HasSubstr("clocks       first response, 19h 30m left, due 2026-11-24 03:29\n"
                              "             resolution, paused with 2h 05m left\n"));
  for (const auto* part : {"number       CT-2611-000123\n", "waiting for  waiting parts\n",
                           "escalated to lead, manager at 2026-11-23 06:00 (first response)\n",
                           "breached     first response breached 2h 10m ago, not met yet\n"
                           "             next update breached 3h 00m ago\n"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, AllOf(Not(HasSubstr("{")), Not(HasSubstr("null")), Not(HasSubstr("1970")),
                          Not(HasSubstr("closed"))));
}

TEST(CaseText, HasALineForEachEvent) {
  EXPECT_THAT(case_text(kState, kHistory, kNow, Clocks::folded, {.width = 80}),
              HasSubstr("1    2026-11-23 03:29  agent:li.wei  Registered, next news by 2026-11-24 03:29\n"));
}

TEST(CaseText, LeavesOutEventsThatTheStateDoesNotKnow) {
  const auto later =
      case_text(R"({"seq":0,"state":{},"head":{}})", kHistory, kNow, Clocks::shown, {.width = 80});
  EXPECT_THAT(later, Not(HasSubstr("agent:li.wei")));
}

TEST(CasePage, TellsTheCaseWithoutAServerAndTakesNoTextForMarkup) {
  constexpr auto kTold =
      R"({"rows":[{"seq":1,"occurred_at":"2026-11-23T03:29:27.659Z","recorded_at":"2026-11-23T03:29:28.000Z",
          "type":"note.added","actor":"agent:li.wei","line":"Noted: <script>alert(1)</script> & \"so\"",
          "policy_version":3,"command_id":"c1","fact":{"tags":["<b>"],"nothing":null}},
         {"seq":2,"occurred_at":"2026-11-23T03:29:27.659Z","type":"timer.set","actor":"system:casetrail",
          "line":"Timer","policy_version":3,"fact":{}}]})";
  constexpr auto kHeld =
      R"({"intervals":[{"from":"2026-11-23T03:29:27.659Z","to":null,"department":"tech","agent":"zhang",
          "status":"in_progress","elapsed_ms":7500000,"business_ms":0}]})";
  const Display display{.departments = {{"tech", "Technical <service>"}}};
  const auto page = case_page({.state = kState, .history = kTold, .held = kHeld}, kNow, display);
  EXPECT_THAT(page, StartsWith("<!doctype html>\n<html lang=\"en\">"));
  for (const auto* part :
       {"<title>CT-2611-000123</title>", "<dt>status</dt><dd>in progress</dd>",
        "Noted: &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&quot;",
        "<dt>tags</dt><dd>[&quot;&lt;b&gt;&quot;]</dd>", "<dt>command</dt><dd>c1</dd>",
        "<dt>policy</dt><dd>3</dd>", "<tr class=\"clock\"><td class=\"seq\">2</td>",
        "<td>Technical &lt;service&gt; (tech)</td><td>zhang</td><td>in progress</td><td>2h 05m</td>",
        "Persons are masked."})
    EXPECT_THAT(page, HasSubstr(part));
  for (const auto* foreign : {"<script", "http:", "https:", "src=", "url(", "<dt>nothing</dt>"})
    EXPECT_THAT(page, Not(HasSubstr(foreign)));
  EXPECT_THAT(
      case_page({.state = kState, .history = kTold, .held = kHeld}, kNow, {.language = Language::zh}),
      AllOf(HasSubstr("<html lang=\"zh\">"), HasSubstr("<h2>经手</h2>"), HasSubstr("个人信息已遮盖")));
}

constexpr auto kDiff = R"({"from_seq":1,"to_seq":3,"changes":[
  {"field":"assignment.offer_id","before":"o1","after":null,"seq":3,"recorded_at":"2026-11-23T03:29:27.659Z",
   "type":"assignment.accepted","actor":"agent:zhang","command_id":"c9","policy_version":2,"line":"Taken"},
  {"field":"status","before":"new","after":"assigned","seq":3,"recorded_at":"2026-11-23T03:29:27.659Z",
   "type":"assignment.accepted","actor":"agent:zhang","command_id":"c9","policy_version":2,"line":"Taken"},
  {"field":"timers.t1.due_at","before":null,"after":"2026-11-24T03:29:27.659Z","seq":4,
   "recorded_at":"2026-11-23T04:00:00.000Z","type":"timer.set","actor":"system:casetrail","command_id":null,"rule":"sla",
   "policy_version":2,"line":"Timer"}]})";

TEST(ChangesText, StandUnderTheEventThatDidThemWithItsActorCommandAndPolicy) {
  EXPECT_EQ(changes_text(kDiff, {.width = 80}),
            "3  2026-11-23 03:29  assignment.accepted  agent:zhang  command c9  policy 2\n"
            "  Taken\n"
            "    - assignment.offer_id  o1\n"
            "    ~ status  new → assigned\n"
            "\n"
            "4  2026-11-23 04:00  timer.set  system:casetrail  by the engine's clock, rule sla  policy 2\n"
            "  Timer\n"
            "    + timers.t1.due_at  2026-11-24 03:29\n");
  EXPECT_EQ(changes_text(R"({"changes":[]})", {}), "Nothing differs.\n");
  const auto named = changes_text(
      R"({"changes":[{"field":"assignment.department_id","before":"cs","after":"tech","seq":7,
        "recorded_at":"2026-11-23T08:05:09.120Z","type":"assignment.made","actor":"agent:li.wei",
        "command_id":"c-7","command_type":"assignment.make","policy_version":2,"line":"Given to tech",
        "before_label":{"en":"Desk","zh":"客服"},"after_label":{"en":"Workshop","zh":"维修"}}]})",
      {});
  EXPECT_THAT(named, HasSubstr("command assignment.make c-7"));
  EXPECT_THAT(named, HasSubstr("~ assignment.department_id  Desk (cs) → Workshop (tech)"));
}

TEST(MomentText, SaysWhenTheTextsWereErased) {
  constexpr auto kThen = R"({"seq":1,"newest_seq":9,"last_recorded_at":"2026-11-23T03:29:27.659Z",
      "policy_version":2,"erased_at":"2026-11-25T08:00:00.000Z"})";
  EXPECT_THAT(moment_text(kThen, {}), HasSubstr("The customer's texts were erased on 2026-11-25 08:00"));
  EXPECT_THAT(moment_text(kDiff, {}), Not(HasSubstr("erased")));
}

TEST(BoardDiffText, TellsListsInWordsAndEachEventOnceBehindWhatItChanged) {
  const auto event = [](int seq, const std::string& line) {
    return R"("event":{"seq":)" + std::to_string(seq) +
           R"(,"recorded_at":"2026-11-23T03:29:27.659Z","actor":"agent:li","policy_version":1,"line":")" +
           line + "\"}";
  };
  const auto text = board_diff_text(
      R"({"from":"2026-11-23T03:00:00.000Z","came":0,"went":0,"changed":1,"rows":[{"change":"changed","case":"c1",)" +
          event(7, "Resolved") + R"(,"cells":[{"field":"status","before":"new","after":"resolved",)" +
          event(7, "Resolved") + R"(},{"field":"breached","after":"[\"next_update\",\"resolution\"]",)" +
          event(5, "Breached") + R"(},{"field":"due","before":"x"}]}]})",
      {.width = 0});
  EXPECT_THAT(text, HasSubstr("    + breached  next update, resolution\n      event 5  "));
  EXPECT_THAT(text, HasSubstr("    - due  x\n    ~ status  new → resolved\n      event 7  "));
}

TEST(HeldText, CallsDepartmentsAndPeopleByTheirNames) {
  const auto text = held_text(
      R"({"intervals":[{"from":"2026-11-23T03:29:27.659Z","department":"tech","agent":"li","status":"assigned"}],)"
      R"("holders":[{"department":"tech","agent":"li"}]})",
      {.width = 0, .departments = {{"tech", "Repairs"}}, .agents = {{"li", "Li Wei"}}});
  EXPECT_THAT(text, AllOf(HasSubstr("Repairs (tech)"), HasSubstr("Li Wei (li)")));
}

TEST(ChangesText, ColoursAreForTerminalsAlone) {
  EXPECT_THAT(changes_text(kDiff, {.colours = true}),
              HasSubstr("\x1b[31mnew\x1b[0m → \x1b[32massigned\x1b[0m"));
  EXPECT_THAT(changes_text(kDiff, {}), Not(HasSubstr("\x1b")));
}

TEST(CaseText, ShowsWhatWasCorrectedNotedAndNotAnswered) {
  const auto text = case_text(
      R"({"case_id":"x","status":"new","state":{},"head":{"product":"X2","tags":["vip"],"chases":2,
          "links":[{"other_case_id":"c-2","relation":"duplicate"}],"unanswered_since":"2026-11-23T03:29:27.659Z",
          "escalation":{"level":1,"cause":null,"to":["lead"],"at":"2026-11-23T03:29:27.659Z"}}})",
      kHistory, kNow, Clocks::folded, {.width = 80});
  for (const auto* part : {"product      X2\n", "tags         vip\n", "linked       duplicate c-2\n",
                           "unanswered   since 2026-11-23 03:29, urged 2 times\n",
                           "escalated to lead at 2026-11-23 03:29 (by hand)\n"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(CaseText, NamesWhatSeveralOfOneKindAreAbout) {
  const auto text = case_text(
      R"({"case_id":"x","status":"in_progress","head":{"links":[{"other_case_id":"c-2","relation":"parent"},
      {"other_case_id":"c-3","relation":"related"}]},"state":{"complaint":"lodged","complaint_of":"wu",
      "timers":[{"kind":"handoff_complete","timer_id":"handoff_complete/h1","due_at":"2026-11-23T06:59:27.659Z"}],
      "callbacks":[{"callback_id":"c1","purpose":"agreed_call","phase":"scheduled","agent_id":"wu",
      "not_before":"2026-11-24T03:29:27.659Z"}]}})",
      kHistory, kNow, Clocks::folded,
      {.width = 120, .agents = {{"wu", "Wu Min"}}, .cases = {{"c-2", "CT-2611-000123"}}});
  for (const auto* part :
       {"linked       parent CT-2611-000123\n", "             related c-3\n",
        "clocks       handoff: complete h1, over for", "complaint    lodged, about Wu Min (wu)\n",
        "callbacks    c1 agreed call scheduled from 2026-11-24 03:29, by Wu Min (wu)\n"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(CaseText, OfADoneCaseNamesNoQueue) {
  const auto queued = [](const std::string& status) {
    return case_text(R"({"case_id":"x","status":")" + status +
                         R"(","state":{"assignment":{"queued":{"queue_id":"cs","department_id":"cs"}}}})",
                     kHistory, kNow, Clocks::folded, {});
  };
  EXPECT_THAT(queued("queued"), HasSubstr("queued in    cs of cs\n"));
  EXPECT_THAT(queued("closed"), Not(HasSubstr("queued in")));
}

TEST(CaseText, ShowsAllThatIsOpenWithTheNamesOfDepartments) {
  constexpr auto kOpen = R"({"case_id":"x","status":"suspended","head":{"waiting_for":"waiting_parts",
    "suspended_until":"2026-11-25T03:29:27.659Z"},"state":{"complaint":"lodged","assignment":{"department_id":"cs",
    "agent_id":"li","accepted":true},"asked":{"handoff_id":"h2","phase":"disputed","from":{"department_id":"cs"},
    "to":{"department_id":"tech"},"started_at":"2026-11-23T03:29:27.659Z"},"held":[{"handoff_id":"h1",
    "phase":"working","from":{"department_id":"cs"},"to":{"department_id":"vendor","agent_id":"wu"},
    "started_at":"2026-11-22T03:29:27.659Z"}],"callbacks":[{"callback_id":"c1","purpose":"agreed_call",
    "phase":"scheduled","not_before":"2026-11-24T03:29:27.659Z"}],"agreement":{"offered":[{"option_id":"a"},
    {"option_id":"b"}],"selected":"b"},"timers":[{"kind":"next_update","due_at":"2026-11-23T06:59:27.659Z"}]}})";
  const Display display{.width = 80, .departments = {{"tech", "Technical service"}, {"cs", "客服部"}}};
  const auto text = case_text(kOpen, kHistory, kNow, Clocks::folded, display);
  for (const auto* part :
       {"assigned to  客服部 (cs) / li\n", "waiting for  waiting parts, until 2026-11-25 03:29\n",
        "clocks       next update, over for 1h 00m, was due 2026-11-23 06:59\n",
        "handoffs     h2 from 客服部 (cs) to Technical service (tech), disputed since\n",
        "             h1 from 客服部 (cs) to vendor / wu, working since 2026-11-22 03:29\n",
        "callbacks    c1 agreed call scheduled from 2026-11-24 03:29\n", "complaint    lodged\n",
        "agreement    offered a, b; chosen b\n"})
    EXPECT_THAT(text, HasSubstr(part));
}

std::string event_row(int seq, const std::string& type) {
  return fmt::format(
      R"({{"seq":{},"occurred_at":"2026-11-23T03:29:27.659Z","type":"{}","actor":"agent:li","line":"So."}})",
      seq, type);
}

TEST(HistoryText, EventsOfClocksAreFoldedWithTheirCountUnlessAllAreAskedFor) {
  const auto rows = R"({"rows":[)" + event_row(1, "work.started") + "," + event_row(2, "timer.set") + "," +
                    event_row(3, "sla.target.met") + "," + event_row(4, "sla.target.missed") + "," +
                    event_row(5, "timer.cleared") + "]}";
  const auto folded = history_text(rows, Clocks::folded, {.width = 80});
  EXPECT_THAT(folded, AllOf(HasSubstr("(2 clock events)"), HasSubstr("(1 clock event)"), HasSubstr("\n4 "),
                            HasSubstr("3 events of timers and SLA clocks folded; --all shows all.\n")));
  const auto all = history_text(rows, Clocks::shown, {.width = 80});
  EXPECT_THAT(all, AllOf(Not(HasSubstr("folded")), HasSubstr("\n2 "), HasSubstr("\n5 ")));
}

constexpr auto kBoard =
    R"({"totals":{"open":2,"pending":2,"overdue":1,"matching":2,"ping_pongs":0,"requested":11,"returned":3},
  "metrics":{"pending_age_p50_ms":7500000,"return_rate_permille":273,"hops_p50":null,
             "return_reasons":{"wrong_department":12,"incomplete_note":0}},
  "rows":[{"case":"c1","case_no":"T26","reference":"phone:T26","handoff":"h1","state":"pending","to_department":"after_sales",
           "waiting_ms":7500000,"ola_left_ms":-2460000,"please_do":"请检测并回复结果"}]})";

TEST(BoardText, SaysFiguresInShortLines) {
  const auto text = board_text("handoff", kBoard, {.width = 80});
  EXPECT_THAT(text, StartsWith("open now     all 2   pending 2   overdue 1\n"));
  EXPECT_THAT(text, HasSubstr("pending for  p50 ≤ 2h 05m\n"));
  EXPECT_THAT(text, HasSubstr("bouncing     returned 3 of 11 (27.3 %)"));
  EXPECT_THAT(text, HasSubstr("wrong department 12\n"));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("incomplete")), Not(HasSubstr("null")), Not(HasSubstr("permille"))));
}

TEST(BoardText, SumsUpWhatTheFiltersLeaveBesideTheWhole) {
  const auto text = board_text(
      "handoff",
      R"({"totals":{"open":9,"matching":3},"metrics":{},"selected":{"rows":3,"pending":2,"working":0},"rows":[]})",
      {.width = 80});
  EXPECT_THAT(text, HasSubstr("all 9"));
  EXPECT_THAT(text, HasSubstr("selected  rows 3   pending 2\n"));
}

TEST(Display, AMomentIsShownOnTheClocksOfItsZone) {
  const Display display{.zone = Zone::load("Asia/Shanghai").value()};
  EXPECT_EQ(display.moment("2026-11-23T20:29:27.659Z"), "2026-11-24 04:29");
  EXPECT_EQ(display.moments_title("due"), "due (Asia/Shanghai)");
  EXPECT_EQ(Display().moments_title("due"), "due (UTC)");
  EXPECT_EQ(display.moment("soon"), "soon");
}

TEST(Display, WordsAndFiguresAreInTheLanguageOfTheReader) {
  const Display chinese{.width = 80, .language = Language::zh};
  EXPECT_EQ(chinese.word("in_progress"), "处理中");
  EXPECT_EQ(chinese.word("of_tomorrow"), "of tomorrow");
  const auto board = board_text("handoff", kBoard, chinese);
  for (const auto* part : {"3/11 (27.3 %)", "显示 1 行，共 2 行；--limit 2 显示全部。\n"})
    EXPECT_THAT(board, HasSubstr(part));
  EXPECT_THAT(board, AllOf(Not(HasSubstr("open now")), Not(HasSubstr("pending")), Not(HasSubstr(" of "))));
  const auto one = case_text(kState, kHistory, kNow, Clocks::folded, chinese);
  for (const auto* part : {"首问责任人   li.wei\n", "状态         处理中\n", "已超时       ", "时间 (UTC)",
                           "已登记：工单类型：服务请求；来源渠道：旺旺"})
    EXPECT_THAT(one, HasSubstr(part));
}

TEST(EventText, TellsInChineseHowLongItTookAsPeopleSayIt) {
  const Display chinese{.language = Language::zh};
  EventTeller teller(chinese);
  EXPECT_THAT(
      teller.sentence(Fields(
          R"({"type":"sla.target.completed_late","fact":{"metric":"resolution","elapsed_business_ms":34500000}})")),
      HasSubstr("用时（业务时间）：9小时35分"));
}

TEST(BoardText, AShareShowsOfHowManyItIs) {
  const auto text = board_text(
      "follow_up",
      R"({"totals":{"completed":34,"dissatisfied":9,"problems_found":0,"cases_called":3,"matching":0},
      "metrics":{"dissatisfied_permille":264,"problem_found_permille":null,"on_time_permille":911,
                 "reach_by_attempt":[{"attempt":1,"attempts":9,"reached":3,"reach_permille":333}]},"rows":[]})",
      {});
  for (const auto* part : {"dissatisfied 9 of 34 (26.4 %)", "problems found 0\n", "in time 91.1 % of 34",
                           "attempt 1: 3 of 9 (33.3 %)"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(BoardText, ASpreadIsInPoints) {
  EXPECT_THAT(
      board_text("review", R"({"totals":{"matching":0},"metrics":{"agents_spread_permille":123},"rows":[]})",
                 {}),
      HasSubstr("spread p90–p10 12.3 points"));
}

TEST(BoardText, ShowsRowsAndHowManyThereAre) {
  const auto text = board_text("handoff", kBoard, {.width = 80});
  EXPECT_THAT(text, HasSubstr("phone:T26  h1  pending  after_sales  请检测并回复结果  2h 05m   -41m\n"));
  EXPECT_THAT(text, HasSubstr("1 of 2 rows; --limit 2 shows all.\n"));
}

TEST(BoardText, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {40UL, 60UL, 80UL}) {
    std::istringstream lines(board_text("handoff", kBoard, {.width = width}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(OutcomeText, TellsWhatIsKnown) {
  EXPECT_THAT(outcome_text(R"({"status":"accepted","first_seq":1,"last_seq":3,"repeated":false})", {}),
              StartsWith("accepted with 3 events; events 1 to 3\n"));
  EXPECT_THAT(outcome_text(R"({"status":"accepted","first_seq":4,"last_seq":4,"repeated":true})", {}),
              StartsWith("accepted before; event 4\n"));
  EXPECT_THAT(outcome_text(R"({"status":"accepted","first_seq":0,"last_seq":0})", {}),
              HasSubstr("nothing to do"));
  EXPECT_THAT(outcome_text(R"({"command_id":"c","case_id":"x","token":"0:1"})", {}),
              HasSubstr("not decided yet"));
}

TEST(ProblemOfSubmit, CallsAFieldAsItsFlagIsCalled) {
  EXPECT_EQ(problem_of_submit(R"({"detail":"Expected 'actor' to be kind:id.","code":"malformed_command"})"),
            "Expected --actor to be kind:id. [malformed_command]");
  EXPECT_EQ(problem_of_submit(R"({"detail":"Expected 'data.pii.name' to be a string."})"),
            "In --body: Expected 'pii.name' to be a string.");
  EXPECT_EQ(problem_of_submit(R"({"detail":"Expected 'identity' to be there."})"),
            "Expected 'identity' to be there.");
}

http::HttpResponse lag_answer(const std::string& row) {
  return {.status = 200,
          .body = R"({"partitions":[{"group":"g","partition":3,"current_offset":5,)" + row +
                  R"(}],"commands":[],"problems":[]})"};
}

TEST(LagText, WhatIsNotKnownIsSaidToBeSoAndIsNoSuccess) {
  const auto unknown = lag_answer(R"("lag":null,"stopped":"")");
  EXPECT_NE(lag_text(unknown.body, {.width = 80}).find("unknown"), std::string::npos);
  EXPECT_EQ(exit_code_of_lag(unknown), kRefused);
  EXPECT_EQ(exit_code_of_lag(lag_answer(R"("lag":7,"lag_seconds":1.5,"stopped":"")")), kDone);
}

TEST(LagText, AViewThatHasStoppedIsNamedWithItsReasonInFullAndIsNoSuccess) {
  const auto stopped = lag_answer(R"("lag":7,"stopped":"Upgrade this binary, and a sentence that is long.")");
  EXPECT_NE(lag_text(stopped.body, {.width = 60})
                .find("g, partition 3, has stopped: Upgrade this binary, and a sentence that is long."),
            std::string::npos);
  EXPECT_EQ(exit_code_of_lag(stopped), kRefused);
}

TEST(LagText, WhatKeepsAWorkerIsSaidOnceAndInChineseWithWhatWasMetBesideIt) {
  constexpr auto kStopped =
      R"({"partitions":[{"worker":"boards","group":"g","partition":3,"lag":7,"stopped":"It is newer."}],)"
      R"("commands":[],"reasons":[{"code":"view_blocked","worker":"boards","partition":3,)"
      R"("detail":"It is newer.","en":"View group g has stopped: It is newer.","zh":"视图组 g 停住。"}]})";
  const auto english = lag_text(kStopped, {.width = 60});
  EXPECT_THAT(english, HasSubstr("View group g has stopped: It is newer.\n"));
  EXPECT_THAT(english, Not(HasSubstr("g, partition 3, has stopped")));
  EXPECT_THAT(lag_text(kStopped, {.width = 60, .language = Language::zh}),
              HasSubstr("视图组 g 停住。\n  原文：It is newer.\n"));
}

/// One that is open; `more` are members of it.
std::string dead_letter(const std::string& value, const std::string& more = R"("state":"open")") {
  return R"({"at":"2026-11-23T03:29:27.659Z","partition":1,"offset":9,"key":"k","value":)" + value +
         R"(,"size":17,"sha256":"5f70","headers":{"ce_id":"c-1","casetrail.errors.topic":"casetrail.commands",)"
         R"("casetrail.errors.partition":"3","casetrail.errors.offset":"17",)"
         R"("casetrail.errors.message":"Expected valid JSON.","casetrail.errors.code":"malformed"},)" +
         more + "}";
}

constexpr auto kItWasDropped =
    R"("state":"dropped","ended_at":"2026-11-24T08:00:00.000Z","ended_by":"agent:li","drop_reason":"a trial")";

TEST(DeadLettersText, GivesTheReasonOfEachAndHowManyAreOpenSinceWhen) {
  const auto text = dead_letters_text(
      R"({"open":2,"oldest_open_at":"2026-11-20T01:00:00.000Z","counts_all":true,"deadletters":[)" +
          dead_letter(R"("{")") + "]}",
      {.width = 80});
  EXPECT_THAT(text,
              AllOf(HasSubstr("1:9"), HasSubstr("Expected valid JSON."), Not(HasSubstr("casetrail.errors")),
                    HasSubstr("2 open, the oldest since 2026-11-20 01:00."), Not(HasSubstr("became"))));
}

TEST(DeadLettersText, SaysWhatBecameOfThemAndThatThereAreMoreThanWereCounted) {
  const auto text =
      dead_letters_text(R"({"open":1,"oldest_open_at":"2026-11-20T01:00:00.000Z","counts_all":false,)"
                        R"("deadletters":[)" +
                            dead_letter(R"("{")", kItWasDropped) + "]}",
                        {});
  EXPECT_THAT(text, HasSubstr("dropped 2026-11-24 08:00, agent:li, a trial"));
  EXPECT_THAT(text, HasSubstr("At least 1 open"));
  EXPECT_EQ(dead_letters_text(R"({"deadletters":[],"open":0,"counts_all":true})", {}), "None is open.\n");
}

TEST(DeadLettersText, SaysWhereARecordIsWithheld) {
  EXPECT_THAT(dead_letters_text(R"({"deadletters":[)" + dead_letter("null") + "]}", {}),
              HasSubstr("17 bytes, withheld: no JSON"));
}

TEST(DeadLettersText, OfOneTellsAllThatItHoldsAndWhatMayBeDone) {
  const auto text = dead_letter_text(dead_letter(R"("{}")"), {});
  for (const auto* part :
       {"open", "Expected valid JSON. [malformed]", "casetrail.commands 3:17", "c-1", "5f70",
        "casetrail deadletters retry 1:9", "casetrail deadletters drop 1:9 --reason"})
    EXPECT_THAT(text, HasSubstr(part));
  EXPECT_THAT(dead_letter_text(dead_letter(R"("{}")", kItWasDropped), {}),
              AllOf(HasSubstr("dropped 2026-11-24 08:00"), Not(HasSubstr("retry 1:9"))));
}

TEST(DeadLettersText, OfAnEndSaysWhichItWas) {
  EXPECT_EQ(letter_end_text(dead_letter("null", kItWasDropped), {}), "Letter 1:9 is dropped: a trial\n");
  EXPECT_EQ(letter_end_text(dead_letter("null", R"("state":"retried","retry_token":"3:40")"), {}),
            "Letter 1:9 was taken as the command 3:40 of case k.\n");
}

}  // namespace
}  // namespace casetrail::cli
