// The whole ServiceNow log, where it stands beside the checkout: its figures as others have counted them.
#include <gmock/gmock.h>

#include <unordered_map>
#include <unordered_set>

#include "projections/boards.h"
#include "tests/support/map_rows.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

/// Every fact of the log, folded into the handoff board.
class Board {
 public:
  void take(const imports::RowFacts& row) {
    for (const auto& fact : row.facts) {
      CaseEvent record;
      record.case_id = row.case_id;
      record.seq = ++seqs_[row.case_id];
      record.occurred_at = row.at;
      record.recorded_at = row.at;
      record.actor.kind = ActorKind::import_;
      record.actor.id = "servicenow";
      record.event = fact;
      view_->apply(record);
    }
  }

  std::string json() {
    rows_.take(*view_);
    const kit::Rows* partition = &rows_;
    return find_view("handoff")
        ->render({&partition, 1}, {.now = parse_timestamp("2026-11-23T08:00:00Z").value()})
        .value();
  }

 private:
  MapRows rows_;
  std::unique_ptr<kit::View> view_ = find_view("handoff")->open(rows_);
  std::unordered_map<CaseId, std::int64_t> seqs_;
};

TEST(Acceptance, TheServiceNowLogCountsAsItsReadersCounted) {
  if (!std::filesystem::exists(incident_log())) GTEST_SKIP() << kNoIncidentLog;
  auto reader = imports::HistoryReader::open(incident_log(), servicenow_mapping(), import_time());
  ASSERT_TRUE(reader) << reader.error();
  Board board;
  std::unordered_set<std::string> ids;
  int rows = 0;
  imports::HistoryRow row;
  while (reader->next(row).value()) {
    ++rows;
    ASSERT_TRUE(row.read) << "line " << row.line << ": " << row.read.error();
    ids.insert(row.read->command_id.value);
    board.take(*row.read);
  }
  EXPECT_EQ(rows, 141712);
  EXPECT_EQ(ids.size(), 141712U);
  EXPECT_EQ(reader->cases(), 24918U);
  const auto json = board.json();
  for (const auto* total :
       {R"("cases":24918)", R"("handoffs":19087)", R"("cases_with_handoffs":9575)", R"("ping_pongs":3675)",
        R"("cases_with_ping_pongs":2216)", R"("reopened_cases":275)"}) {
    EXPECT_THAT(json, testing::HasSubstr(total)) << json.substr(0, 400);
  }
}

}  // namespace
}  // namespace casetrail::test
