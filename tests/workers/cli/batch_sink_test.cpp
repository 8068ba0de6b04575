// Batches fit the server, and every answer is told once.
#include "workers/cli/batch_sink.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <future>
#include <mutex>

namespace casetrail::cli {
namespace {

using testing::ElementsAre;

constexpr std::size_t kServerTakes = 1 << 20;

/// Keeps what it was asked and answers with `outcomes`, one after the other.
class ScriptedSession final : public Session {
 public:
  std::expected<http::HttpResponse, std::string> ask(http::HttpRequest request,
                                                     std::chrono::milliseconds) override {
    bodies.push_back(std::move(request.body));
    if (bodies.size() > outcomes.size()) return std::unexpected("Nobody answers.");
    return http::HttpResponse{.body = R"({"outcomes":[)" + outcomes[bodies.size() - 1] + "]}"};
  }

  std::vector<std::string> bodies;
  std::vector<std::string> outcomes;
};

constexpr auto kAccepted =
    R"({"command_id":"c","case_id":"x","status":"accepted","first_seq":1,"last_seq":1,"case_seq":1,"token":"0:1","repeated":false})";

Message command_of(std::size_t bytes, std::string case_id = "case") {
  return {std::move(case_id), "\"" + std::string(bytes, 'x') + "\"", {}, {}};
}

class Batches : public testing::Test {
 protected:
  std::expected<void, std::string> send(std::size_t bytes) {
    return sink_.send(command_of(bytes), [this](const imports::CommandAnswer&) { ++told_; });
  }

  ScriptedSession session_;
  BatchSink sink_{session_};
  int told_ = 0;
};

TEST_F(Batches, ACommandThatWouldNotFitGoesIntoTheNextBatch) {
  session_.outcomes = {kAccepted, kAccepted};
  ASSERT_TRUE(send(600 << 10));
  ASSERT_TRUE(send(600 << 10));
  ASSERT_TRUE(sink_.finish());
  ASSERT_EQ(session_.bodies.size(), 2U);
  for (const auto& body : session_.bodies) EXPECT_LT(body.size(), kServerTakes);
  EXPECT_EQ(told_, 2);
}

TEST_F(Batches, AfterAnErrorNoAnswerIsToldTwice) {
  session_.outcomes = {std::string(kAccepted) + R"(,{"status":504,"detail":"Not known."})", kAccepted};
  ASSERT_TRUE(send(1));
  ASSERT_TRUE(send(1));
  EXPECT_FALSE(sink_.finish());
  EXPECT_EQ(told_, 1);
  EXPECT_TRUE(sink_.finish());
  EXPECT_EQ(told_, 1);
  EXPECT_EQ(session_.bodies.size(), 1U);
}

TEST_F(Batches, ACommandThatIsNoneIsRefusedAlone) {
  session_.outcomes = {
      std::string(
          R"({"status":422,"code":"malformed_command","detail":"Element 0 of the batch: it is none."},)") +
      kAccepted};
  std::vector<imports::Taken> taken;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(sink_.send(command_of(1),
                           [&](const imports::CommandAnswer& answer) { taken.push_back(answer.taken); }));
  }
  EXPECT_TRUE(sink_.finish());
  EXPECT_THAT(taken, ElementsAre(imports::Taken::refused, imports::Taken::added));
}

/// Answers a request when the test says so, and knows how many are under way.
class HeldSession final : public Session {
 public:
  std::expected<http::HttpResponse, std::string> ask(http::HttpRequest, std::chrono::milliseconds) override {
    std::unique_lock lock(mutex_);
    most_ = std::max(most_, ++under_way_);
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::seconds(10), [this] { return released_; });
    --under_way_;
    return http::HttpResponse{.body = R"({"outcomes":[)" + std::string(kAccepted) + "]}"};
  }

  /// The most requests at once, when `wanted` are there or some time has passed.
  int wait_for(int wanted, std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return most_ >= wanted; });
    return most_;
  }
  void release() {
    const std::scoped_lock lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;
  int most_ = 0;
  bool released_ = false;
};

class BatchesOfCases : public testing::Test {
 protected:
  /// Each command fills a batch; sends from a thread of its own, because a lane waits for its answers.
  void send_full_batches(const std::vector<std::string>& cases) {
    sending_ = std::async(std::launch::async, [this, cases] {
      for (const auto& id : cases) {
        EXPECT_TRUE(
            sink_.send(command_of(600 << 10, id), [this](const imports::CommandAnswer&) { ++told_; }));
      }
      EXPECT_TRUE(sink_.finish());
    });
  }

  HeldSession session_;
  BatchSink sink_{session_};
  std::future<void> sending_;
  int told_ = 0;
};

TEST_F(BatchesOfCases, SeveralAreUnderWayAtOnce) {
  const auto lane = [](const std::string& id) { return std::hash<std::string>{}(id) % 4; };
  std::string other = "case-2";
  while (lane(other) == lane("case-1")) other += "'";
  send_full_batches({"case-1", "case-1", other, other});
  EXPECT_EQ(session_.wait_for(2), 2);
  session_.release();
  sending_.get();
  EXPECT_EQ(told_, 4);
}

TEST_F(BatchesOfCases, OfOneCaseOnlyOneIsUnderWay) {
  send_full_batches({"case-1", "case-1", "case-1"});
  EXPECT_EQ(session_.wait_for(2, std::chrono::milliseconds(100)), 1);
  session_.release();
  sending_.get();
  EXPECT_EQ(told_, 3);
}

}  // namespace
}  // namespace casetrail::cli
