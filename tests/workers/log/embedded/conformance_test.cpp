// The embedded log keeps the port's promises.
#include "tests/workers/log/conformance.h"

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::embedded {
namespace {

class EmbeddedUnderTest final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override {
    auto opened = open_embedded_log({.folder = folder_.path() / "log"});
    EXPECT_TRUE(opened) << opened.error().what;
    EXPECT_TRUE(opened->log->create_topics(log::kConformancePartitions));
    return std::move(opened->log);
  }

  void recreate() override { std::filesystem::remove_all(folder_.path()); }

 private:
  TemporaryFolder folder_;
};

const auto kKind =
    testing::Values(log::TestedLog{"Embedded", [] { return std::make_unique<EmbeddedUnderTest>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(Embedded, LogConformance, kKind);
INSTANTIATE_TEST_SUITE_P(Embedded, LastingLogConformance, kKind);

}  // namespace
}  // namespace casetrail::embedded
