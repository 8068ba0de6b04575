// A client that says exactly the bytes it is told to, or stays silent: for tests of a server's patience.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace casetrail::test {

/// A TCP connection to a port of this machine, with TLS when compiled with CASETRAIL_TEST_TLS: then what it
/// says is encrypted, and the handshake is done. A failed step leaves `closed` true.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  void send(std::string_view bytes);
  /// Says that nothing more will come.
  void end_sending();
  /// What arrives until `ending` has come, the server closes, or five seconds are over.
  [[nodiscard]] std::string read_until(std::string_view ending);
  [[nodiscard]] std::string read_all() { return read_until({}); }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  struct Tls;
  [[nodiscard]] std::ptrdiff_t write_some(std::string_view bytes);
  [[nodiscard]] std::ptrdiff_t read_some(char* into, std::size_t size);

  int socket_ = -1;
  std::unique_ptr<Tls> tls_;
  bool closed_ = false;
};

}  // namespace casetrail::test
