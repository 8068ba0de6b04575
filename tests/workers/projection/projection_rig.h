// A process that holds one projection, over a log and copies that outlive it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/map_copies.h"
#include "tests/support/memory_log.h"
#include "tests/support/tally_view.h"
#include "workers/log/partition.h"
#include "workers/projection/boards.h"
#include "workers/projection/projection_control.h"
#include "workers/projection/projection_worker.h"

namespace casetrail::projection {

/// A whole run of the process; a new one is a restart.
class ProjectionProcess {
 public:
  ProjectionProcess(log::EventLog& log, CopyStorage& copies, std::vector<const kit::ViewType*> views,
                    std::size_t threads = 1) {
    auto opened = Projection::open(log, {"boards", std::move(views)}, copies, threads);
    EXPECT_TRUE(opened) << opened.error();
    projection = *std::move(opened);
    control = std::make_unique<ProjectionControl>(log, *projection, "n1");
    boards = std::make_unique<Boards>(std::vector<const ProjectionControl*>{control.get()});
    for (std::size_t i = 0; i < threads; ++i) {
      workers.push_back(std::make_unique<ProjectionWorker>(log, *projection, i, Duration{0}));
    }
  }

  /// One round of every thread, a second after the last one.
  void step() {
    now += std::chrono::seconds(1);
    feed();
    EXPECT_TRUE(control->step(now));
  }
  void steps(int rounds) {
    for (int i = 0; i < rounds; ++i) step();
  }
  void look() {
    for (const auto& worker : workers) EXPECT_TRUE(worker->step(now));
  }
  /// Looks twice: what came close behind the last write is written once nothing follows it.
  void feed() {
    look();
    look();
  }

  [[nodiscard]] RebuildStage stage() const {
    const auto status = projection->rebuild_status();
    return status ? status->stage : RebuildStage::building;
  }
  [[nodiscard]] std::string board(const kit::BoardQuery& query = {}) const {
    const auto json = boards->render("tally", query);
    return json ? json->json : json.error().sentence;
  }
  [[nodiscard]] PartitionProgress progress(log::Partition partition = 0) const {
    return projection->copies().live->partition(partition).progress();
  }

  Timestamp now = kMonday;
  std::unique_ptr<Projection> projection;
  std::unique_ptr<ProjectionControl> control;
  std::unique_ptr<Boards> boards;
  std::vector<std::unique_ptr<ProjectionWorker>> workers;
};

/// A log of two partitions and a place for copies.
class ProjectionTest : public ::testing::Test {
 protected:
  std::unique_ptr<ProjectionProcess> start(std::vector<const kit::ViewType*> views = {&kTally},
                                           std::size_t workers = 1) {
    return std::make_unique<ProjectionProcess>(log, copies, std::move(views), workers);
  }

  static CaseEvent event(const std::string& case_id, std::int64_t seq, log::Offset command = 0) {
    CaseEvent fact = EventsOf(case_id).add(WorkStarted{}).events().front();
    fact.seq = seq;
    fact.command_offset = command;
    return fact;
  }
  /// Appends the next events of a case: of a, b, c and x to partition 0, of d to partition 1.
  void happen(const std::string& case_id, std::int64_t first_seq, std::int64_t last_seq) {
    for (auto seq = first_seq; seq <= last_seq; ++seq) append(event(case_id, seq, seq));
  }
  void append(const CaseEvent& fact) {
    append(write_event(fact), log::partition_of(fact.case_id.value, log.partitions()));
  }
  void append(Message message, log::Partition partition = 0) {
    ASSERT_TRUE(log::append_and_wait(log, log::Topic::events, partition, std::move(message)));
  }
  [[nodiscard]] log::Offset group_offset(const std::string& group, log::Partition partition = 0) {
    const auto positions = log.group_positions(group, log::Topic::events);
    return positions->at(static_cast<std::size_t>(partition)).committed.value_or(-1);
  }

  MemoryLog log{2};
  MapCopies copies;
};

}  // namespace casetrail::projection
