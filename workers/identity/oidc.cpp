// Signatures are checked by cjose, JSON of any shape is read by jansson: the only file that includes either.
#include "workers/identity/oidc.h"

#include <cjose/cjose.h>
#include <jansson.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <vector>

namespace casetrail::identity {
namespace {

/// What clocks may differ by.
constexpr std::chrono::seconds kLeeway{60};

struct Release {
  void operator()(json_t* json) const { json_decref(json); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
  void operator()(char* text) const { std::free(text); }
};
using Json = std::unique_ptr<json_t, Release>;
using Jws = std::unique_ptr<cjose_jws_t, Release>;
using Jwk = std::unique_ptr<cjose_jwk_t, Release>;
using Text = std::unique_ptr<char, Release>;

Jws read_jws(std::string_view token) {
  cjose_err error{};
  return Jws(cjose_jws_import(token.data(), token.size(), &error));
}

/// What it says, checked or not; nothing when it cannot be read.
std::optional<std::string> said_by(cjose_jws_t* jws) {
  cjose_err error{};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (jws == nullptr || !cjose_jws_get_plaintext(jws, &bytes, &size, &error)) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

Json read_json(std::string_view text) {
  return Json(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
}

std::string_view text_in(const json_t* object, const char* name) {
  const auto* value = json_object_get(object, name);
  return json_is_string(value) ? std::string_view(json_string_value(value), json_string_length(value))
                               : std::string_view();
}

bool is_asymmetric(std::string_view algorithm, cjose_jwk_kty_t kind) {
  constexpr auto kRsa =
      std::to_array<std::string_view>({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"});
  constexpr auto kCurves = std::to_array<std::string_view>({"ES256", "ES384", "ES512"});
  return kind == CJOSE_JWK_KTY_RSA  ? std::ranges::find(kRsa, algorithm) != kRsa.end()
         : kind == CJOSE_JWK_KTY_EC ? std::ranges::find(kCurves, algorithm) != kCurves.end()
                                    : false;
}

/// `realm_access.roles`
const json_t* claim_in(const json_t* claims, std::string_view path) {
  const auto dot = path.find('.');
  const auto* found = json_object_get(claims, std::string(path.substr(0, dot)).c_str());
  return dot == std::string_view::npos || found == nullptr ? found : claim_in(found, path.substr(dot + 1));
}

/// A claim of one text, or of a list of them.
std::vector<std::string> texts_of(const json_t* claim) {
  if (json_is_string(claim)) return {json_string_value(claim)};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < json_array_size(claim); ++i) {
    const auto* element = json_array_get(claim, i);
    if (json_is_string(element)) texts.emplace_back(json_string_value(element));
  }
  return texts;
}

/// A NumericDate (RFC 7519, 2); nothing when there is none.
std::optional<Timestamp> moment_of(const json_t* claim) {
  constexpr double kMost = 1e11;  // some three thousand years
  if (!json_is_number(claim)) return std::nullopt;
  const std::chrono::duration<double> since_epoch(std::clamp(json_number_value(claim), 0.0, kMost));
  return Timestamp{} + std::chrono::duration_cast<Timestamp::duration>(since_epoch);
}

/// Why the token is none for us now; nothing when it is one.
std::optional<std::string> objection_to(const json_t* claims, const Provider& provider, Timestamp now) {
  if (text_in(claims, "iss") != provider.issuer) return "the token is of another issuer";
  const auto audiences = texts_of(json_object_get(claims, "aud"));
  if (std::ranges::find(audiences, provider.audience) == audiences.end())
    return "the token is for another audience";
  const auto expires = moment_of(json_object_get(claims, "exp"));
  if (!expires) return "the token has no 'exp'";
  if (now >= *expires + kLeeway) return "the token has expired";
  const auto begins = moment_of(json_object_get(claims, "nbf"));
  if (begins && now + kLeeway < *begins) return "the token is not valid yet";
  return std::nullopt;
}

}  // namespace

struct KeySet::Keys {
  std::vector<std::shared_ptr<const cjose_jwk_t>> all;
};

std::expected<KeySet, std::string> KeySet::parse(std::string_view json) {
  const auto set = read_json(json);
  const auto* listed = json_object_get(set.get(), "keys");
  if (!json_is_array(listed))
    return std::unexpected("Expected a JWK Set (RFC 7517), JSON with a list 'keys', but it is not.");
  auto keys = std::make_shared<Keys>();
  for (std::size_t i = 0; i < json_array_size(listed); ++i) {
    const auto* one = json_array_get(listed, i);
    const auto kind = text_in(one, "kty");
    if (text_in(one, "use") == "enc" || (kind != "RSA" && kind != "EC")) continue;
    const Text text(json_dumps(one, JSON_COMPACT));
    cjose_err error{};
    Jwk key(cjose_jwk_import(text.get(), std::string_view(text.get()).size(), &error));
    if (!key)
      return std::unexpected("Expected a key as number " + std::to_string(i) +
                             " of 'keys', but: " + error.message + ".");
    keys->all.emplace_back(std::move(key));
  }
  if (keys->all.empty())
    return std::unexpected("Expected an RSA key or one of an elliptic curve in 'keys', but there is none.");
  return KeySet(std::move(keys));
}

std::expected<std::string, std::string> KeySet::payload_of(std::string_view token) const {
  cjose_err error{};
  for (const auto& key : keys_->all) {
    const auto jws = read_jws(token);
    if (!jws) return std::unexpected("the token is no signed JSON Web Token");
    auto* const header = cjose_jws_get_protected(jws.get());
    const auto named = [&](const char* member) {
      const auto* value = cjose_header_get(header, member, &error);
      return value == nullptr ? std::string_view() : std::string_view(value);
    };
    const auto* id = cjose_jwk_get_kid(key.get(), &error);
    const auto wanted = named(CJOSE_HDR_KID);
    if (id != nullptr && !wanted.empty() && wanted != id) continue;
    if (!is_asymmetric(named(CJOSE_HDR_ALG), cjose_jwk_get_kty(key.get(), &error))) continue;
    if (!cjose_jws_verify(jws.get(), key.get(), &error)) continue;
    if (auto payload = said_by(jws.get())) return *std::move(payload);
  }
  return std::unexpected("no key of its issuer has signed the token");
}

std::string issuer_of(std::string_view token) {
  const auto payload = said_by(read_jws(token).get());
  if (!payload) return {};
  const auto claims = read_json(*payload);
  return std::string(text_in(claims.get(), "iss"));
}

std::expected<Identity, std::string> identity_in(std::string_view payload, const Provider& provider,
                                                 Timestamp now) {
  const auto claims = read_json(payload);
  if (!json_is_object(claims.get())) return std::unexpected("the claims of the token are no JSON");
  if (auto why = objection_to(claims.get(), provider, now)) return std::unexpected(*std::move(why));
  const auto subject = text_in(claims.get(), "sub");
  const auto agents = texts_of(claim_in(claims.get(), provider.agent));
  if (subject.empty() || agents.size() != 1 || agents.front().empty())
    return std::unexpected("the token has no 'sub', or no claim '" + provider.agent +
                           "' that names the agent");
  Identity who{.id = provider.issuer + " " + std::string(subject),
               .kind = ActorKind::agent,
               .actor = agents.front(),
               .department = std::nullopt,
               .roles = texts_of(claim_in(claims.get(), provider.roles)),
               .rights = {},
               .speaks_for = {},
               .source = std::string(kOwnSource)};
  const auto departments = texts_of(claim_in(claims.get(), provider.department));
  if (!departments.empty() && !departments.front().empty())
    who.department = DepartmentId{departments.front()};
  for (const auto& row : provider.rights) {
    if (std::ranges::find(who.roles, row.role) == who.roles.end()) continue;
    for (const auto right : row.rights) {
      if (!who.may(right)) who.rights.push_back(right);
    }
  }
  return who;
}

}  // namespace casetrail::identity
