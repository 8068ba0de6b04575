// Two minutes and more on each log in an unoptimised build.
#include <gtest/gtest.h>

#include "tests/workers/import/samples.h"
#include "tests/workers/import/two_logs.h"

namespace casetrail::test {
namespace {

TEST(TwoLogs, TheServiceNowLogMakesTheSameBoards) {
  if (!std::filesystem::exists(incident_log())) GTEST_SKIP() << kNoIncidentLog;
  expect_same_boards({incident_log(), servicenow_mapping(), 0}, R"("cases":24918,)");
}

}  // namespace
}  // namespace casetrail::test
