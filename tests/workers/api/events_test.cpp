// The door to the events on the embedded log: pages, and streams that lose nothing and repeat nothing.
#include <gmock/gmock.h>

#include "events/case/all_events.h"
#include "tests/support/events_of.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/api/event_client.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;
using test::becomes;
using test::EventFollower;
using test::EventWriter;
using test::ids_of;
using testing::HasSubstr;
using testing::Not;

class Events : public testing::Test {
 protected:
  [[nodiscard]] EventFilter filter(const std::multimap<std::string, std::string>& query) const {
    return event_filter(query, find_case_id).value();
  }
  [[nodiscard]] std::string page(const EventsFrom& from, const EventFilter& of = {},
                                 std::size_t limit = 1000) {
    return pages_.page(from, of, limit).value();
  }
  [[nodiscard]] static EventsFrom next_of(const std::string& page) {
    const auto at = page.find(R"("next":")") + 8;
    return events_from(page.substr(at, page.find('"', at) - at)).value();
  }
  /// The ids of all pages from there to the end.
  [[nodiscard]] std::vector<std::string> all(EventsFrom from, const EventFilter& of, std::size_t limit) {
    std::vector<std::string> ids;
    for (bool at_end = false; !at_end;) {
      const auto text = page(from, of, limit);
      for (auto at = text.find(R"("1.0","id":")"); at != std::string::npos;
           at = text.find(R"("1.0","id":")", at)) {
        at += 12;
        ids.push_back(text.substr(at, text.find('"', at) - at));
      }
      at_end = text.contains(R"("at_end":true)");
      from = next_of(text);
    }
    return ids;
  }

  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_ = [this] {
    auto log = std::move(
        embedded::open_embedded_log({.folder = folder_.path() / "log", .memory_bytes = std::size_t{16} << 20})
            ->log);
    EXPECT_TRUE(log->create_topics(2));
    return log;
  }();
  EventWriter writer_{*log_};
  EventPages pages_{*log_};
};

CaseEvent registered(const std::string& name, const std::string& case_id = "case-1") {
  RequestRegistered fact;
  fact.product_model = "K7";
  fact.pii.name = name;
  return EventsOf(case_id).add(fact).events().front();
}

TEST_F(Events, ComeInPagesEachOnce) {
  const auto history = random_history(7, 20, 500);
  writer_.write(history);
  for (const std::size_t limit : {std::size_t{1000}, std::size_t{7}}) {
    const auto ids = all(FromStart{}, {}, limit);
    EXPECT_EQ(ids.size(), history.size());
    EXPECT_EQ(std::set(ids.begin(), ids.end()), ids_of(history));
  }
  EXPECT_THAT(page(FromEnd{}), HasSubstr(R"("events":[])"));
}

TEST_F(Events, ALastPageIsWhereTheNextEventsAreRead) {
  writer_.write(random_history(7, 3, 10));
  const auto end = next_of(page(FromStart{}));
  EXPECT_THAT(page(end), HasSubstr(R"("events":[])"));
  writer_.write({registered("王小明")});
  EXPECT_THAT(page(end), HasSubstr(R"("type":"casetrail.request.registered")"));
}

TEST_F(Events, AreTheCloudEventsOfTheTopicWithPersonsMasked) {
  writer_.write({registered("王小明")});
  const auto text = page(FromStart{});
  EXPECT_THAT(text, HasSubstr(R"({"specversion":"1.0","id":"case-1/1","source":"/casetrail",)"));
  EXPECT_THAT(text, HasSubstr(R"("subject":"case-1")"));
  EXPECT_THAT(text, HasSubstr(R"("dataschema":"urn:casetrail:events:request.registered:1")"));
  EXPECT_THAT(text, HasSubstr(R"("datacontenttype":"application/json","data":{)"));
  EXPECT_THAT(text, HasSubstr(R"("product_model":"K7")"));
  EXPECT_THAT(text, HasSubstr(R"("name":"王**")"));
  EXPECT_THAT(text, Not(HasSubstr("小明")));
}

TEST_F(Events, OfOthersAndDamagedOnesAreSkipped) {
  ASSERT_TRUE(
      log::append_and_wait(*log_, log::Topic::events, 0, {"case-9", R"({"pii":"王小明"})", {}, kMonday}));
  auto damaged = write_event(registered("王小明"));
  damaged.value = "{";
  ASSERT_TRUE(log::append_and_wait(*log_, log::Topic::events, 0, std::move(damaged)));
  EXPECT_THAT(page(FromStart{}), HasSubstr(R"("events":[])"));
}

