// What one event costs between its bytes on the log and its struct.
#include <benchmark/benchmark.h>

#include "events/case/case_event.h"
#include "events/case/handoff.h"
#include "tests/support/borrowed_message.h"

namespace casetrail {
namespace {

CaseEvent sample() {
  CaseEvent event;
  event.case_id.value = "018f0c7e-5b1a-7c22-9d0e-3a5b7c9d1e2f";
  event.seq = 3;
  event.occurred_at = event.recorded_at = from_epoch_ms(1'795'421'109'120);
  event.actor = {ActorKind::agent, "li.wei", DepartmentId{"cs"}, "agent", "1024"};
  event.command_id.value = "01930c7e-0000-7c22-9d0e-3a5b7c9d1e2f";
  event.command_digest = "0123456789abcdef0123456789abcdef";
  event.command_offset = 421'337;
  event.policy_version = 2;
  event.correlation_id = event.case_id.value;
  event.event = HandoffRequested{HandoffId{"h1"},
                                 HandoffKind::department,
                                 {DepartmentId{"cs"}, AgentId{"li.wei"}},
                                 {DepartmentId{"tech"}, std::nullopt},
                                 HandoffReason::skill_needed,
                                 "find_cause",
                                 DutyId{"product_technical"},
                                 from_epoch_ms(1'795'428'309'120),
                                 HandoffNote{"王小明", "淘宝旺旺 wang_xm", "充电座无输出", "当天给出答复",
                                             "检测电源模块", "先远程指导，再安排寄修"}};
  return event;
}

void EncodeEvent(benchmark::State& state) {
  const auto event = sample();
  for (auto _ : state) benchmark::DoNotOptimize(write_event(event));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(EncodeEvent);

void DecodeEvent(benchmark::State& state) {
  const auto message = write_event(sample());
  const BorrowedMessage borrowed(message);
  CaseEvent event;
  for (auto _ : state) benchmark::DoNotOptimize(read_event(borrowed.view(), event));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(DecodeEvent);

}  // namespace
}  // namespace casetrail

BENCHMARK_MAIN();
