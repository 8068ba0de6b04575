// Answers that go on: each frame at once, for as long as the client reads, and not a byte without bound.
#include "workers/http/stream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/support/becomes.h"
#include "tests/support/raw_client.h"
#include "tests/workers/api/served.h"

namespace casetrail::http {
namespace {

using namespace std::chrono_literals;
using test::becomes;
using test::RawClient;
using test::Server;

constexpr std::string_view kAsk = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n";

Frame frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Answers `/stream` with a stream, everything else as an echo.
class Streams {
 public:
  explicit Streams(HttpLimits limits = {}, std::size_t most_waiting = std::size_t{1} << 20)
      : most_waiting_(most_waiting),
        server_([this](const HttpRequest& request, const Reply& reply) { answer(request, reply); }, limits) {}

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] std::string get(const std::string& target) const { return server_.get(target); }
  [[nodiscard]] std::unique_ptr<HttpClient> client() const { return server_.client(); }
  void stop() { server_.stop(); }
  /// The stream that was asked for in that place, once it was.
  [[nodiscard]] std::shared_ptr<AnswerStream> at(std::size_t place) {
    std::shared_ptr<AnswerStream> found;
    EXPECT_TRUE(becomes([&] {
      const std::scoped_lock lock(mutex_);
      if (place < all_.size()) found = all_[place];
      return found != nullptr;
    }));
    return found;
  }

 private:
  void answer(const HttpRequest& request, const Reply& reply) {
    if (request.target != "/stream") return test::echo(request, reply);
    const auto stream = std::make_shared<AnswerStream>(most_waiting_);
    {
      const std::scoped_lock lock(mutex_);
      all_.push_back(stream);
    }
    reply({.content_type = std::string(kEventStreamType),
           .headers = {{"Cache-Control", "no-store"}},
           .stream = stream});
  }

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<AnswerStream>> all_;
  Server server_;
};

TEST(HttpStream, EachFrameArrivesAtOnceAsAChunk) {
  Streams streams;
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  const auto head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Transfer-Encoding: chunked"), std::string::npos) << head;
  EXPECT_NE(head.find("Cache-Control: no-store"), std::string::npos) << head;
  EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos) << head;
  for (const std::string text : {"one", "two", "three"}) {
    ASSERT_TRUE(stream->write(frame(text)));
    EXPECT_NE(client.read_until(text).find(text), std::string::npos);
  }
  stream->finish();
  EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
  EXPECT_TRUE(client.closed());
}

TEST(HttpStream, WhatWasWrittenBeforeTheEndIsStillSent) {
  Streams streams;
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(stream->write(frame("frame " + std::to_string(i) + ";")));
  stream->finish();
  EXPECT_FALSE(stream->write(frame("late")));
  const auto all = client.read_all();
  EXPECT_NE(all.find("frame 99;"), std::string::npos);
  EXPECT_EQ(all.find("late"), std::string::npos);
}

TEST(HttpStream, AClientOfTheOldProtocolGetsItWithoutChunks) {
  Streams streams;
  RawClient client(streams.port());
  client.send("GET /stream HTTP/1.0\r\nHost: x\r\n\r\n");
  const auto stream = streams.at(0);
  ASSERT_TRUE(stream->write(frame("all of it")));
  stream->finish();
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\nall of it"));
}

TEST(HttpStream, AskedForItsHeadItEndsThere) {
  Streams streams;
  RawClient client(streams.port());
  client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n"));
  EXPECT_TRUE(streams.at(0)->was_cut());
}

TEST(HttpStream, TheTimeForRequestsAndAnswersDoesNotEndAQuietOne) {
  Streams streams({.read = 30ms, .write = 30ms});
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  std::this_thread::sleep_for(150ms);
  ASSERT_TRUE(stream->write(frame("still here")));
  EXPECT_NE(client.read_until("still here").find("still here"), std::string::npos);
}

