// Runs deploy/kafka.
#include "tests/support/kafka_broker.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

#include "workers/log/kafka/kafka_log.h"

namespace casetrail {
namespace {

std::string run(const std::string& arguments) {
  const auto command = fmt::format("{} {} 2>&1", CASETRAIL_KAFKA_SCRIPT, arguments);
  std::string output;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error(command);
  std::array<char, 4096> buffer{};
  while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), count);
  if (::pclose(pipe) != 0) throw std::runtime_error(command + ": " + output);
  return output;
}

std::string address_in(const std::filesystem::path& data) {
  std::ifstream file(data / "bootstrap");
  std::string address;
  if (!(file >> address))
    throw std::runtime_error("No broker runs. Use ctest, or set CASETRAIL_TEST_BROKERS.");
  return address;
}

/// As in tests/CMakeLists.txt: a node that starts again writes its settings anew.
constexpr auto kThreeNodesSettings = CASETRAIL_TEST_THREE_NODES_SETTINGS;

}  // namespace

std::string shared_brokers() {
  const char* named = std::getenv("CASETRAIL_TEST_BROKERS");
  return named != nullptr ? named : address_in(CASETRAIL_TEST_KAFKA_DATA);
}

std::filesystem::path shared_broker_log() {
  return std::filesystem::path(CASETRAIL_TEST_KAFKA_DATA) / "node-1" / "log";
}

kafka::KafkaOptions fresh_options(const std::string& brokers) {
  kafka::KafkaOptions options;
  options.brokers = brokers;
  options.prefix = fmt::format("t{:x}.", std::random_device{}());
  options.prefetch_bytes = std::size_t{16} << 20;
  return options;
}

std::vector<std::string> words_for(const kafka::KafkaOptions& options) {
  return {"--brokers", options.brokers, "--topic-prefix", options.prefix};
}

std::unique_ptr<log::EventLog> open_with_topics(const kafka::KafkaOptions& options,
                                                log::Partition partitions) {
  auto log = kafka::open_kafka_log(options);
  if (!log) throw std::runtime_error(log.error().what);
  if (const auto reports = (*log)->create_topics(partitions); !reports)
    throw std::runtime_error(reports.error().what);
  return std::move(*log);
}

std::string kafka_tool(const std::string& brokers, const std::string& arguments) {
  return run(fmt::format("tool {} --bootstrap-server {}", arguments, brokers));
}

void write_kafka_script(const std::filesystem::path& file, const std::string& main_class) {
  std::ofstream(file) << fmt::format("#!/bin/sh\n{} tool {} \"$@\"\n", CASETRAIL_KAFKA_SCRIPT, main_class);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

OwnBroker::OwnBroker(const std::string& options)
    : options_(options),
      data_(std::filesystem::temp_directory_path() /
            fmt::format("casetrail-kafka-{}-{:x}", ::getpid(), std::random_device{}())) {
  start();
}

OwnBroker::~OwnBroker() { run(fmt::format("stop --now --wipe --data {}", data_.string())); }

std::string OwnBroker::address() const { return address_in(data_); }

void OwnBroker::start() const {
  run(fmt::format("start {} --heap 256m --set group.min.session.timeout.ms=1000 --data {}", options_,
                  data_.string()));
}

void OwnBroker::kill() const { run(fmt::format("stop --now --data {}", data_.string())); }

void OwnBroker::forget_transactions() const {
  std::vector<std::filesystem::path> known;
  for (const auto& entry : std::filesystem::directory_iterator(data_ / "node-1" / "log")) {
    if (entry.path().filename().string().starts_with("__transaction_state")) known.push_back(entry.path());
  }
  for (const auto& partition : known) std::filesystem::remove_all(partition);
}

ThreeNodes::ThreeNodes() : address_(address_in(CASETRAIL_TEST_THREE_NODES)) {}

void ThreeNodes::signal(int node, int signal) const {
  std::ifstream file(fmt::format("{}/node-{}/pid", CASETRAIL_TEST_THREE_NODES, node));
  pid_t pid = 0;
  if (!(file >> pid) || ::kill(pid, signal) != 0) return;  // it is down
  const auto image = fmt::format("/proc/{}/exe", pid);
  while (signal == SIGKILL && std::filesystem::exists(image)) std::this_thread::sleep_for(Duration{10});
}

void ThreeNodes::heal() const {
  for (const int node : {1, 2, 3}) signal(node, SIGCONT);
  run(fmt::format("start --data {} {}", CASETRAIL_TEST_THREE_NODES, kThreeNodesSettings));
}

}  // namespace casetrail
