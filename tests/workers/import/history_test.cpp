// The two made-up logs, row by row.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "events/case/case_id.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Incidents : public testing::Test {
 protected:
  std::vector<imports::HistoryRow> rows_ = read_history(sample("incidents.csv"), servicenow_mapping());
};

TEST_F(Incidents, TheFirstRowRegistersAndPrioritizes) {
  EXPECT_THAT(types_at(rows_, 2), ElementsAre("request.registered", "request.prioritized"));
}

TEST_F(Incidents, TheFirstKnownGroupIsAnAssignment) {
  EXPECT_THAT(types_at(rows_, 3), ElementsAre("assignment.made"));
}

TEST_F(Incidents, AnotherGroupIsAnAcceptedHandoff) {
  EXPECT_THAT(types_at(rows_, 4), ElementsAre("handoff.requested", "handoff.accepted", "work.started"));
  const auto& handoff = *row_at(rows_, 4).read->facts[0].get_if<HandoffRequested>();
  EXPECT_EQ(handoff.handoff_id.value, "h1");
  EXPECT_EQ(handoff.from.department_id.value, "Group A");
  EXPECT_EQ(handoff.to.department_id.value, "Group B");
  EXPECT_EQ(handoff.to.agent_id, AgentId{"Resolver 21"});
}

TEST_F(Incidents, AMissingGroupIsNoGroup) {
  EXPECT_THAT(types_at(rows_, 5), ElementsAre("request.prioritized"));
  EXPECT_THAT(types_at(rows_, 6), ElementsAre("handoff.requested", "handoff.accepted"));
}

TEST_F(Incidents, TheOrderOfTheFileStandsWhereTheClockRunsBackwards) {
  EXPECT_LT(row_at(rows_, 6).read->at, row_at(rows_, 5).read->at);
}

TEST_F(Incidents, DayComesFirstInItsTimes) {
  EXPECT_EQ(to_wire(row_at(rows_, 2).read->at), "2016-03-01T08:06:00.000Z");
}

TEST_F(Incidents, ResolvedAndClosedFollow) {
  EXPECT_THAT(types_at(rows_, 7), ElementsAre("case.resolved"));
  EXPECT_THAT(types_at(rows_, 8), ElementsAre("case.closed"));
}

TEST_F(Incidents, WaitingAndResumingFollowTheStatus) {
  EXPECT_THAT(types_at(rows_, 10),
              ElementsAre("request.classified", "assignment.made", "work.info.requested"));
  EXPECT_THAT(types_at(rows_, 11), ElementsAre("work.resumed"));
  EXPECT_THAT(types_at(rows_, 12), ElementsAre("work.suspended"));
  EXPECT_THAT(types_at(rows_, 13), ElementsAre("work.resumed", "case.resolved"));
}

TEST_F(Incidents, ARisingCounterReopens) {
  EXPECT_THAT(types_at(rows_, 14), ElementsAre("case.reopened"));
  EXPECT_EQ(row_at(rows_, 14).read->facts[0].get_if<CaseReopened>()->cycle_no, 2);
}

TEST_F(Incidents, EqualRowsHaveIdsOfTheirOwnAndTheSecondSaysNothing) {
  EXPECT_THAT(types_at(rows_, 15), IsEmpty());
  EXPECT_NE(row_at(rows_, 14).read->command_id, row_at(rows_, 15).read->command_id);
}

TEST_F(Incidents, TheSecondCategoryIsTheSubcategory) {
  const auto& registered = *row_at(rows_, 2).read->facts[0].get_if<RequestRegistered>();
  EXPECT_EQ(registered.category, "40/7");
}

TEST_F(Incidents, TheCaseIsKnownByChannelSourceAndNumber) {
  EXPECT_EQ(row_at(rows_, 2).read->case_id, case_id_of(Channel::api, "servicenow:9000001"));
  EXPECT_EQ(row_at(rows_, 2).read->facts[0].get_if<RequestRegistered>()->external_ref, "servicenow:9000001");
}

