// Reads the requests of one connection off its socket, each within the limits.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/verb.hpp>
#include <expected>
#include <optional>

#include "workers/http/exchange.h"
#include "workers/http/server.h"
#include "workers/http/wire.h"

namespace casetrail::http {

/// Awaits with what goes wrong in `error`, not thrown.
inline auto into(boost::system::error_code& error) {
  return boost::asio::redirect_error(boost::asio::use_awaitable, error);
}

/// A request, and how its answer has to be framed.
struct Incoming {
  HttpRequest request;
  unsigned version = 11;
  boost::beast::http::verb verb{};
  bool keep_alive = false;
};

/// Why there is no request: what to answer before the connection closes; nothing when the client has gone or
/// was cut off.
using NoRequest = std::optional<HttpResponse>;

/// Whatever the bytes of the client do to the parser, an exception included, happens within `next`, so that
/// it ends this connection alone.
class RequestReader {
 public:
  /// The stream outlives it.
  RequestReader(Wire& stream, const HttpLimits& limits)
      : stream_(stream), limits_(limits), buffer_(limits.header_bytes + limits.body_bytes) {}

  [[nodiscard]] boost::asio::awaitable<std::expected<Incoming, NoRequest>> next();

 private:
  Wire& stream_;
  HttpLimits limits_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace casetrail::http
