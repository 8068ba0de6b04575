// Numbers of cases: what they look like and what is taken for one.
#include "events/case/case_number.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

Timestamp moment(std::string_view text) { return parse_timestamp(text).value(); }

TEST(CaseNumber, IsTheMonthAndThePlaceOfItsCommand) {
  EXPECT_EQ(case_number(moment("2026-11-30T23:59:59.999Z"), 123), "CT-2611-000123");
  EXPECT_EQ(case_number(moment("2027-01-01T00:00:00Z"), 1'234'567), "CT-2701-1234567");
}

TEST(CaseNumber, IsRecognisedInLettersOfEitherCaseAndNothingElseIs) {
  EXPECT_EQ(parse_case_number("ct-2611-000123"), "CT-2611-000123");
  EXPECT_EQ(parse_case_number(case_number(moment("2026-11-30T00:00:00Z"), 98'765'432)), "CT-2611-98765432");
  EXPECT_EQ(parse_case_number("ct-2611-123"), "CT-2611-000123");
  EXPECT_EQ(parse_case_number("CT-2611-00000123"), "CT-2611-000123");
  for (const auto* other :
       {"", "CT", "CT-", "CT-2611", "CT-2611-", "CT-261-000123", "CT-2611-00012x", "CT-26 11-000123",
        "2611-000123", "CT-2611-000123-1", "CT-2611-12345678901234567890"})
    EXPECT_FALSE(parse_case_number(other)) << other;
}

}  // namespace
}  // namespace casetrail
