// Asks a server one thing at a time: how one casetrail process talks to another.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/http/server.h"

namespace casetrail::http {

/// A connection that is kept alive between requests and made anew when it broke. Used by one thread.
class HttpClient {
 public:
  /// Connects when it is first asked, unless told to before.
  [[nodiscard]] static std::unique_ptr<HttpClient> to(const HttpAddress& address, const Trust& trust = {});
  virtual ~HttpClient() = default;

  /// Connects now; an error is a sentence, and nothing was asked.
  [[nodiscard]] virtual std::expected<void, std::string> connect(std::chrono::milliseconds timeout) = 0;

  /// Waits for the answer, at most `timeout`. An error is a sentence: the server may have taken the request
  /// or not.
  [[nodiscard]] virtual std::expected<HttpResponse, std::string> ask(const HttpRequest& request,
                                                                     std::chrono::milliseconds timeout) = 0;

  /// When the server's certificate ends; nothing unless it is connected by TLS.
  [[nodiscard]] virtual std::optional<Timestamp> certificate_end() = 0;
};

}  // namespace casetrail::http
