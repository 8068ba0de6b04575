// A node of three is lost, moved or silent under load: the load goes on, and nothing is lost or doubled.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <regex>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/broker/two_engines.h"

namespace casetrail {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kSession = 3s;  ///< of a node, as tests/CMakeLists.txt sets it

class BrokerFault : public TwoEngines {
 protected:
  /// Makes `node` the leader of every partition, those of Kafka's own topics included.
  void lead_all_by(int node) const {
    std::string plan;
    const auto add = [&](const std::string& topic, int partitions) {
      for (int i = 0; i < partitions; ++i) {
        plan += fmt::format(R"({}{{"topic":"{}","partition":{},"replicas":[{},{},{}]}})",
                            plan.empty() ? "" : ",", topic, i, node, node % 3 + 1, (node + 1) % 3 + 1);
      }
    };
    for (const auto* topic : {"casetrail.commands", "casetrail.events", "casetrail.outcomes",
                              "casetrail.deadletters", "__transaction_state", "__consumer_offsets"})
      add(topic, 8);
    const auto file = (folder_.path() / "plan.json").string();
    std::ofstream(file) << R"({"version":1,"partitions":[)" << plan << "]}";
    kafka_tool(nodes_.address(),
               "org.apache.kafka.tools.reassign.ReassignPartitionsCommand --execute "
               "--reassignment-json-file " +
                   file);
    kafka_tool(
        nodes_.address(),
        "org.apache.kafka.tools.LeaderElectionCommand --election-type preferred --all-topic-partitions");
  }

  /// The node that keeps the command group.
  [[nodiscard]] int coordinator() const {
    const auto state =
        kafka_tool(nodes_.address(),
                   "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --describe --state --group "
                   "casetrail.commands");
    std::smatch found;  // GROUP COORDINATOR (ID) …: casetrail.commands 127.0.0.1:9092 (1) …
    if (!std::regex_search(state, found, std::regex(R"(\(([123])\))"))) throw std::runtime_error(state);
    return std::stoi(found[1]);
  }
};

TEST_F(BrokerFault, ANodeIsKilledAndComesBack) {
  const auto from = Clock::now();
  nodes_.signal(2, SIGKILL);
  EXPECT_TRUE(load_->goes_on());
  nodes_.heal();
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("a node killed and brought back", from);
}

TEST_F(BrokerFault, LeadershipMoves) {
  const auto from = Clock::now();
  lead_all_by(1);
  EXPECT_TRUE(load_->goes_on());
  lead_all_by(2);
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("every leader moved, twice", from);
}

TEST_F(BrokerFault, ANodeIsSilentForLongerThanItsSession) {
  const auto from = Clock::now();
  nodes_.signal(3, SIGSTOP);
  std::this_thread::sleep_for(2 * kSession);
  EXPECT_TRUE(load_->goes_on());
  nodes_.signal(3, SIGCONT);
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("a node silent for twice its session", from);
}

TEST_F(BrokerFault, TheCoordinatorIsSilentAndThenKilled) {
  const auto from = Clock::now();
  const int node = coordinator();
  nodes_.signal(node, SIGSTOP);
  std::this_thread::sleep_for(2 * kSession);
  EXPECT_TRUE(load_->goes_on());
  nodes_.signal(node, SIGKILL);
  EXPECT_TRUE(load_->goes_on());
  nodes_.heal();
  EXPECT_TRUE(load_->goes_on());
  expect_nothing_lost_or_doubled("the coordinator silent, then killed", from);
}

}  // namespace
}  // namespace casetrail
