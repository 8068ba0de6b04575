// Who may come in: by which name they call the server, from which page they come, and what they say they
// send.
#include "workers/http/doorkeeper.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/workers/api/desk.h"

namespace casetrail::http {
namespace {

int status_of(const std::string& method, std::vector<HttpHeader> headers) {
  static const Doorkeeper door({"10.1.2.3", "desk.example"});
  const auto refusal = door.refusal_of({.method = method, .target = "/", .headers = std::move(headers)});
  return refusal ? refusal->status : 200;
}

int status_of_host(const std::string& host) { return status_of("GET", {{"host", host}}); }

TEST(Doorkeeper, LetsInWhoCallsTheServerByANameOfItsOwn) {
  for (const auto* host : {"localhost", "localhost:8377", "LocalHost:8377", "127.0.0.1:8377", "127.8.8.8",
                           "[::1]", "[::1]:8377", "10.1.2.3:8377", "desk.example", "DESK.example:80"})
    EXPECT_EQ(status_of_host(host), 200) << host;
}

TEST(Doorkeeper, RefusesAnyOtherNameEvenToRead) {
  for (const auto* host : {"evil.example", "evil.example:8377", "127.evil.example", "localhost.evil.example",
                           "127.0.0.1.evil.example", "10.1.2.4", "[::2]", "[::1", "", ":8377", "0.0.0.0"})
    EXPECT_EQ(status_of_host(host), 421) << host;
  const auto refusal = Doorkeeper({}).refusal_of({.method = "GET", .headers = {{"host", "desk.example:1"}}});
  ASSERT_TRUE(refusal);
  EXPECT_NE(refusal->body.find("--allowed-host desk.example`"), std::string::npos) << refusal->body;
}

TEST(Doorkeeper, NamesNoOptionToWhoNamesNothing) {
  for (const auto* host : {"", ":8377", "[]"}) {
    const auto refusal = Doorkeeper({}).refusal_of({.method = "GET", .headers = {{"host", host}}});
    ASSERT_TRUE(refusal) << host;
    EXPECT_EQ(refusal->status, 421);
    EXPECT_EQ(refusal->body.find("--allowed-host"), std::string::npos) << refusal->body;
  }
}

int status_of_change(const std::string& name, const std::string& value) {
  return status_of("POST", {{"host", "localhost:8377"}, {name, value}});
}

TEST(Doorkeeper, AChangeComesFromNoPageOrFromOneOfThisServer) {
  EXPECT_EQ(status_of("POST", {{"host", "localhost:8377"}}), 200);
  EXPECT_EQ(status_of_change("origin", "http://localhost:8377"), 200);
  EXPECT_EQ(status_of_change("sec-fetch-site", "same-origin"), 200);
  EXPECT_EQ(status_of_change("sec-fetch-site", "none"), 200);
  for (const auto* origin : {"http://evil.example", "http://localhost:8378", "http://localhost", "null", "",
                             "file://", "http://localhost:8377.evil.example"})
    EXPECT_EQ(status_of_change("origin", origin), 403) << origin;
  for (const auto* site : {"cross-site", "same-site", "", "SAME-ORIGIN"})
    EXPECT_EQ(status_of_change("sec-fetch-site", site), 403) << site;
}

TEST(Doorkeeper, WhatOnlyAsksMayComeFromALinkOnAnotherPage) {
  EXPECT_EQ(status_of("GET", {{"host", "localhost"}, {"sec-fetch-site", "cross-site"}}), 200);
}

constexpr auto kRegister =
    R"({"type":"request.register","actor":"system:shop","data":{"kind":"inquiry","channel":"email","pii":{"name":"Ann","contacts":[]}}})";

TEST(Api, WhatChangesSomethingSaysThatItIsJson) {
  test::Desk<> desk;
  for (const auto* target : {"/v1/commands", "/v1/rebuilds/handoff", "/v1/simulations"}) {
    HttpRequest request{.method = "POST", .target = target, .body = kRegister};
    EXPECT_EQ(desk.ask(request).status, 415) << target;
    for (const auto* type : {"", "text/plain", "application/json-evil", "application/x-www-form-urlencoded",
                             "multipart/form-data", "text/plain; application/json", "json"}) {
      request.headers = {{"content-type", type}};
      EXPECT_EQ(desk.ask(request).status, 415) << target << " " << type;
    }
    for (const auto* type : {"application/json", "APPLICATION/JSON", "application/json;charset=utf-8",
                             "application/json ; charset=UTF-8"}) {
      request.headers = {{"content-type", type}};
      EXPECT_LT(desk.ask(request).status, 300) << target << " " << type;
    }
  }
  EXPECT_EQ(desk.commands(), 4);
}

TEST(Api, AMediaTypeIsReadWhateverItsCase) {
  test::Desk<> desk;
  const auto as = [&](const char* type, const char* body) {
    return desk.ask(
        {.method = "POST", .target = "/v1/commands", .headers = {{"content-type", type}}, .body = body});
  };
  EXPECT_EQ(as("Application/CloudEvents-Batch+JSON", "[]").body, R"({"outcomes":[]})");
  EXPECT_EQ(as("application/CloudEvents+json; charset=UTF-8",
               R"({"specversion":"1.0","id":"c-2","source":"/crm","type":"casetrail.request.acknowledge",)"
               R"("subject":"email:A-1","actor":"agent:li","data":{"channel":"email"}})")
                .status,
            201);
}

}  // namespace
}  // namespace casetrail::http
