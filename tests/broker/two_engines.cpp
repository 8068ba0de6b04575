// What every test of a fault begins and ends with.
#include "tests/broker/two_engines.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <charconv>
#include <random>
#include <stdexcept>
#include <thread>

#include "tests/broker/events_topic.h"
#include "tests/crash/oracle.h"
#include "tests/support/program.h"
#include "workers/http/client.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(90);
constexpr auto kPartitions = 8;

std::unique_ptr<EngineProcess> engine_in(const std::filesystem::path& data, const std::string& brokers) {
  std::filesystem::create_directories(data);
  return std::make_unique<EngineProcess>(data, std::vector<std::string>{"--brokers", brokers});
}

std::optional<std::string> answer_of(const EngineProcess& engine, const std::string& path) {
  const auto answer =
      http::HttpClient::to(engine.address())->ask({"GET", path, {}, {}}, std::chrono::seconds(5));
  if (!answer || answer->status != 200) return std::nullopt;
  return answer->body;
}

template <class Holds>
bool wait_until(const Holds& holds) {
  const auto deadline = Clock::now() + kPatience;
  while (!holds()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

}  // namespace

TwoEngines::TwoEngines()
    : first_(engine_in(folder_.path() / "first", nodes_.address())),
      second_(engine_in(folder_.path() / "second", nodes_.address())) {
  nodes_.heal();
  const auto created = test::run_program({CASETRAIL_BINARY, "topics", "create", "--brokers", nodes_.address(),
                                          "--data", (folder_.path() / "first").string()});
  if (created.exit_code != 0) throw std::runtime_error(created.err);
  first_->start();
  second_->start();
  expect_partitions(*first_, 4, 4);
  expect_partitions(*second_, 4, 4);
  load_.emplace(std::vector{first_->address(), second_->address()},
                fmt::format("run{:x}", std::random_device{}()));
  EXPECT_TRUE(load_->goes_on());
}

void TwoEngines::TearDown() {
  if (!HasFailure()) return;
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  for (const auto* engine : {first_.get(), second_.get()}) {
    const auto kept = std::filesystem::temp_directory_path() /
                      fmt::format("casetrail-{}-{}.log", test->name(), engine->data().filename().string());
    std::filesystem::copy_file(engine->data() / "serve.log", kept,
                               std::filesystem::copy_options::overwrite_existing);
    fmt::print("the log of an engine: {}\n", kept.string());
  }
}

std::optional<int> TwoEngines::running_partitions(const EngineProcess& engine) {
  constexpr std::string_view kGauge = R"(casetrail_command_partitions{phase="running"} )";
  const auto metrics = answer_of(engine, "/metrics");
  if (!metrics) return std::nullopt;
  const auto at = metrics->find(kGauge);
  int count = 0;
  if (at != std::string::npos) {
    const auto* begin = metrics->data() + at + kGauge.size();
    std::from_chars(begin, metrics->data() + metrics->size(), count);
  }
  return count;
}

void TwoEngines::expect_partitions(const EngineProcess& engine, int least, int most) {
  std::optional<int> held;
  EXPECT_TRUE(wait_until([&] {
    held = running_partitions(engine);
    return held && *held >= least && *held <= most;
  })) << engine.data()
      << " runs " << held.value_or(-1) << " of " << kPartitions << " partitions";
}

void TwoEngines::expect_ready(const EngineProcess& engine) {
  EXPECT_TRUE(wait_until([&] { return answer_of(engine, "/readyz").has_value(); })) << engine.data();
}

void TwoEngines::expect_nothing_lost_or_doubled(const std::string& fault, Clock::time_point from) {
  const auto promises = load_->end();
  load_->report_pause(fault, from);
  for (const auto* engine : {first_.get(), second_.get()}) {
    expect_ready(*engine);
    EXPECT_THAT(crash::broken_promises(engine->address(), promises), testing::IsEmpty()) << engine->data();
  }
  EXPECT_THAT(crash::differences_from_a_rebuild(second_->data(), {"--brokers", nodes_.address()}),
              testing::IsEmpty());
  kafka::KafkaOptions options;
  options.brokers = nodes_.address();
  const auto log = kafka::open_kafka_log(options);
  ASSERT_TRUE(log) << log.error().what;
  EXPECT_THAT(contradictions_in_events(**log), testing::IsEmpty());
}

}  // namespace casetrail
