// TLS as who configures it sees it: the files of a server, and whom a client trusts.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace casetrail::http {

/// In PEM. Read anew within two seconds of a change; a pair that cannot be used leaves the one before in
/// force, and is logged.
struct TlsFiles {
  std::filesystem::path certificate;  ///< the server's own first, then those between it and its root
  std::filesystem::path key;          ///< without a passphrase
};

/// Whether a server can begin with them; an error names the file and says what to do.
[[nodiscard]] std::expected<void, std::string> check_tls_files(const TlsFiles& files);

/// Whose word a client takes for who it is that answers over TLS.
struct Trust {
  enum class Whom {
    authorities,
    anybody,  ///< for who knows by other means who listens there
  };
  std::filesystem::path authorities{};  ///< their certificates in PEM; empty: those that this machine trusts
  Whom whom = Whom::authorities;
};

}  // namespace casetrail::http
