// The token of a request: in `Authorization` for programs, in a cookie for the console.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "workers/http/exchange.h"

namespace casetrail::identity {

struct Credentials {
  std::string token;
  bool in_cookie = false;
};

/// Nothing when the request has none.
[[nodiscard]] std::optional<Credentials> credentials_of(const http::HttpRequest& request);

/// A `Set-Cookie` for the browser that has shown `token`: for the console's own pages, unreadable to scripts,
/// for half a day. It carries the token itself, so that it is revoked with it, and holds on every node and
/// through a restart.
[[nodiscard]] http::HttpHeader session_cookie(const http::HttpRequest& request, std::string_view token);
/// One that ends it.
[[nodiscard]] http::HttpHeader ended_session_cookie();

/// 401 with what to show (RFC 6750).
[[nodiscard]] http::HttpResponse unauthenticated(std::string_view code, std::string_view sentence);

}  // namespace casetrail::identity
