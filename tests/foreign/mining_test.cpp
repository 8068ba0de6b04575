// What process mining makes of an export is what lies in the log, and what the boards say.
#include "tests/foreign/process_mining.h"

namespace casetrail {
namespace {

TEST_F(ProcessMining, CountsInEveryExportWhatTheBoardsCount) {
  play(200);
  expect_counts_of_the_boards();
}

}  // namespace
}  // namespace casetrail
