// Batches fit the server, and every answer is told once.
#include "workers/cli/batch_sink.h"

#include <gmock/gmock.h>

namespace casetrail {
namespace {

using testing::ElementsAre;

constexpr std::size_t kServerTakes = 1 << 20;

/// Keeps what it was asked and answers with `outcomes`, one after the other.
class ScriptedSession final : public Session {
 public:
  std::expected<HttpResponse, std::string> ask(HttpRequest request, std::chrono::milliseconds) override {
    bodies.push_back(std::move(request.body));
    if (bodies.size() > outcomes.size()) return std::unexpected("Nobody answers.");
    return HttpResponse{.body = R"({"outcomes":[)" + outcomes[bodies.size() - 1] + "]}"};
  }

  std::vector<std::string> bodies;
  std::vector<std::string> outcomes;
};

constexpr auto kAccepted =
    R"({"command_id":"c","case_id":"x","status":"accepted","first_seq":1,"last_seq":1,"case_seq":1,"token":"0:1","repeated":false})";

Message command_of(std::size_t bytes) { return {"case", "\"" + std::string(bytes, 'x') + "\"", {}, {}}; }

class Batches : public testing::Test {
 protected:
  std::expected<void, std::string> send(std::size_t bytes) {
    return sink_.send(command_of(bytes), [this](const CommandAnswer&) { ++told_; });
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

}  // namespace
}  // namespace casetrail
