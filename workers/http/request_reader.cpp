// Feeds Beast's parser by hand: Beast's own reads would throw from within the event loop, where no connection
// catches it.
#include "workers/http/request_reader.h"

#include <array>
#include <boost/beast/http.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "events/wire/letter_case.h"
#include "workers/http/problem.h"

namespace casetrail::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Head = http::request_header<>;

constexpr std::size_t kReadBytes = 64 << 10;

/// Counts the fields of a trailer, which Beast does not bound, and leaves them out: nothing that follows the
/// body may change what the header said (RFC 9110, 6.5.1).
class Parser final : public http::request_parser<http::string_body> {
 public:
  explicit Parser(const HttpLimits& limits) : trailer_left_(limits.header_bytes) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.body_bytes);
  }

 private:
  void on_field_impl(http::field name, beast::string_view spelt, beast::string_view value,
                     error_code& error) override {
    if (!is_header_done()) return get().insert(name, spelt, value);
    const auto size = spelt.size() + value.size();
    if (size > trailer_left_) {
      error = http::error::header_limit;
    } else {
      trailer_left_ -= size;
    }
  }

  std::size_t trailer_left_;
};

HttpResponse refusal_of(const error_code& error, const HttpLimits& limits) {
  if (error == http::error::body_limit) {
    return problem(
        413, "body_too_large",
        "Expected a body of at most " + std::to_string(limits.body_bytes) + " bytes, but it is larger.");
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return problem(431, "headers_too_large",
                   "Expected headers and trailers of at most " + std::to_string(limits.header_bytes) +
                       " bytes each, but they are larger.");
  }
  return problem(400, "malformed_request", "Expected an HTTP/1.1 request, but: " + error.message() + ".");
}

NoRequest no_request(const error_code& error, const HttpLimits& limits) {
  if (error == http::error::end_of_stream || error.category() != http::make_error_code({}).category())
    return std::nullopt;
  return refusal_of(error, limits);
}

HttpResponse malformed(std::string_view sentence) { return problem(400, "malformed_request", sentence); }

/// What a decision rests on: of two, another program may go by the other one.
constexpr auto kOnce = std::to_array<const char*>(
    {"Origin", "Sec-Fetch-Site", "Content-Type", "Authorization", "Idempotency-Key", "Last-Event-ID"});

/// Where a body ends and whom it is for must be said in one way only, or a proxy in front may read another
/// request out of the same bytes (RFC 9112, 3.2 and 6.1).
std::optional<HttpResponse> refusal_of(const Head& head) {
  if (const auto hosts = head.count(http::field::host); hosts != 1) {
    return malformed("Expected one Host header, but there " +
                     (hosts == 0 ? "is none." : "are " + std::to_string(hosts) + "."));
  }
  for (const auto* name : kOnce) {
    if (head.count(name) > 1)
      return malformed(
          std::string("Expected the header ").append(name).append(" once, but it is there more often."));
  }
  const auto codings = head.count(http::field::transfer_encoding);
  if (codings == 0) return std::nullopt;
  if (head.version() < 11) return malformed("Expected no Transfer-Encoding in HTTP/1.0, but there is one.");
  if (head.count(http::field::content_length) > 0)
    return malformed("Expected Content-Length or Transfer-Encoding, but there are both.");
  const auto coding = head[http::field::transfer_encoding];
  if (codings == 1 && beast::iequals(coding, "chunked")) return std::nullopt;
  return malformed(
      "Expected Transfer-Encoding to be 'chunked' alone. Send the body in chunks, or its length.");
}

/// A target with scheme and host before its path, as proxies write it: the host counts, and not the header
/// (RFC 9112, 3.2.2).
void take_host_off_target(HttpRequest& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!beast::iequals(std::string_view(request.target).substr(0, scheme.size()), scheme)) continue;
    const auto end = std::min(request.target.find_first_of("/?", scheme.size()), request.target.size());
    for (auto& header : request.headers) {
      if (header.name == "host") header.value = request.target.substr(scheme.size(), end - scheme.size());
    }
    request.target.erase(0, end);
    if (!request.target.starts_with('/')) request.target.insert(0, 1, '/');
    return;
  }
}

HttpRequest read_request(http::request<http::string_body>&& message) {
  HttpRequest request{.method = std::string(message.method_string()),
                      .target = std::string(message.target()),
                      .body = std::move(message.body())};
  for (const auto& field : message) {
    request.headers.push_back({lower_case(field.name_string()), std::string(field.value())});
  }
  take_host_off_target(request);
  return request;
}

/// Reads until the parser is where `is_there` says.
net::awaitable<error_code> feed(Wire& stream, beast::flat_buffer& buffer, Parser& parser,
                                bool (Parser::*is_there)() const) {
  error_code error;
  while (!(parser.*is_there)()) {
    error = http::error::need_more;
    if (buffer.size() > 0) buffer.consume(parser.put(buffer.data(), error));
    if (!error) continue;
    if (error != http::error::need_more) co_return error;
    const auto room = beast::read_size(buffer, kReadBytes);
    if (room == 0) co_return http::error::buffer_overflow;
    buffer.commit(co_await stream.async_read_some(buffer.prepare(room), into(error)));
    if (error == net::error::eof)
      co_return parser.got_some() ? http::error::partial_message : http::error::end_of_stream;
    if (error) co_return error;
  }
  co_return error_code();
}

net::awaitable<std::expected<Incoming, NoRequest>> read(Wire& stream, beast::flat_buffer& buffer,
                                                        const HttpLimits& limits) {
  Parser parser(limits);
  stream.expires_after(limits.read);
  error_code error = co_await feed(stream, buffer, parser, &Parser::is_header_done);
  if (error) co_return std::unexpected(no_request(error, limits));
  auto refusal = refusal_of(parser.get());
  if (refusal) co_return std::unexpected(std::move(refusal));
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    http::response<http::empty_body> go_on(http::status::continue_, 11);
    co_await http::async_write(stream, go_on, into(error));
    if (error) co_return std::unexpected(NoRequest());
  }
  error = co_await feed(stream, buffer, parser, &Parser::is_done);
  if (error) co_return std::unexpected(no_request(error, limits));
  auto message = parser.release();
  Incoming incoming;
  incoming.version = message.version();
  incoming.verb = message.method();
  incoming.keep_alive = message.keep_alive();
  incoming.request = read_request(std::move(message));
  incoming.request.encrypted = stream.is_encrypted();
  co_return incoming;
}

}  // namespace

net::awaitable<std::expected<Incoming, NoRequest>> RequestReader::next() {
  return read(stream_, buffer_, limits_);
}

}  // namespace casetrail::http
