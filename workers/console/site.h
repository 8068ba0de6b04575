// The web page at `/`: files that lie in the binary, for any browser, under a strict Content-Security-Policy.
#pragma once

#include <optional>
#include <span>

#include "workers/console/files.h"
#include "workers/http/exchange.h"

namespace casetrail::console {

/// Any thread.
class Site {
 public:
  /// `files` outlive it.
  explicit Site(std::span<const File> files) : files_(files) {}

  /// A file of the page, or the page itself for an address that is one of its own; nothing for all that is
  /// not the page's, such as `/v1` and `/metrics`.
  [[nodiscard]] std::optional<http::HttpResponse> answer(const http::HttpRequest& request) const;

 private:
  std::span<const File> files_;
};

}  // namespace casetrail::console
