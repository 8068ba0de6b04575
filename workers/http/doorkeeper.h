// Keeps web pages out of a server that trusts whoever reaches it: the browser of its user can.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/http/exchange.h"

namespace casetrail::http {

/// Safe for any thread.
class Doorkeeper {
 public:
  /// `names`: what clients may call this server by, beside the names of loopback; no ports. A name that is
  /// not ours is one that a page has made to point here (DNS rebinding).
  explicit Doorkeeper(std::vector<std::string> names);

  /// Why the request may not come in; nothing when it may. What changes something has to come from no page or
  /// from one of this server's own; the answers to what only asks no foreign page can read.
  [[nodiscard]] std::optional<HttpResponse> refusal_of(const HttpRequest& request) const;

 private:
  [[nodiscard]] bool knows(std::string_view name) const;

  std::vector<std::string> names_;
};

/// `localhost`, or an address of the loopback network; an IPv6 address without its brackets.
[[nodiscard]] bool is_loopback(std::string_view name);

}  // namespace casetrail::http
