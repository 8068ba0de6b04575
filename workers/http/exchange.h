// One HTTP exchange as values: what was asked, what is answered. The API is made of these, with a socket or
// without.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::identity {
struct Identity;
}

namespace casetrail::http {

struct HttpHeader {
  std::string name;
  std::string value;

  bool operator==(const HttpHeader&) const = default;
};

struct HttpRequest {
  std::string method{};               ///< `GET`, `POST`
  std::string target{};               ///< path and query as they stand in the request line, percent-encoded
  std::vector<HttpHeader> headers{};  ///< names in lower case
  std::string body{};
  bool encrypted = false;  ///< the client spoke TLS to this server
  /// Any thread: the client sends no more, and is taken to be gone unless its answer comes soon. Empty where
  /// nobody can tell.
  std::function<bool()> gone{};
  /// Whose request it is, as who stands before the API found; empty where nobody looks.
  std::shared_ptr<const identity::Identity> identity{};

  /// The value of the first header of this name in lower case; nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  /// `application/json`: in lower case and without parameters; empty when none is declared.
  [[nodiscard]] std::string media_type() const;
};

class AnswerStream;

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
  std::vector<HttpHeader> headers{};  ///< beside content type and length
  /// Instead of a body: the answer goes on with what is written here, until it ends.
  std::shared_ptr<AnswerStream> stream{};
};

/// Takes the answer to one request, once, from any thread. Dropped without a call, it answers 500 by itself.
using Reply = std::function<void(HttpResponse)>;

/// Answers a request, now or later. Called on the server's one thread: it must not wait.
using HttpHandler = std::function<void(HttpRequest, Reply)>;

/// Whether both are the same but for the case of ASCII letters.
[[nodiscard]] bool same_letters(std::string_view one, std::string_view other);

/// Percent-encodes everything but unreserved characters (RFC 3986), for one segment or query value.
[[nodiscard]] std::string percent_encode(std::string_view text);
/// Nothing when an escape is malformed. `+` stands for itself.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

}  // namespace casetrail::http
