// A browser keeps its cookie longer than the token may live: who comes with a dead one is nobody, and signs
// in anew.
#include "workers/identity/gate.h"

#include <spdlog/spdlog.h>

#include "workers/identity/credentials.h"

namespace casetrail::identity {

std::optional<http::HttpResponse> Gate::admit(http::HttpRequest& request, Timestamp now) const {
  static const auto kNobody = std::make_shared<const Identity>();
  request.identity = kNobody;
  const auto shown = credentials_of(request);
  if (!shown) return std::nullopt;
  auto holder = book_.holder_of(shown->token, now);
  if (holder) {
    request.identity = *std::move(holder);
    return std::nullopt;
  }
  spdlog::warn("denied: code=unknown_token why=\"{}\" method={}", holder.error(), request.method);
  if (shown->in_cookie) return std::nullopt;
  return unauthenticated("unknown_token",
                         "Nobody has this token here, or it has expired. Show another, or ask for a new one: "
                         "`casetrail identities "
                         "add` makes them.");
}

}  // namespace casetrail::identity
