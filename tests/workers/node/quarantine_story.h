// What a record that nobody can read does to a whole engine, and what a quarantine does then; on any log.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "events/wire/json_reader.h"
#include "tests/support/must.h"
#include "workers/api/reason_texts.h"
#include "workers/log/partition_lag.h"
#include "workers/node/engine.h"

namespace casetrail::test {

/// Asks until the answer is as `wanted` likes it, or a minute has passed.
template <class Ask, class Wanted>
auto asked_until(const Ask& ask, const Wanted& wanted) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  auto answer = ask();
  while (!wanted(answer) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(Duration{20});
    answer = ask();
  }
  return answer;
}

/// Whether every command of `log` was decided.
inline bool has_taken_all(log::EventLog& log) {
  const auto ends = must(log.bounds(log::Topic::commands));
  const auto positions = must(log.group_positions(std::string(log::kCommandGroup), log::Topic::commands));
  return std::ranges::all_of(positions, [&](const auto& position) {
    return position.committed.value_or(0) >= ends[static_cast<std::size_t>(position.partition)].high;
  });
}

/// Whether views show all that the log holds, by an answer of /v1/lag.
inline bool has_shown_all(const std::string& lag_answer) {
  api::LagAnswer lag;
  EXPECT_FALSE(from_json(lag_answer, lag));
  return std::ranges::all_of(lag.partitions, [](const auto& partition) { return partition.lag == 0; });
}

class QuarantineStory {
 public:
  QuarantineStory(log::EventLog& log, std::filesystem::path data, std::string node)
      : log_(log), data_(std::move(data)), node_(std::move(node)) {}

  void tell() {
    start("first");
    const auto before = register_case("email:Q-1");
    ASSERT_EQ(before.status, 201) << before.body;
    partition_ = before.body.at(before.body.find(kToken) + kToken.size()) - '0';
    const auto offset = log::append_and_wait(log_, log::Topic::events, partition_, unreadable());
    ASSERT_TRUE(offset);
    expect_stopped_views(*offset);
    // Who takes the partition over meets the record, too.
    start("second");
    expect_not_ready(*offset);
    expect_quarantined(*offset);
    expect_all_goes_on();
    expect_equal_when_rebuilt();
    // Whoever starts later, with stores or without, never stops at it.
    start("second");
    expect_all_goes_on();
    start("third");
    expect_all_goes_on();
    engine_.reset();
  }

 private:
  static constexpr std::string_view kToken = R"("token":")";

  static Message unreadable() { return {"somebody", "{}", {{"casetrail-writer", "99"}}, from_epoch_ms(1)}; }

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
  http::HttpResponse post(const std::string& target, const std::string& body) {
    return ask({.method = "POST",
                .target = target,
                .headers = {{"content-type", "application/json"}},
                .body = body});
  }
  http::HttpResponse register_case(const std::string& reference) {
    const auto colon = reference.find(':');
    return post("/v1/commands",
                R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","channel":")" +
                    reference.substr(0, colon) + R"(","external_ref":")" + reference.substr(colon + 1) +
                    R"(","pii":{"name":"Ann","contacts":[]}}})");
  }
  std::vector<std::string> stopped() {
    api::LagAnswer answer;
    EXPECT_FALSE(from_json(*engine_->lag(), answer));
    std::vector<std::string> found;
    for (const auto& row : answer.partitions) {
      if (!row.stopped.empty()) found.push_back(row.stopped);
    }
    return found;
  }
  [[nodiscard]] std::string command_for(log::Offset offset) const {
    return "casetrail events quarantine " + std::to_string(partition_) + " " + std::to_string(offset);
  }

  void expect_stopped_views(log::Offset offset) {
    const auto found =
        asked_until([&] { return stopped(); }, [](const auto& all) { return all.size() == 2; });
    EXPECT_THAT(found, testing::Each(testing::HasSubstr(command_for(offset))));
  }
  void expect_not_ready(log::Offset offset) {
    const auto sentence = asked_until([&] { return api::in_one(engine_->not_ready()); },
                                      [&](const std::string& text) {
                                        return text.find("Command partition " + std::to_string(partition_)) !=
                                                   std::string::npos &&
                                               text.find(command_for(offset)) != std::string::npos;
                                      });
    EXPECT_THAT(sentence, testing::HasSubstr("View group"));
    EXPECT_THAT(sentence, testing::HasSubstr(command_for(offset)));
  }
  void expect_quarantined(log::Offset offset) {
    const auto body = [&](log::Offset at, const std::string& reason) {
      return R"({"partition":)" + std::to_string(partition_) + R"(,"offset":)" + std::to_string(at) +
             R"(,"reason":")" + reason + R"("})";
    };
    EXPECT_EQ(post("/v1/quarantines", body(0, "not wanted")).status, 409);
    EXPECT_EQ(post("/v1/quarantines", body(offset + 1'000, "not there")).status, 404);
    EXPECT_EQ(post("/v1/quarantines", body(offset, "")).status, 422);
    EXPECT_EQ(post("/v1/quarantines", body(offset, "a trial of the ERP team")).status, 201);
    EXPECT_EQ(post("/v1/quarantines", body(offset, "once more")).status, 200);
    EXPECT_THAT(ask({.method = "GET", .target = "/v1/quarantines"}).body,
                testing::HasSubstr(R"("reason":"a trial of the ERP team")"));
  }
  void expect_all_goes_on() {
    EXPECT_EQ(asked_until([&] { return api::in_one(engine_->not_ready()); },
                          [](const std::string& text) { return text.empty(); }),
              "");
    EXPECT_THAT(stopped(), testing::IsEmpty());
    const auto answer = register_case("email:Q-" + std::to_string(++cases_));
    EXPECT_EQ(answer.status, 201) << answer.body;
  }

  void expect_equal_when_rebuilt() {
    ASSERT_LT(post("/v1/rebuilds/handoff", "{}").status, 300);
    const auto status =
        asked_until([&] { return ask({.method = "GET", .target = "/v1/rebuilds/handoff"}).body; },
                    [](const std::string& json) {
                      return json.find(R"("stage":"switched")") != std::string::npos ||
                             json.find(R"("stage":"differs")") != std::string::npos;
                    });
    EXPECT_THAT(status, testing::HasSubstr(R"("stage":"switched")"));
  }

  log::EventLog& log_;
  std::filesystem::path data_;
  std::string node_;
  log::Partition partition_ = 0;
  int cases_ = 1;
  std::unique_ptr<node::Engine> engine_;
};

}  // namespace casetrail::test
