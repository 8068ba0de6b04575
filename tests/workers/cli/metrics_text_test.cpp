// The text that Prometheus reads.
#include "workers/cli/metrics_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace casetrail {
namespace {

using testing::HasSubstr;

TEST(MetricsText, TellsHowTheMemoryIsDivided) {
  const auto plan = plan_memory(1024).value();
  const StorageMemory stores(plan.stores);
  const CommandMetrics commands;
  const auto text = metrics_text({commands, {}, {}, stores, plan});
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

}  // namespace
}  // namespace casetrail
