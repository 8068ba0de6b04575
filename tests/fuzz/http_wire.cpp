// Bytes on a socket: whatever a client sends, the next one is served.
#include <chrono>

#include "tests/fuzz/harness.h"
#include "tests/support/raw_client.h"
#include "workers/http/problem.h"
#include "workers/http/server.h"

using namespace casetrail;
using namespace std::chrono_literals;

namespace {

constexpr http::HttpLimits kLimits{
    .body_bytes = 70'000, .header_bytes = 1000, .connections = 4, .read = 2s, .write = 2s};

std::uint16_t port() {
  static const auto server =
      http::HttpServer::start({"127.0.0.1", 0}, kLimits,
                              [](const http::HttpRequest& request, const http::Reply& reply) {
                                reply({.status = 200, .content_type = "text/plain", .body = request.body});
                              })
          .value();
  return server->address().port;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  test::RawClient client(port());
  client.send(fuzz::text_of(bytes, size));
  client.end_sending();
  const auto answer = client.read_all();
  fuzz::must(client.closed(), "a client that has said all is let go");
  fuzz::must(answer.empty() || answer.starts_with("HTTP/1."), "an answer is HTTP", answer);

  test::RawClient honest(port());
  honest.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  fuzz::must(honest.read_all().ends_with("\r\n\r\nhello"), "the next client is served");
  return 0;
}
