// Who may use which route, who may send which command, and whom a command may name.
#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <set>

#include "events/wire/reflect.h"
#include "tests/workers/api/desk.h"
#include "workers/api/contract.h"
#include "workers/api/routes.h"
#include "workers/api/sender.h"

namespace casetrail::api {
namespace {

using identity::Identity;
using identity::Right;
using testing::HasSubstr;

constexpr auto kAll =
    std::to_array({Right::read, Right::command, Right::reveal, Right::review, Right::operate});

Identity zhang() {
  return {.id = "zhang",
          .kind = ActorKind::agent,
          .actor = "zhang",
          .department = DepartmentId{"tech"},
          .roles = {"agent"},
          .rights = {kAll.begin(), kAll.end()},
          .source = "/zhang"};
}

Identity with_right(Right right) {
  auto who = zhang();
  who.rights = {right};
  return who;
}

http::HttpRequest as(Identity who, http::HttpRequest request) {
  request.identity = std::make_shared<const Identity>(std::move(who));
  return request;
}

/// A request that comes to the route.
http::HttpRequest request_to(const RouteText& route) {
  std::string target(route.path);
  for (auto open = target.find('{'); open != std::string::npos; open = target.find('{'))
    target.replace(open, target.find('}') - open + 1,
                   target.starts_with("/v1/cases") ? "email:A-1" : "handoff");
  return {.method = std::string(route.method),
          .target = target,
          .headers = {{"content-type", "application/json"}},
          .body = "{}"};
}

// The table of routes says what each needs; this one says which need nothing, so that none is open by being
// forgotten.
TEST(Rights, OnlyTheseRoutesAreForAnybody) {
  const std::set<std::string> open{"GET /v1/schemas",  "GET /v1/schemas/{name*}",
                                   "GET /v1/words",    "GET /v1/me",
                                   "POST /v1/session", "DELETE /v1/session",
                                   "GET /healthz",     "GET /livez",
                                   "GET /startupz",    "GET /readyz",
                                   "GET /v1/node"};
  std::set<std::string> found;
  for (const auto& route : route_texts()) {
    if (route.rights.empty()) found.insert(std::string(route.method) + " " + std::string(route.path));
  }
  EXPECT_EQ(found, open);
}

TEST(Rights, EachRouteIsAnsweredToWhoHasItsRightAndToNobodyElse) {
  const test::Desk<> desk;
  for (const auto& route : route_texts()) {
    if (route.answer_type == "text/event-stream" && route.rights == std::vector{Right::read})
      continue;  // goes on: below
    const auto name = std::string(route.method) + " " + std::string(route.path);
    if (!route.rights.empty()) {
      const auto nobody = desk.ask(as(Identity{}, request_to(route)));
      EXPECT_EQ(nobody.status, 401) << name;
      EXPECT_THAT(nobody.body, HasSubstr("\"unauthenticated\"")) << name;
    }
    for (const auto right : kAll) {
      const auto answer = desk.ask(as(with_right(right), request_to(route)));
      const bool may = route.rights.empty() || std::ranges::find(route.rights, right) != route.rights.end();
      EXPECT_EQ(answer.status == 403 && answer.body.find("\"forbidden\"") != std::string::npos, !may)
          << name << " " << name_of(right) << " " << answer.body;
      EXPECT_EQ(answer.status == 401, name == "POST /v1/session") << name;
    }
  }
}

TEST(Rights, AStreamNeedsThemToo) {
  const test::Desk<> desk;
  for (const auto* target : {"/v1/boards/handoff/stream", "/v1/events"}) {
    const http::HttpRequest request{
        .method = "GET", .target = target, .headers = {{"accept", "text/event-stream"}}};
    EXPECT_EQ(desk.ask(as(Identity{}, request)).status, 401) << target;
    EXPECT_EQ(desk.ask(as(with_right(Right::operate), request)).status, 403) << target;
    EXPECT_EQ(desk.ask(as(with_right(Right::read), request)).status, 200) << target;
  }
}

http::HttpRequest command(const std::string& json) {
  return {.method = "POST",
          .target = "/v1/commands",
          .headers = {{"content-type", "application/json"}},
          .body = json};
}

TEST(Rights, EachCommandNeedsItsOwn) {
  const test::Desk<> desk;
  for (const auto& contract : contract_types()) {
    if (contract.space != "commands") continue;
    const auto type = contract.type;
    const auto needed = right_of(type);
    EXPECT_EQ(needed, type == "contact.reveal"       ? Right::reveal
                      : type.starts_with("review.")  ? Right::review
                      : type.starts_with("privacy.") ? Right::operate
                                                     : Right::command)
        << type;
    for (const auto right : kAll) {
      const auto answer = desk.ask(as(with_right(right), command(R"({"type":")" + std::string(type) +
                                                                 R"(","case_id":"email:A-1","data":{}})")));
      EXPECT_EQ(answer.status == 403, right != needed) << type << " " << name_of(right) << " " << answer.body;
    }
  }
}

constexpr auto kItsAcknowledgement =
    R"("type":"request.acknowledge","case_id":"email:A-1","data":{"channel":"email"})";

TEST(Sender, IsTakenFromTheIdentityAndNothingElseMayBeClaimed) {
  const test::Desk<> desk;
  const auto answer = [&](const std::string& members, Identity who = zhang()) {
    return desk.ask(as(std::move(who),
                       command("{" + members + (members.empty() ? "" : ",") + kItsAcknowledgement + "}")));
  };
  EXPECT_LT(answer("").status, 300) << answer("").body;
  EXPECT_LT(
      answer(R"("actor":"agent:zhang","department_id":"tech","role":"agent","source":"/zhang/phone")").status,
      300);
  for (const auto* claim : {R"("actor":"agent:li")", R"("actor":"customer:C-1")",
                            R"("department_id":"sales")", R"("role":"lead")"}) {
    const auto refused = answer(claim);
    EXPECT_EQ(refused.status, 403) << claim;
    EXPECT_THAT(refused.body, HasSubstr("\"another_actor\"")) << claim;
  }
  EXPECT_THAT(answer(R"("source":"/crm")").body, HasSubstr("\"another_source\""));
  auto gateway = zhang();
  gateway.speaks_for = {ActorKind::customer};
  EXPECT_LT(answer(R"("actor":"customer:C-1")", gateway).status, 300);
  EXPECT_EQ(answer(R"("actor":"agent:li")", gateway).status, 403);
  // Where nobody looks, the body says who it is.
  EXPECT_EQ(desk.ask(command(std::string("{") + kItsAcknowledgement + "}")).status, 422);
}

TEST(Sender, OfEachElementOfABatchIsLookedAt) {
  const test::Desk<> desk;
  const auto element = [](const std::string& id, const std::string& actor) {
    return R"({"specversion":"1.0","id":")" + id +
           R"(","source":"/zhang","type":"casetrail.request.acknowledge","subject":"email:A-1",)" + actor +
           R"("data":{"channel":"email"}})";
  };
  auto request = command("[" + element("1", "") + "," + element("2", R"("actor":"agent:li",)") + "]");
  request.headers = {{"content-type", "application/cloudevents-batch+json"}};
  const auto answer = desk.ask(as(zhang(), request));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("\"accepted\""));
  EXPECT_THAT(answer.body, HasSubstr("\"another_actor\""));
}

