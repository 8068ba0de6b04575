// The server keeps its promises to good clients while bad ones try to break it.
#include "workers/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/becomes.h"
#include "tests/support/raw_client.h"
#include "tests/workers/api/served.h"
#include "workers/http/problem.h"

namespace casetrail::http {
namespace {

using namespace std::chrono_literals;
using test::becomes;
using test::echo;
using test::RawClient;
using test::Server;

HttpRequest post(std::string body) { return {.method = "POST", .target = "/", .body = std::move(body)}; }

TEST(HttpServer, AnswersManyRequestsOnOneConnection) {
  const Server server;
  RawClient client(server.port());
  for (const std::string path : {"/a", "/b", "/c"}) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.read_until("GET " + path + " ").find("200 OK"), std::string::npos);
  }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  const Server server;
  RawClient client(server.port());
  client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto all = client.read_all();
  EXPECT_LT(all.find("GET /1"), all.find("GET /2"));
}

TEST(HttpServer, AReplyMayComeLaterFromAnotherThread) {
  std::vector<std::jthread> threads;
  const Server server([&](const HttpRequest&, Reply reply) {
    threads.emplace_back([reply = std::move(reply)] {
      std::this_thread::sleep_for(10ms);
      reply({.status = 200, .content_type = "text/plain", .body = "late"});
    });
  });
  EXPECT_EQ(server.get("/"), "late");
}

TEST(HttpServer, AHandlerThatDropsItsReplyAnswers500) {
  const Server server([](const HttpRequest&, const Reply&) {});
  EXPECT_NE(server.get("/").find("no_answer"), std::string::npos);
}

TEST(HttpServer, AReplyAfterTheServersEndHarmsNobody) {
  std::promise<Reply> given;
  Reply kept;
  {
    const Server server([&](const HttpRequest&, Reply reply) { given.set_value(std::move(reply)); },
                        {.grace = 10ms});
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    kept = given.get_future().get();
  }
  kept({});
}

TEST(HttpServer, AnAnswerUnderWayIsGivenBeforeTheServerStops) {
  std::jthread slow;
  Server server([&](const HttpRequest&, Reply reply) {
    slow = std::jthread([reply = std::move(reply)] {
      std::this_thread::sleep_for(50ms);
      reply({.status = 200, .content_type = "text/plain", .body = "finished"});
    });
  });
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(20ms);
  server.stop();
  EXPECT_NE(client.read_all().find("finished"), std::string::npos);
}

TEST(HttpServer, ABodyAboveTheLimitIsRefusedWithoutReadingIt) {
  const Server server(echo, {.body_bytes = 100});
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
  EXPECT_NE(client.read_all().find("body_too_large"), std::string::npos);
}

