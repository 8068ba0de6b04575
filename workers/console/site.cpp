// Caching by RFC 9111: names of assets change with their content, the page's own name does not.
#include "workers/console/site.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "workers/http/problem.h"

namespace casetrail::console {
namespace {

/// The first segments of the page's own addresses: `router.ts` has the same.
constexpr std::array<std::string_view, 6> kPages{"", "boards", "cases", "events", "held", "operations"};

/// Scripts, styles and requests of this server alone: no code in the page, none from strings, no frame around
/// it.
constexpr auto kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool is_page(std::string_view path) {
  const auto segment = path.substr(1, path.find('/', 1) - 1);
  return std::ranges::find(kPages, segment) != kPages.end();
}

/// Whether the client takes gzip; its name with a weight of zero says that it does not.
bool takes_gzip(const http::HttpRequest& request) {
  const auto accepted = request.header("accept-encoding").value_or("");
  const auto at = accepted.find("gzip");
  return at != std::string_view::npos && !accepted.substr(at).starts_with("gzip;q=0");
}

std::string inflated(const File& file) {
  std::string text(file.size, '\0');
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(file.gzip.data()));
  stream.avail_in = static_cast<uInt>(file.gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  constexpr int kGzip = 16;
  const bool whole =
      inflateInit2(&stream, MAX_WBITS + kGzip) == Z_OK && inflate(&stream, Z_FINISH) == Z_STREAM_END;
  inflateEnd(&stream);
  if (!whole) throw std::logic_error("The page in the binary is damaged. Install casetrail again.");
  return text;
}

http::HttpResponse response_of(const File& file, const http::HttpRequest& request) {
  http::HttpResponse response{.status = 200, .content_type = std::string(file.content_type)};
  const bool lasts = file.path.starts_with("/assets/");
  response.headers = {{"Content-Security-Policy", kPolicy},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cache-Control", lasts ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"ETag", std::string(file.entity_tag)},
                      {"Vary", "Accept-Encoding"}};
  if (request.header("if-none-match").value_or("").contains(file.entity_tag)) {
    response.status = 304;
  } else if (takes_gzip(request)) {
    response.headers.push_back({"Content-Encoding", "gzip"});
    response.body = file.gzip;
  } else {
    response.body = inflated(file);
  }
  return response;
}

}  // namespace

std::optional<http::HttpResponse> Site::answer(const http::HttpRequest& request) const {
  const std::string_view target = request.target;
  const auto path = target.substr(0, target.find('?'));
  if (!path.starts_with('/') || (request.method != "GET" && request.method != "HEAD")) return std::nullopt;
  const auto named = [&](std::string_view name) { return std::ranges::find(files_, name, &File::path); };
  if (const auto file = named(path); file != files_.end()) return response_of(*file, request);
  if (!is_page(path)) return std::nullopt;
  if (const auto page = named("/index.html"); page != files_.end()) return response_of(*page, request);
  return http::problem(
      404, "no_console",
      "This casetrail was built without its web page (-DCASETRAIL_CONSOLE=OFF). The API is under "
      "/v1; GET /v1/schemas/openapi describes it.");
}

}  // namespace casetrail::console
