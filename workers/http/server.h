// An HTTP/1.1 server for few, perhaps hostile, clients: everything it takes from them is bounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/http/tls.h"

namespace casetrail::http {

/// With every answer of this server: who asks knows that it is casetrail that they have reached.
inline constexpr auto kApiHeader = "X-Casetrail-Api";

struct HttpLimits {
  std::size_t body_bytes = 1 << 20;
  std::size_t header_bytes = 16 << 10;
  /// One more closes the connection that has been idle longest; where none is, the one that has been taking
  /// its answer longest; where none is, the one that has been waiting longest for it is answered 504; where
  /// none is, the oldest answer that goes on is cut.
  std::size_t connections = 512;
  /// Answers that go on, of all connections; one more is refused.
  std::size_t streams = 256;
  /// Of bodies that clients have not taken yet. More closes the connection that has been taking its answer
  /// longest.
  std::size_t answer_bytes = 256 << 20;
  std::chrono::milliseconds handshake{10'000};  ///< of TLS, from the first byte to the last
  std::chrono::milliseconds read{30'000};       ///< from the end of an answer to the end of the next request
  std::chrono::milliseconds write{30'000};      ///< for one answer, or for what one that goes on has at once
  std::chrono::milliseconds wait{1'000};        ///< for an answer, before somebody new may end the wait
  std::chrono::milliseconds grace{5'000};       ///< for answers that are under way when the server stops
};

enum class Scheme { http, https };

struct HttpAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8377;  ///< 0: any free one
  Scheme scheme = Scheme::http;

  /// `HOST:PORT`.
  [[nodiscard]] std::string text() const;
  /// `https://HOST:PORT`.
  [[nodiscard]] std::string url() const;
};

/// `HOST:PORT`, `[IPv6]:PORT` or `PORT`; an error is a sentence.
[[nodiscard]] std::expected<HttpAddress, std::string> parse_address(const std::string& text);
/// `http://HOST[:PORT][/]` or `HOST[:PORT]`, with port 8377 unless named, or `https://HOST[:PORT][/]`, with
/// port 443 unless named; an error is a sentence.
[[nodiscard]] std::expected<HttpAddress, std::string> parse_server_url(const std::string& text);

/// Serves on one thread of its own. The handler runs on it and must not wait; a `Reply` may come from any
/// thread, and late: it is harmless even when the server is gone.
class HttpServer {
 public:
  /// Takes the address, so that nobody else can, and lets nobody connect yet. With `tls` it speaks TLS alone.
  /// An error is a sentence with the remedy.
  [[nodiscard]] static std::expected<std::unique_ptr<HttpServer>, std::string> bind(
      const HttpAddress& address, const HttpLimits& limits, const std::optional<TlsFiles>& tls = {});
  /// The same, and listens.
  [[nodiscard]] static std::expected<std::unique_ptr<HttpServer>, std::string> start(
      const HttpAddress& address, const HttpLimits& limits, HttpHandler handler,
      const std::optional<TlsFiles>& tls = {});
  virtual ~HttpServer() = default;

  /// Call it once. Listens before it returns; what the handler borrows has to be there until `stop`.
  [[nodiscard]] virtual std::expected<void, std::string> listen(HttpHandler handler) = 0;

  /// Where it listens, with the port that it got and the scheme that it speaks.
  [[nodiscard]] virtual HttpAddress address() const = 0;

  /// When its certificate ends, as it is in force now; nothing: it speaks no TLS. Any thread.
  [[nodiscard]] virtual std::optional<Timestamp> certificate_end() const = 0;

  /// Takes no more connections, lets answers under way finish within the grace, ends those that go on, closes
  /// everything. The destructor does the same.
  virtual void stop() = 0;
};

}  // namespace casetrail::http
