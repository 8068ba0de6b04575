// Where a request ends and whom it is for is said in one way, or the request is refused and its connection
// closed: no proxy in front may read another request out of the same bytes.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/raw_client.h"
#include "tests/workers/api/served.h"

namespace casetrail::http {
namespace {

using test::echo;
using test::RawClient;
using test::Server;

/// All that the server answers until it closes the connection.
std::string answer_to(const Server& server, std::string_view bytes) {
  RawClient client(server.port());
  client.send(bytes);
  auto answer = client.read_all();
  EXPECT_TRUE(client.closed());
  return answer;
}

std::string with_trailer(const std::string& trailer) {
  return "POST /body HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
         "2\r\n{}\r\n0\r\n" +
         trailer + "\r\n\r\n";
}

TEST(HttpFraming, ATrailerThatIsTooLargeIsRefusedAndTheNextClientIsServed) {
  const Server server;
  const auto one_field = with_trailer("A: " + std::string(100'000, '0'));
  EXPECT_NE(answer_to(server, one_field).find("431 Request Header Fields Too Large"), std::string::npos);
  std::string many = "A: 0";
  for (int i = 0; i < 2'000; ++i) many += "\r\nName: value";
  EXPECT_NE(answer_to(server, with_trailer(many)).find("headers_too_large"), std::string::npos);
  EXPECT_EQ(server.get("/x"), "GET /x ");
}

TEST(HttpFraming, AHostInTheTargetCountsAndNotTheHeader) {
  const Server server([](const HttpRequest& request, const Reply& reply) {
    reply({.status = 200,
           .content_type = "text/plain",
           .body = request.target + " at " + std::string(request.header("host").value_or(""))});
  });
  const auto asked = [&](const std::string& target) {
    const auto answer =
        answer_to(server, "GET " + target + " HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n");
    return answer.substr(answer.find("\r\n\r\n") + 4);
  };
  EXPECT_EQ(asked("http://casetrail:8377/v1/cases?limit=1"), "/v1/cases?limit=1 at casetrail:8377");
  EXPECT_EQ(asked("HTTP://casetrail?limit=1"), "/?limit=1 at casetrail");
  EXPECT_EQ(asked("https://casetrail"), "/ at casetrail");
  EXPECT_EQ(asked("/http://casetrail"), "/http://casetrail at other");
}

TEST(HttpFraming, ATrailerChangesNoHeader) {
  const Server server([](const HttpRequest& request, const Reply& reply) {
    std::string names;
    for (const auto& header : request.headers) names += header.name + " ";
    reply({.status = 200, .content_type = "text/plain", .body = names});
  });
  const auto answer = answer_to(server, with_trailer("Content-Type: application/json\r\nOrigin: http://x"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\nhost connection transfer-encoding ")) << answer;
}

TEST(HttpFraming, AHandlerThatThrowsAnswers500AndTheNextRequestIsServed) {
  const Server server([](const HttpRequest& request, const Reply& reply) {
    if (request.target == "/throw") throw std::length_error("too long");
    echo(request, reply);
  });
  EXPECT_NE(server.get("/throw").find("no_answer"), std::string::npos);
  EXPECT_EQ(server.get("/x"), "GET /x ");
}

/// What follows the headers would be the next request of whoever reads no body there.
constexpr std::string_view kSmuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

void expect_refused(const std::string& headers) {
  const Server server;
  const auto answer =
      answer_to(server, "POST /first HTTP/1." + headers + "\r\n\r\n" + std::string(kSmuggled));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << headers << "\n" << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos) << headers;
  EXPECT_EQ(answer.find("/smuggled"), std::string::npos) << headers;
}

TEST(HttpFraming, ATransferCodingOtherThanChunkedIsRefused) {
  for (const auto* coding : {"chunked, identity", "xchunked", "\"chunked\"", "identity", "chunked;q=1",
                             "gzip", "", "chunked chunked", "gzip, chunked",
                             "chunked\r\nTransfer-Encoding: chunked", "gzip\r\nTransfer-Encoding: chunked"})
    expect_refused("1\r\nHost: x\r\nTransfer-Encoding: " + std::string(coding));
}

TEST(HttpFraming, ChunkedIsReadWhateverItsCase) {
  EXPECT_NE(answer_to(Server(),
                      "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n"
                      "2\r\nhi\r\n0\r\n\r\n")
                .find("POST / hi"),
            std::string::npos);
}

TEST(HttpFraming, AnEncodingBesideALengthOrInHttp10IsRefused) {
  expect_refused("1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5");
  expect_refused("1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: \"chunked\"");
  expect_refused("1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: identity");
  expect_refused("0\r\nHost: x\r\nTransfer-Encoding: chunked");
}

TEST(HttpFraming, WhatADecisionRestsOnIsSaidOnce) {
  for (const std::string name :
       {"Origin", "Sec-Fetch-Site", "Content-Type", "Authorization", "Idempotency-Key"})
    expect_refused("1\r\nHost: x\r\n" + name + ": a\r\n" + name + ": b");
}

TEST(HttpFraming, ARequestHasOneHost) {
  expect_refused("1");
  expect_refused("1\r\nHost: x\r\nHost: x");
  expect_refused("1\r\nHost: x\r\nHost: y");
}

}  // namespace
}  // namespace casetrail::http
