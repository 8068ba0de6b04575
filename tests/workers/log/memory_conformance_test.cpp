// The scripted log keeps the port's promises while no fault is scripted.
#include "tests/support/memory_log.h"
#include "tests/workers/log/conformance.h"

namespace casetrail::log {
namespace {

class MemoryUnderTest final : public LogUnderTest {
 public:
  std::unique_ptr<EventLog> open() override { return std::make_unique<MemoryLog>(kConformancePartitions); }
  void recreate() override {}
  Duration patience() const override { return Duration{100}; }
};

INSTANTIATE_TEST_SUITE_P(Memory, LogConformance,
                         testing::Values(TestedLog{"Memory",
                                                   [] { return std::make_unique<MemoryUnderTest>(); }}));

}  // namespace
}  // namespace casetrail::log