TEST_F(Incidents, RowsThatCannotBeMappedNameLineAndReasonAndTheRestGoesOn) {
  EXPECT_THAT(row_at(rows_, 18).read.error(), HasSubstr("'31/2/2016 07:20' is not a time"));
  EXPECT_THAT(row_at(rows_, 19).read.error(), HasSubstr("the mapping does not say what 'Parked' means"));
  EXPECT_THAT(row_at(rows_, 22).read.error(),
              HasSubstr("expected 36 fields as in the header, but there are 9"));
  EXPECT_THAT(types_at(rows_, 23), ElementsAre("handoff.requested", "handoff.accepted"));
}

TEST_F(Incidents, AStatusThatSaysNothingLeavesTheStep) {
  EXPECT_THAT(types_at(rows_, 17),
              ElementsAre("request.registered", "request.prioritized", "assignment.made"));
}

TEST_F(Incidents, ReadTwiceTheyAreTheSame) {
  const auto again = read_history(sample("incidents.csv"), servicenow_mapping());
  ASSERT_EQ(again.size(), rows_.size());
  std::set<std::string> ids;
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (!again[i].read) continue;
    EXPECT_EQ(again[i].read->command_id, rows_[i].read->command_id);
    ids.insert(again[i].read->command_id.value);
  }
  EXPECT_EQ(ids.size(), 18U) << "every mapped row has an id of its own";
}

/// Rows of `Number,Updated,State`, read by the smallest mapping with `time`.
std::vector<imports::HistoryRow> desk_rows(const std::string& rows, const std::string& time) {
  return read_history(
      write_file("desk.csv", "Number,Updated,State\n" + rows),
      write_file("desk.yaml", "source: desk\nchannel: api\ncase: Number\nkind: inquiry\ntime: " + time +
                                  "\nstatus: {column: State, values: {new: registered, closed: closed}}\n"));
}
constexpr auto kMinutes = R"({column: Updated, format: "%Y-%m-%d %H:%M", zone: UTC})";

TEST(Rows, OneOfTheFutureIsListed) {
  const auto rows = desk_rows("F-1,2026-11-01 10:00,new\nF-1,2029-01-01 10:00,closed\n", kMinutes);
  EXPECT_TRUE(row_at(rows, 2).read);
  EXPECT_EQ(row_at(rows, 3).read.error(),
            "column 'Updated': '2029-01-01 10:00' is in the future: it is 2026-11-28T12:00:00.000Z now");
}

TEST(Rows, ATimeMayBeOfSeveralFormatsThatAgree) {
  const auto rows = desk_rows(
      "1,2024-03-05 "
      "09:00,new\n2,25/03/2024,new\n3,03/25/2024,new\n4,03/04/2024,new\n5,04/04/2024,new\n6,x,new\n"
      "7,2024-03-05T09:00+01:00,new\n",
      R"({column: Updated, format: ["%Y-%m-%d %H:%M", "%d/%m/%Y", "%m/%d/%Y", "%FT%R%z"], zone: UTC})");
  for (const auto& [line, at] : std::map<int, std::string>{{2, "2024-03-05T09:00:00.000Z"},
                                                           {3, "2024-03-25T00:00:00.000Z"},
                                                           {4, "2024-03-25T00:00:00.000Z"},
                                                           {6, "2024-04-04T00:00:00.000Z"},
                                                           {8, "2024-03-05T08:00:00.000Z"}})
    EXPECT_EQ(to_wire(row_at(rows, line).read.value().at), at) << line;
  EXPECT_THAT(row_at(rows, 5).read.error(), HasSubstr("is one time as '%d/%m/%Y' and another as '%m/%d/%Y'"));
  EXPECT_THAT(row_at(rows, 7).read.error(), HasSubstr("'x' is a time of none of the formats"));
}

TEST(Rows, WhatNobodySeesIsNoPartOfAnId) {
  using namespace std::string_literals;
  const auto rows = desk_rows(
      "1\0,2024-03-05 09:00,new\n\xEF\xBB\xBF"
      "2,2024-03-05 09:00,new\n"
      "3\xE2\x80\xAE,2024-03-05 09:00,new\n4\x1B[2J,2024-03-05 09:00,new\n5,2024-03-05 09:00,new\n"s,
      kMinutes);
  EXPECT_EQ(row_at(rows, 2).read.error(), "column 'Number': holds U+0000, which nobody sees: remove it");
  EXPECT_THAT(row_at(rows, 3).read.error(), HasSubstr("U+FEFF"));
  EXPECT_THAT(row_at(rows, 4).read.error(), HasSubstr("U+202E"));
  EXPECT_THAT(row_at(rows, 5).read.error(), HasSubstr("U+001B"));
  EXPECT_TRUE(row_at(rows, 6).read);
}

