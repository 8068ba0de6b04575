// The two made-up logs, row by row.
#include <gmock/gmock.h>

#include <set>

#include "events/case_id.h"
#include "events/handoff.h"
#include "events/request.h"
#include "events/resolution.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Incidents : public testing::Test {
 protected:
  std::vector<HistoryRow> rows_ = read_history(sample("incidents.csv"), servicenow_mapping());
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

class Werkstatt : public testing::Test {
 protected:
  std::vector<HistoryRow> rows_ = read_history(sample("werkstatt.csv"), sample("werkstatt.yaml"));
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
