// JSON Web Tokens of an identity provider (OpenID Connect): checked by its keys, read as its claims say.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"
#include "workers/identity/identities.h"

namespace casetrail::identity {

/// A provider's public keys (JWK Set, RFC 7517): RSA and elliptic curves. Any thread may ask.
class KeySet {
 public:
  /// Keys of other kinds and for other uses are left out; an error is a sentence.
  [[nodiscard]] static std::expected<KeySet, std::string> parse(std::string_view json);

  /// The payload of a token in compact form (RFC 7515) that one of the keys has signed. Algorithms without a
  /// public key count for nothing: `none`, or HMAC. An error is a sentence that repeats nothing of the token.
  [[nodiscard]] std::expected<std::string, std::string> payload_of(std::string_view token) const;

 private:
  struct Keys;
  explicit KeySet(std::shared_ptr<const Keys> keys) : keys_(std::move(keys)) {}

  std::shared_ptr<const Keys> keys_;
};

/// The `iss` of a token that nothing has been checked of; empty when it is no token.
[[nodiscard]] std::string issuer_of(std::string_view token);

/// Whom the claims in `payload` name, where they are for us and valid at `now`, give or take a minute (RFC
/// 7519). An error is a sentence.
[[nodiscard]] std::expected<Identity, std::string> identity_in(std::string_view payload,
                                                               const Provider& provider, Timestamp now);

}  // namespace casetrail::identity
