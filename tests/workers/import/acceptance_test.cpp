// The whole ServiceNow log, where it stands beside the checkout: its figures as others have counted them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

std::filesystem::path incident_log() {
  const char* named = std::getenv("CASETRAIL_ACCEPTANCE_DATA");
  const std::filesystem::path folder = named != nullptr ? named : repository() / "../shared/data";
  return folder / "servicenow_incidents.csv.gz";
}

/// The groups of a case in the order of its facts.
struct Route {
  std::vector<DepartmentId> groups;
  int handoffs = 0;
  bool reopened = false;

  void take(const AssignmentMade& fact) {
    if (groups.empty()) groups.push_back(fact.department_id);
  }
  void take(const HandoffRequested& fact) {
    ++handoffs;
    groups.push_back(fact.to.department_id);
  }
  void take(const CaseReopened&) { reopened = true; }
  void take(const auto&) {}

  [[nodiscard]] int ping_pongs() const {
    int count = 0;
    for (std::size_t i = 2; i < groups.size(); ++i) count += groups[i] == groups[i - 2] ? 1 : 0;
    return count;
  }
};

TEST(Acceptance, TheServiceNowLogCountsAsItsReadersCounted) {
  if (!std::filesystem::exists(incident_log())) {
    GTEST_SKIP()
        << "the ServiceNow log is not beside this checkout (set CASETRAIL_ACCEPTANCE_DATA to its folder)";
  }
  auto reader = HistoryReader::open(incident_log(), servicenow_mapping());
  ASSERT_TRUE(reader) << reader.error();
  std::map<CaseId, Route> routes;
  std::set<CommandId> ids;
  int rows = 0;
  HistoryRow row;
  while (reader->next(row).value()) {
    ++rows;
    ASSERT_TRUE(row.read) << "line " << row.line << ": " << row.read.error();
    ids.insert(row.read->command_id);
    auto& route = routes[row.read->case_id];
    for (const auto& fact : row.read->facts) {
      std::visit([&](const auto& event) { route.take(event); }, fact);
    }
  }
  std::map<std::string, int> totals;
  for (const auto& [id, route] : routes) {
    totals["handoffs"] += route.handoffs;
    totals["cases_with_handoffs"] += route.handoffs > 0 ? 1 : 0;
    totals["ping_pongs"] += route.ping_pongs();
    totals["cases_with_ping_pongs"] += route.ping_pongs() > 0 ? 1 : 0;
    totals["reopened_cases"] += route.reopened ? 1 : 0;
  }
  EXPECT_EQ(rows, 141712);
  EXPECT_EQ(ids.size(), 141712U);
  EXPECT_EQ(routes.size(), 24918U);
  EXPECT_EQ(totals, (std::map<std::string, int>{{"handoffs", 19087},
                                                {"cases_with_handoffs", 9575},
                                                {"ping_pongs", 3675},
                                                {"cases_with_ping_pongs", 2216},
                                                {"reopened_cases", 275}}));
}

}  // namespace
}  // namespace casetrail::test
