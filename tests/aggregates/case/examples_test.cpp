// Every type of command has an example in which it is accepted, and every refusal in the code one that shows
// it. What a run of all tests has not shown fails the program.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "aggregates/case/command.h"
#include "tests/support/shown.h"

namespace casetrail {
namespace {

namespace fs = std::filesystem;

/// What a piece of the source refuses: by the type of the command, or by none where many share it.
struct Refusal {
  std::string type;
  std::string code;

  auto operator<=>(const Refusal&) const = default;
};

std::vector<std::string> texts_below(const std::string& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(CASETRAIL_AGGREGATES) / folder)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    texts.emplace_back(std::istreambuf_iterator(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

template <class OnMatch>
void for_each_match(const std::string& text, const std::regex& pattern, OnMatch&& on_match) {
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) on_match(*at);
}

/// `handoff.request` by `RequestHandoff`.
std::map<std::string, std::string> types_by_struct() {
  static const std::regex kCommand(
      R"re(struct (\w+) \{\s+static constexpr std::string_view kType = "([^"]+)")re");
  std::map<std::string, std::string> types;
  for (const auto& text : texts_below("case"))
    for_each_match(text, kCommand, [&](const std::smatch& found) { types.emplace(found[1], found[2]); });
  return types;
}

/// Every refusal that the source spells, each under the `decide` in which it stands.
std::set<Refusal> refusals_in_source() {
  static const std::regex kPiece(
      R"re(Decision decide\(const CaseState&[^,]*, const (\w+)&|\n\}|Obstacle \w+\{"(\w+)"|(?:guard|ask)\(\s*"(\w+)"|[^.\w]refuse\(\s*("?)(\w+))re");
  const auto types = types_by_struct();
  std::set<Refusal> refusals;
  for (const auto& text : texts_below(".")) {
    std::string type;
    for_each_match(text, kPiece, [&](const std::smatch& found) {
      if (found[1].matched) {
        const auto known = types.find(found[1]);
        type = known == types.end() ? "" : known->second;
      } else if (found[2].matched) {
        refusals.insert({"", found[2]});
      } else if (found[3].matched) {
        refusals.insert({type, found[3]});
      } else if (found[4].length() > 0) {
        refusals.insert({type, found[5]});
      } else if (found[5].matched) {
        // The definition of `refuse`, the code of a guard, and the table's own words, which stand in its
        // obstacles.
        EXPECT_TRUE(found[5] == "std" || found[5] == "obstacle" || found[5] == "code_")
            << "A code that nobody can look up: " << found[5];
      } else {
        type.clear();
      }
    });
  }
  return refusals;
}

bool is_shown(const Refusal& refusal) {
  const auto& shown = Shown::by_this_program();
  if (!refusal.type.empty()) return shown.refused(refusal.type, refusal.code);
  return std::ranges::any_of(command_codecs(), [&](const TypeCodec* codec) {
    return shown.refused(std::string(codec->type), refusal.code);
  });
}

class Examples : public testing::Environment {
 public:
  void TearDown() override {
    const auto& run = *testing::UnitTest::GetInstance();
    if (run.test_to_run_count() < run.total_test_count()) return;
    for (const auto* codec : command_codecs()) {
      EXPECT_TRUE(Shown::by_this_program().accepted(std::string(codec->type)))
          << "No story names the events of an accepted " << codec->type;
    }
    for (const auto& refusal : refusals_in_source())
      EXPECT_TRUE(is_shown(refusal)) << "No story shows " << refusal.type << " refused as " << refusal.code;
  }
};

const auto* const kExamples = testing::AddGlobalTestEnvironment(new Examples);

TEST(Examples, AreLookedForInAllOfTheSource) {
  EXPECT_NE(kExamples, nullptr);
  EXPECT_EQ(types_by_struct().size(), command_codecs().size());
  const auto refusals = refusals_in_source();
  EXPECT_GT(refusals.size(), 80U);
  EXPECT_TRUE(refusals.contains({"handoff.return", "bounce_limit"}));
  EXPECT_TRUE(refusals.contains({"", "not_triaged"}));
}

}  // namespace
}  // namespace casetrail
