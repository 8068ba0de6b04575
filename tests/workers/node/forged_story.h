// What forged events do to a whole engine, on any log: whoever is asked says the same of their cases.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "events/case/case_id.h"
#include "events/case/request.h"
#include "events/case/work.h"
#include "events/wire/json_reader.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/workers/node/quarantine_story.h"
#include "workers/api/wall_clock.h"
#include "workers/log/partition.h"
#include "workers/node/engine.h"

namespace casetrail::test {

class ForgedStory {
 public:
  /// `stranger` writes to the same topics as `log`.
  ForgedStory(log::EventLog& log, log::EventLog& stranger, std::filesystem::path data, std::string node)
      : log_(log), stranger_(stranger), data_(std::move(data)), node_(std::move(node)) {}

  void tell() {
    start("first");
    for (const auto* name :
         {"gap", "repeat", "key", "offset", "nobodys", "ended", "unwritten", "stray", "sound"})
      register_case(name);
    wait_for_views();
    registered_ = seq_of("sound");
    forge(event_of("gap", registered_ + 2));
    forge(event_of("repeat", registered_));
    auto of_another = event_of("sound", registered_ + 1);
    of_another.key = cases_.at("key");
    forge(std::move(of_another));
    auto no_offset = event_of("offset", registered_ + 1);
    no_offset.headers.add("ce_commandoffset", "-7");
    forge(std::move(no_offset));
    forge(event_of("nobodys", registered_ + 1));
    forge(event_of("ended", registered_ + 1, 0));
    forge(event_of("unwritten", registered_ + 1, 999'999));
    forge_elsewhere(event_of("stray", registered_ + 1));
    forge_elsewhere(event_of("stray", 1));
    auto unreadable = event_of("stray", registered_ + 1);
    unreadable.value = "{";
    forge_elsewhere(std::move(unreadable));
    const auto free = free_reference();
    begin_of_nothing(free);
    expect_closed();
    EXPECT_EQ(get("/v1/cases/" + cases_.at(free)).status, 404);
    register_case(free);
    EXPECT_EQ(command(free).status, 201);
    EXPECT_EQ(command("sound").status, 201);
    EXPECT_EQ(command("sound").status, 201);
    EXPECT_EQ(command("stray").status, 201);
    // The writer's store has got beyond all of it, and a fresh one begins before it.
    for (const auto* folder : {"first", "second"}) {
      start(folder);
      expect_closed();
      EXPECT_EQ(command("sound").status, 201);
      EXPECT_EQ(command(free).status, 201);
      EXPECT_GT(seq_of(free), registered_);
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
    wait_for_views();
  }
  http::HttpResponse ask(http::HttpRequest request) {
    const auto answer = std::make_shared<std::promise<http::HttpResponse>>();
    engine_->api().handle(std::move(request),
                          [answer](http::HttpResponse response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }
  http::HttpResponse get(const std::string& target) { return ask({.method = "GET", .target = target}); }
  http::HttpResponse post(const std::string& body) {
    return ask({.method = "POST",
                .target = "/v1/commands",
                .headers = {{"content-type", "application/json"}},
                .body = body});
  }
  void register_case(const std::string& name) {
    const auto answer = post(
        R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","channel":"email","external_ref":")" +
        name + R"(","pii":{"name":"Ann","contacts":[]}}})");
    ASSERT_EQ(answer.status, 201) << answer.body;
    cases_[name] = text_in(answer.body, "case_id");
  }
  http::HttpResponse command(const std::string& name) {
    return post(R"({"type":"work.message.receive","actor":"system:shop","case_id":")" + cases_.at(name) +
                R"(","data":{"channel":"email","pii":{"text":"?"}}})");
  }
  void wait_for_views() {
    EXPECT_EQ(asked_until([&] { return engine_->backlog().waiting_for; },
                          [](const std::string& why) { return why.empty(); }),
              "");
  }

