// What deploy/ has for containers, under the rules of those who read it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail {
namespace {

TEST(Manifests, PassTheRulesOfTheirReaders) {
  const auto checked = test::run_program({CASETRAIL_FOREIGN "/manifests"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

TEST(Manifests, AMemberThatKubernetesDoesNotKnowIsFound) {
  const TemporaryFolder folder;
  std::ifstream in(CASETRAIL_ROOT "/deploy/kubernetes/casetrail.yaml");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  text.replace(text.find("readinessProbe"), 14, "readynessProbe");
  const auto file = folder.path() / "casetrail.yaml";
  std::ofstream(file) << text;
  const auto checked = test::run_program({CASETRAIL_FOREIGN "/manifests", file.string()});
  EXPECT_NE(checked.exit_code, 0);
  EXPECT_NE(checked.out.find("readynessProbe"), std::string::npos) << checked.out << checked.err;
}

}  // namespace
}  // namespace casetrail
