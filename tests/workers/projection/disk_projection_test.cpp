// The whole room on what an operator has: the embedded log and RocksDB, in a folder.
#include <fstream>

#include "events/case/work.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/projection/projection_rig.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/partition.h"
#include "workers/projection/disk_copy_storage.h"

namespace casetrail::projection {
namespace {

class DiskProjection : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = embedded::open_embedded_log({.folder = folder.path() / "log"});
    ASSERT_TRUE(opened) << opened.error().what;
    log = std::move(opened->log);
    ASSERT_TRUE(log->create_topics(2));
  }

  void start(std::vector<const kit::ViewType*> views = {&kTally}) {
    process.reset();
    copies = std::make_unique<DiskCopyStorage>(folder.path(), "boards", memory);
    process = std::make_unique<ProjectionProcess>(*log, *copies, std::move(views));
  }

  void happen(const std::string& case_id, int events) {
    EventsOf facts(case_id);
    for (int i = 0; i < events; ++i) facts.add(WorkStarted{});
    for (const auto& fact : facts.events()) {
      ASSERT_TRUE(
          log::append_and_wait(*log, log::Topic::events, log::partition_of(case_id, 2), write_event(fact)));
    }
  }

  TemporaryFolder folder;
  storage::StorageMemory memory{64U << 20U};
  std::unique_ptr<log::EventLog> log;
  std::unique_ptr<DiskCopyStorage> copies;
  std::unique_ptr<ProjectionProcess> process;
};

TEST_F(DiskProjection, GoesOnAfterARestartAndIsNeverBehindWhenIdle) {
  happen("a", 5);
  happen("b", 7);
  start();
  process->steps(2);
  EXPECT_NE(process->board().find(R"("totals":{"cases":2,"events":12})"), std::string::npos);
  happen("c", 3);
  start();
  process->steps(2);
  EXPECT_NE(process->board().find(R"("totals":{"cases":3,"events":15})"), std::string::npos);
  for (const auto& row : process->boards->lag(process->now)) EXPECT_EQ(row.lag, 0) << row.partition;
}

TEST_F(DiskProjection, RebuildsSwitchesAndRemovesTheOldCopy) {
  happen("a", 5);
  start();
  process->steps(2);
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(12);
  EXPECT_EQ(process->stage(), RebuildStage::switched);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "stores/boards.1"));
  start();
  EXPECT_EQ(process->projection->copies().live->number(), 2);
  EXPECT_EQ(process->progress(log::partition_of("a", 2)).position.applied, 5);
}

TEST_F(DiskProjection, ACopyThatDiffersIsRemoved) {
  happen("a", 5);
  start();
  process->steps(2);
  start({&kTallyUnlike});
  ASSERT_TRUE(process->boards->rebuild("tally"));
  process->steps(12);
  EXPECT_EQ(process->stage(), RebuildStage::differs);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "stores/boards.2"));
  EXPECT_EQ(copies->live().value(), 1);
}

TEST_F(DiskProjection, APointerThatIsNoNumberIsNotGuessed) {
  start();
  process.reset();
  std::ofstream(folder.path() / "stores/boards.live") << "one\n";
  const auto opened = Projection::open(*log, {"boards", {&kTally}}, *copies, 1);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find("Remove it"), std::string::npos);
}

}  // namespace
}  // namespace casetrail::projection
