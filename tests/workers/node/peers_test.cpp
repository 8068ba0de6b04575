// Which of the other nodes is asked, with what, and what their answers become.
#include "workers/node/peers.h"

#include <gmock/gmock.h>

#include <future>
#include <map>
#include <mutex>

#include "events/wire/json_writer.h"
#include "workers/http/problem.h"
#include "workers/http/stream.h"

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

http::HttpResponse said(const std::string& node, const std::string& log, std::vector<api::Role> roles,
                        const std::string& missing = "") {
  return {.body = to_json(api::NodeAnswer{node, log, std::move(roles), missing}),
          .headers = {{http::kApiHeader, "v1"}}};
}

Standing standing(http::HttpResponse answer) { return standing_of(std::move(answer), "me", "log-1"); }

TEST(Standing, WhoIsReadyMayBeAskedForItsRoles) {
  const auto peer = standing(said("other", "log-1", {api::Role::boards}));
  EXPECT_TRUE(peer.may_answer(api::Role::boards));
  EXPECT_FALSE(peer.may_answer(api::Role::history));
}

TEST(Standing, WhoIsNotReadyOrOfAnotherLogOrVersionIsAskedForNothing) {
  const auto why = [](const Standing& peer) {
    EXPECT_FALSE(peer.may_answer(api::Role::boards));
    return peer.trouble;
  };
  EXPECT_EQ(why(standing(said("other", "log-1", {api::Role::boards}, "It restores."))), "It restores.");
  EXPECT_THAT(why(standing(said("other", "log-2", {api::Role::boards}))), HasSubstr("another log (log-2)"));
  auto newer = said("other", "log-1", {api::Role::boards});
  newer.headers = {{http::kApiHeader, "v2"}};
  EXPECT_THAT(why(standing(newer)), HasSubstr("v2"));
  newer.headers.clear();
  EXPECT_THAT(why(standing(newer)), HasSubstr("another program"));
  newer.headers = {{http::kApiHeader, "v1"}};
  newer.body = R"({"node":"other","log":"log-1","roles":["oracles"],"missing":""})";
  EXPECT_THAT(why(standing(newer)), HasSubstr("Upgrade the older one"));
  EXPECT_THAT(why(standing({.status = 404, .headers = {{http::kApiHeader, "v1"}}})), HasSubstr("too old"));
  EXPECT_EQ(why(standing_of(std::unexpected("Nobody listens."), "me", "log-1")), "Nobody listens.");
}

TEST(Standing, ANodeDoesNotAskItself) {
  const auto peer = standing(said("me", "log-1", {api::Role::boards}));
  EXPECT_FALSE(peer.may_answer(api::Role::boards));
  EXPECT_EQ(peer.trouble, "");
}

/// A node as another one sees it.
class FakeNode {
 public:
  explicit FakeNode(std::string name, std::vector<api::Role> roles = {api::Role::boards})
      : name_(std::move(name)), roles_(std::move(roles)) {
    server_ = http::HttpServer::start({"127.0.0.1", 0}, {.grace = 100ms},
                                      [this](http::HttpRequest request, const http::Reply& reply) {
                                        take(std::move(request), reply);
                                      })
                  .value();
  }
  [[nodiscard]] http::HttpAddress address() const { return server_->address(); }
  void end() { server_.reset(); }
  /// It takes what is asked, and says nothing.
  void hang() {
    const std::scoped_lock lock(mutex_);
    hangs_ = true;
  }
  void answers(http::HttpResponse answer) {
    const std::scoped_lock lock(mutex_);
    answer_ = std::move(answer);
  }
  /// The last one beside those for what it is.
  [[nodiscard]] http::HttpRequest asked() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  void take(http::HttpRequest request, const http::Reply& reply) {
    const std::scoped_lock lock(mutex_);
    if (hangs_) return kept_.push_back(reply);
    if (request.target == "/v1/node") return reply(said(name_, "log-1", roles_));
    asked_ = std::move(request);
    reply(answer_ ? *answer_ : http::HttpResponse{.body = name_});
  }

  std::string name_;
  std::vector<api::Role> roles_;
  mutable std::mutex mutex_;  ///< guards the next four
  std::optional<http::HttpResponse> answer_;
  http::HttpRequest asked_;
  bool hangs_ = false;
  std::vector<http::Reply> kept_;
  std::unique_ptr<http::HttpServer> server_;
};

class PeersTest : public testing::Test {
 protected:
  void begin(const std::vector<const FakeNode*>& nodes, PeerOptions options = {}) {
    for (const auto* node : nodes) options.addresses.push_back(node->address());
    peers_.emplace(options, "me", "log-1");
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!peers_->missing_of({api::Role::boards}).empty() && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(5ms);
  }
  http::HttpResponse ask(std::vector<http::HttpHeader> headers = {}, api::Role role = api::Role::boards) {
    const auto promise = std::make_shared<std::promise<http::HttpResponse>>();
    peers_->ask(role,
                {.method = "GET", .target = "/v1/boards/handoff?limit=3", .headers = std::move(headers)},
                [promise](http::HttpResponse answer) { promise->set_value(std::move(answer)); });
    return promise->get_future().get();
  }

  std::optional<Peers> peers_;
};

TEST_F(PeersTest, TheFirstThatHoldsItAnswers) {
  const FakeNode decides("a", {api::Role::commands});
  const FakeNode holds("b");
  const FakeNode holds_too("c");
  begin({&decides, &holds, &holds_too});
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(ask().body, "b");
  EXPECT_EQ(holds.asked().target, "/v1/boards/handoff?limit=3");
}

