// What machines ask: whether it turns, has started, is ready, and is backed up.
#include <gmock/gmock.h>

#include <atomic>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class NodesDesk : public fuzz::StoryDesk {
 public:
  std::atomic<bool> hangs = false;
  std::atomic<bool> ready = false;

  std::optional<std::string> standing_still() override {
    return hangs ? std::optional<std::string>("A thread hangs.") : std::nullopt;
  }
  std::vector<log::Reason> not_ready() override {
    if (ready) return {};
    return {{.code = log::ReasonCode::commands_replaying,
             .worker = std::string(log::kCommandWorker),
             .partition = 3,
             .percent = 41,
             .detail = "It replays."}};
  }
  std::vector<log::Reason> attention() override { return told; }
  std::vector<log::Reason> told;
  DeskAnswer start_backup(const std::string& directory) override {
    if (directory == "/new") return R"({"run":1})";
    return std::unexpected(DeskFailure{Unanswered::conflict, "One is under way."});
  }
};

TEST(Health, AThreadThatHangsIsToldByLivezAlone) {
  test::Desk<NodesDesk> desk;
  EXPECT_EQ(desk.get("/livez").body, R"({"status":"alive"})");
  desk.view().hangs = true;
  const auto hung = desk.get("/livez");
  EXPECT_EQ(hung.status, 503);
  EXPECT_THAT(hung.body, AllOf(HasSubstr(R"("code":"hangs")"), HasSubstr("A thread hangs.")));
  EXPECT_EQ(desk.get("/healthz").status, 200);
}

TEST(Health, ANodeHasStartedOnceItWasReadyAndStaysSo) {
  test::Desk<NodesDesk> desk;
  const auto starting = desk.get("/startupz");
  EXPECT_EQ(starting.status, 503);
  EXPECT_THAT(starting.body, AllOf(HasSubstr(R"("code":"starting")"), HasSubstr("It replays.")));
  EXPECT_EQ(desk.get("/livez").status, 200) << "Who starts is alive, however long it takes.";
  desk.view().ready = true;
  EXPECT_EQ(desk.get("/startupz").status, 200);
  desk.view().ready = false;
  EXPECT_EQ(desk.get("/readyz").status, 503);
  EXPECT_EQ(desk.get("/startupz").status, 200);
}

TEST(Health, WhatANodeWaitsForIsToldAsDataAndInBothLanguages) {
  test::Desk<NodesDesk> desk;
  for (const auto* route : {"/readyz", "/startupz"}) {
    const auto waits = desk.get(route);
    EXPECT_EQ(waits.status, 503);
    EXPECT_THAT(waits.body,
                HasSubstr(R"("reasons":[{"code":"commands_replaying","worker":"commands","about":"",)"
                          R"("partition":3,"percent":41,"detail":"It replays.",)"
                          R"("en":"Command partition 3 is taking_over, 41 %: It replays.",)"
                          R"("zh":"命令分区 3 正在重放事件，已完成 41 %：请等待。"}]})"));
  }
  desk.view().ready = true;
  EXPECT_EQ(desk.get("/readyz").body, R"({"status":"ready"})");
  desk.view().told = {{.code = log::ReasonCode::more_cases_damaged, .records = 7}};
  EXPECT_THAT(desk.get("/readyz").body, AllOf(HasSubstr(R"("attention":["And 7 more cases are closed."])"),
                                              HasSubstr(R"("code":"more_cases_damaged")")));
}

TEST(Health, ABackupIsBegunByItsDirectory) {
  test::Desk<NodesDesk> desk;
  const auto post = [&](const std::string& body) {
    return desk.ask({.method = "POST",
                     .target = "/v1/backups",
                     .headers = {{"content-type", "application/json"}},
                     .body = body});
  };
  EXPECT_EQ(post(R"({"directory":"/new"})").status, 202);
  EXPECT_EQ(post(R"({"directory":"/old"})").status, 409);
  EXPECT_EQ(post(R"({})").status, 422);
  EXPECT_EQ(desk.get("/v1/backups").status, 200);
}

}  // namespace
}  // namespace casetrail::api
