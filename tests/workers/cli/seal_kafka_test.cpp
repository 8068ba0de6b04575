// A log on a real broker moves into new topics, in which it is sealed.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "events/case/privacy.h"
#include "events/wire/cloud_event.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/map_store.h"
#include "tests/support/must.h"
#include "tests/support/program.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/log/partition.h"
#include "workers/privacy/copy_check.h"
#include "workers/privacy/master_key.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using log::Topic;
using testing::HasSubstr;

constexpr log::Partition kTopicsHave = 2;
constexpr log::Offset kTakenBefore = 25'000;

class SealedTopics : public testing::Test {
 protected:
  SealedTopics() {
    const auto log = open_with_topics(from_, kTopicsHave);
    for (const auto& event : random_history(5, 20, 300)) {
      if (event.event.get_if<CustomerErased>() != nullptr) continue;
      const auto partition = log::partition_of(event.case_id.value, kTopicsHave);
      must(log::append_and_wait(*log, Topic::events, partition, write_event(event)));
      ++events_;
    }
    must(log::append_and_wait(*log, Topic::policy, 0, {"policy", "version: 1\n", {}, {}}));
  }

  [[nodiscard]] test::Ran seal() const {
    auto words = words_for(from_);
    words.insert(words.begin(), {CASETRAIL_BINARY, "seal", to_.prefix, "--json", "--master-key", key(),
                                 "--data", (folder_.path() / "data").string()});
    return test::run_program(words);
  }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }
  [[nodiscard]] std::unique_ptr<log::EventLog> opened(const kafka::KafkaOptions& options) const {
    return must(kafka::open_kafka_log(options));
  }

  TemporaryFolder folder_;
  kafka::KafkaOptions from_ = fresh_options(shared_brokers());
  kafka::KafkaOptions to_ = fresh_options(shared_brokers());
  privacy::Secret master_ = privacy::create_master_key(folder_.path() / "master.key").value();
  std::int64_t events_ = 0;
};

TEST_F(SealedTopics, HoldEachEventAndTheirCommandsBeginWhereTheOldOnesEnd) {
  {
    const auto log = opened(from_);
    must(kafka::begin_kafka_commands(from_, *log, {kTakenBefore, 0}));
  }
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("\"equal\":" + std::to_string(events_)));
  const auto raw = opened(to_);
  EXPECT_TRUE(privacy::check_nothing_open(*raw));
  EXPECT_FALSE(privacy::is_half_copied(*raw).value());
  const auto commands = must(raw->bounds(Topic::commands));
  EXPECT_EQ(commands[0].low, kTakenBefore);
  EXPECT_EQ(commands[0].high, kTakenBefore);
  EXPECT_EQ(commands[1].high, 0);
  const auto sealed = must(
      privacy::seal_log(opened(to_), master_, [](log::Partition) { return std::make_unique<MapHome>(); }));
  EXPECT_EQ(privacy::compare_copy(*opened(from_), *sealed, [](auto, auto) {}).value(), events_);
  EXPECT_EQ(committed_values(*sealed, Topic::policy, 0), std::vector<std::string>{"version: 1\n"});
  const auto again = seal();
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("holds one. Name another one for the copy."));
}

TEST_F(SealedTopics, ThatWereLeftHalfAreMadeAnew) {
  {
    const auto half = open_with_topics(to_, kTopicsHave);
    must(privacy::mark_half_copied(*half));
    must(log::append_and_wait(*half, Topic::events, 0, {"case-1", "half", {}, {}}));
  }
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("\"equal\":" + std::to_string(events_)));
}

TEST_F(SealedTopics, AreRefusedWhileSomebodyTakesCommands) {
  const auto log = opened(from_);
  const auto server = must(log->join(std::string(log::kCommandGroup), Topic::commands, std::nullopt));
  poll_until_assigned(*server, kTopicsHave);
  const auto refused = seal();
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("The log is being written"));
}

/// A day of cases on a broker, and a person whose texts nothing else holds.
class SealedDay : public testing::Test {
 protected:
  SealedDay() {
    EXPECT_TRUE(open_with_topics(from_, kTopicsHave));
    EXPECT_TRUE(privacy::create_master_key(key()));
  }