TEST(HttpStream, AClientThatReadsTooSlowlyIsCutOffNotBufferedFor) {
  Streams streams({}, std::size_t{256} << 10);
  RawClient deaf(streams.port());
  deaf.send(kAsk);
  const auto stream = streams.at(0);
  const auto part = frame(std::string(64 << 10, 'x'));
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (stream->write(part) && std::chrono::steady_clock::now() < deadline) {
    ASSERT_LE(stream->waiting(), std::size_t{256} << 10);
    // As long as the server still gets rid of it, there is room for more.
    for (int i = 0; i < 50 && stream->waiting() > std::size_t{128} << 10; ++i)
      std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(stream->was_cut());
  EXPECT_FALSE(deaf.read_all().ends_with("0\r\n\r\n"));
  EXPECT_TRUE(deaf.closed());
  EXPECT_EQ(streams.get("/x"), "GET /x ");
}

TEST(HttpStream, AClientThatReadsNothingIsCutOffAfterTheTimeForAnAnswer) {
  Streams streams({.write = 50ms}, std::size_t{64} << 20);
  RawClient deaf(streams.port());
  deaf.send(kAsk);
  const auto stream = streams.at(0);
  ASSERT_TRUE(stream->write(frame(std::string(std::size_t{32} << 20, 'x'))));
  EXPECT_TRUE(becomes([&] { return stream->was_cut(); }));
}

TEST(HttpStream, AFrameAboveTheBoundIsSentToAClientThatReads) {
  Streams streams({}, 1000);
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  ASSERT_TRUE(stream->write(frame(std::string(100'000, 'x') + "end")));
  EXPECT_NE(client.read_until("end").find("end"), std::string::npos);
}

TEST(HttpStream, ItsWriterLearnsThatTheClientHasGone) {
  Streams streams;
  auto client = std::make_unique<RawClient>(streams.port());
  client->send(kAsk);
  const auto stream = streams.at(0);
  EXPECT_TRUE(stream->open());
  client.reset();
  EXPECT_TRUE(becomes([&] { return !stream->open(); }));
  EXPECT_FALSE(stream->write(frame("nobody")));
}

TEST(HttpStream, EndsWhenTheServerStops) {
  Streams streams({.grace = 10s});
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  (void)client.read_until("\r\n\r\n");
  ASSERT_TRUE(stream->write(frame("last")));
  const auto begin = std::chrono::steady_clock::now();
  streams.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
  EXPECT_FALSE(stream->write(frame("nobody")));
}

TEST(HttpStream, WrittenAfterTheServersEndItHarmsNobody) {
  std::shared_ptr<AnswerStream> stream;
  {
    Streams streams({.grace = 10ms}, std::size_t{64} << 20);
    RawClient deaf(streams.port());
    deaf.send(kAsk);
    stream = streams.at(0);
    ASSERT_TRUE(stream->write(frame(std::string(std::size_t{32} << 20, 'x'))));
  }
  EXPECT_FALSE(stream->write(frame("nobody")));
}

TEST(HttpStream, OneMoreThanTheServerTakesOnIsRefused) {
  Streams streams({.streams = 2});
  RawClient first(streams.port());
  RawClient second(streams.port());
  RawClient third(streams.port());
  for (auto* client : {&first, &second}) {
    client->send(kAsk);
    (void)client->read_until("\r\n\r\n");
  }
  third.send(kAsk);
  EXPECT_NE(third.read_until("too_many_streams").find("503"), std::string::npos);
  EXPECT_TRUE(streams.at(0)->open());
  EXPECT_TRUE(streams.at(2)->was_cut());
}

TEST(HttpStream, CountsAsAConnectionAndGivesWayLast) {
  Streams streams({.connections = 4});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(streams.port()));
    clients.back()->send(kAsk);
    (void)clients.back()->read_until("\r\n\r\n");
  }
  EXPECT_EQ(streams.get("/x"), "GET /x ");
  EXPECT_EQ(streams.get("/y"), "GET /y ");
  EXPECT_TRUE(becomes([&] { return !streams.at(0)->open(); }));
  for (std::size_t i = 1; i < 4; ++i) EXPECT_TRUE(streams.at(i)->open()) << i;
}

TEST(HttpStream, FramesOfManyThreadsArriveWholeAndEachThreadsInOrder) {
  Streams streams({}, std::size_t{64} << 20);
  RawClient client(streams.port());
  client.send(kAsk);
  const auto stream = streams.at(0);
  {
    std::vector<std::jthread> writers;
    for (const char name : {'a', 'b', 'c', 'd'}) {
      writers.emplace_back([&, name] {
        for (int i = 0; i < 500; ++i)
          (void)stream->write(frame(std::string("<") + name + std::to_string(i) + ">"));
      });
    }
  }
  stream->finish();
  const auto all = client.read_all();
  for (const char name : {'a', 'b', 'c', 'd'}) {
    std::size_t at = 0;
    for (int i = 0; i < 500; ++i) {
      at = all.find(std::string("<") + name + std::to_string(i) + ">", at);
      ASSERT_NE(at, std::string::npos) << name << i;
    }
  }
}

TEST(ServerEvent, IsWrittenLineByLine) {
  EXPECT_EQ(*event_frame({.name = "board", .id = "0:1", .data = "{}"}),
            "event: board\nid: 0:1\ndata: {}\n\n");
  EXPECT_EQ(*event_frame({.data = "a\nb"}), "data: a\ndata: b\n\n");
}

/// Keeps what it is handed.
class Kept final : public Follower {
 public:
  void begin(HttpResponse head) override {
    const std::scoped_lock lock(mutex_);
    head_ = std::move(head);
  }
  void more(std::string_view bytes) override {
    const std::scoped_lock lock(mutex_);
    body_ += bytes;
  }
  [[nodiscard]] bool goes_on() override { return is_wanted_; }

  void give_up() { is_wanted_ = false; }
  [[nodiscard]] int status() const {
    const std::scoped_lock lock(mutex_);
    return head_.status;
  }
  [[nodiscard]] std::string body() const {
    const std::scoped_lock lock(mutex_);
    return body_;
  }

 private:
  std::atomic<bool> is_wanted_ = true;
  mutable std::mutex mutex_;  ///< guards the next two
  HttpResponse head_{.status = 0};
  std::string body_;
};

/// A client that follows a stream on a thread of its own.
class Following {
 public:
  explicit Following(std::unique_ptr<HttpClient> client) : client_(std::move(client)) {
    followed_ = std::async(std::launch::async, [this] {
      return client_->follow({.method = "GET", .target = "/stream"}, kept_, 20s).has_value();
    });
  }
  ~Following() { kept_.give_up(); }

  [[nodiscard]] Kept& kept() { return kept_; }
  [[nodiscard]] bool came_to_the_end() { return followed_.get(); }

 private:
  std::unique_ptr<HttpClient> client_;
  Kept kept_;
  std::future<bool> followed_;
};

TEST(HttpFollow, HandsOnEachFrameAsItComesUntilTheEnd) {
  Streams streams;
  Following following(streams.client());
  const auto stream = streams.at(0);
  for (const std::string text : {"one", "two"}) {
    ASSERT_TRUE(stream->write(frame(text)));
    EXPECT_TRUE(becomes([&] { return following.kept().body().ends_with(text); }));
  }
  EXPECT_EQ(following.kept().status(), 200);
  stream->finish();
  EXPECT_TRUE(following.came_to_the_end());
  EXPECT_EQ(following.kept().body(), "onetwo");
}

TEST(HttpFollow, WhatIsCutDoesNotComeToItsEnd) {
  Streams streams;
  Following following(streams.client());
  const auto stream = streams.at(0);
  ASSERT_TRUE(stream->write(frame("one")));
  EXPECT_TRUE(becomes([&] { return following.kept().body() == "one"; }));
  stream->cut();
  EXPECT_FALSE(following.came_to_the_end());
}

TEST(HttpFollow, WhatNobodyWantsIsGivenUpAndTheServerNoticesIt) {
  Streams streams;
  Following following(streams.client());
  const auto stream = streams.at(0);
  EXPECT_TRUE(becomes([&] { return following.kept().status() == 200; }));
  following.kept().give_up();
  EXPECT_FALSE(following.came_to_the_end());
  EXPECT_TRUE(becomes([&] { return !stream->open(); }));
}

TEST(HttpFollow, AWholeAnswerLeavesTheConnectionToTheNextQuestion) {
  const Server server(
      [](const HttpRequest& request, const Reply& reply) {
        reply({.content_type = "text/plain",
               .body = std::string(request.target == "/large" ? 100'000 : 3, 'x')});
      },
      {.read = 500ms});
  const auto client = server.client();
  for (const auto& [target, size] : {std::pair{"/large", 100'000U}, std::pair{"/small", 3U}}) {
    Kept kept;
    ASSERT_TRUE(client->follow({.method = "GET", .target = target}, kept, 20s)) << target;
    EXPECT_EQ(kept.body().size(), size);
  }
  std::this_thread::sleep_for(1s);  // it was closed meanwhile
  Kept kept;
  EXPECT_TRUE(client->follow({.method = "GET", .target = "/small"}, kept, 20s));
  EXPECT_EQ(kept.body(), "xxx");
  EXPECT_TRUE(client->ask({.method = "GET", .target = "/small"}, 20s));
}

}  // namespace
}  // namespace casetrail::http
