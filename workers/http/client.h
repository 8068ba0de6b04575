// Asks a server one thing at a time: how one casetrail process talks to another.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/http/server.h"

namespace casetrail::http {

/// Takes an answer as it comes.
class Follower {
 public:
  virtual ~Follower() = default;
  /// Once, before the rest: the answer without its body.
  virtual void begin(HttpResponse head) = 0;
  /// The next bytes of the body.
  virtual void more(std::string_view bytes) = 0;
  /// Asked some times a second: false gives the answer up.
  [[nodiscard]] virtual bool goes_on() = 0;
};

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

  /// Asks, and hands the answer on as it comes, which may be without end. Nothing for `silence` is an error,
  /// a sentence; so is an answer that was given up or cut.
  [[nodiscard]] virtual std::expected<void, std::string> follow(const HttpRequest& request,
                                                                Follower& follower,
                                                                std::chrono::milliseconds silence) = 0;

  /// When the server's certificate ends; nothing unless it is connected by TLS.
  [[nodiscard]] virtual std::optional<Timestamp> certificate_end() = 0;
};

}  // namespace casetrail::http
