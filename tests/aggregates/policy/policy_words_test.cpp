// The lines of a policy that say something, found by their path.
#include "aggregates/policy/policy_words.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

constexpr std::string_view kYaml = R"(# the company
sla:
  clock_from: received_at   # 从客户来单起
  P1: {calendar: office, resolution: 8h,
       escalate: [{at: 100, to: [lead]}]}
  P2: {resolution: 24h}
calendars:
  - id: office
    tz: Asia/Shanghai
    holidays: [
      2026-10-01
    ]
  - {id: hotline, tz: Asia/Shanghai}
handoff: {bounce_limit: 2}
)";

std::string words_of(std::string_view path) {
  const auto words = policy_words(kYaml, path);
  return words ? std::to_string(words->first_line) + ":" + words->text : "nothing";
}

TEST(PolicyWords, AreTheLinesOfAKeyWithTheirComments) {
  EXPECT_EQ(words_of("sla.clock_from"), "3:  clock_from: received_at   # 从客户来单起\n");
  EXPECT_EQ(words_of("handoff"), "14:handoff: {bounce_limit: 2}\n");
}

TEST(PolicyWords, GoOnToTheEndOfAValueOverSeveralLines) {
  EXPECT_EQ(words_of("sla.P1"),
            "4:  P1: {calendar: office, resolution: 8h,\n       escalate: [{at: 100, to: [lead]}]}\n");
  EXPECT_EQ(words_of("sla.P1").find("P2"), std::string::npos);
}

TEST(PolicyWords, OfAnElementAreFoundByWhatItIsKnownBy) {
  EXPECT_EQ(words_of("calendars[hotline]"), "13:  - {id: hotline, tz: Asia/Shanghai}\n");
  EXPECT_EQ(words_of("calendars[office]"),
            "8:  - id: office\n    tz: Asia/Shanghai\n    holidays: [\n      2026-10-01\n    ]\n");
}

TEST(PolicyWords, AreNothingWhereTheTextIsSilent) {
  for (const auto* path : {"closing", "sla.P9", "calendars[none]", "sla.P1.none", ""})
    EXPECT_EQ(words_of(path), "nothing") << path;
}

}  // namespace
}  // namespace casetrail
