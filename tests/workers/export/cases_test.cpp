// The cases of a log are handed over whole, one after the other.
#include "workers/export/cases.h"

#include <gmock/gmock.h>

#include <map>

#include "events/case/request.h"
#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/workers/export/exported.h"

namespace casetrail::exports {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<CaseEvent> two_cases_in_turns() {
  EventsOf first("case-1");
  first.add(RequestRegistered{}).after(hours{2}).add(WorkStarted{});
  EventsOf second("case-2", kMonday + hours{1});
  second.add(RequestRegistered{});
  return {first.events().front(), second.events().front(), first.events().back()};
}

/// The number of events of each case that was handed over.
struct Taken {
  std::vector<std::pair<std::string, std::size_t>> cases;
  Timestamp end{};
  CasesRead read;
};

Taken taken_of(Exported& exported, const Selection& selection = {}) {
  LogEvents source(exported.log);
  Taken taken;
  const CasesOptions options{.folder = exported.options.file.parent_path(), .selection = selection};
  taken.read = must(read_cases(source, options, [&](std::span<const CaseEvent> events, Timestamp end) {
    taken.cases.emplace_back(events.front().case_id.value, events.size());
    taken.end = end;
  }));
  return taken;
}

TEST(Cases, AreHandedOverWholeWithTheEndOfTheLog) {
  Exported exported(two_cases_in_turns());
  const auto taken = taken_of(exported);
  EXPECT_THAT(taken.cases, ElementsAre(Pair("case-1", 2), Pair("case-2", 1)));
  EXPECT_EQ(taken.end, kMonday + hours{2});
  EXPECT_EQ(taken.read.cases, 2);
}

TEST(Cases, AreChosenByWhenTheyBeganAndByFilters) {
  Exported exported(two_cases_in_turns());
  Selection late;
  late.from = kMonday + hours{1};
  EXPECT_THAT(taken_of(exported, late).cases, ElementsAre(Pair("case-2", 1)));
  Selection early;
  early.to = kMonday + hours{1};
  EXPECT_THAT(taken_of(exported, early).cases, ElementsAre(Pair("case-1", 2)));
  Selection one;
  ASSERT_TRUE(one.add_filter("case=case-2"));
  EXPECT_THAT(taken_of(exported, one).cases, ElementsAre(Pair("case-2", 1)));
}

TEST(Cases, ThatAreDamagedAreLeftOutAndCounted) {
  auto events = two_cases_in_turns();
  events.back().seq = 4;
  Exported exported(events);
  const auto taken = taken_of(exported);
  EXPECT_THAT(taken.cases, ElementsAre(Pair("case-2", 1)));
  EXPECT_EQ(taken.read.damaged_cases, 1);
}

TEST(Cases, DoNotBeginWithAnEventOfNoCommand) {
  auto events = two_cases_in_turns();
  auto forged = events.front();
  forged.command_offset = -1;
  events.insert(events.begin(), forged);
  Exported exported(events);
  const auto taken = taken_of(exported);
  EXPECT_THAT(taken.cases, ElementsAre(Pair("case-1", 2), Pair("case-2", 1)));
  EXPECT_EQ(taken.read.damaged_cases, 0);
}

TEST(Cases, AreNotReadOnWhenItIsStopped) {
  Exported exported(two_cases_in_turns());
  LogEvents source(exported.log);
  const CasesOptions options{
      .folder = exported.options.file.parent_path(), .selection = {}, .stopped = [] { return true; }};
  const auto read = read_cases(source, options, [](std::span<const CaseEvent>, Timestamp) { FAIL(); });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().trouble, Trouble::stopped);
  EXPECT_THAT(exported.files(), IsEmpty());
}

}  // namespace
}  // namespace casetrail::exports