TEST_F(PeersTest, WhoEndsIsFollowedByTheNext) {
  FakeNode first("a");
  const FakeNode second("b");
  begin({&first, &second});
  EXPECT_EQ(ask().body, "a");
  const auto until = std::chrono::steady_clock::now() + 20s;
  first.end();
  while (ask().status != 200 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(ask().body, "b");
}

TEST_F(PeersTest, WhoHangsIsFollowedByTheNextWithinSeconds) {
  FakeNode first("a");
  const FakeNode second("b");
  begin({&first, &second});
  first.hang();
  const auto from = std::chrono::steady_clock::now();
  EXPECT_EQ(ask().body, "b");
  EXPECT_LT(std::chrono::steady_clock::now() - from, 30s);
}

TEST_F(PeersTest, WithoutAnyTheClientIsToldToComeAgain) {
  FakeNode only("a");
  begin({&only});
  only.end();
  const auto answer = ask();
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("no_peer")"));
  EXPECT_THAT(answer.headers, Contains(http::HttpHeader{"Retry-After", "1"}));
  EXPECT_THAT(ask({}, api::Role::history).body, HasSubstr("holds the histories"));
  const auto missing = peers_->missing_of({api::Role::history});
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].code, log::ReasonCode::peer_missing);
  EXPECT_EQ(missing[0].worker, "history");
}

TEST_F(PeersTest, WhoHoldsItNoMoreIsFollowedByTheNext) {
  FakeNode first("a");
  const FakeNode second("b");
  begin({&first, &second});
  for (const auto* code : {"not_held_here", "starting"}) {
    first.answers(http::problem(503, code, "No."));
    EXPECT_EQ(ask().body, "b") << code;
  }
  first.answers(http::problem(503, "behind", "Soon."));
  EXPECT_THAT(ask().body, HasSubstr("behind")) << "It is the answer, and the client comes again.";
}

TEST_F(PeersTest, AnAnswerIsHandedOnWithItsHeaders) {
  FakeNode node("a");
  begin({&node});
  node.answers({.status = 404,
                .content_type = "application/problem+json",
                .body = "no",
                .headers = {{"X-Casetrail-Token", "0:1"}}});
  const auto answer = ask();
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.content_type, "application/problem+json");
  EXPECT_THAT(answer.headers, ElementsAre(http::HttpHeader{"X-Casetrail-Token", "0:1"}));
}

TEST_F(PeersTest, WhoAsksIsHandedOnAndWhatIsNoneOfItIsNot) {
  const FakeNode node("a");
  begin({&node}, {.local_token = "of-this-machine", .token_for_others = "of-the-node"});
  static_cast<void>(ask({{"authorization", "Bearer of-zhang"}, {"origin", "http://me"}, {"host", "me"}}));
  const auto asked = node.asked();
  EXPECT_EQ(asked.header("authorization"), "Bearer of-zhang");
  EXPECT_EQ(asked.header("origin"), std::nullopt);
  EXPECT_EQ(asked.header("host"), node.address().text());
  EXPECT_EQ(asked.header(api::kForwardedHeader), "1");
}

TEST_F(PeersTest, TheTokenOfThisMachineIsShownToNobody) {
  const FakeNode node("a");
  begin({&node}, {.local_token = "of-this-machine", .token_for_others = "of-the-node"});
  static_cast<void>(ask({{"authorization", "Bearer of-this-machine"}}));
  EXPECT_EQ(node.asked().header("authorization"), "Bearer of-the-node");
  begin({&node}, {.local_token = "of-this-machine"});
  static_cast<void>(ask({{"authorization", "Bearer of-this-machine"}}));
  EXPECT_EQ(node.asked().header("authorization"), std::nullopt);
}

TEST_F(PeersTest, ANodeWithOtherIdentitiesIsNamedAndItsAnswerIsNotTheClients) {
  FakeNode node("a");
  begin({&node});
  node.answers(http::problem(401, "unknown_token", "Who?"));
  const auto answer = ask();
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("peer_refuses")"));
}

TEST_F(PeersTest, AStreamGoesOnUntilItsNodeEnds) {
  FakeNode node("a");
  begin({&node});
  const auto stream = std::make_shared<http::AnswerStream>();
  node.answers({.content_type = std::string(http::kEventStreamType), .stream = stream});
  const auto answer = ask({{"accept", std::string(http::kEventStreamType)}});
  ASSERT_TRUE(answer.stream);
  stream->write(http::event_frame({.name = "board", .data = "1"}));
  std::string read;
  const auto until = std::chrono::steady_clock::now() + 20s;
  const auto wait_until = [&](const auto& holds) {
    while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
    return holds();
  };
  EXPECT_TRUE(wait_until([&] {
    for (const auto& frame : answer.stream->take().frames) read += *frame;
    return read == "event: board\ndata: 1\n\n";
  })) << read;
  node.end();
  EXPECT_TRUE(wait_until([&] { return !answer.stream->open(); }));
}

TEST_F(PeersTest, WhoStopsGivesUpWhatIsUnderWay) {
  FakeNode node("a");
  begin({&node});
  node.answers({.content_type = std::string(http::kEventStreamType),
                .stream = std::make_shared<http::AnswerStream>()});
  const auto answer = ask();
  ASSERT_TRUE(answer.stream);
  peers_->stop();
  EXPECT_FALSE(answer.stream->open());
  EXPECT_EQ(ask().status, 503);
}

}  // namespace
}  // namespace casetrail::node
