// A server on a free port, and what an honest client gets from it. With CASETRAIL_TEST_TLS all of it speaks
// TLS.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tests/support/tls_pair.h"
#include "workers/http/client.h"
#include "workers/http/server.h"

namespace casetrail::test {

inline void echo(const http::HttpRequest& request, const http::Reply& reply) {
  reply({.status = 200,
         .content_type = "text/plain",
         .body = request.method + " " + request.target + " " + request.body});
}

/// With limits that a test can reach quickly.
class Server {
 public:
  explicit Server(http::HttpHandler handler = echo, http::HttpLimits limits = {})
      : server_(
            std::move(http::HttpServer::start({"127.0.0.1", 0}, limits, std::move(handler), tls()).value())) {
  }

  [[nodiscard]] std::uint16_t port() const { return server_->address().port; }
  [[nodiscard]] std::unique_ptr<http::HttpClient> client() const {
    return http::HttpClient::to(server_->address(), trust());
  }
  [[nodiscard]] std::string get(const std::string& target) const {
    const auto answer = client()->ask({.method = "GET", .target = target}, std::chrono::seconds(20));
    return answer ? answer->body : answer.error();
  }
  void stop() { server_->stop(); }

 private:
#ifdef CASETRAIL_TEST_TLS
  static std::optional<http::TlsFiles> tls() { return shared_tls_pair().files(); }
  static http::Trust trust() { return shared_tls_pair().trust(); }
#else
  static std::optional<http::TlsFiles> tls() { return std::nullopt; }
  static http::Trust trust() { return {}; }
#endif

  std::unique_ptr<http::HttpServer> server_;
};

}  // namespace casetrail::test
