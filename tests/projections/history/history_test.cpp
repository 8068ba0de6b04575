// Case history: every event of one case, readable and in order.
#include "projections/history/history.h"

#include <gmock/gmock.h>

#include <map>

#include "aggregates/case/decider.h"
#include "aggregates/case/evolve.h"
#include "events/case/all_events.h"
#include "events/case/assignment.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "events/wire/json_writer.h"
#include "projections/history/case_rows.h"
#include "projections/history/held.h"
#include "projections/history/sentence.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail::history {
namespace {

using namespace std::chrono_literals;

kit::BoardQuery of_case(std::string case_id) {
  return {.now = kMonday, .filters = {{"case", std::move(case_id)}}};
}

TEST(History, TellsAnEventInASentenceAndInFull) {
  HandoffAccepted accepted;
  accepted.handoff_id.value = "h1";
  accepted.by = Party{DepartmentId{"技术部"}, AgentId{"wang"}};
  const auto json = board("history", EventsOf("case-1").add(accepted), of_case("case-1"));
  EXPECT_EQ(at(json, "/rows/0/line"), R"("Handoff h1 accepted by 技术部/wang")");
  EXPECT_EQ(at(json, "/rows/0/type"), R"("handoff.accepted")");
  EXPECT_EQ(at(json, "/rows/0/actor"), R"("agent:li.wei")");
  EXPECT_EQ(at(json, "/rows/0/fact/by/department_id"), R"("技术部")");
}

TEST(History, MasksThePersonOfARequest) {
  RequestRegistered registered;
  registered.pii.name = "王芳";
  registered.pii.contacts = {"13800001111", "wang@example.com"};
  registered.pii.address = "上海市南京路1号";
  registered.pii.service_need = "无法开机";
  const auto json = board("history", EventsOf("case-1").add(registered), of_case("case-1"));
  EXPECT_EQ(at(json, "/rows/0/fact/pii/name"), R"("王**")");
  EXPECT_EQ(at(json, "/rows/0/fact/pii/contacts"), R"(["138****1111","w***@example.com"])");
  EXPECT_EQ(at(json, "/rows/0/fact/pii/address"), R"("上海***")");
  EXPECT_EQ(at(json, "/rows/0/fact/pii/service_need"), R"("无法开机")");
}

TEST(History, MasksThePersonOfAHandoffNote) {
  HandoffRequested requested;
  requested.pii = HandoffNote{"王芳", "phone 13800001111", "no power", "a repair", "test the unit", "today"};
  const auto json = board("history", EventsOf("case-1").add(requested), of_case("case-1"));
  EXPECT_EQ(at(json, "/rows/0/fact/pii/customer"), R"("王**")");
  EXPECT_EQ(at(json, "/rows/0/fact/pii/contact_channel"), R"("phone 138****1111")");
  EXPECT_EQ(at(json, "/rows/0/fact/pii/please_do"), R"("test the unit")");
}

TEST(History, KeepsTheOrderOfTheCaseBeyondAByteOfSeq) {
  EventsOf events("case-1");
  for (int i = 0; i < 300; ++i) events.add(WorkStarted{});
  const auto json = board("history", events, {.now = kMonday, .filters = {{"case", "case-1"}}, .limit = 300});
  EXPECT_EQ(at(json, "/rows/0/seq"), "1");
  EXPECT_EQ(at(json, "/rows/299/seq"), "300");
}

TEST(History, CountsAllEventsAndShowsNoMoreThanAsked) {
  EventsOf events("case-1");
  events.add(WorkStarted{}).add(WorkStarted{});
  const auto json = board("history", events, {.now = kMonday, .filters = {{"case", "case-1"}}, .limit = 1});
  EXPECT_EQ(at(json, "/totals/events"), "2");
  EXPECT_EQ(at(json, "/rows/1"), "missing");
}

TEST(History, LeavesOutACaseWhoseIdBeginsAlike) {
  const auto json = board("history", EventsOf("case-11").add(WorkStarted{}), of_case("case-1"));
  EXPECT_EQ(at(json, "/totals/events"), "0");
}

TEST(History, AsksForACase) {
  const auto answer = find_view("history")->render({}, {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), "Expected the filter 'case' to name a case, but it is missing.");
}

TEST(Sentence, IsThereForEveryTypeAndBeginsWithACapital) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    const auto event = random_event(random);
    const auto line = sentence(event);
    ASSERT_GT(line.size(), 5U) << codec_of(event).type;
    EXPECT_TRUE(line[0] >= 'A' && line[0] <= 'Z') << line;
  }
}