TEST(Rows, OneThatIsNotUtf8IsListedWithWhatConvertsIt) {
  const auto rows = desk_rows("\xB4\xF2,2024-03-05 09:00,new\n2,2024-03-05 09:00,new\n", kMinutes);
  EXPECT_THAT(row_at(rows, 2).read.error(), HasSubstr("column 'Number': not UTF-8: convert the file"));
  EXPECT_THAT(row_at(rows, 2).read.error(), HasSubstr("`iconv -f GB18030 -t UTF-8 FILE > NEW`"));
  EXPECT_TRUE(row_at(rows, 3).read);
}

TEST(Rows, AReasonQuotesNoMoreThanIsRead) {
  const auto rows = desk_rows("1," + std::string(100'000, 'x') + ",new\n", kMinutes);
  EXPECT_LT(row_at(rows, 2).read.error().size(), 600U);
}

class Werkstatt : public testing::Test {
 protected:
  std::vector<imports::HistoryRow> rows_ = read_history(sample("werkstatt.csv"), sample("werkstatt.yaml"));
};

TEST_F(Werkstatt, TimesCarryTheirOwnZone) {
  EXPECT_EQ(to_wire(row_at(rows_, 2).read->at), "2026-03-02T08:15:00.000Z");
  EXPECT_EQ(to_wire(row_at(rows_, 4).read->at), "2026-03-02T10:05:00.000Z");
  EXPECT_EQ(to_wire(row_at(rows_, 9).read->at), "2026-03-02T03:00:00.000Z");
}

TEST_F(Werkstatt, TheWordsOfTheMappingBecomeSteps) {
  EXPECT_THAT(types_at(rows_, 2),
              ElementsAre("request.registered", "request.prioritized", "assignment.made"));
  EXPECT_THAT(types_at(rows_, 3), ElementsAre("handoff.requested", "handoff.accepted", "work.started"));
  EXPECT_THAT(types_at(rows_, 4), ElementsAre("work.suspended"));
  EXPECT_THAT(types_at(rows_, 5), ElementsAre("request.prioritized", "work.resumed"));
  EXPECT_THAT(types_at(rows_, 6), ElementsAre("case.resolved"));
}

TEST_F(Werkstatt, ANewAssigneeLeavesTheStepAsTheRowsSayIt) {
  const auto rows =
      read_history(write_file("a.csv",
                              "Auftrag;Zeitpunkt;Zustand;Abteilung;Bearbeiter;Dringlichkeit;Art;Thema\n"
                              "1;2026-03-02T09:00:00Z;wartet auf Teile;A;Jana;hoch;Frage;x\n"
                              "1;2026-03-02T10:00:00Z;wartet auf Teile;B;Ole;hoch;Frage;x\n"),
                   sample("werkstatt.yaml"));
  EXPECT_THAT(types_at(rows, 3), ElementsAre("handoff.requested", "handoff.accepted", "work.suspended"));
}

TEST_F(Werkstatt, LeavingResolvedReopens) {
  EXPECT_THAT(types_at(rows_, 7), ElementsAre("case.reopened", "handoff.requested", "handoff.accepted"));
}

TEST_F(Werkstatt, TheKindComesFromItsColumn) {
  EXPECT_EQ(row_at(rows_, 2).read->facts[0].get_if<RequestRegistered>()->kind, CaseKind::complaint);
  EXPECT_EQ(row_at(rows_, 9).read->facts[0].get_if<RequestRegistered>()->kind, CaseKind::inquiry);
}

TEST_F(Werkstatt, QuotedFieldsHoldDelimitersAndQuotes) {
  EXPECT_EQ(row_at(rows_, 9).read->facts[0].get_if<RequestRegistered>()->category,
            "Rechnung; doppelt \"gebucht\"");
}

TEST_F(Werkstatt, AWordInPlaceOfATimeIsListed) {
  EXPECT_EQ(row_at(rows_, 10).read.error(), "column 'Zeitpunkt': 'gestern' is not a time as RFC 3339 has it");
}

}  // namespace
}  // namespace casetrail::test
