// The investigation that quality teams are shown, done on a day that was played.
#include <gmock/gmock.h>

#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/operations/files.h"
#include "tests/operations/scraped_engine.h"
#include "tests/support/program.h"

namespace casetrail::operations {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

/// What each block of the page tells, all run in one shell, as somebody does who follows the page.
std::vector<std::string> told_by_blocks(const ScrapedEngine& engine) {
  static const std::regex kBlock("```sh\n([^`]+)```");
  constexpr char kEndOfBlock = '\036';
  const auto text = text_of(kDeploy / "investigate.md");
  auto script =
      "set -euo pipefail\nexport PATH=" + std::filesystem::path(CASETRAIL_BINARY).parent_path().string() +
      ":$PATH CASETRAIL_DATA=" + engine.process().data().string() + "\n";
  for (std::sregex_iterator block(text.begin(), text.end(), kBlock), end; block != end; ++block)
    script += (*block)[1].str() + "printf '\\036'\n";
  const auto ran = test::run_program({"/bin/bash", "-c", script});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  std::vector<std::string> told;
  std::istringstream out(ran.out);
  for (std::string block; std::getline(out, block, kEndOfBlock);) told.push_back(block);
  return told;
}

TEST(Investigation, LeadsFromTheNumberToTheEventAndItsRule) {
  const ScrapedEngine engine;
  const auto told = told_by_blocks(engine);
  ASSERT_EQ(told.size(), 17U);
  EXPECT_THAT(told[0], HasSubstr("breached "));
  EXPECT_THAT(told[1], HasSubstr("selected  rows "));
  EXPECT_THAT(told[2], HasSubstr("breached "));
  EXPECT_THAT(told[3], HasSubstr("in all"));
  EXPECT_THAT(told[4], HasSubstr("in all"));
  EXPECT_THAT(told[5], HasSubstr("sla.target.missed"));
  EXPECT_THAT(told[5], HasSubstr("policy 1"));
  EXPECT_THAT(told[6], HasSubstr("request.registered"));
  EXPECT_THAT(told[7], HasSubstr("As of event "));
  EXPECT_THAT(told[8], ContainsRegex("From .* to now .*: [0-9]+ came, [0-9]+ went, [0-9]+ changed"));
  EXPECT_THAT(told[9], HasSubstr("first_response: 15m"));
  EXPECT_THAT(told[9], HasSubstr("Nothing is said otherwise."));
  EXPECT_THAT(told[10], HasSubstr("sla.target.missed"));
  EXPECT_THAT(told[10], HasSubstr("The policy's own words\n  sla."));
  EXPECT_THAT(told[10], HasSubstr("in the hours of cn_"));
  EXPECT_THAT(told[11], HasSubstr("stands in the way of case.close"));
  EXPECT_THAT(told[12], HasSubstr("Under current, 0 of "));
  EXPECT_THAT(told[12], Not(HasSubstr("not made again")));
  EXPECT_THAT(told[12], HasSubstr("due.first_response"));
  EXPECT_THAT(told[13], HasSubstr("Persons are masked"));
  EXPECT_THAT(told[14], HasSubstr("Persons are hidden"));
  EXPECT_THAT(told[15], HasSubstr("complaints so far"));
  EXPECT_THAT(told[16], AllOf(HasSubstr("handovers"), HasSubstr("first contact resolution")));
}

}  // namespace
}  // namespace casetrail::operations