TEST(Sentence, SaysTheWordsOfAServiceDesk) {
  EXPECT_EQ(sentence(SlaTargetMet{SlaMetric::first_response, 720'000}),
            "SLA met: first response after 12 business min");
  EXPECT_TRUE(sentence(SlaTargetMissed{SlaMetric::resolution, kMonday, {}})
                  .starts_with("SLA breached: resolution, due "));
  EXPECT_EQ(sentence(OwnerDesignated{AgentId{"li.wei"}, OwnerBasis::first_contact}),
            "Case owner: li.wei (first contact)");
  EXPECT_EQ(sentence(MessageSent{Channel::phone, {"好的"}}), "Message to customer (phone): 好的");
}

TEST(Sentence, ACaseWithoutANameIsForNobody) {
  RequestRegistered imported;
  imported.kind = CaseKind::inquiry;
  imported.channel = Channel::api;
  EXPECT_EQ(sentence(imported), "Registered as inquiry by api");
}

kit::BoardQuery standing_of(std::string case_id) {
  auto query = of_case(std::move(case_id));
  query.filters.emplace("state", "true");
  return query;
}

TEST(CaseHead, OfALongCaseIsWhatAllItsEventsMake) {
  for (std::uint64_t seed = 1; seed < 8; ++seed) {
    const auto events = random_history(seed, 1, 150 + seed);
    CaseState state;
    for (const auto& event : events) evolve(state, event);
    const auto id = events.front().case_id.value;
    const auto json = board("history", fold("history", events), standing_of(id));
    EXPECT_EQ(at(json, "/state"), to_json(state)) << seed;
    EXPECT_EQ(at(json, "/totals/events"), std::to_string(events.size()));
    EXPECT_EQ(at(json, "/rows/0/seq"), std::to_string(events.size()));
  }
}

TEST(CaseHead, IsEqualHoweverItsEventsWereCut) {
  const auto events = random_history(5, 1, 200);
  const auto whole = fold("history", events);
  for (const std::size_t every : {1UL, 37UL, 64UL, 65UL}) {
    MapRows rows;
    auto view = find_view("history")->open(rows);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (i % every == 0) {
        rows.take(*view);
        view = find_view("history")->open(rows);
      }
      view->apply(events[i]);
    }
    rows.take(*view);
    EXPECT_EQ(rows.all(), whole.all()) << every;
  }
}

TEST(CaseHead, SparesAnAnswerTheWholeHistory) {
  EventsOf events("case-1");
  for (int i = 0; i < 2'000; ++i) events.add(WorkStarted{});
  const auto rows = fold("history", events.events());
  const auto before = rows.scanned();
  EXPECT_EQ(at(board("history", rows, standing_of("case-1")), "/state/seq"), "2000");
  EXPECT_LT(rows.scanned() - before, 100);
}

kit::BoardQuery standing_of(std::string case_id, std::string as_of) {
  auto query = standing_of(std::move(case_id));
  query.filters.emplace("as_of", std::move(as_of));
  return query;
}

/// What an erasure takes from the events before it is not known of them any more.
std::vector<CaseEvent> history_without_erasure(std::uint64_t seed, std::size_t length) {
  auto events = random_history(seed, 1, length);
  std::erase_if(events,
                [](const CaseEvent& event) { return event.event.get_if<CustomerErased>() != nullptr; });
  std::int64_t seq = 0;
  for (auto& event : events) event.seq = ++seq;
  return events;
}

TEST(AsOf, AnEventIsTheStateThatWasLiveBehindIt) {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    const auto events = history_without_erasure(seed, 70 + seed);
    const auto rows = fold("history", events);
    CaseState live;
    for (const auto& event : events) {
      evolve(live, event);
      const auto json = board("history", rows, standing_of(event.case_id.value, std::to_string(event.seq)));
      ASSERT_EQ(at(json, "/state"), to_json(live)) << seed << " " << event.seq;
      EXPECT_EQ(at(json, "/rows/0/seq"), std::to_string(event.seq));
      EXPECT_EQ(at(json, "/kept/moment"), R"("there")");
      EXPECT_EQ(at(json, "/kept/events"), std::to_string(events.size()));
    }
  }
}

TEST(AsOf, ATimeLeavesOutWhatWasEnteredLaterHoweverLongAgoItHappened) {
  EventsOf story("case-1");
  story.add(WorkStarted{}).after(1h).add(WorkStarted{}).after(1h).add(WorkStarted{});
  auto events = story.events();
  events[1].occurred_at = kMonday - 24h;
  const auto rows = fold("history", events);
  const auto seq_at = [&](Timestamp moment) {
    return at(board("history", rows, standing_of("case-1", to_wire(moment))), "/state/seq");
  };
  EXPECT_EQ(seq_at(kMonday), "1");
  EXPECT_EQ(seq_at(kMonday + 1h - 1ms), "1");
  EXPECT_EQ(seq_at(kMonday + 1h), "2");
  EXPECT_EQ(seq_at(kMonday + 24h), "3");
}

TEST(AsOf, BeforeACommandIsWithoutAllOfItsEvents) {
  EventsOf story("case-1");
  story.add(WorkStarted{}).add(WorkStarted{}).add(WorkStarted{}).add(WorkStarted{});
  auto events = story.events();
  events[1].command_id = events[2].command_id = CommandId{"twice"};
  const auto rows = fold("history", events);
  EXPECT_EQ(at(board("history", rows, standing_of("case-1", "before:twice")), "/state/seq"), "1");
}

TEST(AsOf, AMomentThatIsNotKeptIsSaid) {
  const auto rows = fold("history", EventsOf("case-1").add(WorkStarted{}).add(WorkStarted{}).events());
  const auto found = [&](const std::string& moment) {
    const auto json = board("history", rows, standing_of("case-1", moment));
    EXPECT_EQ(at(json, "/rows/0"), "missing") << moment;
    EXPECT_EQ(at(json, "/kept/first_recorded_at"), '"' + to_wire(kMonday) + '"');
    return at(json, "/kept/moment");
  };
  EXPECT_EQ(found(to_wire(kMonday - 1ms)), R"("before_the_first")");
  EXPECT_EQ(found("before:case-1-1"), R"("before_the_first")");
  EXPECT_EQ(found("3"), R"("not_there")");
  EXPECT_EQ(found("before:nothing"), R"("not_there")");
}

TEST(AsOf, AMomentIsATimeANumberOrACommand) {
  for (const auto* word : {"", "-1", "yesterday", "before:", "1.5"}) {
    const auto answer = find_view("history")->render({}, standing_of("case-1", word));
    ASSERT_FALSE(answer) << word;
    EXPECT_TRUE(answer.error().contains("the number of an event")) << answer.error();
  }
}

kit::BoardQuery changes_of(std::string since, std::string as_of) {
  auto query = standing_of("case-1", std::move(as_of));
  query.filters.emplace("since", std::move(since));
  return query;
}

EventsOf offered_and_taken() {
  AssignmentOffered offered;
  offered.offer_id.value = "o1";
  offered.department_id.value = "tech";
  offered.agent_id.value = "zhang";
  AssignmentAccepted accepted;
  accepted.offer_id = OfferId{"o1"};
  accepted.agent_id.value = "zhang";
  EventsOf events("case-1");
  events.add(RequestRegistered{}).add(offered).by(ActorKind::agent, "zhang").add(accepted).add(WorkStarted{});
  return events;
}

TEST(Changes, NameEachFieldThatDiffersAndTheEventThatDidIt) {
  const auto json = board("history", offered_and_taken(), changes_of("2", "3"));
  std::vector<std::string> rows;
  for (int i = 0; at(json, "/changes/" + std::to_string(i)) != "missing"; ++i) {
    const auto row = "/changes/" + std::to_string(i);
    rows.push_back(at(json, row + "/field") + at(json, row + "/before") + at(json, row + "/after") +
                   at(json, row + "/seq") + at(json, row + "/type") + at(json, row + "/actor"));
  }
  EXPECT_THAT(rows,
              testing::Contains(R"("assignment.accepted"null"true"3"assignment.accepted""agent:zhang")"));
  EXPECT_THAT(rows, testing::Contains(R"("assignment.offer_id""o1"null3"assignment.accepted""agent:zhang")"));
}

/// Fields by their values, as a list of changes leaves them.
std::map<std::string, std::string> applied(std::map<std::string, std::string> fields, const std::string& json,
                                           const char* side) {
  simdjson::dom::parser parser;
  for (const simdjson::dom::array all = parser.parse(json)["changes"].get_array().value();
       const auto change : all) {
    const auto value = simdjson::minify(change[side].value());
    const std::string field(change["field"].get_string().value());
    value == "null" ? void(fields.erase(field)) : void(fields[field] = value);
  }
  return fields;
}

TEST(Changes, LeadFromOneMomentToTheOtherAndBack) {
  for (std::uint64_t seed = 1; seed < 3; ++seed) {
    const auto events = random_history(seed, 1, 90);
    const auto rows = fold("history", events);
    const auto id = events.front().case_id.value;
    const auto changes = [&](std::int64_t from, std::int64_t to, const char* every) {
      auto query = standing_of(id, std::to_string(to));
      query.filters.emplace("since", std::to_string(from));
      query.filters.emplace("every", every);
      return board("history", rows, query);
    };
    for (const auto& [from, to] : {std::pair(1, 40), {30, 31}, {10, 89}, {64, 65}, {50, 50}}) {
      const auto then = applied({}, changes(0, from, "false"), "after");
      const auto now = applied({}, changes(0, to, "false"), "after");
      EXPECT_EQ(applied(then, changes(from, to, "false"), "after"), now) << seed;
      EXPECT_EQ(applied(then, changes(from, to, "true"), "after"), now) << seed;
      EXPECT_EQ(applied(now, changes(to, from, "false"), "after"), then) << seed;
    }
  }
}

TEST(Changes, EachIsOfAnEventBetweenTheMomentsThatChangedTheField) {
  const auto events = random_history(11, 1, 80);
  const auto rows = fold("history", events);
  auto query = standing_of(events.front().case_id.value, "70");
  query.filters.emplace("since", "20");
  const auto net = board("history", rows, query);
  simdjson::dom::parser parser;
  const auto changes = parser.parse(net)["changes"].get_array().value();
  EXPECT_GT(changes.size(), 5U);
  for (const auto change : changes) {
    const auto seq = change["seq"].get_int64().value();
    EXPECT_TRUE(seq > 20 && seq <= 70);
    auto step = standing_of(events.front().case_id.value, std::to_string(seq));
    step.filters.emplace("since", std::to_string(seq - 1));
    const auto one = board("history", rows, step);
    EXPECT_THAT(one, testing::HasSubstr(R"({"field":)" + simdjson::minify(change["field"].value()) + ","));
    EXPECT_THAT(one, testing::HasSubstr(R"("after":)" + simdjson::minify(change["after"].value()) + ","));
  }
}

TEST(Changes, BetweenAMomentAndItselfThereAreNone) {
  EXPECT_EQ(at(board("history", offered_and_taken(), changes_of("3", "3")), "/changes"), "[]");
}

TEST(HeldBy, GoesFromTheFirstEventToTheClosingWithoutAGapAndNamesWhoHadIt) {
  AssignmentMade made;
  made.assignment_id.value = "a1";
  made.department_id.value = "tech";
  made.agent_id = AgentId{"zhang"};
  CaseReopened reopened;
  reopened.cycle_no = 2;
  EventsOf events("case-1");
  events.add(RequestRegistered{}).after(1h).add(made).add(AssignmentAccepted{{}, AgentId{"zhang"}});
  events.add(WorkStarted{AgentId{"zhang"}})
      .after(1h)
      .add(CaseClosed{})
      .after(1h)
      .add(reopened)
      .after(1h)
      .add(CaseClosed{});
  auto query = standing_of("case-1");
  query.filters.emplace("held", "true");
  const auto json = board("history", events, query);
  std::vector<std::string> told;
  for (int i = 0; at(json, "/held/" + std::to_string(i)) != "missing"; ++i) {
    const auto one = "/held/" + std::to_string(i);
    told.push_back(at(json, one + "/department") + at(json, one + "/agent") + at(json, one + "/status") +
                   at(json, one + "/seq"));
  }
  EXPECT_THAT(told, testing::ElementsAre(R"(nullnull"new"1)", R"("tech""zhang""in_progress"4)",
                                         R"(nullnull"closed"5)", R"("tech""zhang""in_progress"6)"));
  EXPECT_EQ(at(json, "/held/0/from"), '"' + to_wire(kMonday) + '"');
  EXPECT_EQ(at(json, "/held/1/to"), at(json, "/held/2/from"));
  EXPECT_EQ(at(json, "/held/3/to"), '"' + to_wire(kMonday + 4h) + '"');
}

TEST(HeldBy, OfARandomCaseHasNoGapAndNoNeighboursAlikeAndAddsUpToTheWhole) {
  int had = 0;
  for (std::uint64_t seed = 1; seed < 9; ++seed) {
    const auto events = random_history(seed, 1, 120);
    const auto rows = fold("history", events);
    const kit::Rows* partition = &rows;
    const auto held = held_by(find_case({&partition, 1}, events.front().case_id));
    Duration sum{};
    for (std::size_t i = 0; i + 1 < held.size(); ++i) {
      ASSERT_EQ(held[i].to, held[i + 1].from) << seed;
      EXPECT_FALSE(held[i].by == held[i + 1].by) << seed;
      EXPECT_LE(held[i].from, held[i + 1].from) << seed;
      sum += *held[i].to - held[i].from;
    }
    if (held.empty()) continue;  // it was closed, and nobody had it
    ++had;
    EXPECT_EQ(sum, held.back().from - time_of(events.front())) << seed;
  }
  EXPECT_GT(had, 4);
}

TEST(History, ComesInPagesThatGoOnWhereTheOneBeforeEnded) {
  EventsOf events("case-1");
  for (int i = 0; i < 150; ++i) events.add(WorkStarted{});
  const auto rows = fold("history", events.events());
  auto query = of_case("case-1");
  query.limit = 60;
  std::vector<std::string> ends;
  for (std::string next; next != "missing"; next = at(board("history", rows, query), "/next")) {
    query.after = next.empty() ? "" : next.substr(1, next.size() - 2);
    const auto page = board("history", rows, query);
    EXPECT_EQ(at(page, "/totals/events"), "150");
    ends.push_back(at(page, "/rows/0/seq"));
  }
  EXPECT_EQ(ends, (std::vector<std::string>{"1", "61", "121"}));
}

}  // namespace
}  // namespace casetrail::history
