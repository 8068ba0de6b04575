// Records that cannot be commands, sent again and dropped in a whole engine; on any log.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "tests/support/command_desk.h"
#include "workers/api/wall_clock.h"
#include "workers/log/partition.h"
#include "workers/node/engine.h"

namespace casetrail::test {

class LetterStory {
 public:
  /// Requires: a log of two partitions.
  LetterStory(log::EventLog& log, std::filesystem::path data, std::string node)
      : log_(log), data_(std::move(data)), node_(std::move(node)) {}

  void tell() {
    start("first");
    expect_nothing();
    expect_taken_as_it_is();
    expect_taken_with_other_data();
    expect_dropped();
    expect_open_when_refused();
    expect_successor_overtakes_unless_it_says_what_it_expects();
    expect_one_is_open();
    const auto told = list("?state=all");
    EXPECT_THAT(told, testing::HasSubstr(R"("drop_reason":"a trial")"));
    // After a restart, and on a node that has seen nothing of it.
    for (const auto* folder : {"first", "second"}) {
      start(folder);
      EXPECT_EQ(list("?state=all"), told);
      expect_one_is_open();
    }
    engine_.reset();
  }

 private:
  void start(const std::string& folder) {
    engine_.reset();
    auto engine =
        node::Engine::start(log_, {.data = data_ / folder, .node = node_, .memory = node::default_memory()});
    ASSERT_TRUE(engine) << engine.error();
    engine_ = *std::move(engine);
  }
  http::HttpResponse ask(http::HttpRequest request) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle(std::move(request),
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  std::string get(const std::string& target) { return ask({.method = "GET", .target = target}).body; }
  std::string list(const std::string& query = "") { return get("/v1/deadletters" + query); }
  http::HttpResponse post(const std::string& place, const std::string& change, const std::string& body) {
    return ask({.method = "POST",
                .target = "/v1/deadletters/" + place + "/" + change,
                .headers = {{"content-type", "application/json"}},
                .body = body});
  }

  static Message registration(const std::string& id, const std::string& case_id) {
    auto command = CommandDesk::registration(id, case_id);
    command.occurred_at = api::wall_clock();
    return write_command(command);
  }
  /// Waits until the command lies among the dead letters; returns its place.
  std::string bury(Message message, log::Partition partition) {
    const auto before = ends();
    const auto letters = log_.bounds(log::Topic::deadletters, partition)->stable;
    EXPECT_TRUE(log::append_and_wait(log_, log::Topic::commands, partition, std::move(message)));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (ends() == before && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(Duration{10});
    const auto listed = list();
    const auto mark = R"("partition":)" + std::to_string(partition) + R"(,"offset":)";
    log::Offset newest = -1;
    for (auto at = listed.find(mark); at != std::string::npos; at = listed.find(mark, at + 1))
      newest = std::max<log::Offset>(newest, std::stoll(listed.substr(at + mark.size())));
    EXPECT_GE(newest, letters) << listed;
    return std::to_string(partition) + ":" + std::to_string(newest);
  }
  log::Offset ends() {
    log::Offset sum = 0;
    const auto bounds = log_.bounds(log::Topic::deadletters);
    for (const auto& of : *bounds) sum += of.stable;
    return sum;
  }
  log::Partition home_of(const std::string& case_id) { return log::partition_of(case_id, log_.partitions()); }
  std::int64_t open() {
    const auto listed = list();
    const std::string mark = R"("open":)";
    return std::stoll(listed.substr(listed.find(mark) + mark.size()));
  }
  void expect_seq(const std::string& case_id, int seq) {
    std::string answer;
    for (int i = 0; i < 500 && answer.find(R"("seq":)" + std::to_string(seq)) == std::string::npos; ++i) {
      answer = get("/v1/cases/" + case_id);
      std::this_thread::sleep_for(Duration{20});
    }
    EXPECT_THAT(answer, testing::HasSubstr(R"("seq":)" + std::to_string(seq)));
  }

  void expect_nothing() {
    EXPECT_EQ(list(), R"({"deadletters":[],"open":0,"counts_all":true})");
    for (const auto* place : {"0:0", "9:0", "-1:0", "nowhere"})
      EXPECT_EQ(ask({.method = "GET", .target = std::string("/v1/deadletters/") + place}).status, 404);
    EXPECT_EQ(post("0:0", "retry", "{}").status, 404);
    EXPECT_EQ(post("0:0", "drop", R"({"reason":"none"})").status, 404);
    EXPECT_EQ(ask({.method = "GET", .target = "/v1/deadletters?state=lost"}).status, 400);
  }

  void expect_taken_as_it_is() {
    const auto place = bury(registration("l-1", "case-1"), 1 - home_of("case-1"));
    EXPECT_EQ(open(), 1);
    EXPECT_THAT(get("/v1/deadletters/" + place), testing::HasSubstr(R"("state":"open")"));
    EXPECT_THAT(get("/v1/deadletters/" + place), testing::Not(testing::HasSubstr("13812341111")));
    const auto taken = post(place, "retry", "{}");
    EXPECT_EQ(taken.status, 201) << taken.body;
    EXPECT_THAT(taken.body, testing::HasSubstr(R"("state":"retried")"));
    EXPECT_THAT(taken.body,
                testing::HasSubstr(R"("retry_token":")" + std::to_string(home_of("case-1")) + ":"));
    expect_seq("case-1", 3);
    EXPECT_EQ(open(), 0);
    const auto again = post(place, "retry", "{}");
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, taken.body);
    const auto too_late = post(place, "drop", R"({"reason":"none"})");
    EXPECT_EQ(too_late.status, 409);
    EXPECT_THAT(too_late.body, testing::HasSubstr("letter_retried"));
  }

  void expect_taken_with_other_data() {
    auto message = registration("l-2", "case-2");
    const auto data = std::exchange(message.value, R"({"kind":7})");
    const auto place = bury(message, home_of("case-2"));
    const auto refused = post(place, "retry", "{}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, testing::HasSubstr("still_no_command"));
    EXPECT_EQ(open(), 1);
    const auto taken = post(place, "retry", R"({"data":)" + data + "}");
    EXPECT_EQ(taken.status, 201) << taken.body;
    expect_seq("case-2", 3);
  }

  void expect_dropped() {
    auto message = registration("l-3", "case-3");
    message.value = "{";
    const auto place = bury(message, home_of("case-3"));
    EXPECT_EQ(post(place, "drop", "{}").status, 422);
    EXPECT_EQ(post(place, "drop", R"({"reason":""})").status, 422);
    const auto dropped = post(place, "drop", R"({"reason":"a trial"})");
    EXPECT_EQ(dropped.status, 201) << dropped.body;
    EXPECT_EQ(post(place, "drop", R"({"reason":"another"})").body, dropped.body);
    EXPECT_THAT(post(place, "retry", "{}").body, testing::HasSubstr("letter_dropped"));
    EXPECT_EQ(open(), 0);
  }

  void expect_open_when_refused() {
    auto question = CommandDesk::question("l-4", "case-4");
    question.occurred_at = api::wall_clock();
    const auto place = bury(write_command(question), 1 - home_of("case-4"));
    const auto refused = post(place, "retry", "{}");
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_THAT(refused.body, testing::HasSubstr(R"("command_id":"l-4")"));
    EXPECT_EQ(open(), 1);
  }

  /// Nothing blocks a partition: what comes behind a letter goes on, but for who says what it builds on.
  void expect_successor_overtakes_unless_it_says_what_it_expects() {
    auto broken = CommandDesk::question("l-5", "case-1");
    broken.occurred_at = api::wall_clock();
    auto message = write_command(broken);
    const auto data = std::exchange(message.value, R"({"channel":7})");
    const auto place = bury(message, home_of("case-1"));
    const auto send = [&](const std::string& id, const std::string& expected) {
      return ask({.method = "POST",
                  .target = "/v1/commands",
                  .headers = {{"content-type", "application/json"}},
                  .body = R"({"type":"work.message.receive","actor":"agent:li","case_id":"case-1","id":")" +
                          id + R"(",)" + expected + R"("data":)" + data + "}"});
    };
    const auto parked = send("l-6", R"("expected_seq":4,)");
    EXPECT_EQ(parked.status, 409);
    EXPECT_THAT(parked.body, testing::HasSubstr("stale_version"));
    EXPECT_EQ(post(place, "retry", R"({"data":)" + data + "}").status, 201);
    EXPECT_EQ(send("l-6", R"("expected_seq":4,)").status, 201);
  }

  void expect_one_is_open() {
    std::string told;
    for (int i = 0; i < 500 && told.find("casetrail_dead_letters_open 1\n") == std::string::npos; ++i) {
      told = get("/metrics");
      std::this_thread::sleep_for(Duration{20});
    }
    EXPECT_THAT(told, testing::HasSubstr("casetrail_dead_letters_open 1\n"));
    EXPECT_THAT(told, testing::HasSubstr("casetrail_dead_letters_oldest_age_seconds "));
    EXPECT_EQ(open(), 1);
  }

  log::EventLog& log_;
  std::filesystem::path data_;
  std::string node_;
  std::unique_ptr<node::Engine> engine_;
};

}  // namespace casetrail::test