  [[nodiscard]] Message event_of(const std::string& name, std::int64_t seq, log::Offset command = -1) const {
    auto event = EventsOf(cases_.at(name), api::wall_clock()).add(WorkStarted{}).events().front();
    event.seq = seq;
    event.command_offset = command;
    return write_event(event);
  }
  [[nodiscard]] log::Partition home_of(const Message& event) const {
    return log::partition_of(event.key, log_.partitions());
  }
  void forge(Message event) {
    const auto home = home_of(event);
    append(home, std::move(event));
  }
  void forge_elsewhere(Message event) {
    const auto elsewhere = (home_of(event) + 1) % log_.partitions();
    append(elsewhere, std::move(event));
  }
  void append(log::Partition partition, Message event) {
    ASSERT_TRUE(append_and_wait(stranger_, log::Topic::events, partition, std::move(event)));
    wait_for_views();
  }

  /// That nobody has used. The first stray of its partition is another one than that of "stray".
  [[nodiscard]] std::string free_reference() const {
    const auto home = log::partition_of(cases_.at("stray"), log_.partitions());
    std::string reference = "free";
    while (log::partition_of(case_id_of(Channel::email, reference).value, log_.partitions()) != home)
      reference += '+';
    return reference;
  }
  /// An agent's registration that no command made.
  void begin_of_nothing(const std::string& reference) {
    cases_[reference] = case_id_of(Channel::email, reference).value;
    auto event = EventsOf(cases_[reference], api::wall_clock()).add(RequestRegistered{}).events().front();
    event.command_offset = -1;
    forge(write_event(event));
  }

  static std::string text_in(const std::string& json, const std::string& name) {
    const auto begin = json.find("\"" + name + "\":\"") + name.size() + 4;
    return json.substr(begin, json.find('"', begin) - begin);
  }
  std::int64_t seq_of(const std::string& name) {
    const auto body = get("/v1/cases/" + cases_.at(name)).body;
    return std::stoll(body.substr(body.find(R"("seq":)") + 6));
  }
  double metric(const std::string& name) {
    const auto text = engine_->metrics();
    const auto at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
  }

  void expect_closed() {
    constexpr int kClosed = 7;
    EXPECT_EQ(asked_until([&] { return metric("casetrail_damaged_cases"); },
                          [&](double closed) { return closed == kClosed; }),
              kClosed);
    const auto ready = get("/readyz").body;
    EXPECT_THAT(ready, testing::Not(testing::HasSubstr("..")));
    for (const auto& [name, id] : cases_) {
      if (name == "sound" || name == "stray" || name.starts_with("free")) {
        EXPECT_THAT(ready, testing::Not(testing::HasSubstr("Case " + id))) << name;
        continue;
      }
      EXPECT_THAT(ready, testing::HasSubstr("Case " + id + " is closed")) << name;
      // What only the log can tell was taken before it was asked.
      EXPECT_EQ(seq_of(name), name == "unwritten" ? registered_ + 1 : registered_) << name;
      const auto refused = command(name);
      EXPECT_EQ(refused.status, 409) << name;
      EXPECT_THAT(refused.body, testing::HasSubstr("case_damaged")) << name;
    }
    EXPECT_THAT(ready, testing::HasSubstr("holds events that no reader takes, 3 of them, the first"));
    EXPECT_THAT(ready, testing::HasSubstr("names case " + cases_.at("stray")));
    EXPECT_THAT(ready, testing::HasSubstr("holds events that no reader takes, 1 of them, the first"));
    EXPECT_THAT(ready, testing::HasSubstr("and names no command"));
    for (const auto* worker : {"boards", "history"}) {
      const auto of = [&](const std::string& family) {
        return metric("casetrail_projection_" + family + R"({worker=")" + worker + R"("})");
      };
      const auto closed =
          asked_until([&] { return of("closed_cases"); }, [](double count) { return count == kClosed; });
      EXPECT_EQ(closed, kClosed) << worker;
      EXPECT_EQ(of("sequence_gaps_total"), 1) << worker;
      EXPECT_EQ(of("repeated_events_total"), 3) << worker;
      EXPECT_EQ(of("damaged_records_total"), 2) << worker;
      EXPECT_EQ(of("stray_events_total"), 4) << worker;
    }
  }

  log::EventLog& log_;
  log::EventLog& stranger_;
  std::filesystem::path data_;
  std::string node_;
  std::map<std::string, std::string> cases_;  ///< by what is forged of them: their ids
  std::int64_t registered_ = 0;               ///< the last event of a case that was registered alone
  std::unique_ptr<node::Engine> engine_;
};

}  // namespace casetrail::test
