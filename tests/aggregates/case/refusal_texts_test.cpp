// Every code with which the aggregates refuse has a sentence in both languages.
#include "aggregates/case/refusal_texts.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace casetrail {
namespace {

/// The first argument of each guard and `refuse(…)`, and of each obstacle of the matrix.
std::set<std::string> spelled_codes() {
  const std::regex spelled(R"re((?:(?:refuse|guard|ask)\(\s*|constexpr Obstacle \w+\{\s*)"(\w+)")re");
  std::set<std::string> codes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CASETRAIL_AGGREGATES)) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (auto at = std::sregex_iterator(text.begin(), text.end(), spelled); at != std::sregex_iterator();
         ++at)
      codes.insert((*at)[1]);
  }
  return codes;
}

TEST(RefusalTexts, TellEveryCodeThatIsSpelledAndNoOther) {
  std::set<std::string> told;
  for (const auto& text : refusal_texts())
    EXPECT_TRUE(told.emplace(text.code).second) << text.code << " stands twice in refusal_texts.cpp";
  EXPECT_GT(told.size(), 90U);
  EXPECT_EQ(told, spelled_codes());
}

TEST(RefusalTexts, AreSentencesInBothLanguages) {
  for (const auto& text : refusal_texts()) {
    EXPECT_TRUE(text.en.ends_with('.')) << text.code;
    EXPECT_TRUE(text.zh.ends_with("。")) << text.code;
  }
}

}  // namespace
}  // namespace casetrail