TEST(HttpServer, AnOversizedBodyThatIsSentStillGetsItsRefusal) {
  const Server server(echo, {.body_bytes = 1000});
  const auto answer = server.client()->ask(post(std::string(300'000, 'x')), 5s);
  ASSERT_TRUE(answer) << answer.error();
  EXPECT_EQ(answer->status, 413);
}

TEST(HttpServer, AChunkedBodyAboveTheLimitIsRefused) {
  const Server server(echo, {.body_bytes = 10});
  RawClient client(server.port());
  client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n14\r\n01234567890123456789\r\n0\r\n\r\n");
  EXPECT_NE(client.read_all().find("body_too_large"), std::string::npos);
}

TEST(HttpServer, HeadersAboveTheLimitAreRefused) {
  const Server server(echo, {.header_bytes = 1000});
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\nBig: " + std::string(5000, 'x') + "\r\n\r\n");
  EXPECT_NE(client.read_all().find("headers_too_large"), std::string::npos);
}

TEST(HttpServer, AMalformedRequestIsRefused) {
  const Server server;
  RawClient client(server.port());
  client.send("this is no HTTP\r\n\r\n");
  EXPECT_NE(client.read_all().find("malformed_request"), std::string::npos);
}

TEST(HttpServer, ASlowRequestIsCutOff) {
  const Server server(echo, {.read = 50ms});
  RawClient client(server.port());
  client.send("GET / HT");
  (void)client.read_all();
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, AClientThatDoesNotReadItsAnswerIsCutOff) {
  std::atomic<bool> asked = false;
  Server server(
      [&](const HttpRequest&, const Reply& reply) {
        asked = true;
        reply({.body = std::string(64 << 20, 'x')});
      },
      {.write = 50ms, .grace = 1h});
  RawClient deaf(server.port());
  deaf.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(becomes([&] { return asked.load(); }));
  server.stop();  // returns when no answer is under way: nothing was read until it was given up
  EXPECT_LT(deaf.read_all().size(), std::size_t{64} << 20);
  EXPECT_TRUE(deaf.closed());
}

TEST(HttpServer, SilentConnectionsGiveWayToANewOne) {
  const Server server(echo, {.connections = 8});
  std::vector<std::unique_ptr<RawClient>> silent;
  silent.reserve(20);
  for (int i = 0; i < 20; ++i) silent.push_back(std::make_unique<RawClient>(server.port()));
  EXPECT_EQ(server.get("/x"), "GET /x ");
}

TEST(HttpServer, ManyClientsAreServedAtOnce) {
  const Server server;
  std::vector<std::unique_ptr<RawClient>> clients;
  clients.reserve(200);
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
  for (auto& client : clients) client->send("GET /all HTTP/1.1\r\nHost: x\r\n\r\n");
  for (auto& client : clients) EXPECT_NE(client->read_until("GET /all ").find("200 OK"), std::string::npos);
}

TEST(HttpServer, HeadHasTheLengthAndNoBody) {
  const Server server;
  RawClient client(server.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto all = client.read_all();
  EXPECT_NE(all.find("Content-Length: 8"), std::string::npos);
  EXPECT_TRUE(all.ends_with("\r\n\r\n"));
}

TEST(HttpServer, ExpectContinueIsGranted) {
  const Server server;
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_NE(client.read_until("\r\n\r\n").find("100 Continue"), std::string::npos);
  client.send("hi");
  EXPECT_NE(client.read_until("POST / hi").find("200 OK"), std::string::npos);
}

TEST(HttpServer, APortThatIsTakenIsAnErrorWithARemedy) {
  const Server server;
  const auto second = HttpServer::start({"127.0.0.1", server.port()}, {}, echo);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("--listen"), std::string::npos);
}

TEST(HttpServer, HasItsAddressBeforeItListens) {
  const auto server = HttpServer::bind({"127.0.0.1", 0}, {}).value();
  const auto address = server->address();
  EXPECT_FALSE(HttpClient::to(address)->ask(post("1"), 5s));
  ASSERT_TRUE(server->listen(echo));
  EXPECT_TRUE(HttpClient::to(address)->ask(post("2"), 5s));
}

TEST(HttpServer, AHandlerLearnsThatItsClientHasGone) {
  std::promise<std::pair<HttpRequest, Reply>> asked;
  auto came = asked.get_future();
  const Server server(
      [&](HttpRequest request, Reply reply) { asked.set_value({std::move(request), std::move(reply)}); });
  auto client = std::make_unique<RawClient>(server.port());
  client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto [request, reply] = came.get();
  EXPECT_FALSE(request.gone());
  client.reset();
  EXPECT_TRUE(becomes(request.gone));
  reply({});
}

TEST(HttpServer, AHandlerLearnsThatItsClientHasGoneBehindWhatItSent) {
  std::promise<std::pair<HttpRequest, Reply>> asked;
  auto came = asked.get_future();
  const Server server([&](HttpRequest request, Reply reply) {
    if (request.target != "/1") return echo(request, reply);
    asked.set_value({std::move(request), std::move(reply)});
  });
  auto client = std::make_unique<RawClient>(server.port());
  client->send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto [request, reply] = came.get();
  client->send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(server.get("/x"), "GET /x ");
  EXPECT_FALSE(request.gone());
  client->end_sending();
  EXPECT_TRUE(becomes(request.gone));
  reply({});
}

TEST(HttpServer, AClientThatSendsMoreHasNotGone) {
  std::promise<std::pair<HttpRequest, Reply>> asked;
  auto came = asked.get_future();
  const Server server([&](HttpRequest request, Reply reply) {
    if (request.target != "/1") return echo(request, reply);
    asked.set_value({std::move(request), std::move(reply)});
  });
  RawClient client(server.port());
  client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto [request, reply] = came.get();
  client.send("GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(server.get("/x"), "GET /x ");
  EXPECT_FALSE(request.gone());
  reply({.status = 200, .content_type = "text/plain", .body = "first"});
  EXPECT_NE(client.read_all().find("GET /2 "), std::string::npos);
}

TEST(HttpClient, ConnectsAnewWhenItsConnectionWasClosed) {
  const Server server(echo, {.read = 30ms});
  const auto client = server.client();
  ASSERT_TRUE(client->ask(post("1"), 5s));
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(client->ask(post("2"), 5s));
}

TEST(HttpClient, NobodyListeningIsAnError) {
  const auto client = HttpClient::to({"127.0.0.1", 1});
  EXPECT_FALSE(client->ask(post(""), 1s));
}

TEST(HttpAddress, IsReadFromHostAndPort) {
  EXPECT_EQ(parse_address("0.0.0.0:80")->text(), "0.0.0.0:80");
  EXPECT_EQ(parse_address("[::1]:80")->text(), "[::1]:80");
  EXPECT_EQ(parse_address("9000")->text(), "127.0.0.1:9000");
}

TEST(HttpAddress, APortOutOfRangeIsRefused) {
  EXPECT_FALSE(parse_address("127.0.0.1:70000"));
  EXPECT_FALSE(parse_address("127.0.0.1:x"));
}

}  // namespace
}  // namespace casetrail::http
