// Entries come and go, and what else stands in the file stays.
#include "workers/identity/edit.h"

#include <gmock/gmock.h>

namespace casetrail::identity {
namespace {

using testing::HasSubstr;

TokenHolder holder(const std::string& id, char hash) {
  return {.identity = {.id = id,
                       .kind = ActorKind::agent,
                       .actor = id,
                       .department = std::nullopt,
                       .rights = {Right::read}},
          .token_sha256 = std::string(64, hash)};
}

constexpr auto kByAPerson =
    "# ours\n"
    "identities:\n"
    "- id: crm   # the shop\n"
    "  actor: system:crm\n"
    "  rights: [read, command]\n"
    "  token_sha256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\n"
    "\n"
    "# people\n"
    "- id: li\n"
    "  actor: agent:li\n"
    "  rights: [read]\n"
    "  token_sha256: dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\n";

TEST(EditedIdentities, BeginWithTheFirst) {
  auto made = holder("zhang", 'a');
  made.identity.department = DepartmentId{"tech \"1\""};
  made.identity.roles = {"agent"};
  made.identity.speaks_for = {ActorKind::customer};
  made.identity.source = "/desk";
  made.expires = parse_timestamp("2030-01-01T00:00:00Z");
  const auto text = with_holder("", made);
  ASSERT_TRUE(text) << text.error();
  const auto read = parse_identities(*text);
  ASSERT_TRUE(read) << *text;
  const auto& who = read->holders.at(0).identity;
  EXPECT_EQ(who.department->value, "tech \"1\"");
  EXPECT_EQ(who.source, "/desk");
  EXPECT_EQ(read->holders.at(0).expires, made.expires);
}

TEST(EditedIdentities, KeepWhatAPersonWrote) {
  const auto more = with_holder(kByAPerson, holder("zhang", 'a'));
  ASSERT_TRUE(more) << more.error();
  for (const auto* kept : {"# ours\n", "# the shop\n", "# people\n"}) EXPECT_THAT(*more, HasSubstr(kept));
  EXPECT_EQ(without_holder(*more, "zhang").value(), kByAPerson);
  const auto without_first = without_holder(kByAPerson, "crm");
  ASSERT_TRUE(without_first) << without_first.error();
  EXPECT_EQ(parse_identities(*without_first)->holders.at(0).identity.id, "li");
  EXPECT_THAT(*without_first, HasSubstr("# people\n"));
}

TEST(EditedIdentities, AreLeftAloneWhereTheyCannotBeChangedSafely) {
  EXPECT_THAT(with_holder(kByAPerson, holder("li", 'a')).error(), HasSubstr("'li' is there already"));
  EXPECT_THAT(with_holder("identities: [\n", holder("li", 'a')).error(), HasSubstr("Expected YAML"));
  const auto flow =
      "identities: [{id: li, actor: 'agent:li', rights: [read], token_sha256: " + std::string(64, 'e') +
      "}]\n";
  EXPECT_THAT(with_holder(flow, holder("zhang", 'a')).error(), HasSubstr("by hand"));
  EXPECT_THAT(without_holder(kByAPerson, "zhao").error(), HasSubstr("no 'zhao'"));
  const auto one = without_holder(kByAPerson, "crm").value();
  EXPECT_THAT(without_holder(one, "li").error(), HasSubstr("the last one"));
}

}  // namespace
}  // namespace casetrail::identity
