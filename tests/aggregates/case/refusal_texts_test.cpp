// Every code with which the aggregates refuse has a sentence in both languages.
#include "aggregates/case/refusal_texts.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
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

/// What is asked of a guard of `room`: its name, and whether it names what it looked at.
std::map<std::string, bool> guards_of(const std::string& room) {
  const std::regex asked(R"re(context\.guard\(\s*"(\w+)"([^;{]*))re");
  std::map<std::string, bool> named;
  for (const auto& entry : std::filesystem::directory_iterator(CASETRAIL_AGGREGATES "/case/" + room)) {
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (auto at = std::sregex_iterator(text.begin(), text.end(), asked); at != std::sregex_iterator();
         ++at) {
      const auto rest = (*at)[2].str();
      const bool names = rest.contains("[") || rest.contains("phase_of(") || rest.contains("name_or_none(") ||
                         rest.contains("reviewer_of(") || rest.contains("dispute_of(");
      const auto [first, is_new] = named.try_emplace((*at)[1], names);
      if (!is_new) first->second = first->second && names;
    }
  }
  return named;
}

TEST(RefusalTexts, AGuardNamesWhatItLookedAtUnlessItMissesSomething) {
  const std::set<std::string> missing{"answer_missing", "reason_required", "satisfaction_unchecked"};
  std::size_t asked = 0;
  for (const std::string room :
       {"approval", "assignment", "callback", "complaint", "errand", "handoff", "import", "notes", "privacy",
        "request", "resolution", "review", "solution", "timer", "work"}) {
    for (const auto& [code, named] : guards_of(room)) {
      EXPECT_TRUE(named || missing.contains(code)) << room << " asks " << code;
      ++asked;
    }
  }
  EXPECT_GT(asked, 100U);
}

TEST(RefusalTexts, AreSentencesInBothLanguages) {
  for (const auto& text : refusal_texts()) {
    EXPECT_TRUE(text.en.ends_with('.')) << text.code;
    EXPECT_TRUE(text.zh.ends_with("。")) << text.code;
  }
}

}  // namespace
}  // namespace casetrail
