// Logs as an older binary left them on a disk, under today's: README.md in `old_folders` says how they came.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A folder of each version that left one.
std::vector<std::string> old_versions() {
  std::vector<std::string> versions;
  for (const auto& entry : fs::directory_iterator(CASETRAIL_OLD_FOLDERS))
    if (entry.is_directory()) versions.push_back(entry.path().filename().string());
  return versions;
}

class OldFolder : public testing::TestWithParam<std::string> {
 protected:
  OldFolder() {
    const auto restored = test::run_program({CASETRAIL_BINARY, "restore", (left_ / "backup").string(),
                                             "--without-ledger", "--data", data_.string()});
    EXPECT_EQ(restored.exit_code, 0) << restored.err;
    // A checkout lets others read it.
    fs::copy_file(left_ / "master.key", key());
    fs::permissions(key(), fs::perms::owner_read);
  }

  [[nodiscard]] test::Ran run(std::vector<std::string> words) const {
    words.insert(words.begin(), CASETRAIL_BINARY);
    words.insert(words.end(), {"--data", data_.string(), "--master-key", key()});
    return test::run_program(words);
  }
  /// `CASE TYPE TYPE …`, as its history tells them.
  [[nodiscard]] std::string history_of(const std::string& case_id) const {
    static const std::regex kType(R"re("recorded_at":"[^"]*","type":"([a-z_.]+)")re");
    const auto json = run({"case", case_id, "--history", "--json"}).out;
    auto line = case_id;
    for (std::sregex_iterator type(json.begin(), json.end(), kType), end; type != end; ++type)
      line.append(" ").append((*type)[1]);
    return line;
  }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }

  fs::path left_ = fs::path(CASETRAIL_OLD_FOLDERS) / GetParam();
  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "data";
};

TEST_P(OldFolder, HasNoDamageAndTheHeadsThatWereSigned) {
  const auto verified = run({"verify", "--public-key", (left_ / "evidence.key.pub").string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("nothing is damaged"));
}

TEST_P(OldFolder, TellsEachCaseAsItWasTold) {
  std::ifstream told(left_ / "histories.txt");
  std::size_t cases = 0;
  for (std::string line; std::getline(told, line); ++cases)
    EXPECT_THAT(history_of(line.substr(0, line.find(' '))), StartsWith(line)) << "timers are due since";
  EXPECT_GT(cases, 3U);
  const auto served = run({"cases", "--limit", "1000", "--json"});
  EXPECT_THAT(served.out, HasSubstr(R"("registered":)" + std::to_string(cases)));
}

TEST_P(OldFolder, OpensItsTextsButNotThoseThatWereErased) {
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, HasSubstr("机器充不进电"));
  EXPECT_THAT(run({"case", "email:A-2", "--history", "--wide"}).out,
              AllOf(HasSubstr("Personal texts of all earlier events erased"), Not(HasSubstr("gone"))));
}

TEST_P(OldFolder, TakesCommands) {
  const auto noted =
      run({"do", "email:A-1", "work.note.add", "--actor", "agent:li.wei", "--text", "under a newer one"});
  EXPECT_EQ(noted.exit_code, 0) << noted.err;
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}).out, HasSubstr("under a newer one"));
}

INSTANTIATE_TEST_SUITE_P(Of, OldFolder, testing::ValuesIn(old_versions()), [](const auto& version) {
  return "Version" + std::regex_replace(version.param, std::regex("[^0-9A-Za-z]"), "_");
});

}  // namespace
}  // namespace casetrail::cli
