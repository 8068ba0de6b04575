#include "tests/workers/import/two_logs.h"

#include <gtest/gtest.h>

#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

TEST(TwoLogs, ASampleMakesTheSameBoards) {
  expect_same_boards({sample("incidents.csv"), servicenow_mapping(), 1}, R"("cases":3,)");
}

}  // namespace
}  // namespace casetrail::test
