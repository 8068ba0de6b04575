// The systemd unit of the package: what systemd says of it, and that it asks for nothing that the binary does
// not know.
#include <gtest/gtest.h>

#include <regex>

#include "tests/operations/files.h"
#include "tests/operations/known_words.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::operations {
namespace {

const auto kUnit = kDeploy / "debian/casetrail.service";

/// The values of a setting, in their order.
std::vector<std::string> settings(const std::string& name) {
  std::ifstream unit(kUnit);
  std::vector<std::string> values;
  for (std::string line; std::getline(unit, line);) {
    if (line.starts_with(name + "=")) values.push_back(line.substr(name.size() + 1));
  }
  return values;
}

std::string setting(const std::string& name) {
  const auto values = settings(name);
  return values.empty() ? "" : values.back();
}

TEST(Service, StartsTheBinaryWithOptionsAndVariablesThatItKnows) {
  static const std::regex kOption("(--[a-z-]+)");
  for (const auto& option : matches(setting("ExecStart"), kOption))
    EXPECT_TRUE(knows_option(option)) << option;
  static const std::regex kVariable("\n#(CASETRAIL_[A-Z_]+)=");
  const auto variables = matches(text_of(kDeploy / "debian/casetrail.default"), kVariable);
  EXPECT_GE(variables.size(), 5U);
  for (const auto& variable : variables) EXPECT_TRUE(knows_variable(variable)) << variable;
}

TEST(Service, WritesOneFolderThatIsItsUsersAlone) {
  EXPECT_EQ(setting("StateDirectory"), "casetrail");
  EXPECT_NE(setting("ExecStart").find("--data /var/lib/casetrail "), std::string::npos);
  EXPECT_EQ(setting("StateDirectoryMode"), "0700");
  EXPECT_EQ(setting("UMask"), "0077");
  EXPECT_EQ(setting("ProtectSystem"), "strict");
  EXPECT_EQ(setting("ReadWritePaths"), "");
}

#ifdef CASETRAIL_SYSTEMD_ANALYZE

/// With a program that is on this machine.
class Analyzed {
 public:
  Analyzed() {
    std::ofstream(file_) << std::regex_replace(text_of(kUnit), std::regex("=/usr/bin/casetrail"),
                                               "=" CASETRAIL_BINARY);
  }
  [[nodiscard]] test::Ran with(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), CASETRAIL_SYSTEMD_ANALYZE);
    arguments.push_back(file_.string());
    return test::run_program(arguments);
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "casetrail.service";
};

TEST(Service, SystemdHasNothingToSayAgainstTheUnit) {
  const auto verified = Analyzed().with({"verify"});
  EXPECT_EQ(verified.exit_code, 0);
  EXPECT_EQ(verified.err, "");
}

TEST(Service, ItsExposureIsWhatAProgramOnTheNetworkCannotDoWithout) {
  const auto rated = Analyzed().with({"security", "--offline=true", "--threshold=15", "--no-pager"});
  EXPECT_EQ(rated.exit_code, 0) << rated.out << rated.err;
}

#endif

}  // namespace
}  // namespace casetrail::operations