TEST_F(Events, AreFilteredByTypeCaseAndDepartment) {
  const auto history = random_history(11, 20, 2000);
  writer_.write(history);
  const auto count = [&](const auto& passes) { return std::ranges::count_if(history, passes); };
  const auto of_type = [](const CaseEvent& event, std::string_view beginning) {
    return event.event.codec().type.starts_with(beginning);
  };
  EXPECT_EQ(std::ssize(all(FromStart{}, filter({{"type", "handoff."}}), 100)),
            count([&](const CaseEvent& event) { return of_type(event, "handoff."); }));
  EXPECT_EQ(std::ssize(all(FromStart{}, filter({{"type", "handoff.requested,casetrail.callback."}}), 100)),
            count([&](const CaseEvent& event) {
              return of_type(event, "handoff.requested") || of_type(event, "callback.");
            }));
  const auto id = history.front().case_id;
  EXPECT_EQ(std::ssize(all(FromStart{}, filter({{"case", id.value}}), 7)),
            count([&](const CaseEvent& event) { return event.case_id == id; }));
  EXPECT_FALSE(event_filter({{"type", "handof."}}, find_case_id));
  const auto by_number = [&](std::string_view) -> std::expected<CaseId, std::string> { return id; };
  EXPECT_EQ(event_filter({{"case", "CT-2511-000123"}}, by_number)->case_id, id);
}

TEST_F(Events, AreOfADepartmentByTheActorOrAField) {
  auto by_actor = registered("a");
  by_actor.actor.department_id = DepartmentId{"repair"};
  HandoffRequested handoff;
  handoff.handoff_id = HandoffId{"h1"};
  handoff.from.department_id = DepartmentId{"cs"};
  handoff.to.department_id = DepartmentId{"repair"};
  auto named = EventsOf("case-2").add(handoff).events().front();
  auto other = EventsOf("case-3").add(RequestRegistered{}).events().front();
  writer_.write({by_actor, named, other});
  EXPECT_THAT(all(FromStart{}, filter({{"department", "repair"}}), 10),
              testing::UnorderedElementsAre("case-1/1", "case-2/1"));
}

TEST_F(Events, AreFoundByWhenTheyHappenedAndWhatTheirDataShow) {
  HandoffReturned returned;
  returned.handoff_id = HandoffId{"h1"};
  returned.reason_code = ReturnReason::incomplete;
  returned.by.department_id = DepartmentId{"repair"};
  CallbackCompleted told;
  told.callback_id = CallbackId{"c1"};
  told.agent_id = AgentId{"li.wei"};
  told.answers.satisfied = false;
  auto late = EventsOf("case-4").add(returned).events().front();
  late.occurred_at = kMonday + 2h;
  late.recorded_at = kMonday + 3h;
  auto imported = EventsOf("case-5").add(told).events().front();
  imported.occurred_at = kMonday - 48h;
  imported.recorded_at = kMonday + 3h;
  imported.actor.kind = ActorKind::import_;
  writer_.write({EventsOf("case-1").add(returned).events().front(),
                 EventsOf("case-2").add(told).events().front(), registered("王小明", "case-3"), late,
                 imported});
  const auto found = [&](const std::string& name, const std::string& value) {
    return all(FromStart{}, filter({{name, value}}), 10);
  };
  using testing::UnorderedElementsAre;
  EXPECT_THAT(found("where", "reason_code=incomplete"), UnorderedElementsAre("case-1/1", "case-4/1"));
  EXPECT_THAT(found("where", "reason_code=incomplete,by.department_id=cs"), testing::IsEmpty());
  EXPECT_THAT(found("where", "answers.satisfied=false"), UnorderedElementsAre("case-2/1", "case-5/1"));
  EXPECT_THAT(found("since", to_wire(kMonday + 1h)), UnorderedElementsAre("case-4/1"));
  EXPECT_EQ(found("until", to_wire(kMonday + 2h)).size(), 4U);
  EXPECT_THAT(found("recorded_since", to_wire(kMonday + 3h)), UnorderedElementsAre("case-4/1"));
  EXPECT_THAT(found("recorded_until", to_wire(kMonday)), UnorderedElementsAre("case-5/1"))
      << "what was imported counts when it happened";
  EXPECT_THAT(found("where", "pii.name=王小明"), testing::IsEmpty()) << "what is masked is found by nobody";
  for (const auto* wrong : {"reason_code", "=incomplete", "a=b,"})
    EXPECT_THAT(event_filter({{"where", wrong}}, find_case_id).error(), HasSubstr("Expected 'where' to be"));
  EXPECT_THAT(event_filter({{"since", "noon"}}, find_case_id).error(), HasSubstr("Expected 'since' to be"));
}

