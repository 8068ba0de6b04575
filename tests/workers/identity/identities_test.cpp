// What an identities file says, and what is wrong with one.
#include "workers/identity/identities.h"

#include <gmock/gmock.h>

#include "workers/identity/token.h"

namespace casetrail::identity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kHash(64, 'a');
constexpr auto kNow = Timestamp{std::chrono::seconds{1'780'000'000}};

std::string sentences(std::string_view yaml) {
  const auto identities = parse_identities(yaml);
  std::string text;
  if (identities) return text;
  for (const auto& complaint : identities.error())
    text += std::to_string(complaint.line) + ": " + complaint.sentence + "\n";
  return text;
}

std::string entry(const std::string& more, const std::string& id = "crm", const std::string& hash = kHash) {
  return "identities:\n  - id: " + id +
         "\n    actor: system:crm\n    rights: [read]\n    token_sha256: " + hash + "\n" + more;
}

TEST(Identities, AnEntrySaysWhoItIsAndWhatItMay) {
  const auto read = parse_identities(
      "identities:\n"
      "  - id: zhang\n    actor: agent:zhang\n    department: tech\n    roles: [agent, lead]\n    rights: "
      "[read, command]\n"
      "    speaks_for: [customer]\n    source: /desk\n    token_sha256: " +
      kHash + "\n    expires: 2030-01-01T00:00:00Z\n");
  ASSERT_TRUE(read);
  const auto& who = read->holders.at(0).identity;
  EXPECT_EQ(who.id, "zhang");
  EXPECT_EQ(who.kind, ActorKind::agent);
  EXPECT_EQ(who.actor, "zhang");
  EXPECT_EQ(who.department->value, "tech");
  EXPECT_THAT(who.roles, ElementsAre("agent", "lead"));
  EXPECT_TRUE(who.may(Right::read) && who.may(Right::command));
  EXPECT_FALSE(who.may(Right::reveal) || who.may(Right::review) || who.may(Right::operate));
  EXPECT_THAT(who.speaks_for, ElementsAre(ActorKind::customer));
  EXPECT_EQ(who.source, "/desk");
}

TEST(Identities, ATokenIsItsHoldersUntilItExpires) {
  const auto read = parse_identities(entry("    expires: 2026-07-01T00:00:00Z\n"));
  ASSERT_TRUE(read) << sentences(entry("    expires: 2026-07-01T00:00:00Z\n"));
  const auto ends = *parse_timestamp("2026-07-01T00:00:00Z");
  EXPECT_NE(read->holder_of(kHash, ends - Duration{1}), nullptr);
  EXPECT_EQ(read->holder_of(kHash, ends), nullptr);
  EXPECT_EQ(read->holder_of(std::string(64, 'b'), kNow), nullptr);
}

TEST(Identities, NobodySendsFromWhatIsAnothersSource) {
  const Identity crm{.id = "crm", .actor = "crm", .department = std::nullopt, .source = "/crm"};
  for (const auto* own : {"/crm", "/crm/eu", "/casetrail/http", "/casetrail/import/abc"})
    EXPECT_TRUE(crm.may_send_from(own)) << own;
  for (const auto* other : {"/shop", "/crm2", "/casetrailx", "/", ""})
    EXPECT_FALSE(crm.may_send_from(other)) << other;
}

TEST(Identities, AllThatIsWrongIsNamedByItsLine) {
  EXPECT_THAT(sentences(""), HasSubstr("at least one of 'identities' or 'providers'"));
  EXPECT_THAT(sentences("identities: []\n"), HasSubstr("at least one"));
  EXPECT_THAT(sentences(entry("    colour: red\n")), HasSubstr("6: Expected one of"));
  EXPECT_THAT(sentences(entry("", "a b")), HasSubstr("2: Expected 'identities[0].id' to be 1 to 64 letters"));
  EXPECT_THAT(sentences(entry("", "crm", "A" + kHash.substr(1))),
              HasSubstr("`casetrail identities add` makes one"));
  EXPECT_THAT(sentences(entry("    source: /casetrail/http\n")), HasSubstr("nothing of casetrail's own"));
  for (const auto* actor : {"zhang", "agent:", "rule:timer", "timer:x", "boss:zhang"}) {
    const auto yaml = std::string("identities:\n  - id: x\n    actor: '") + actor +
                      "'\n    rights: [read]\n    token_sha256: " + kHash + "\n";
    EXPECT_THAT(sentences(yaml),
                HasSubstr("3: Expected 'identities[0].actor' to be an actor such as agent:zhang"))
        << actor;
  }
  const auto twice =
      entry("  - id: shop\n    actor: system:shop\n    rights: [write]\n    token_sha256: " + kHash + "\n");
  EXPECT_THAT(sentences(twice), HasSubstr("token_sha256 once"));
  EXPECT_THAT(sentences(twice), HasSubstr("one of read, command, reveal, review, operate"));
  EXPECT_THAT(sentences(entry("  - id: crm\n    actor: system:b\n    rights: [read]\n    token_sha256: " +
                              std::string(64, 'b') + "\n")),
              HasSubstr("'crm' once"));
}

TEST(Tokens, AreLongRandomAndKnownByTheirMark) {
  const auto one = new_token();
  EXPECT_EQ(one.size(), std::string("casetrail_").size() + 43);
  EXPECT_TRUE(one.starts_with("casetrail_"));
  EXPECT_NE(one, new_token());
}

}  // namespace
}  // namespace casetrail::identity
