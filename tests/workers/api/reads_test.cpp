// Reads beside each other: what is long keeps nothing short waiting, and what is behind is not missing.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;

/// Its boards take as long as the test wants, and it lies behind the log for as long.
class SlowDesk final : public fuzz::StoryDesk {
 public:
  [[nodiscard]] DeskAnswer board(std::string_view view, const kit::BoardQuery& query) override {
    ++boards;
    opened_.wait();
    return StoryDesk::board(view, query);
  }
  [[nodiscard]] DeskAnswer board_of_case(std::string_view view, const CaseId&,
                                         const kit::BoardQuery& query) override {
    return StoryDesk::board(view, query);
  }
  using StoryDesk::behind;
  [[nodiscard]] std::optional<std::string> behind(std::string_view, const Token&) override { return lacks(); }
  [[nodiscard]] std::optional<std::string> short_of(std::string_view, log::Partition, log::Offset) override {
    return lacks();
  }

  void open() { open_.set_value(); }

  std::atomic<int> boards = 0;
  std::atomic<bool> is_behind = false;

 private:
  [[nodiscard]] std::optional<std::string> lacks() const {
    if (is_behind) return "It is behind.";
    return std::nullopt;
  }

  std::promise<void> open_;
  std::shared_future<void> opened_ = open_.get_future().share();
};

using Desk = test::Desk<SlowDesk>;

std::string header_of(const http::HttpResponse& response, const std::string& name) {
  for (const auto& header : response.headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

TEST(Reads, BoardsKeepNeitherACaseNorTheMetricsWaiting) {
  Desk desk;
  auto board = desk.begin({.method = "GET", .target = "/v1/boards/handoff"});
  EXPECT_EQ(desk.get("/metrics").status, 200);
  EXPECT_EQ(desk.get("/v1/cases/unknown").status, 404);
  EXPECT_EQ(desk.get("/v1/lag").status, 200);
  EXPECT_EQ(board.wait_for(0s), std::future_status::timeout);
  desk.view().open();
  EXPECT_EQ(board.get().status, 200);
}

TEST(Reads, OneMoreThanMayWaitIsToldToAskAgain) {
  Desk desk;
  std::vector<std::future<http::HttpResponse>> asked;
  asked.reserve(400);
  for (int i = 0; i < 400; ++i)
    asked.push_back(desk.begin({.method = "GET", .target = "/v1/boards/handoff"}));
  const auto last = asked.back().get();
  EXPECT_EQ(last.status, 503);
  EXPECT_NE(last.body.find(R"("code":"busy")"), std::string::npos) << last.body;
  EXPECT_EQ(header_of(last, "Retry-After"), "1");
  desk.view().open();
  EXPECT_EQ(asked.front().get().status, 200);
}

TEST(Reads, OneWhoseClientHasGoneIsNotWorkedFor) {
  Desk desk;
  const http::HttpRequest board{.method = "GET", .target = "/v1/boards/handoff"};
  auto first = desk.begin(board);
  auto gone = board;
  gone.gone = [] { return true; };
  auto dropped = desk.begin(gone);
  auto stays = desk.begin(board);
  std::this_thread::sleep_for(1100ms);  // as long as one that only ended its sending is waited for
  desk.view().open();
  EXPECT_EQ(stays.get().status, 200);
  EXPECT_EQ(first.get().status, 200);
  EXPECT_EQ(dropped.get().status, 503);
  EXPECT_EQ(desk.view().boards, 2);
}

TEST(Reads, ATokenAheadOfTheLogIsRefusedAtOnce) {
  Desk desk;
  desk.view().is_behind = true;
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = desk.get("/v1/cases/unknown?token=1:99");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find(R"("code":"token_ahead")"), std::string::npos) << answer.body;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Reads, ACaseThatTheViewHasNotComeToIsBehindAndNotMissing) {
  Desk desk;
  desk.view().is_behind = true;
  for (const auto* path : {"/v1/cases/unknown", "/v1/cases/unknown/history"}) {
    const auto behind = desk.get(path);
    EXPECT_EQ(behind.status, 503) << behind.body;
    EXPECT_NE(behind.body.find(R"("code":"behind")"), std::string::npos) << behind.body;
    EXPECT_EQ(header_of(behind, "Retry-After"), "1");
  }
  desk.view().is_behind = false;
  EXPECT_EQ(desk.get("/v1/cases/unknown").status, 404);
}

}  // namespace
}  // namespace casetrail::api
