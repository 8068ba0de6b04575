// Tokens of an identity provider that are ours, and the many that are not. Keys are made here: none is kept.
#include "workers/identity/oidc.h"

#include <cjose/cjose.h>
#include <gmock/gmock.h>
#include <jansson.h>

#include <fstream>
#include <memory>

#include "events/wire/sha256.h"
#include "tests/support/temporary_folder.h"
#include "workers/identity/book.h"

namespace casetrail::identity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kTokenDay = Timestamp{std::chrono::seconds{1'780'000'000}};

struct Free {
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};

/// A key pair of a provider.
class Signer {
 public:
  enum class Kind { rsa, curve, shared };
  Signer(Kind kind, const std::string& id) : id_(id) {
    cjose_err error{};
    key_.reset(kind == Kind::rsa     ? cjose_jwk_create_RSA_random(2048, nullptr, 0, &error)
               : kind == Kind::curve ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)
                                     : cjose_jwk_create_oct_random(256, &error));
    EXPECT_TRUE(key_) << error.message;
    cjose_jwk_set_kid(key_.get(), id.c_str(), id.size(), &error);
  }
  /// The public half, or all of what is shared.
  [[nodiscard]] std::string jwk(bool with_private = false) const {
    cjose_err error{};
    char* text = cjose_jwk_to_json(key_.get(), with_private, &error);
    std::string json(text);
    cjose_get_dealloc()(text);
    return json;
  }
  [[nodiscard]] std::string sign(const std::string& algorithm, const std::string& payload) const {
    cjose_err error{};
    const std::unique_ptr<cjose_header_t, Free> header(cjose_header_new(&error));
    cjose_header_set(header.get(), CJOSE_HDR_ALG, algorithm.c_str(), &error);
    cjose_header_set(header.get(), CJOSE_HDR_KID, id_.c_str(), &error);
    const std::unique_ptr<cjose_jws_t, Free> jws(
        cjose_jws_sign(key_.get(), header.get(), reinterpret_cast<const std::uint8_t*>(payload.data()),
                       payload.size(), &error));
    EXPECT_TRUE(jws) << error.message;
    const char* text = nullptr;
    EXPECT_TRUE(cjose_jws_export(jws.get(), &text, &error));
    return text;
  }

 private:
  std::string id_;
  std::unique_ptr<cjose_jwk_t, Free> key_;
};

std::string set_of(const std::string& keys) { return R"({"keys":[)" + keys + "]}"; }

const Signer& rsa() {
  static const Signer kSigner(Signer::Kind::rsa, "r1");
  return kSigner;
}
const Signer& curve() {
  static const Signer kSigner(Signer::Kind::curve, "e1");
  return kSigner;
}

TEST(KeySet, TakesWhatOneOfItsKeysHasSigned) {
  const auto keys = KeySet::parse(set_of(rsa().jwk() + "," + curve().jwk())).value();
  EXPECT_EQ(keys.payload_of(rsa().sign("RS256", "{}")).value(), "{}");
  EXPECT_EQ(keys.payload_of(rsa().sign("PS384", "{}")).value(), "{}");
  EXPECT_EQ(keys.payload_of(curve().sign("ES256", R"({"a":1})")).value(), R"({"a":1})");
}

TEST(KeySet, RefusesWhatItsKeysHaveNotSigned) {
  const auto keys = KeySet::parse(set_of(rsa().jwk())).value();
  const Signer other(Signer::Kind::rsa, "r1");
  EXPECT_FALSE(keys.payload_of(other.sign("RS256", "{}")));
  EXPECT_FALSE(keys.payload_of(curve().sign("ES256", "{}")));
  auto changed = rsa().sign("RS256", R"({"sub":"zhang"})");
  changed[changed.find('.') + 2] ^= 1;
  EXPECT_FALSE(keys.payload_of(changed));
  const auto whole = rsa().sign("RS256", "{}");
  for (const auto& none :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
        whole.substr(0, whole.size() - 3), whole + "x", std::string("eyJhbGciOiJub25lIn0.e30.")})
    EXPECT_FALSE(keys.payload_of(none)) << none;
}

TEST(KeySet, AKeyThatEverybodyKnowsSignsNothing) {
  const Signer shared(Signer::Kind::shared, "r1");
  EXPECT_THAT(KeySet::parse(set_of(shared.jwk(true))).error(), HasSubstr("there is none"));
  const auto keys = KeySet::parse(set_of(rsa().jwk() + "," + shared.jwk(true))).value();
  EXPECT_FALSE(keys.payload_of(shared.sign("HS256", "{}")));
}

