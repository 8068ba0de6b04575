// The table of what is asked names tests that exist, and has every row that a comment cites.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Take>
void for_each_match(const std::string& text, const std::regex& pattern, Take&& take) {
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) take(*at);
}

/// The first group of each match in the C++ of these folders, or the first two joined by a dot.
std::set<std::string> found_in(std::initializer_list<const char*> folders, const std::regex& pattern) {
  std::set<std::string> found;
  for (const auto* folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(CASETRAIL_ROOT) / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      for_each_match(text_of(entry.path()), pattern, [&](const std::smatch& match) {
        found.insert(match.size() > 2 ? match.str(1) + "." + match.str(2) : match.str(1));
      });
    }
  }
  return found;
}

/// By the number of the row.
std::map<std::string, std::string> tests_by_row() {
  std::map<std::string, std::string> tests;
  for_each_match(text_of(fs::path(CASETRAIL_ROOT) / "tests/requirements.md"),
                 std::regex(R"(\| (A\d{3}) \| [^|]+ \| `([A-Za-z]+\.[A-Za-z]+)` \|)"),
                 [&](const std::smatch& match) {
                   EXPECT_TRUE(tests.emplace(match.str(1), match.str(2)).second) << match.str(1) << " twice";
                 });
  return tests;
}

TEST(Requirements, AreShownByTestsThatExist) {
  const auto known = found_in({"tests"}, std::regex(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))"));
  const auto rows = tests_by_row();
  EXPECT_GT(rows.size(), 75U);
  for (const auto& [row, test] : rows) EXPECT_TRUE(known.contains(test)) << row << " is shown by " << test;
}

TEST(Requirements, ThatACommentCitesAreInTheTable) {
  const auto rows = tests_by_row();
  for (const auto& cited :
       found_in({"events", "aggregates", "projections", "workers"}, std::regex(R"(\b(A\d{3})\b)")))
    EXPECT_TRUE(rows.contains(cited)) << cited << " is cited, and stands in no row of tests/requirements.md";
}

}  // namespace
