// What became of a case, and of its row on a board, and which event did it.
#include "projections/history/changes.h"

#include <gmock/gmock.h>

#include "events/case/handoff.h"
#include "events/case/notes.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/timer.h"
#include "projections/history/row_changes.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"

namespace casetrail::history {
namespace {

using namespace std::chrono_literals;

RequestRegistered with_need(const std::string& need) {
  RequestRegistered registered;
  registered.kind = CaseKind::service_request;
  registered.channel = Channel::phone;
  registered.pii.service_need = need;
  return registered;
}

RequestAmended amended_to(const std::string& need) {
  RequestAmended amended;
  amended.pii.emplace().service_need = need;
  return amended;
}

HandoffRequested asked_for(const std::string& id) {
  HandoffRequested requested;
  requested.handoff_id.value = id;
  requested.from.department_id.value = "cs";
  requested.to.department_id.value = "tech";
  return requested;
}

HandoffAccepted taken(const std::string& id) {
  HandoffAccepted accepted;
  accepted.handoff_id.value = id;
  accepted.by = Party{DepartmentId{"tech"}, AgentId{"wang"}};
  return accepted;
}

NoteAdded a_note(const std::string& id) {
  NoteAdded note;
  note.note_id.value = id;
  return note;
}

kit::BoardQuery since(const std::string& moment) {
  return {.now = kMonday + 10h, .filters = {{"case", "case-1"}, {"state", "true"}, {"since", moment}}};
}

/// The changes of a row, a line each: `4 state pending > accepted`.
std::vector<std::string> changes_of_row(const EventsOf& events, const std::string& row,
                                        const std::string& from) {
  auto query = since(from);
  query.filters.emplace("row", row);
  const auto json = board("history", events, query);
  std::vector<std::string> lines;
  for (std::size_t i = 0; at(json, "/changes/" + std::to_string(i)) != "missing"; ++i) {
    const auto change = "/changes/" + std::to_string(i);
    lines.push_back(at(json, change + "/seq") + " " + at(json, change + "/field"));
  }
  return lines;
}

TEST(RowChanges, AreOfTheEventsThatChangedTheRowAlone) {
  EventsOf events("case-1");
  events.add(with_need("repair")).add(asked_for("h1")).add(a_note("n1"));
  events.add(taken("h1")).add(asked_for("h2")).add(a_note("n2"));
  const auto changes = changes_of_row(events, "handoff/h1", "2");
  ASSERT_FALSE(changes.empty());
  EXPECT_THAT(changes, testing::Each(testing::StartsWith("4 ")));
  EXPECT_THAT(changes, testing::Contains(R"(4 "state")"));
  EXPECT_THAT(changes_of_row(events, "handoff/h2", "2"), testing::Each(testing::StartsWith("5 ")));
  EXPECT_TRUE(changes_of_row(events, "handoff/h1", "4").empty());
}

TEST(RowChanges, OfARowThatCameAreAllOfItsCells) {
  EventsOf events("case-1");
  events.add(with_need("repair"));
  const auto changes = changes_of_row(events, "cases", "0");
  EXPECT_THAT(changes, testing::Contains(R"(1 "status")"));
  EXPECT_THAT(changes, testing::Contains(R"(1 "kind")"));
}

TEST(RowChanges, AreOfABoardThatThereIs) {
  for (const auto* row : {"moon", "history", ""}) {
    auto query = since("0");
    query.filters.emplace("row", row);
    const auto partitions = fold("history", EventsOf("case-1").add(with_need("repair")).events());
    const kit::Rows* partition = &partitions;
    EXPECT_FALSE(find_view("history")->render({&partition, 1}, query)) << row;
  }
}

std::string change_of(const std::string& json, const std::string& field) {
  for (std::size_t i = 0; at(json, "/changes/" + std::to_string(i)) != "missing"; ++i) {
    const auto change = "/changes/" + std::to_string(i);
    if (at(json, change + "/field") == '"' + field + '"')
      return at(json, change + "/before") + " > " + at(json, change + "/after") + " by " +
             at(json, change + "/seq") + " rule " + at(json, change + "/rule");
  }
  return "missing";
}

TEST(Changes, AnAmendedFieldIsOneOfThem) {
  EventsOf events("case-1");
  events.add(with_need("repair")).add(amended_to("refund"));
  const auto json = board("history", events, since("1"));
  EXPECT_EQ(change_of(json, "service_need"), R"("repair" > "refund" by 2 rule null)");
  EXPECT_EQ(at(json, "/head/service_need"), R"("refund")");
  const auto gone = board("history", EventsOf(events).add(amended_to("")), since("1"));
  EXPECT_EQ(change_of(gone, "service_need"), R"("repair" > null by 3 rule null)");
}

TEST(Changes, OfAClockNameTheSectionOfThePolicy) {
  EventsOf events("case-1");
  TimerSet set;
  set.timer_id.value = "resolution";
  set.kind = TimerKind::resolution;
  set.due_at = kMonday + 4h;
  const TimerExpired expired{TimerId{"resolution"}, TimerKind::resolution, kMonday + 4h, kMonday + 4h};
  events.add(with_need("repair")).add(set).add(expired);
  events.add(SlaTargetMissed{SlaMetric::resolution, kMonday + 4h, {}}).add(amended_to("refund"));
  auto recorded = events.events();
  for (const auto seq : {3U, 4U}) recorded[seq - 1].command_id.value.clear();
  const auto json = board("history", fold("history", recorded), since("2"));
  EXPECT_EQ(at(json, "/changes/0/rule"), R"("sla")") << json;
  EXPECT_EQ(change_of(json, "service_need"), R"("repair" > "refund" by 5 rule null)");
}

TEST(Head, ForgetsWhatWasAskedForWithThePersonAndTellsWhen) {
  EventsOf events("case-1");
  events.add(with_need("repair")).add(amended_to("refund")).after(1h);
  events.add(CustomerErased{});
  const auto json = board("history", events, since("1"));
  EXPECT_EQ(at(json, "/head/service_need"), R"("")");
  EXPECT_EQ(at(json, "/kept/erased_at"), '"' + to_wire(kMonday + 1h) + '"');
  auto then = since("0");
  then.filters.emplace("as_of", "1");
  EXPECT_EQ(at(board("history", events, then), "/head/service_need"), R"("")");
  EXPECT_EQ(at(board("history", events, then), "/kept/erased_at"), '"' + to_wire(kMonday + 1h) + '"');
}

}  // namespace
}  // namespace casetrail::history