TEST(KeySet, SaysWhatIsNoKeySet) {
  for (const auto* text : {"", "{}", "[]", R"({"keys":1})", R"({"keys":[]})", R"({"keys":[{"kty":"RSA"}]})"})
    EXPECT_FALSE(KeySet::parse(text)) << text;
}

Provider provider() {
  return {.issuer = "https://login.example",
          .audience = "casetrail",
          .jwks = {},
          .roles = "realm.roles",
          .rights = {{"desk", {Right::read, Right::command}}, {"lead", {Right::read, Right::reveal}}}};
}

std::string claims(const std::string& more, const std::string& expires = "1780000060") {
  return R"({"iss":"https://login.example","aud":["other","casetrail"],"sub":"u-1","preferred_username":"zhang","exp":)" +
         expires + more + "}";
}

TEST(Claims, SayWhoItIsAndWhatTheirRolesMay) {
  const auto who = identity_in(claims(R"(,"department":"tech","realm":{"roles":["desk","lead","other"]})"),
                               provider(), kTokenDay);
  ASSERT_TRUE(who) << who.error();
  EXPECT_EQ(who->id, "https://login.example u-1");
  EXPECT_EQ(who->kind, ActorKind::agent);
  EXPECT_EQ(who->actor, "zhang");
  EXPECT_EQ(who->department->value, "tech");
  EXPECT_THAT(who->roles, ElementsAre("desk", "lead", "other"));
  EXPECT_THAT(who->rights, ElementsAre(Right::read, Right::command, Right::reveal));
  EXPECT_THAT(identity_in(claims(""), provider(), kTokenDay)->rights, ElementsAre());
}

TEST(Claims, AreForUsAndForNowAlone) {
  const auto why = [](const std::string& payload, Timestamp now = kTokenDay) {
    return identity_in(payload, provider(), now).error();
  };
  EXPECT_THAT(why(claims("", "1779999939")), HasSubstr("expired"));
  EXPECT_TRUE(identity_in(claims("", "1779999941"), provider(), kTokenDay));
  EXPECT_THAT(why(claims(R"(,"nbf":1780000061)")), HasSubstr("not valid yet"));
  EXPECT_TRUE(identity_in(claims(R"(,"nbf":1780000059)"), provider(), kTokenDay));
  EXPECT_THAT(why(claims("", "\"soon\"")), HasSubstr("'exp'"));
  EXPECT_THAT(why(claims("", "1e300") + "x"), HasSubstr("no JSON"));
  EXPECT_TRUE(identity_in(claims("", "1e300"), provider(), kTokenDay));
  EXPECT_THAT(
      why(R"({"iss":"https://login.example","aud":"shop","exp":1780000060,"sub":"u","preferred_username":"z"})"),
      HasSubstr("audience"));
  EXPECT_THAT(
      why(R"({"iss":"https://evil.example","aud":"casetrail","exp":1780000060,"sub":"u","preferred_username":"z"})"),
      HasSubstr("issuer"));
  EXPECT_THAT(
      why(R"({"iss":"https://login.example","aud":"casetrail","exp":1780000060,"preferred_username":"z"})"),
      HasSubstr("'sub'"));
  EXPECT_THAT(
      why(R"({"iss":"https://login.example","aud":"casetrail","exp":1780000060,"sub":"u","preferred_username":["a","b"]})"),
      HasSubstr("preferred_username"));
}

TEST(IdentityBook, KnowsWhomAProviderSpeaksForByTheKeysBesideTheFile) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "jwks.json") << set_of(curve().jwk());
  std::ofstream(folder.path() / "identities.yaml")
      << "providers:\n- issuer: https://login.example\n  audience: casetrail\n  jwks: jwks.json\n  roles: "
         "realm.roles\n"
         "  rights:\n  - role: desk\n    rights: [read]\n";
  auto book = IdentityBook::open(folder.path() / "identities.yaml", {.token_sha256 = "", .identity = {}});
  ASSERT_TRUE(book) << book.error();
  const auto payload = claims(R"(,"realm":{"roles":"desk"})");
  const auto who = (*book)->holder_of(curve().sign("ES256", payload), kTokenDay);
  ASSERT_TRUE(who) << who.error();
  EXPECT_TRUE((*who)->may(Right::read));
  EXPECT_FALSE((*book)->holder_of(rsa().sign("RS256", payload), kTokenDay));
  EXPECT_THAT(
      (*book)->holder_of(curve().sign("ES256", R"({"iss":"https://evil.example"})"), kTokenDay).error(),
      HasSubstr("none of 'providers'"));
  std::filesystem::remove(folder.path() / "jwks.json");
  EXPECT_THAT(IdentityBook::open(folder.path() / "identities.yaml", {}).error(), HasSubstr("jwks.json"));
}

}  // namespace
}  // namespace casetrail::identity
