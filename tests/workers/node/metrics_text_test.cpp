// The text that Prometheus reads.
#include "workers/node/metrics_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace casetrail::node {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MetricsText, TellsHowTheMemoryIsDivided) {
  const auto plan = plan_memory(1024).value();
  const storage::StorageMemory stores(plan.stores);
  const command::CommandMetrics commands;
  const auto text = metrics_text({commands, {}, {}, {}, {}, stores, plan, {1000, 50}});
  EXPECT_THAT(text, HasSubstr("casetrail_memory_ceiling_bytes 1073741824\n"));
  for (const auto& [part, bytes] : {std::pair{"stores", plan.stores},
                                    {"log", plan.log},
                                    {"cases", plan.cases},
                                    {"rows", plan.rows},
                                    {"batches", plan.batches}}) {
    EXPECT_THAT(text,
                HasSubstr(fmt::format("casetrail_memory_share_bytes{{part=\"{}\"}} {}\n", part, bytes)));
  }
}

TEST(MetricsText, TellsTheLagOfEachViewAndOfTheCommandsAPartitionAndLeavesOutWhatIsNotKnown) {
  const auto plan = plan_memory(1024).value();
  const storage::StorageMemory stores(plan.stores);
  const command::CommandMetrics commands;
  std::vector<log::PartitionLag> command_lag(1);
  command_lag[0].group = "casetrail.commands";
  command_lag[0].lag = 12;
  command_lag[0].lag_seconds = 3.5;
  std::vector<log::PartitionLag> view_lag(2);
  for (auto& row : view_lag) {
    row.worker = "boards";
    row.group = "casetrail.boards.n1";
  }
  view_lag[0].lag = 7;
  view_lag[1].partition = 1;
  projection::ProjectionMetrics boards;
  boards.worker = "boards";
  boards.views = {"handoff", "review"};
  const auto text = metrics_text({commands, {}, command_lag, {boards}, view_lag, stores, plan, {}});
  EXPECT_THAT(text,
              HasSubstr("casetrail_command_lag_records{group=\"casetrail.commands\",partition=\"0\"} 12\n"));
  EXPECT_THAT(text,
              HasSubstr("casetrail_command_lag_seconds{group=\"casetrail.commands\",partition=\"0\"} 3.5\n"));
  for (const auto* view : {"handoff", "review"}) {
    EXPECT_THAT(text, HasSubstr(fmt::format("casetrail_projection_lag_records{{group=\"casetrail.boards.n1\","
                                            "partition=\"0\",view=\"{}\"}} 7\n",
                                            view)));
  }
  EXPECT_THAT(text, Not(HasSubstr("partition=\"1\"")));
}

}  // namespace
}  // namespace casetrail::node
