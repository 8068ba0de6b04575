// The only file that calls OpenSSL itself.
#include "workers/http/tls_context.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <spdlog/spdlog.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <ctime>
#include <system_error>
#include <utility>

namespace casetrail::http {
namespace {

namespace fs = std::filesystem;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr auto kCiphersOf12 = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::unique_ptr<ssl::context> bounded(ssl::context::method method) {
  auto context = std::make_unique<ssl::context>(method);
  auto* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(native, kCiphersOf12);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  return context;
}

std::optional<Timestamp> end_of(const X509* certificate) {
  std::tm broken{};
  if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &broken) != 1)
    return std::nullopt;
  return from_epoch_ms(static_cast<std::int64_t>(::timegm(&broken)) * 1000);
}

bool is_ssl(const error_code& error, int reason) {
  const auto code = static_cast<unsigned long>(error.value());
  return error.category() == boost::asio::error::get_ssl_category() && ERR_GET_LIB(code) == ERR_LIB_SSL &&
         ERR_GET_REASON(code) == reason;
}

}  // namespace

std::expected<std::unique_ptr<ServerTls>, std::string> ServerTls::read(TlsFiles files) {
  std::unique_ptr<ServerTls> tls(new ServerTls(std::move(files)));
  tls->seen_ = tls->stamps();
  auto context = tls->load();
  if (!context) return std::unexpected(std::move(context).error());
  tls->context_ = *std::move(context);
  return tls;
}

std::expected<void, std::string> check_tls_files(const TlsFiles& files) {
  if (auto read = ServerTls::read(files); !read) return std::unexpected(std::move(read).error());
  return {};
}

std::vector<ServerTls::Stamp> ServerTls::stamps() const {
  std::vector<Stamp> stamps;
  for (const auto& file : {files_.certificate, files_.key}) {
    std::error_code gone;
    stamps.push_back({fs::last_write_time(file, gone), fs::file_size(file, gone)});
  }
  return stamps;
}

std::expected<ServerTls::Context, std::string> ServerTls::load() const {
  const auto wrong = [](std::string_view what, const fs::path& file, const error_code& why) {
    return std::unexpected(fmt::format("Expected {} in PEM, but {}: {}. Check the file and its rights.", what,
                                       file.string(), why.message()));
  };
  auto context = bounded(ssl::context::tls_server);
  error_code error;
  // Else the one who started the server would be asked at its terminal.
  (void)context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; }, error);
  (void)context->use_certificate_chain_file(files_.certificate.string(), error);
  if (error) return wrong("the certificate of this server", files_.certificate, error);
  (void)context->use_private_key_file(files_.key.string(), ssl::context::pem, error);
  const bool is_anothers = error.category() == boost::asio::error::get_ssl_category() &&
                           ERR_GET_LIB(static_cast<unsigned long>(error.value())) == ERR_LIB_X509;
  // One of another kind lies beside the certificate without an error, and every handshake would fail.
  const bool is_of_another_kind = !error && SSL_CTX_check_private_key(context->native_handle()) != 1;
  if (is_anothers || is_of_another_kind) {
    return std::unexpected(
        fmt::format("The key in {} is not that of the certificate in {}. Name the two that belong together.",
                    files_.key.string(), files_.certificate.string()));
  }
  if (error) return wrong("its key, without a passphrase,", files_.key, error);
  const auto end = end_of(SSL_CTX_get0_certificate(context->native_handle()));
  spdlog::info("tls: certificate={} ends={}", files_.certificate.string(), end ? to_wire(*end) : "unknown");
  return context;
}

Timestamp ServerTls::certificate_end() const {
  return end_of(SSL_CTX_get0_certificate(context_->native_handle())).value_or(Timestamp{});
}

void ServerTls::look() {
  auto now = stamps();
  if (now == seen_) return;
  seen_ = std::move(now);
  auto next = load();
  if (next) {
    context_ = *std::move(next);
  } else {
    spdlog::error("tls: the certificate from before stays in force. {}", next.error());
  }
}

std::expected<std::unique_ptr<ssl::context>, std::string> client_context(const Trust& trust) {
  auto context = bounded(ssl::context::tls_client);
  error_code error;
  if (trust.whom == Trust::Whom::anybody) return context;
  (void)context->set_verify_mode(ssl::verify_peer, error);
  if (trust.authorities.empty()) {
    (void)context->set_default_verify_paths(error);
  } else {
    (void)context->load_verify_file(trust.authorities.string(), error);
  }
  if (!error) return context;
  return std::unexpected(fmt::format(
      "Expected certificates in PEM in {}, but: {}.",
      trust.authorities.empty() ? "this machine's own store" : trust.authorities.string(), error.message()));
}

void expect_host(SSL* connection, const std::string& host, const Trust& trust) {
  error_code error;
  (void)boost::asio::ip::make_address(host, error);
  const bool is_name = static_cast<bool>(error);
  if (is_name) SSL_set_tlsext_host_name(connection, host.c_str());
  if (trust.whom == Trust::Whom::anybody) return;
  if (is_name) {
    SSL_set1_host(connection, host.c_str());
  } else {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str());
  }
}

std::string distrust_of(const SSL* connection) {
  return X509_verify_cert_error_string(SSL_get_verify_result(connection));
}

std::optional<Timestamp> certificate_end(const SSL* connection) {
  return end_of(SSL_get0_peer_certificate(connection));
}

bool is_plain_http(const error_code& error) { return is_ssl(error, SSL_R_HTTP_REQUEST); }

bool is_distrust(const error_code& error) { return is_ssl(error, SSL_R_CERTIFICATE_VERIFY_FAILED); }

bool is_cut(const error_code& error) { return error == ssl::error::stream_truncated; }

}  // namespace casetrail::http
