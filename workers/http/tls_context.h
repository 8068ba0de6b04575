// TLS as connections use it, on OpenSSL: 1.2 and later, and of 1.2 only ciphers with forward secrecy that
// authenticate what they encrypt.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/http/tls.h"

namespace casetrail::http {

/// The certificate and key of a server. Belongs to the server's thread.
class ServerTls {
 public:
  /// An error is a sentence with the remedy.
  [[nodiscard]] static std::expected<std::unique_ptr<ServerTls>, std::string> read(TlsFiles files);

  /// For a connection that begins now; connections keep theirs.
  [[nodiscard]] boost::asio::ssl::context& context() { return *context_; }
  [[nodiscard]] Timestamp certificate_end() const;
  /// Takes files that have changed since they were last looked at.
  void look();

 private:
  using Context = std::unique_ptr<boost::asio::ssl::context>;
  struct Stamp {
    std::filesystem::file_time_type written{};
    std::uintmax_t size = 0;

    bool operator==(const Stamp&) const = default;
  };

  explicit ServerTls(TlsFiles files) : files_(std::move(files)) {}
  [[nodiscard]] std::vector<Stamp> stamps() const;
  [[nodiscard]] std::expected<Context, std::string> load() const;

  TlsFiles files_;
  std::vector<Stamp> seen_;
  Context context_;
};

/// For a client's connections; an error is a sentence.
[[nodiscard]] std::expected<std::unique_ptr<boost::asio::ssl::context>, std::string> client_context(
    const Trust& trust);

/// Has `connection` ask for `host`, and take nobody else's certificate unless it trusts anybody.
void expect_host(SSL* connection, const std::string& host, const Trust& trust);

/// Why the other side's certificate is not trusted: `self-signed certificate`.
[[nodiscard]] std::string distrust_of(const SSL* connection);
/// When the certificate that the other side has shown ends; nothing when it has shown none.
[[nodiscard]] std::optional<Timestamp> certificate_end(const SSL* connection);

/// Whether a handshake failed because what came was HTTP.
[[nodiscard]] bool is_plain_http(const boost::system::error_code& error);
/// Whether one failed because the other side's certificate is not trusted.
[[nodiscard]] bool is_distrust(const boost::system::error_code& error);
/// Whether the other side has closed the connection without a word.
[[nodiscard]] bool is_cut(const boost::system::error_code& error);

}  // namespace casetrail::http
