// From a log into a file, and what becomes of the file when something goes wrong.
#include "workers/export/export.h"

#include <gmock/gmock.h>

#include <sstream>

#include "events/case/all_events.h"
#include "events/wire/json_reader.h"
#include "events/wire/quarantine.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"
#include "tests/workers/export/exported.h"
#include "workers/import/csv_reader.h"

namespace casetrail::exports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

RequestRegistered by_channel(Channel channel) {
  RequestRegistered fact;
  fact.channel = channel;
  return fact;
}

AssignmentMade assigned_to(const std::string& department) {
  AssignmentMade fact;
  fact.assignment_id = {"a1"};
  fact.department_id = {department};
  return fact;
}

HandoffAccepted accepted_by(const std::string& department) {
  HandoffAccepted fact;
  fact.handoff_id = {"h1"};
  fact.by.department_id = {department};
  return fact;
}

/// A case that cs begins and tech takes over a day later.
std::vector<CaseEvent> handed_over(const std::string& id, Channel channel) {
  return EventsOf(id)
      .add(by_channel(channel))
      .add(assigned_to("cs"))
      .after(std::chrono::hours(24))
      .add(accepted_by("tech"))
      .events();
}

std::vector<CaseEvent> joined(std::vector<CaseEvent> one, const std::vector<CaseEvent>& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

/// The members of that name, a line each.
std::vector<std::string> member(const std::vector<std::string>& lines, std::string_view name) {
  simdjson::dom::parser parser;
  std::vector<std::string> values;
  for (const auto& line : lines) {
    std::string_view text;
    const auto found = parser.parse(line)[name].get(text);
    values.emplace_back(found == simdjson::SUCCESS ? text : "-");
  }
  return values;
}

TEST(Export, HoldsEveryEventOfARandomHistoryCaseByCase) {
  const auto events = random_history(3, 20, 1'000);
  Exported exported(events);
  exported.options.persons = Persons::shown;
  std::map<std::string, std::string> expected;
  for (const auto& event : events) {
    std::string data;
    event.event.append_json(data);
    expected[event_id(event.case_id, event.seq)] = data;
  }
  std::string last_case;
  std::int64_t seq = 0;
  std::set<std::string> cases;
  for (const auto& line : exported.lines()) {
    simdjson::dom::parser parser;
    const auto event = parser.parse(line);
    const auto case_id = std::string(event["subject"].get_c_str().value());
    if (case_id != last_case) {
      EXPECT_TRUE(cases.insert(case_id).second) << "a case lies in two places";
      seq = 0;
    }
    last_case = case_id;
    const auto id = std::string(event["id"].get_c_str().value());
    EXPECT_EQ(id, case_id + "/" + std::to_string(++seq));
    EXPECT_THAT(line, HasSubstr("\"data\":" + expected.at(id) + "}"));
    expected.erase(id);
  }
  EXPECT_THAT(expected, IsEmpty());
  EXPECT_EQ(exported.report.contents.events, 1'000);
  EXPECT_EQ(exported.report.contents.cases, 20);
}

TEST(Export, SaysWhichDepartmentHasTheCase) {
  Exported exported(handed_over("c1", Channel::phone));
  EXPECT_THAT(member(exported.lines(), "holder"), ElementsAre("-", "cs", "tech"));
}

TEST(Export, FiltersChooseWholeCases) {
  Exported exported(joined(handed_over("c1", Channel::phone), handed_over("c2", Channel::email)));
  ASSERT_TRUE(exported.options.selection.add_filter("channel=email"));
  ASSERT_TRUE(exported.options.selection.add_filter("department=tech"));
  EXPECT_THAT(member(exported.lines(), "subject"), ElementsAre("c2", "c2", "c2"));
  EXPECT_EQ(exported.report.left_out, 3);
  ASSERT_TRUE(exported.options.selection.add_filter("channel=phone"));
  EXPECT_THAT(exported.lines(), SizeIs(6));
  ASSERT_TRUE(exported.options.selection.add_filter("case=c1"));
  EXPECT_THAT(exported.lines(), SizeIs(3));
}

TEST(Export, TypesAndTimesChooseAmongTheEventsOfACase) {
  Exported exported(handed_over("c1", Channel::phone));
  exported.options.selection.from = kMonday + std::chrono::hours(1);
  EXPECT_THAT(member(exported.lines(), "holder"), ElementsAre("tech"));
  exported.options.selection = {};
  ASSERT_TRUE(exported.options.selection.add_filter("type=assignment."));
  EXPECT_THAT(member(exported.lines(), "type"), ElementsAre("casetrail.assignment.made"));
}

TEST(Export, AsOfKnowsNothingThatWasRecordedLater) {
  auto events = handed_over("c1", Channel::phone);
  events.back().occurred_at = kMonday;  // entered a day late
  Exported exported(events);
  exported.options.selection.as_of = kMonday + std::chrono::hours(1);
  EXPECT_THAT(exported.lines(), SizeIs(2));
}

TEST(Export, ACsvFileHasItsKeysInEveryRowAndOneFormOfTime) {
  auto events = random_history(5, 10, 300);
  events.front().event = HandoffWithdrawn{.handoff_id = {"h1"}, .reason = "\"a\", 中文\nand = 1"};
  Exported exported(events);
  exported.options.format = Format::csv;
  (void)exported.text();
  auto reader = imports::CsvReader::open(exported.options.file, {}).value();
  imports::CsvRow row;
  ASSERT_TRUE(reader.next(row).value());
  const auto header = row.fields;
  EXPECT_THAT(header, testing::Contains("data"));
  std::size_t rows = 0;
  bool saw_words = false;
  while (reader.next(row).value()) {
    ++rows;
    ASSERT_EQ(row.fields.size(), header.size()) << row.problem;
    for (int key = 0; key < 3; ++key) EXPECT_FALSE(row.fields[static_cast<std::size_t>(key)].empty());
    EXPECT_THAT(row.fields[2], testing::MatchesRegex("....-..-..T..:..:..\\....Z"));
    saw_words = saw_words || row.fields.back().contains(R"(\"a\", 中文\nand = 1)");
  }
  EXPECT_EQ(rows, 300U);
  EXPECT_TRUE(saw_words);
}

TEST(Export, DamageEndsItsCaseAsForEveryView) {
  auto events = handed_over("c1", Channel::phone);
  events.erase(events.begin() + 1);
  Exported exported(joined(events, handed_over("c2", Channel::phone)));
  EXPECT_THAT(member(exported.lines(), "subject"), ElementsAre("c1", "c2", "c2", "c2"));
  EXPECT_EQ(exported.report.damaged_cases, 1);
  EXPECT_EQ(exported.report.damaged, 1);
  EXPECT_EQ(exported.report.left_out, 0);
}

Message of_a_newer_version(const std::string& case_id) {
  return {case_id, "{}", {{"casetrail-writer", "99"}}, kMonday};
}

TEST(Export, StopsAtWhatANewerVersionWroteUnlessItIsQuarantined) {
  Exported exported(handed_over("c1", Channel::phone));
  const auto home = log::partition_of("c1", exported.log.partitions());
  const auto at =
      must(log::append_and_wait(exported.log, log::Topic::events, home, of_a_newer_version("c1")));
  const auto stopped = exported.run();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().trouble, Trouble::unavailable);
  EXPECT_THAT(stopped.error().what, HasSubstr("Upgrade this binary"));
  EXPECT_THAT(exported.files(), IsEmpty());
  const Quarantine word{.partition = home, .offset = at, .reason = "a trial", .at = kMonday};
  (void)must(log::append_and_wait(exported.log, log::Topic::policy, 0, write_quarantine(word)));
  EXPECT_THAT(exported.lines(), SizeIs(3));
}

TEST(Export, WhatStandsInAnotherPartitionThanItsCaseIsPassedOver) {
  Exported exported(handed_over("c1", Channel::phone));
  const auto home = log::partition_of("c1", exported.log.partitions());
  (void)must(log::append_and_wait(exported.log, log::Topic::events, (home + 1) % 4,
                                  write_event(handed_over("c1", Channel::email).front())));
  EXPECT_THAT(exported.lines(), SizeIs(3));
}

TEST(Export, LeavesNothingWhenItIsStoppedAndAnOlderFileAsItWas) {
  Exported exported(random_history(1, 10, 2'000));
  const auto before = exported.text();
  for (const std::string_view doing : {"reading", "writing"}) {
    bool stopped = false;
    exported.options.on_progress = [&](std::string_view now, std::int64_t, std::int64_t) {
      stopped = stopped || now == doing;
    };
    exported.options.stopped = [&] { return stopped; };
    const auto run = exported.run();
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().trouble, Trouble::stopped);
    EXPECT_THAT(exported.files(), ElementsAre("export"));
    EXPECT_EQ(text_in(exported.options.file), before);
  }
}

TEST(Export, TellsHowFarItIs) {
  Exported exported(random_history(1, 10, 2'000));
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> last;
  exported.options.on_progress = [&](std::string_view doing, std::int64_t done, std::int64_t total) {
    EXPECT_LE(done, total);
    last[std::string(doing)] = {done, total};
  };
  (void)exported.text();
  EXPECT_EQ(last.at("reading").first, last.at("reading").second);
  EXPECT_EQ(last.at("writing").second, 2'000);
}

TEST(Export, NamesWhatIsWrongWithTheFileBeforeItReads) {
  Exported exported;
  exported.options.file = "/nowhere/export";
  EXPECT_EQ(exported.run().error().trouble, Trouble::unusable);
  exported.options.file = std::filesystem::temp_directory_path();
  EXPECT_THAT(exported.run().error().what, HasSubstr("is a folder"));
  exported.options.file = "/dev/full";
  EXPECT_THAT(exported.run().error().what, HasSubstr("renamed when it is whole"));
}

}  // namespace
}  // namespace casetrail::exports
