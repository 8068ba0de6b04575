// An operator's tool, or a broker that lost offsets, sets the command group back: nothing is decided again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/temporary_folder.h"
#include "workers/api/wall_clock.h"
#include "workers/http/client.h"
#include "workers/log/event_log.h"
#include "workers/log/partition.h"

namespace casetrail::crash {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class GroupSetBack : public testing::Test {
 protected:
  void SetUp() override {
    (void)open_with_topics(topics_, 8);
    engine_.start();
  }

  [[nodiscard]] std::expected<http::HttpResponse, std::string> ask(const http::HttpRequest& request) const {
    return http::HttpClient::to(engine_.address())->ask(request, std::chrono::seconds(20));
  }
  [[nodiscard]] int send(const std::string& id, const std::string& type, const std::string& data) const {
    const auto answer = ask({"POST",
                             "/v1/commands",
                             {{"content-type", "application/json"}},
                             R"({"id":")" + id + R"(","case_id":"case-1","actor":"agent:li","type":")" +
                                 type + R"(","data":)" + data + "}"});
    return answer ? answer->status : 0;
  }
  [[nodiscard]] std::string history() const {
    const auto answer = ask({"GET", "/v1/cases/case-1/history"});
    return answer ? answer->body : answer.error();
  }

  /// By Kafka's own tool, which changes no group and lists nothing as long as the engine's session lasts.
  void set_back() const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto commands = topics_.prefix + "casetrail.commands";  // the group, and its topic
    std::string said;
    while (!said.contains("\n" + commands + " ")) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << said;
      try {
        said = kafka_tool(topics_.brokers,
                          "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --group " + commands +
                              " --topic " + commands + " --reset-offsets --to-earliest --execute");
      } catch (const std::runtime_error& error) {
        said = error.what();
      }
    }
  }

  /// As Kafka does seven days after the last commit. Refused as long as the engine's session lasts.
  void forget() const {
    const auto log = open_with_topics(topics_, 8);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!log->forget_group(std::string(log::kCommandGroup), log::Topic::commands))
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  }

  /// What nobody can tell the media type of; its id and key can be read.
  void send_in_doubt() const {
    const auto log = open_with_topics(topics_, 8);
    Message message;
    message.key = "case-1";
    message.value = "{}";
    message.timestamp = api::wall_clock();
    for (const auto& [name, value] : {std::pair{"ce_id", "c-3"},
                                      {"ce_specversion", "1.0"},
                                      {"content-type", "application/json"},
                                      {"Content-Type", "application/json"}})
      message.headers.add(name, value);
    ASSERT_TRUE(log::append_and_wait(*log, log::Topic::commands, log::partition_of("case-1", 8), message));
  }
  /// All of them, once there are so many.
  [[nodiscard]] std::size_t count_in(log::Topic topic, std::size_t at_least) const {
    const auto log = open_with_topics(topics_, 8);
    const auto partition = log::partition_of("case-1", 8);
    const auto reader = log->open_reader(topic);
    EXPECT_TRUE(reader->start(partition, 0));
    std::size_t count = 0;
    for (int reads = 0; reads < 100 && (count < at_least || reads < 20); ++reads)
      count += reader->read(100, Duration{100})->size();
    return count;
  }

  const kafka::KafkaOptions topics_ = fresh_options(shared_brokers());
  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path(), words_for(topics_)};
};

TEST_F(GroupSetBack, DoublesNoDeadLetter) {
  send_in_doubt();
  EXPECT_EQ(count_in(log::Topic::deadletters, 1), 1U);
  EXPECT_EQ(count_in(log::Topic::outcomes, 1), 1U);
  ASSERT_EQ(engine_.stop(), 0);
  set_back();
  engine_.start();
  EXPECT_THAT(engine_.said(), HasSubstr("none is decided again"));
  EXPECT_EQ(count_in(log::Topic::deadletters, 1), 1U);
  EXPECT_EQ(engine_.stop(), 0) << engine_.said();
}

TEST_F(GroupSetBack, CarriesOutNoCommandThatWasRefused) {
  ASSERT_EQ(send("c-1", "work.message.receive", R"({"channel":"phone","pii":{"text":"?"}})"), 409);
  ASSERT_EQ(
      send(
          "c-2", "request.register",
          R"({"kind":"inquiry","channel":"phone","pii":{"name":"?","contacts":["13812341111"],"service_need":"?"}})"),
      201);
  const auto before = history();
  ASSERT_THAT(before, HasSubstr("request.registered"));
  ASSERT_EQ(engine_.stop(), 0);
  set_back();
  engine_.start();
  EXPECT_THAT(engine_.said(), HasSubstr("none is decided again"));
  EXPECT_EQ(history(), before);
  EXPECT_EQ(engine_.stop(), 0) << engine_.said();
}

TEST_F(GroupSetBack, KeepsNobodyWaitingForACommandWhenTheGroupWasForgotten) {
  ASSERT_EQ(send("c-1", "work.message.receive", R"({"channel":"phone","pii":{"text":"?"}})"), 409);
  ASSERT_EQ(engine_.stop(), 0);
  forget();
  engine_.start();
  EXPECT_THAT(engine_.said(), HasSubstr("casetrail.commands says nothing"));
  const auto lag = ask({"GET", "/v1/lag"});
  ASSERT_TRUE(lag) << lag.error();
  EXPECT_THAT(lag->body, AllOf(Not(HasSubstr(R"("lag":1)")), Not(HasSubstr(R"("lag":null)"))));
  EXPECT_EQ(count_in(log::Topic::outcomes, 1), 1U);
  EXPECT_EQ(engine_.stop(), 0) << engine_.said();
}

}  // namespace
}  // namespace casetrail::crash