TEST(Me, SaysWhoAsksAndWhatTheyMay) {
  const test::Desk<> desk;
  const http::HttpRequest request{.method = "GET", .target = "/v1/me"};
  EXPECT_EQ(desk.ask(request).body,
            R"({"checked":false,"roles":[],"rights":["read","command","reveal","review","operate"]})");
  EXPECT_EQ(desk.ask(as(Identity{}, request)).body, R"({"checked":true,"roles":[],"rights":[]})");
  EXPECT_EQ(
      desk.ask(as(with_right(Right::read), request)).body,
      R"({"checked":true,"id":"zhang","actor":"agent:zhang","department_id":"tech","roles":["agent"],"rights":["read"]})");
}

TEST(Me, ABrowserThatShowsATokenGetsACookie) {
  const test::Desk<> desk;
  http::HttpRequest request{.method = "POST",
                            .target = "/v1/session",
                            .headers = {{"content-type", "application/json"}},
                            .body = "{}"};
  EXPECT_EQ(desk.ask(request).status, 404);
  EXPECT_EQ(desk.ask(as(Identity{}, request)).status, 401);
  request.headers.push_back({"authorization", "Bearer t-zhang"});
  const auto answer = desk.ask(as(zhang(), request));
  EXPECT_EQ(answer.status, 200);
  ASSERT_EQ(answer.headers.back().name, "Set-Cookie");
  EXPECT_THAT(answer.headers.back().value, HasSubstr("casetrail_session=t-zhang; "));
  request.method = "DELETE";
  EXPECT_THAT(desk.ask(as(zhang(), request)).headers.back().value, HasSubstr("Max-Age=0"));
}

TEST(Actions, AreThoseOfWhoAsks) {
  const test::Desk<> desk;
  const auto board = desk.get("/v1/boards/cases").body;
  const auto begin = board.find(R"("case":")") + 8;
  const auto id = board.substr(begin, board.find('"', begin) - begin);
  auto reader = with_right(Right::read);
  const auto answer = desk.ask(as(reader, {.method = "GET", .target = "/v1/cases/" + id + "/actions"}));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.body.find(R"("allowed":true)"), std::string::npos);
  EXPECT_THAT(answer.body, HasSubstr("forbidden"));
  EXPECT_EQ(desk.ask(as(reader, {.method = "GET", .target = "/v1/cases/" + id + "/actions?agent=li"})).status,
            403);
}

}  // namespace
}  // namespace casetrail::api
