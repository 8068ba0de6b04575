// A real broker for tests: the one that ctest started, or one of the test's own that it may kill.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/kafka/options.h"

namespace casetrail {

/// The address in CASETRAIL_TEST_BROKERS, or of the broker that the fixture of ctest started.
[[nodiscard]] std::string shared_brokers();

/// Where that broker keeps its topics, a folder each partition; the test's machine has it unless
/// CASETRAIL_TEST_BROKERS named another one.
[[nodiscard]] std::filesystem::path shared_broker_log();

/// Options for `brokers` with a prefix that no other test has: topics, groups and transactional ids of its
/// own.
[[nodiscard]] kafka::KafkaOptions fresh_options(const std::string& brokers);

/// What has the binary work on the topics of `options`.
[[nodiscard]] std::vector<std::string> words_for(const kafka::KafkaOptions& options);

/// A log with its topics created; the test ends when that fails.
[[nodiscard]] std::unique_ptr<log::EventLog> open_with_topics(const kafka::KafkaOptions& options,
                                                              log::Partition partitions);

/// What one of Kafka's own tools prints, run against `brokers`.
std::string kafka_tool(const std::string& brokers, const std::string& arguments);

/// Writes `file`, a script as Kafka's own distribution has one for the tool of that class.
void write_kafka_script(const std::filesystem::path& file, const std::string& main_class);

/// A broker that belongs to one test; stopped and deleted with it.
class OwnBroker {
 public:
  /// `options` of deploy/kafka beside the folder; on a free port unless they name one.
  explicit OwnBroker(const std::string& options = "--port 0");
  ~OwnBroker();
  OwnBroker(const OwnBroker&) = delete;
  OwnBroker& operator=(const OwnBroker&) = delete;

  [[nodiscard]] std::string address() const;
  void start() const;
  void kill() const;
  /// While it is killed: what was open or decided of any transaction is known to nobody when it starts again.
  void forget_transactions() const;

 private:
  std::string options_;
  std::filesystem::path data_;
};

/// The three nodes that the fixture `three_nodes` of ctest started, numbered from 1.
class ThreeNodes {
 public:
  /// Throws when they were not started.
  ThreeNodes();

  [[nodiscard]] const std::string& address() const { return address_; }

  /// SIGKILL, SIGSTOP or SIGCONT; what was killed is gone when this returns.
  void signal(int node, int signal) const;
  /// Lets paused nodes go on and starts those that are down, until all three answer.
  void heal() const;

 private:
  std::string address_;
};

}  // namespace casetrail
