// The bytes of a connection, plain or encrypted: the one place that tells them apart.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <optional>
#include <utility>

namespace casetrail::http {

/// A stream as Asio and Beast know it, with one reader and one writer at a time. The time limits are those of
/// the connection below. Belongs to the thread of its executor.
class Wire {
 public:
  using executor_type = boost::beast::tcp_stream::executor_type;

  explicit Wire(boost::asio::ip::tcp::socket socket) : tcp_(std::move(socket)) {}
  explicit Wire(boost::asio::io_context& context) : tcp_(context) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// From now on: handshake first.
  void encrypt(boost::asio::ssl::context& context) { tls_.emplace(tcp_, context); }
  /// For who did not answer the handshake in kind. Requires: nothing is under way.
  void speak_plainly() { tls_.reset(); }
  [[nodiscard]] bool is_encrypted() const { return tls_.has_value(); }
  /// Requires: encrypted.
  [[nodiscard]] SSL* tls() { return tls_->native_handle(); }
  [[nodiscard]] boost::beast::tcp_stream& tcp() { return tcp_; }

  [[nodiscard]] executor_type get_executor() { return tcp_.get_executor(); }
  [[nodiscard]] boost::asio::ip::tcp::socket& socket() { return tcp_.socket(); }
  template <class Time>
  void expires_after(Time time) {
    tcp_.expires_after(time);
  }
  void expires_never() { tcp_.expires_never(); }
  void close() { tcp_.close(); }

  template <class Token>
  auto async_handshake(boost::asio::ssl::stream_base::handshake_type side, Token&& token) {
    return tls_->async_handshake(side, std::forward<Token>(token));
  }
  /// Says that nothing more will come, and waits until the other side says so, too.
  template <class Token>
  auto async_shutdown(Token&& token) {
    return tls_->async_shutdown(std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    if (tls_) return tls_->async_read_some(buffers, std::forward<Token>(token));
    return tcp_.async_read_some(buffers, std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    if (tls_) return tls_->async_write_some(buffers, std::forward<Token>(token));
    return tcp_.async_write_some(buffers, std::forward<Token>(token));
  }

 private:
  boost::beast::tcp_stream tcp_;
  std::optional<boost::beast::ssl_stream<boost::beast::tcp_stream&>> tls_;
};

}  // namespace casetrail::http
