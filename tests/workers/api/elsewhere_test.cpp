// A node that holds a part: what it answers itself, what it asks others for, and what it refuses.
#include <gmock/gmock.h>

#include <vector>

#include "events/wire/json_reader.h"
#include "tests/workers/api/desk.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto kNumbered = "CT-2611-000123";
constexpr auto kItsId = "0190b3a0-0000-7000-8000-000000000001";

/// Answers everything, and notes it. It knows one case by its number.
class Others : public Elsewhere {
 public:
  void ask(Role role, http::HttpRequest request, const http::Reply& reply) override {
    asked.push_back(std::string(name_of(role)) + " " + request.target);
    if (!request.target.starts_with("/v1/cases?limit=1&case="))
      return reply({.body = R"({"from":"others"})"});
    if (gone) return reply(http::problem(503, "no_peer", "There is none."));
    const bool is_known = request.target.contains(kNumbered);
    reply({.body = is_known ? std::string(R"({"rows":[{"case":")") + kItsId + R"("}]})" : R"({"rows":[]})"});
  }

  std::vector<std::string> asked;
  bool gone = false;
};

class Part : public testing::Test {
 protected:
  [[nodiscard]] Node node(Roles roles) { return {std::move(roles), &others_, "desk-1", "log-1"}; }
  static http::HttpRequest command(const std::string& case_id) {
    return {.method = "POST",
            .target = "/v1/commands",
            .headers = {{"content-type", "application/json"}},
            .body = R"({"type":"work.message.receive","case_id":")" + case_id +
                    R"(","actor":"customer:c","data":{"channel":"api","pii":{"text":"x"}}})"};
  }

  Others others_;
};

TEST_F(Part, AnApiNodeAsksForBoardsAndHistories) {
  test::Desk<> desk(node({Role::api}));
  for (const auto* target :
       {"/v1/boards/handoff?limit=5", "/v1/cases?breached=true", "/v1/boards/handoff/diff?from=2026-01-01",
        "/v1/boards/history?case=email:A-1", "/v1/cases/email:A-1/why", "/v1/held", "/v1/boards/sla/stream"})
    EXPECT_EQ(desk.get(target).body, R"({"from":"others"})") << target;
  EXPECT_THAT(others_.asked,
              ElementsAre("boards /v1/boards/handoff?limit=5", "boards /v1/cases?breached=true",
                          "boards /v1/boards/handoff/diff?from=2026-01-01",
                          "history /v1/boards/history?case=email:A-1", "history /v1/cases/email:A-1/why",
                          "history /v1/held", "boards /v1/boards/sla/stream"));
}

TEST_F(Part, ItAnswersItselfWhatTheLogSays) {
  test::Desk<> desk(node({Role::api}));
  for (const auto* target : {"/v1/boards", "/v1/boards/handoff/shape", "/v1/words", "/v1/me", "/v1/lag",
                             "/v1/rebuilds", "/v1/topics", "/v1/schemas/openapi", "/livez"})
    EXPECT_NE(desk.get(target).body, R"({"from":"others"})") << target;
  EXPECT_EQ(desk.ask(command(kItsId)).status, 201);
  EXPECT_THAT(others_.asked, IsEmpty());
}

TEST_F(Part, WhatItHoldsItAnswersItself) {
  test::Desk<> desk(node({Role::boards, Role::api}));
  EXPECT_EQ(desk.get("/v1/boards/handoff").status, 200);
  EXPECT_THAT(others_.asked, IsEmpty());
  EXPECT_EQ(desk.get("/v1/cases/email:A-1").status, 200);
  EXPECT_THAT(others_.asked, ElementsAre("history /v1/cases/email:A-1"));
}

