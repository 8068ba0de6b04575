// Two whole `casetrail serve` on the three nodes, each with its own data folder, and the load on both.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "tests/broker/steady_load.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/temporary_folder.h"

namespace casetrail {

class TwoEngines : public testing::Test {
 protected:
  /// Heals the nodes, makes the topics, starts both engines and the load, and waits until both take part.
  TwoEngines();
  /// Keeps the logs of both engines when the test has failed, and says where.
  void TearDown() override;

  /// How many partitions of the commands an engine owns and serves, by its own metrics; nothing without an
  /// answer.
  [[nodiscard]] static std::optional<int> running_partitions(const EngineProcess& engine);
  /// Waits until `engine` owns between `least` and `most` partitions.
  static void expect_partitions(const EngineProcess& engine, int least, int most);
  static void expect_ready(const EngineProcess& engine);

  /// Ends the load and looks at everything: promises, boards, and the events as another reader sees them.
  /// Both engines run.
  void expect_nothing_lost_or_doubled(const std::string& fault, SteadyLoad::Clock::time_point from);

  ThreeNodes nodes_;
  TemporaryFolder folder_;
  std::unique_ptr<EngineProcess> first_;
  std::unique_ptr<EngineProcess> second_;
  std::optional<SteadyLoad> load_;
};

}  // namespace casetrail
