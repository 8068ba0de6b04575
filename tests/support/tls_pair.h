// A certificate that signs itself, and its key: made by the program openssl.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/support/temporary_folder.h"
#include "workers/http/tls.h"

namespace casetrail::test {

/// Of 127.0.0.1 and localhost, in a folder of its own.
class TlsPair {
 public:
  explicit TlsPair(int days = 90, const std::string& kind = "ec -pkeyopt ec_paramgen_curve:P-256") {
    const auto command = "openssl req -x509 -newkey " + kind + " -nodes -days " + std::to_string(days) +
                         " -subj /CN=casetrail -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout " +
                         files().key.string() + " -out " + files().certificate.string() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0)
      throw std::runtime_error("Expected to make a certificate: " + command);
  }

  [[nodiscard]] http::TlsFiles files() const {
    return {folder_.path() / "certificate.pem", folder_.path() / "key.pem"};
  }
  /// Of a client that trusts this certificate alone.
  [[nodiscard]] http::Trust trust() const { return {.authorities = files().certificate}; }

 private:
  TemporaryFolder folder_;
};

/// One for all tests of a program.
inline const TlsPair& shared_tls_pair() {
  static const TlsPair pair;
  return pair;
}

}  // namespace casetrail::test
