// Two engines share the partitions; one of them ends, dies, or sleeps and wakes as a zombie.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/broker/two_engines.h"

namespace casetrail {
namespace {

using Clock = std::chrono::steady_clock;

class TwoProcesses : public TwoEngines {
 protected:
  void expect_second_has_all() const { expect_partitions(*second_, 8, 8); }
  void expect_shared() const {
    expect_partitions(*first_, 4, 4);
    expect_partitions(*second_, 4, 4);
  }

  /// Of everything that both engines do.
  [[nodiscard]] std::vector<std::string> groups() const {
    return {std::string(log::kCommandGroup), "casetrail.boards." + node_of(*first_),
            "casetrail.history." + node_of(*first_), "casetrail.boards." + node_of(*second_),
            "casetrail.history." + node_of(*second_)};
  }

  void expect_no_lag(const std::string& group) const {
    const std::vector<std::string> nothing(8, "0");
    const auto deadline = Clock::now() + std::chrono::seconds(60);
    auto lags = lags_of(group);
    while (lags != nothing && Clock::now() < deadline) lags = lags_of(group);
    EXPECT_EQ(lags, nothing) << group;
  }

 private:
  [[nodiscard]] static std::string node_of(const EngineProcess& engine) {
    std::ifstream file(engine.data() / "node");
    std::string node;
    file >> node;
    return node;
  }

  /// The lag that Kafka's own tool shows of each partition of a group; a dash where it knows none, but for a
  /// partition in which nothing ever was.
  [[nodiscard]] std::vector<std::string> lags_of(const std::string& group) const {
    std::istringstream lines(
        kafka_tool(nodes_.address(),
                   "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --describe --group " + group));
    std::vector<std::string> lags;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream columns(line);
      std::string name, topic, partition, current, end, lag;
      columns >> name >> topic >> partition >> current >> end >> lag;
      if (name == group) lags.push_back(lag == "-" && end == "0" ? "0" : lag);
    }
    return lags;
  }
};

TEST_F(TwoProcesses, OneTakesOverWhatTheOtherStopsOrLosesAndNoLagIsLeft) {
  const auto from = Clock::now();
  EXPECT_EQ(first_->stop(), 0);
  expect_second_has_all();
  EXPECT_TRUE(load_->goes_on());
  first_->start();
  expect_shared();
  first_->kill();
  expect_second_has_all();
  EXPECT_TRUE(load_->goes_on());
  first_->start();
  expect_shared();
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("an engine stopped and killed", from);
  for (const auto& group : groups()) expect_no_lag(group);
}

TEST_F(TwoProcesses, AZombieWritesNothingAndTakesPartAgain) {
  const auto from = Clock::now();
  first_->signal(SIGSTOP);  // with batches in its hands
  expect_second_has_all();
  EXPECT_TRUE(load_->goes_on());
  first_->signal(SIGCONT);
  expect_shared();
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("an engine silent for longer than its session", from);
}

}  // namespace
}  // namespace casetrail
