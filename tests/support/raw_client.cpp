// Plain sockets with a time limit.
#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#ifdef CASETRAIL_TEST_TLS
#include <openssl/ssl.h>
#endif

namespace casetrail::test {

#ifdef CASETRAIL_TEST_TLS

/// Trusts anybody.
struct RawClient::Tls {
  explicit Tls(int socket) {
    SSL_set_fd(ssl.get(), socket);
    is_up = SSL_connect(ssl.get()) == 1;
  }
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl{SSL_new(context.get()), &SSL_free};
  bool is_up = false;
};

std::ptrdiff_t RawClient::write_some(std::string_view bytes) {
  return SSL_write(tls_->ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
}
std::ptrdiff_t RawClient::read_some(char* into, std::size_t size) {
  const auto got = SSL_read(tls_->ssl.get(), into, static_cast<int>(size));
  const bool ended = got <= 0 && SSL_get_error(tls_->ssl.get(), got) != SSL_ERROR_WANT_READ;
  return ended ? 0 : got;
}
void RawClient::end_sending() {
  (void)SSL_shutdown(tls_->ssl.get());
  ::shutdown(socket_, SHUT_WR);
}

#else

struct RawClient::Tls {};

std::ptrdiff_t RawClient::write_some(std::string_view bytes) {
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}
std::ptrdiff_t RawClient::read_some(char* into, std::size_t size) { return ::recv(socket_, into, size, 0); }
void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

#endif

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  closed_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
#ifdef CASETRAIL_TEST_TLS
  ::signal(SIGPIPE, SIG_IGN);
  tls_ = std::make_unique<Tls>(socket_);
  closed_ = closed_ || !tls_->is_up;
#endif
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = write_some(bytes);
    if (sent <= 0) {
      closed_ = true;
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string RawClient::read_until(std::string_view ending) {
  std::string all;
  while (ending.empty() || all.find(ending) == std::string::npos) {
    char some[4096];
    const auto got = read_some(some, sizeof some);
    if (got <= 0) {
      closed_ = got == 0 || errno == ECONNRESET;
      break;
    }
    all.append(some, static_cast<std::size_t>(got));
  }
  return all;
}

}  // namespace casetrail::test
