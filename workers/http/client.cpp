// The client on Boost.Beast: asynchronous calls driven from the asking thread, because only those have time
// limits.
#include "workers/http/client.h"

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <limits>
#include <optional>

#include "workers/http/tls_context.h"
#include "workers/http/wire.h"

namespace casetrail::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr auto kLook = std::chrono::milliseconds(100);  ///< whether an answer is still wanted
constexpr std::size_t kPiece = 16 << 10;                ///< bytes of an answer that are handed on at once

class BeastClient final : public HttpClient {
 public:
  BeastClient(const HttpAddress& address, const Trust& trust) : address_(address), trust_(trust) {}

  [[nodiscard]] std::expected<void, std::string> connect(std::chrono::milliseconds timeout) override {
    if (address_.scheme == Scheme::https && !tls_) {
      auto context = client_context(trust_);
      if (!context) return std::unexpected(std::move(context).error());
      tls_ = *std::move(context);
    }
    if (stream_ || open(timeout)) return {};
    if (is_distrust(error_)) {
      return std::unexpected("Expected a certificate of " + address_.host + " that is trusted here, but: " +
                             why_distrusted_ + ". Name its authority with --ca-file FILE.");
    }
    return std::unexpected("Expected a server at " + address_.text() + ", but: " + error_.message() + ".");
  }

  [[nodiscard]] std::optional<Timestamp> certificate_end() override {
    if (!stream_ || !stream_->is_encrypted()) return std::nullopt;
    return http::certificate_end(stream_->tls());
  }

  [[nodiscard]] std::expected<HttpResponse, std::string> ask(const HttpRequest& request,
                                                             std::chrono::milliseconds timeout) override {
    const bool kept = has_answered_;
    auto answer = try_once(request, timeout);
    if (kept && !answer && was_closed()) answer = try_once(request, timeout);
    if (!answer) stream_.reset();
    return answer;
  }

  [[nodiscard]] std::expected<void, std::string> follow(const HttpRequest& request, Follower& follower,
                                                        std::chrono::milliseconds silence) override {
    const bool kept = has_answered_;
    has_begun_ = false;
    auto followed = follow_once(request, follower, silence);
    if (kept && !followed && !has_begun_ && was_closed()) followed = follow_once(request, follower, silence);
    return followed;
  }

 private:
  std::expected<HttpResponse, std::string> try_once(const HttpRequest& request,
                                                    std::chrono::milliseconds timeout) {
    if (auto connected = connect(timeout); !connected) return std::unexpected(std::move(connected).error());
    if (auto answer = exchange(request, timeout)) return std::move(*answer);
    stream_.reset();
    return std::unexpected("Expected an answer from " + address_.text() + ", but: " + error_.message() + ".");
  }

  bool open(std::chrono::milliseconds timeout) {
    const auto found = net::ip::tcp::resolver(context_).resolve(
        address_.host, std::to_string(address_.port), net::ip::resolver_base::numeric_service, error_);
    if (error_) return false;
    stream_.emplace(context_);
    buffer_.clear();
    has_answered_ = false;
    stream_->expires_after(timeout);
    stream_->tcp().async_connect(
        found, [this](const error_code& error, const net::ip::tcp::endpoint&) { error_ = error; });
    run();
    error_code ignored;
    if (!error_) (void)stream_->socket().set_option(net::ip::tcp::no_delay(true), ignored);
    if (!error_ && tls_) shake_hands(timeout);
    if (error_) stream_.reset();
    return stream_.has_value();
  }

  void shake_hands(std::chrono::milliseconds timeout) {
    stream_->encrypt(*tls_);
    expect_host(stream_->tls(), address_.host, trust_);
    stream_->expires_after(timeout);
    stream_->async_handshake(net::ssl::stream_base::client,
                             [this](const error_code& error) { error_ = error; });
    run();
    if (is_distrust(error_)) why_distrusted_ = distrust_of(stream_->tls());
  }

  /// Before this request came.
  [[nodiscard]] bool was_closed() const {
    return error_ == beast::http::error::end_of_stream || is_cut(error_);
  }

