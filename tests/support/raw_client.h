// A client that says exactly the bytes it is told to, or stays silent: for tests of a server's patience.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casetrail::test {

/// A TCP connection to a port of this machine. A failed step leaves `closed` true.
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
  int socket_ = -1;
  bool closed_ = false;
};

}  // namespace casetrail::test
