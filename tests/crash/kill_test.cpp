// kill -9 of the engine under load: nothing that was answered is lost, and nothing is there twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <random>
#include <thread>

#include "tests/crash/load.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail {
namespace {

constexpr int kClients = 8;
constexpr int kMessages = 120;
constexpr int kKills = 8;

/// Kills and restarts the engine at random moments while clients insist, and then looks at everything.
void survive(const std::vector<std::string>& options, const std::string& run) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  EngineProcess engine(folder.path(), options);
  engine.start();

  std::atomic<bool> give_up{false};
  std::vector<std::future<Promise>> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.push_back(std::async(std::launch::async, [&, i] {
      return insist(engine.address(), run + "-" + std::to_string(i), kMessages, give_up);
    }));
  }
  try {
    for (int i = 0; i < kKills; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 400));
      engine.kill();
      engine.start();
    }
  } catch (...) {
    give_up = true;
    throw;
  }
  std::vector<Promise> promises;
  for (auto& client : clients) promises.push_back(client.get());
  engine.kill();
  engine.start();

  for (const auto& promise : promises) EXPECT_EQ(promise.outcomes.size(), kMessages + 1U);
  EXPECT_THAT(broken_promises(engine.address(), promises), testing::IsEmpty());
  EXPECT_EQ(engine.stop(), 0);
}

TEST(Kill, NothingIsLostOrDoubledOnTheEmbeddedLog) { survive({}, "embedded"); }

TEST(Kill, NothingIsLostOrDoubledOnKafka) {
  const OwnBroker broker;
  const std::vector<std::string> log{"--brokers", broker.address()};
  const TemporaryFolder folder;
  std::vector<std::string> create{CASETRAIL_BINARY, "topics", "create", "--data", folder.path().string()};
  create.insert(create.end(), log.begin(), log.end());
  const auto created = test::run_program(create);
  ASSERT_EQ(created.exit_code, 0) << created.err;
  survive(log, "kafka");
}

}  // namespace
}  // namespace casetrail
