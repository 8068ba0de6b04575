// Host by RFC 9110, 7.2; Origin by RFC 6454; Sec-Fetch-Site by W3C Fetch Metadata.
#include "workers/http/doorkeeper.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <utility>

#include "workers/http/problem.h"

namespace casetrail::http {
namespace {

/// `Host` without its port, `[::1]:8377` without its brackets.
std::string_view name_in(std::string_view host) {
  const auto bracket = host.find(']');
  if (host.starts_with('[') && bracket != std::string_view::npos) return host.substr(1, bracket - 1);
  return host.substr(0, host.find(':'));
}

HttpResponse foreign(std::string_view header, std::string_view value) {
  return problem(403, "foreign_page",
                 "This request comes from a page of another site (" + std::string(header) + ": " +
                     std::string(value) +
                     "). Only programs, and pages of this server itself, may change something.");
}

}  // namespace

bool is_loopback(std::string_view name) {
  if (same_letters(name, "localhost")) return true;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(name, error);
  return !error && address.is_loopback();
}

Doorkeeper::Doorkeeper(std::vector<std::string> names) : names_(std::move(names)) {}

bool Doorkeeper::knows(std::string_view name) const {
  return is_loopback(name) ||
         std::ranges::any_of(names_, [&](const auto& known) { return same_letters(known, name); });
}

std::optional<HttpResponse> Doorkeeper::refusal_of(const HttpRequest& request) const {
  const auto host = request.header("host").value_or("");
  const auto name = name_in(host);
  if (name.empty()) {
    return problem(421, "foreign_host",
                   "The header Host names nothing. Send the name by which this server is called.");
  }
  if (!knows(name)) {
    return problem(421, "foreign_host",
                   "This server is not known as '" + std::string(name) +
                       "'. If it is to be, start it with `casetrail serve --allowed-host " +
                       std::string(name) + "`.");
  }
  if (request.method == "GET" || request.method == "HEAD") return std::nullopt;
  if (const auto origin = request.header("origin")) {
    const auto ours = [&](std::string_view scheme) {
      return same_letters(*origin, std::string(scheme).append(host));
    };
    if (!ours("http://") && !ours("https://")) return foreign("Origin", *origin);
  }
  const auto site = request.header("sec-fetch-site").value_or("none");
  if (site != "none" && site != "same-origin") return foreign("Sec-Fetch-Site", site);
  return std::nullopt;
}

}  // namespace casetrail::http