  [[nodiscard]] std::vector<std::string> open() const { return words_of(from_, "open"); }
  [[nodiscard]] std::vector<std::string> sealed() const {
    auto words = words_of(to_, "sealed");
    words.insert(words.end(), {"--master-key", key()});
    return words;
  }
  [[nodiscard]] static test::Ran run(std::vector<std::string> words, const std::vector<std::string>& log) {
    words.insert(words.begin(), CASETRAIL_BINARY);
    words.insert(words.end(), log.begin(), log.end());
    return test::run_program(words);
  }
  /// Returns when it has caught up.
  [[nodiscard]] std::unique_ptr<test::Background> serve(const std::vector<std::string>& log,
                                                        const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{CASETRAIL_BINARY, "serve", "--listen", "127.0.0.1:0"};
    words.insert(words.end(), log.begin(), log.end());
    words.insert(words.end(), more.begin(), more.end());
    auto server = std::make_unique<test::Background>(words, (folder_.path() / "serve.log").string());
    for (int i = 0; i < 600 && run({"lag"}, log).exit_code != 0; ++i) std::this_thread::sleep_for(100ms);
    return server;
  }
  void play_a_day() const {
    const auto server = serve(open(), {"--policy", CASETRAIL_EXAMPLE_POLICY, "--allow-simulation"});
    const auto played = run({"simulate", "--cases", "30"}, open());
    ASSERT_EQ(played.exit_code, 0) << played.err;
    const auto registered = run({"submit", "request.register", "--actor", "system:shop", "--body",
                                 R"({"kind":"inquiry","channel":"email","external_ref":"A-1","pii":{)"
                                 R"("name":"欧阳锋","contacts":["13987654321"],"service_need":"quartz"}})"},
                                open());
    ASSERT_EQ(registered.exit_code, 0) << registered.err;
    EXPECT_EQ(server->end(SIGTERM), 0);
  }
  /// The member of a server that has gone stays in its group until its session ends.
  [[nodiscard]] test::Ran seal() const {
    for (int i = 0;; ++i) {
      auto sealed = run({"seal", to_.prefix, "--master-key", key()}, open());
      if (sealed.exit_code != 1 || !sealed.err.contains("is being written") || i == 30) return sealed;
      std::this_thread::sleep_for(1s);
    }
  }
  /// As they stood at `moment`, without the offsets, which are those of their log.
  [[nodiscard]] std::vector<std::string> boards(Timestamp moment, const std::vector<std::string>& log) const {
    // A moment of the past is 5 s ago or more.
    std::this_thread::sleep_until(std::chrono::sys_time<Duration>(moment) + 6s);
    const auto server = serve(log);
    std::vector<std::string> all;
    for (const auto* view :
         {"cases", "handoff", "follow_up", "review", "sla", "complaints", "owners", "closed"}) {
      const auto asked = run({"board", view, "--as-of", to_wire(moment), "--limit", "1000", "--json"}, log);
      EXPECT_EQ(asked.exit_code, 0) << asked.err;
      auto& json = all.emplace_back(asked.out);
      const auto from = json.find(R"("offsets":{)");
      if (from != std::string::npos) json.erase(from, json.find('}', from) - from);
    }
    EXPECT_EQ(server->end(SIGTERM), 0);
    return all;
  }
  /// The broker's files of these topics that hold one of the person's texts; how many they are altogether.
  [[nodiscard]] static std::pair<std::vector<std::string>, std::size_t> found(const std::string& prefix) {
    std::pair<std::vector<std::string>, std::size_t> found;
    for (const auto& topic : std::filesystem::directory_iterator(shared_broker_log())) {
      if (!topic.path().filename().string().starts_with(prefix)) continue;
      for (const auto& file : std::filesystem::directory_iterator(topic)) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        ++found.second;
        for (const auto* text : {"欧阳锋", "13987654321", "quartz"}) {
          if (bytes.contains(text)) found.first.push_back(file.path().string() + ": " + text);
        }
      }
    }
    return found;
  }
  [[nodiscard]] std::string key() const { return (folder_.path() / "master.key").string(); }

 private:
  /// Of texts that are packed a search would find parts.
  [[nodiscard]] std::vector<std::string> words_of(const kafka::KafkaOptions& options,
                                                  const std::string& name) const {
    auto words = words_for(options);
    words.insert(words.end(), {"--compression", "none", "--data", (folder_.path() / name).string()});
    return words;
  }

 protected:
  TemporaryFolder folder_;
  kafka::KafkaOptions from_ = fresh_options(shared_brokers());
  kafka::KafkaOptions to_ = fresh_options(shared_brokers());
};

TEST_F(SealedDay, IsServedWithTheSameBoardsAndItsTextsAreInNoFileOfTheBroker) {
  play_a_day();
  const auto moment = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const auto before = boards(moment, open());
  const auto moved = seal();
  ASSERT_EQ(moved.exit_code, 0) << moved.err;
  EXPECT_EQ(boards(moment, sealed()), before);
  const auto noted =
      run({"do", "email:A-1", "work.note.add", "--actor", "agent:li", "--text", "quartz again"}, sealed());
  EXPECT_EQ(noted.exit_code, 0) << noted.err;
  EXPECT_THAT(run({"case", "email:A-1", "--history", "--wide"}, sealed()).out, HasSubstr("quartz again"));
  if (std::getenv("CASETRAIL_TEST_BROKERS") != nullptr) GTEST_SKIP() << "whose files are elsewhere";
  EXPECT_FALSE(found(from_.prefix).first.empty()) << "the search looks where texts are";
  const auto [texts, files] = found(to_.prefix);
  EXPECT_GT(files, 0U);
  EXPECT_THAT(texts, testing::IsEmpty());
}

}  // namespace
}  // namespace casetrail::cli
