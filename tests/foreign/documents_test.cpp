// The published documents are what others' tools expect, and what the server does.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/engine_process.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail {
namespace {

class Document : public testing::TestWithParam<std::string> {};

TEST_P(Document, PassesTheRecommendedRules) {
  const TemporaryFolder folder;
  const auto file = folder.path() / (GetParam() + ".json");
  const auto document = test::run_program({CASETRAIL_BINARY, "schema", GetParam()});
  ASSERT_EQ(document.exit_code, 0) << document.err;
  std::ofstream(file) << document.out;
  const auto lint = test::run_program({CASETRAIL_FOREIGN "/lint", GetParam(), file.string()});
  EXPECT_EQ(lint.exit_code, 0) << lint.out << lint.err;
}

INSTANTIATE_TEST_SUITE_P(Published, Document, testing::Values("openapi", "asyncapi"),
                         [](const auto& test) { return test.param; });

class GeneratedClient : public testing::TestWithParam<std::string> {};

TEST_P(GeneratedClient, PlaysAWholeCaseWithFilters) {
  const TemporaryFolder folder;
  EngineProcess engine(folder.path(), {});
  engine.start();
  const auto played =
      test::run_program({CASETRAIL_FOREIGN "/client", GetParam(), "http://" + engine.address().text()});
  EXPECT_EQ(played.exit_code, 0) << played.out << played.err;
}

INSTANTIATE_TEST_SUITE_P(Made, GeneratedClient, testing::Values("typescript", "python"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace casetrail
