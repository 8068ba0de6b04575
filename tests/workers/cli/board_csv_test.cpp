// A board as a file for a spreadsheet, with the columns and cells of the console's.
#include <gmock/gmock.h>

#include "workers/cli/answer.h"

namespace casetrail::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto kCompared = R"({"rows":[{"case":"c-1","number":"CT-2611-000001","case_no":"CT-2611-000001",
  "reference":null,"review":"r1","state":"scored","kind":"chat","agent":"li.wei","department":"cs",
  "reviewer":"qa1","waiting_ms":null,"total_permille":800,"dispute":null,"comment":"=SUM(A1), \"good\"",
  "complaint":false,"assigned_at":"2026-11-23T08:05:09.120Z","dimensions":{"empathy":750,"assurance":null}}]})";

Display named() { return {.departments = {{"cs", "Customer service"}}, .agents = {{"li.wei", "Li Wei"}}}; }

TEST(BoardCsv, HasTheColumnsOfTheScreenAndWhatPeopleCallTheirValues) {
  const auto file = board_csv("review", kCompared, BoardTable::rows, BoardColumns::shown, named());
  EXPECT_THAT(
      file,
      StartsWith("\xef\xbb\xbf\"case\",\"reference\",\"no\",\"state\",\"kind\",\"agent\",\"department\","
                 "\"reviewer\",\"waiting (h)\",\"score (‰)\",\"dispute\",\"comment\"\r\n"));
  EXPECT_THAT(file,
              HasSubstr("\"scored\",\"chat\",\"Li Wei\",\"Customer service\",\"qa1\",\"\",\"800\",\"\","));
  EXPECT_THAT(file, Not(HasSubstr("2026-11-23")));
}

TEST(BoardCsv, QuotesWhatPeopleWroteAndKeepsItFromBeingAFormula) {
  EXPECT_THAT(board_csv("review", kCompared, BoardTable::rows, BoardColumns::shown, named()),
              HasSubstr(R"("'=SUM(A1), ""good""")"
                        "\r\n"));
}

TEST(BoardCsv, HasAllColumnsWhereTheyAreAskedFor) {
  const auto file = board_csv("review", kCompared, BoardTable::rows, BoardColumns::all, named());
  EXPECT_THAT(file, HasSubstr("\"2026-11-23T08:05:09.120Z\""));
  EXPECT_THAT(file, HasSubstr("\"empathy 75.0 %\""));
  EXPECT_THAT(file, HasSubstr("\"no\""));
}

TEST(BoardCsv, IsOfThePeriodsWhereSomeAreAskedFor) {
  const auto file = board_csv("cases", R"({"rows":[{"case":"c-1"}],"periods":[{"begins":"2026-11-23",
    "registered":12,"resolved":9,"sla_attainment_permille":875}]})",
                              BoardTable::periods, BoardColumns::shown, {});
  EXPECT_THAT(file, HasSubstr("\"registered\",\"resolved\""));
  EXPECT_THAT(file, HasSubstr("\"2026-11-23\",\"12\",\"9\","));
  EXPECT_THAT(file, Not(HasSubstr("c-1")));
  const auto none = board_csv("cases", R"({"rows":[{"case":"c-1"}],"periods":[]})", BoardTable::periods,
                              BoardColumns::shown, {});
  EXPECT_THAT(none, HasSubstr("\"registered\",\"resolved\""));
  EXPECT_THAT(none, Not(HasSubstr("c-1")));
}

TEST(BoardCsv, CountsDurationsInHours) {
  const auto file =
      board_csv("cases", R"({"rows":[{"case":"c-1","left_ms":-90000},{"case":"c-2","left_ms":5400000}]})",
                BoardTable::rows, BoardColumns::shown, {.language = Language::zh});
  EXPECT_THAT(file, HasSubstr("\"-0.025\""));
  EXPECT_THAT(file, HasSubstr("\"1.5\""));
}

}  // namespace
}  // namespace casetrail::cli