  std::expected<void, std::string> follow_once(const HttpRequest& request, Follower& follower,
                                               std::chrono::milliseconds silence) {
    if (auto connected = connect(silence); !connected) return connected;
    if (read_on(request, follower, silence)) return {};
    stream_.reset();
    return std::unexpected("Expected the whole answer of " + address_.text() + ", but: " + error_.message() +
                           ".");
  }

  bool read_on(const HttpRequest& request, Follower& follower, std::chrono::milliseconds silence) {
    if (!send(request, silence)) return false;
    beast::http::response_parser<beast::http::buffer_body> parser;
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    stream_->expires_after(silence);
    beast::http::async_read_header(*stream_, buffer_, parser, kept_error());
    if (!run_for(follower)) return false;
    has_answered_ = has_begun_ = true;
    follower.begin(head_of(parser.get()));
    std::array<char, kPiece> piece;
    while (!parser.is_done()) {
      auto& body = parser.get().body();
      body.data = piece.data();
      body.size = piece.size();
      stream_->expires_after(silence);
      beast::http::async_read_some(*stream_, buffer_, parser, kept_error());
      if (!run_for(follower) && error_ != beast::http::error::need_buffer) return false;
      if (const auto size = piece.size() - body.size; size > 0) follower.more({piece.data(), size});
      error_ = {};
      if (!parser.is_done() && !follower.goes_on()) error_ = net::error::operation_aborted;
      if (error_) return false;
    }
    if (!parser.get().keep_alive()) stream_.reset();
    return true;
  }

  [[nodiscard]] std::function<void(const error_code&, std::size_t)> kept_error() {
    return [this](const error_code& error, std::size_t) { error_ = error; };
  }

  bool send(const HttpRequest& request, std::chrono::milliseconds timeout) {
    beast::http::request<beast::http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(request.target);
    message.set(beast::http::field::host, address_.text());
    for (const auto& header : request.headers) message.set(header.name, header.value);
    message.body() = request.body;
    message.prepare_payload();
    stream_->expires_after(timeout);
    beast::http::async_write(*stream_, message, kept_error());
    run();
    return !error_;
  }

  std::optional<HttpResponse> exchange(const HttpRequest& request, std::chrono::milliseconds timeout) {
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    if (!send(request, timeout)) return std::nullopt;
    stream_->expires_after(timeout);
    beast::http::async_read(*stream_, buffer_, parser, kept_error());
    run();
    if (error_) return std::nullopt;
    has_answered_ = true;
    if (!parser.get().keep_alive()) stream_.reset();
    return read_response(parser.release());
  }

  static HttpResponse read_response(beast::http::response<beast::http::string_body>&& message) {
    auto response = head_of(message);
    response.body = std::move(message.body());
    return response;
  }

  template <class Message>
  static HttpResponse head_of(const Message& message) {
    HttpResponse head{.status = static_cast<int>(message.result_int()),
                      .content_type = std::string(message[beast::http::field::content_type])};
    for (const auto& field : message)
      head.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    return head;
  }

  void run() {
    context_.restart();
    context_.run();
  }

  /// False: it failed, or was given up.
  bool run_for(Follower& follower) {
    context_.restart();
    while (context_.run_for(kLook), !context_.stopped()) {
      if (follower.goes_on()) continue;
      stream_->close();
      context_.run();
      error_ = net::error::operation_aborted;
    }
    return !error_;
  }

  HttpAddress address_;
  net::io_context context_{1};
  Trust trust_;
  std::unique_ptr<net::ssl::context> tls_;  ///< null: plain HTTP, or not connected yet
  std::string why_distrusted_;
  std::optional<Wire> stream_;
  beast::flat_buffer buffer_;
  bool has_answered_ = false;  ///< on this connection
  bool has_begun_ = false;     ///< the answer that is followed
  error_code error_;
};

}  // namespace

std::unique_ptr<HttpClient> HttpClient::to(const HttpAddress& address, const Trust& trust) {
  return std::make_unique<BeastClient>(address, trust);
}

}  // namespace casetrail::http
