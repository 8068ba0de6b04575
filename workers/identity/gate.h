// Before the API: whose request it is.
#pragma once

#include <functional>
#include <optional>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/identity/book.h"

namespace casetrail::identity {

class Gate {
 public:
  /// `book` outlives it.
  explicit Gate(IdentityBook& book) : book_(book) {}

  /// Puts into the request whose it is: who has no token is known as nobody, and may what anybody may. The
  /// answer to a token that is nobody's is 401, and why is logged alone.
  [[nodiscard]] std::optional<http::HttpResponse> admit(http::HttpRequest& request, Timestamp now) const;

 private:
  IdentityBook& book_;
};

}  // namespace casetrail::identity
