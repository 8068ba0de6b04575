// The identities file: who has which token, whom an identity provider speaks for, and what each may do.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/policy/complaint.h"
#include "events/wire/timestamp.h"
#include "workers/identity/identity.h"

namespace casetrail::identity {

/// One entry of `identities`.
struct TokenHolder {
  Identity identity;
  std::string token_sha256;            ///< in hexadecimal digits
  std::optional<Timestamp> expires{};  ///< the token is none from then on
};

/// What who has a role at the identity provider may do here.
struct RoleRights {
  std::string role;
  std::vector<Right> rights;
};

/// An identity provider (OpenID Connect): whose JSON Web Tokens count, and which of their claims say what. A
/// claim within another is named with a dot, such as `realm_access.roles`.
struct Provider {
  std::string issuer;          ///< `iss`, exactly
  std::string audience;        ///< one of `aud`
  std::filesystem::path jwks;  ///< its keys (RFC 7517); below the identities file unless absolute
  std::string agent = "preferred_username";
  std::string department = "department";
  std::string roles = "roles";
  std::vector<RoleRights> rights;
};

struct Identities {
  std::vector<TokenHolder> holders;
  std::vector<Provider> providers;

  /// Whose token has this SHA-256; nothing when nobody's has, or it has expired.
  [[nodiscard]] const Identity* holder_of(std::string_view token_sha256, Timestamp now) const;
};

/// Strict: an error is all that is wrong, by its lines.
[[nodiscard]] std::expected<Identities, std::vector<Complaint>> parse_identities(std::string_view yaml);

}  // namespace casetrail::identity