TEST_F(Events, FromAPositionThatTheLogDoesNotHaveBeginAnew) {
  writer_.write({registered("a")});
  for (const auto* elsewhere : {"0:99,1:99", "0:0", "0:0,1:0,2:0"}) {
    const auto text = page(events_from(elsewhere).value());
    EXPECT_THAT(text, HasSubstr(R"("resync":"This log has no position )" + std::string(elsewhere)));
    EXPECT_THAT(text, HasSubstr("case-1/1")) << elsewhere;
  }
  EXPECT_FALSE(events_from("noon"));
}

constexpr EventPace kQuick{5ms, 100, std::size_t{4} << 20};

TEST_F(Events, AreFollowedFromTheStartAndFromTheEnd) {
  const auto before = random_history(3, 10, 1000);
  writer_.write(before);
  EventStreams streams(*log_, kQuick);
  EventFollower from_start(streams, FromStart{});
  EventFollower from_end(streams, FromEnd{});
  ASSERT_TRUE(becomes([&] {
    from_start.take();
    from_end.take();
    return from_start.ids.size() >= before.size() && from_end.text.contains("event: position");
  }));
  writer_.write({registered("王小明")});
  ASSERT_TRUE(becomes([&] {
    from_start.take();
    from_end.take();
    return from_start.ids.size() > before.size() && !from_end.ids.empty();
  }));
  EXPECT_THAT(from_end.ids, testing::ElementsAre("case-1/1"));
  EXPECT_EQ(from_start.ids.size(), before.size() + 1);
  EXPECT_THAT(from_end.text, Not(HasSubstr("小明")));
}

TEST_F(Events, AClientThatIsCutAHundredTimesLosesNothingAndGetsNothingTwice) {
  const auto history = random_history(5, 50, 2000);
  EventStreams streams(*log_, kQuick);
  EventFollower stays(streams, FromStart{});
  EventFollower cut(streams, FromStart{});
  std::jthread writing([&] {
    for (std::size_t at = 0; at < history.size(); at += 20) {
      writer_.write({history.begin() + static_cast<std::ptrdiff_t>(at),
                     history.begin() + static_cast<std::ptrdiff_t>(std::min(at + 20, history.size()))});
    }
  });
  for (int times = 0; times < 100; ++times) {
    const auto before = cut.ids.size();
    (void)becomes([&] {
      cut.take();
      return cut.ids.size() > before || cut.ids.size() == history.size();
    });
    cut.come_again();
  }
  EXPECT_TRUE(becomes([&] {
    stays.take();
    cut.take();
    return stays.ids.size() >= history.size() && cut.ids.size() >= history.size();
  }));
  for (const auto* follower : {&stays, &cut}) {
    EXPECT_EQ(follower->ids.size(), history.size());
    EXPECT_EQ(std::set(follower->ids.begin(), follower->ids.end()), ids_of(history));
    EXPECT_EQ(follower->resyncs, 0);
  }
}

TEST_F(Events, OneWhoReadsSlowlyIsNotBufferedForAndLosesNothing) {
  EventStreams streams(*log_, {1h, 100, std::size_t{64} << 10});
  EventFollower slow(streams, FromStart{});
  const auto history = random_history(9, 10, 3000);
  writer_.write(history);
  EventFollower quick(streams, FromStart{});
  ASSERT_TRUE(becomes([&] {
    quick.take();
    return quick.ids.size() == history.size();
  }));
  ASSERT_TRUE(becomes([&] {
    slow.take();
    return slow.ids.size() >= history.size();
  }));
  EXPECT_EQ(slow.ids.size(), history.size());
}

TEST_F(Events, FollowedFromAPositionThatTheLogDoesNotHaveSayResyncOnce) {
  writer_.write({registered("a")});
  EventStreams streams(*log_, kQuick);
  EventFollower follower(streams, Positions{{0, 99}, {1, 99}});
  ASSERT_TRUE(becomes([&] {
    follower.take();
    return !follower.ids.empty() && follower.text.contains("event: position");
  }));
  EXPECT_EQ(follower.resyncs, 1);
  EXPECT_TRUE(follower.text.starts_with("event: resync\n"));
}

TEST_F(Events, OfOneCaseAreFollowedAndTheIdMovesWithTheLog) {
  EventStreams streams(*log_, kQuick);
  EventFollower follower(streams, FromStart{}, filter({{"case", "alone"}}));
  writer_.write(random_history(9, 10, 500));
  writer_.write({registered("a", "alone")});
  ASSERT_TRUE(becomes([&] {
    follower.take();
    return follower.ids.size() == 1;
  }));
  const auto end = to_text(place_of(*log_, FromEnd{})->next);
  EXPECT_TRUE(becomes([&] {
    follower.take();
    return follower.last_id == end;
  })) << follower.last_id
      << " is not " << end;
}

}  // namespace
}  // namespace casetrail::api