TEST_F(Part, ANumberIsLookedUpBeforeItsHistoryIsAskedFor) {
  test::Desk<> desk(node({Role::api}));
  EXPECT_EQ(desk.get(std::string("/v1/cases/") + kNumbered + "/history?token=0:1").status, 200);
  EXPECT_THAT(others_.asked,
              ElementsAre(std::string("boards /v1/cases?limit=1&case=") + kNumbered + "&token=0%3A1",
                          std::string("history /v1/cases/") + kItsId + "/history?token=0%3A1"));
}

TEST_F(Part, ACommandToANumberIsSentToItsCase) {
  test::Desk<> desk(node({Role::api}));
  EXPECT_EQ(desk.ask(command(kNumbered)).status, 201);
  EXPECT_EQ(others_.asked.size(), 1U);
  const auto unknown = desk.ask(command("CT-2611-000999"));
  EXPECT_EQ(unknown.status, 422) << unknown.body;
  EXPECT_EQ(desk.commands(), 1);
}

TEST_F(Part, WhileNobodyKnowsNumbersThatIsSaidAndNothingIsSent) {
  test::Desk<> desk(node({Role::api}));
  others_.gone = true;
  EXPECT_EQ(desk.ask(command(kNumbered)).status, 503);
  EXPECT_EQ(desk.get(std::string("/v1/cases/") + kNumbered).status, 503);
  EXPECT_EQ(desk.commands(), 0);
}

TEST_F(Part, WhoIsAskedForAnotherNodeAsksNobody) {
  test::Desk<> desk(node({Role::boards, Role::api}));
  static_cast<void>(desk.get("/readyz"));
  for (const auto* target : {"/v1/cases/email:A-1", "/v1/cases/CT-2611-000123"}) {
    const auto answer = desk.ask({.method = "GET", .target = target, .headers = {{kForwardedHeader, "1"}}});
    EXPECT_EQ(answer.status, 503) << target;
    EXPECT_THAT(answer.body, HasSubstr(R"("not_held_here")")) << target;
  }
  EXPECT_THAT(others_.asked, IsEmpty());
}

TEST_F(Part, WhoHasNotBeenReadyAnswersForNobodyElse) {
  test::Desk<> desk(node(kEveryRole));
  const http::HttpRequest forwarded{
      .method = "GET", .target = "/v1/boards/handoff", .headers = {{kForwardedHeader, "1"}}};
  EXPECT_THAT(desk.ask(forwarded).body, HasSubstr(R"("starting")"));
  EXPECT_EQ(desk.get("/readyz").status, 200);
  EXPECT_EQ(desk.ask(forwarded).status, 200);
}

TEST_F(Part, WithoutTheRoleNoCommandIsTaken) {
  test::Desk<> desk(node({Role::commands, Role::boards}));
  const auto answer = desk.ask(command(kItsId));
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("not_held_here")"));
  EXPECT_EQ(desk.commands(), 0);
}

TEST_F(Part, ARebuildIsBegunWhereTheViewIs) {
  test::Desk<> desk(node({Role::api}));
  const auto answer = desk.ask({.method = "POST",
                                .target = "/v1/rebuilds/handoff",
                                .headers = {{"content-type", "application/json"}}});
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("not_held_here")"));
  EXPECT_THAT(others_.asked, IsEmpty());
}

TEST_F(Part, RightsAreLookedAtBeforeAnybodyIsAsked) {
  test::Desk<> desk(node({Role::api}));
  http::HttpRequest request{.method = "GET", .target = "/v1/boards/handoff"};
  request.identity = std::make_shared<const identity::Identity>();
  EXPECT_EQ(desk.ask(request).status, 401);
  EXPECT_EQ(desk.get("/v1/cases/email:A-1?nonsense=1").status, 400);
  EXPECT_THAT(others_.asked, IsEmpty());
}

TEST_F(Part, ANodeSaysWhatItIs) {
  test::Desk<> desk(node({Role::boards, Role::history}));
  EXPECT_EQ(desk.get("/v1/node").body,
            R"({"node":"desk-1","log":"log-1","roles":["boards","history"],"missing":""})");
}

}  // namespace
}  // namespace casetrail::api
