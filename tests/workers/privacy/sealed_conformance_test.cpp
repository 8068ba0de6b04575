// A sealed log keeps the port's promises, whichever log lies below.
#include "tests/support/map_store.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/log/conformance.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::privacy {
namespace {

using log::kConformancePartitions;

class SealedUnderTest : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override {
    return seal_log(open_inner(), master_, [](log::Partition) { return std::make_unique<MapHome>(); })
        .value();
  }

 private:
  virtual std::shared_ptr<log::EventLog> open_inner() = 0;

  Secret master_ = Secret::random();
};

class SealedMemory final : public SealedUnderTest {
 public:
  void recreate() override {}
  Duration patience() const override { return Duration{100}; }

 private:
  std::shared_ptr<log::EventLog> open_inner() override {
    return std::make_shared<MemoryLog>(kConformancePartitions);
  }
};

class SealedEmbedded final : public SealedUnderTest {
 public:
  void recreate() override { std::filesystem::remove_all(folder_.path()); }

 private:
  std::shared_ptr<log::EventLog> open_inner() override {
    auto opened = must(embedded::open_embedded_log({.folder = folder_.path() / "log"}));
    EXPECT_TRUE(opened.log->create_topics(kConformancePartitions));
    return std::move(opened.log);
  }

  TemporaryFolder folder_;
};

const auto kMemory =
    testing::Values(log::TestedLog{"Memory", [] { return std::make_unique<SealedMemory>(); }});
const auto kEmbedded =
    testing::Values(log::TestedLog{"Embedded", [] { return std::make_unique<SealedEmbedded>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(SealedMemory, LogConformance, kMemory);
INSTANTIATE_TEST_SUITE_P(SealedEmbedded, LogConformance, kEmbedded);
INSTANTIATE_TEST_SUITE_P(SealedEmbedded, LastingLogConformance, kEmbedded);

}  // namespace
}  // namespace casetrail::privacy
