// Reads the identities file with the strict reader of YAML that policies have.
#include "workers/identity/identities.h"

#include <algorithm>
#include <set>

#include "aggregates/policy/yaml.h"
#include "events/wire/bounds.h"

namespace casetrail::identity {
namespace {

/// Below it lie the sources of casetrail's own programs, whoever uses them.
constexpr std::string_view kOwnSources = "/casetrail";

bool is_within(std::string_view source, std::string_view above) {
  return source.starts_with(above) && (source.size() == above.size() || source[above.size()] == '/');
}

using yaml::Keys;
using yaml::Place;

constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kLongestId = 64;

/// `agent:zhang`
struct ActorText {
  ActorKind kind{};
  std::string id;
};

void read(const Place& place, ActorText& into) {
  static constexpr auto kExpected = "an actor such as agent:zhang or system:crm";
  const auto& text = place.text(kExpected);
  const auto colon = text.find(':');
  const auto kind = colon == std::string::npos ? std::nullopt : enum_from<ActorKind>(text.substr(0, colon));
  const bool may_sign_in = kind && *kind != ActorKind::rule && *kind != ActorKind::timer;
  if (!may_sign_in || colon + 1 == text.size()) place.fail(kExpected);
  into = {*kind, text.substr(colon + 1)};
}

Timestamp moment_in(const Place& place) {
  static constexpr auto kExpected = "a moment such as 2027-01-01T00:00:00Z";
  const auto at = parse_timestamp(place.text(kExpected));
  if (!at) place.fail(kExpected);
  return *at;
}

std::string id_in(const Place& place) {
  static constexpr auto kExpected = "1 to 64 letters, digits, dots, dashes or underscores";
  const auto& text = place.text(kExpected);
  const auto allowed = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
  };
  if (text.size() > kLongestId || !std::ranges::all_of(text, allowed)) place.fail(kExpected);
  return text;
}

std::string hash_in(const Place& place) {
  static constexpr auto kExpected =
      "the SHA-256 of a token, 64 lower-case hexadecimal digits: `casetrail identities add` makes one";
  const auto& text = place.text(kExpected);
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.size() != kHashDigits || !std::ranges::all_of(text, is_digit)) place.fail(kExpected);
  return text;
}

std::string source_in(const Place& place) {
  static constexpr auto kExpected =
      "a URI-reference such as /crm, with nothing of casetrail's own at its beginning";
  const auto& text = place.text(kExpected);
  if (text.size() > kLongestSource || text.contains(' ') || is_within(text, kOwnSources))
    place.fail(kExpected);
  return text;
}

/// Each token has one holder, each issuer one entry, and each source one sender.
void check_differ(const Place& root, const Identities& identities) {
  std::set<std::string> seen;
  const auto once = [&](const std::string& value, const std::string& what) {
    if (seen.insert(what + value).second || value.empty()) return;
    root.findings->add(
        root.complaint("Expected each " + what + " once, but '" + value + "' is there twice."));
  };
  for (const auto& holder : identities.holders) {
    once(holder.token_sha256, "token_sha256");
    once(holder.identity.source, "source");
  }
  for (const auto& provider : identities.providers) once(provider.issuer, "issuer");
}

}  // namespace

// What the reader of lists finds by its types.
static void read(const Place& place, TokenHolder& into) {
  Keys keys(place);
  auto& who = into.identity;
  ActorText actor;
  keys.require_with("id", [&](const Place& found) { who.id = id_in(found); });
  keys.require("actor", actor);
  keys.take("department", who.department);
  keys.take("roles", who.roles);
  keys.require("rights", who.rights);
  keys.take("speaks_for", who.speaks_for);
  who.source = "/" + who.id;
  keys.with("source", [&](const Place& found) { who.source = source_in(found); });
  keys.require_with("token_sha256", [&](const Place& found) { into.token_sha256 = hash_in(found); });
  keys.with("expires", [&](const Place& found) { into.expires = moment_in(found); });
  keys.done();
  who.kind = actor.kind;
  who.actor = std::move(actor.id);
}

static void read(const Place& place, RoleRights& into) {
  read_members(place, into, yaml::required("role", &RoleRights::role),
               yaml::required("rights", &RoleRights::rights));
}

static void read(const Place& place, Provider& into) {
  Keys keys(place);
  std::string jwks;
  keys.require("issuer", into.issuer);
  keys.require("audience", into.audience);
  keys.require("jwks", jwks);
  keys.take("agent", into.agent);
  keys.take("department", into.department);
  keys.take("roles", into.roles);
  keys.require("rights", into.rights);
  keys.done();
  into.jwks = jwks;
}

bool Identity::may_send_from(std::string_view from) const {
  return is_within(from, source) || is_within(from, kOwnSources);
}

const Identity* Identities::holder_of(std::string_view token_sha256, Timestamp now) const {
  const auto found = std::ranges::find(holders, token_sha256, &TokenHolder::token_sha256);
  if (found == holders.end() || (found->expires && now >= *found->expires)) return nullptr;
  return &found->identity;
}

std::expected<Identities, std::vector<Complaint>> parse_identities(std::string_view yaml) {
  yaml::Findings findings(yaml::Strictness::strict);
  Identities identities;
  if (const auto root = yaml::document(yaml, findings)) {
    const Place whole{*root, "", &findings};
    findings.keep([&] {
      Keys keys(root->IsNull() ? Place{YAML::Node(YAML::NodeType::Map), "", &findings} : whole);
      keys.take("identities", identities.holders);
      keys.take("providers", identities.providers);
      keys.done();
      check_differ(whole, identities);
      if (identities.holders.empty() && identities.providers.empty())
        findings.add({0, 0, "",
                      "Expected at least one of 'identities' or 'providers', but there is none: nobody could "
                      "sign in."});
    });
  }
  auto complaints = findings.take();
  if (complaints.empty()) return identities;
  return std::unexpected(std::move(complaints));
}

}  // namespace casetrail::identity
