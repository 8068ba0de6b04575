// Plain sockets with a time limit.
#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace casetrail::test {

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  closed_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      closed_ = true;
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

std::string RawClient::read_until(std::string_view ending) {
  std::string all;
  while (ending.empty() || all.find(ending) == std::string::npos) {
    char some[4096];
    const auto got = ::recv(socket_, some, sizeof some, 0);
    if (got <= 0) {
      closed_ = got == 0 || errno == ECONNRESET;
      break;
    }
    all.append(some, static_cast<std::size_t>(got));
  }
  return all;
}

}  // namespace casetrail::test
