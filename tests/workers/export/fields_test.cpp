// What flat formats are made of.
#include "workers/export/fields.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "events/case/all_events.h"
#include "tests/support/random_event.h"

namespace casetrail::exports {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> mentioned(const FlatEvent& flat) {
  std::vector<std::string> all;
  for (const auto& of : flat.mentions) all.push_back(std::string(of.type) + " " + of.id + " as " + of.role);
  return all;
}

TEST(FlatEvent, SaysFieldsByTheirPathsAndThingsByTheirTypes) {
  HandoffRequested fact;
  fact.handoff_id = {"h1"};
  fact.from = {{"cs"}, AgentId{"li"}};
  fact.to.department_id = {"tech"};
  fact.accept_by = parse_timestamp("2026-11-23T08:00:00Z");
  const auto flat = flatten({"c"}, fact);
  std::map<std::string, Value> values;
  for (const auto& field : flat.fields) values[field.path] = field.value;
  EXPECT_EQ(values.at("from.department_id"), Value("cs"));
  EXPECT_EQ(values.at("to.agent_id"), Value());
  EXPECT_EQ(values.at("accept_by"), Value("2026-11-23T08:00:00.000Z"));
  EXPECT_EQ(values.at("pii.wants"), Value());
  EXPECT_THAT(mentioned(flat),
              testing::ElementsAre("handoff c/h1 as handoff", "department cs as from.department",
                                   "agent li as from.agent", "department tech as to.department"));
}

TEST(FlatEvent, HasListsAsJsonAndNamesWhoIsInThem) {
  NoteAdded fact;
  fact.mentions = {{"li"}, {"wang"}};
  const auto flat = flatten({"c"}, fact);
  EXPECT_THAT(mentioned(flat), Contains("agent wang as mentions"));
  const auto field = std::ranges::find(flat.fields, "mentions", &Field::path);
  ASSERT_NE(field, flat.fields.end());
  EXPECT_EQ(field->value, Value(R"(["li","wang"])"));
}

TEST(FlatEvent, HasNoFieldThatItsTypeDoesNotDeclare) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2'000; ++i) {
    const auto event = random_event(random);
    std::map<std::string, FieldKind> declared;
    for (const auto& field : fields_of(event.codec().type)) declared.emplace(field.path, field.kind);
    const auto flat = flatten({"c"}, event);
    ASSERT_EQ(flat.fields.size(), declared.size()) << event.codec().type;
    for (const auto& field : flat.fields) ASSERT_EQ(declared.at(field.path), field.kind) << field.path;
  }
}

TEST(FlatEvent, DeclaresEveryType) {
  EXPECT_EQ(event_types().size(), event_codecs().size());
  for (const auto type : event_types()) EXPECT_THAT(fields_of(type), Not(IsEmpty())) << type;
}

}  // namespace
}  // namespace casetrail::exports
