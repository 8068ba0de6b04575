// The same of what takes minutes: as many cases as a month has, and a public log.
#include <cstdlib>

#include "tests/foreign/process_mining.h"

namespace casetrail {
namespace {

/// The whole ServiceNow log, which is not of this repository.
std::filesystem::path incident_log() {
  const char* named = std::getenv("CASETRAIL_ACCEPTANCE_DATA");
  const auto folder = named != nullptr ? std::filesystem::path(named)
                                       : std::filesystem::path(CASETRAIL_ROOT) / "../shared/data";
  return folder / "servicenow_incidents.csv.gz";
}

TEST_F(ProcessMining, CountsInASimulatedMonthWhatTheBoardsCount) {
  play(4'000);
  expect_counts_of_the_boards();
}

TEST_F(ProcessMining, CountsInAnImportedLogWhatTheBoardsCount) {
  if (!std::filesystem::exists(incident_log()))
    GTEST_SKIP()
        << "the ServiceNow log is not beside this checkout (set CASETRAIL_ACCEPTANCE_DATA to its folder)";
  (void)said({"import", "csv", incident_log().string(), "--mapping",
              CASETRAIL_ROOT "/deploy/mappings/servicenow-incidents.yaml"});
  expect_counts_of_the_boards();
}

}  // namespace
}  // namespace casetrail
