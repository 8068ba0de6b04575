// What is left of people in what leaves the house.
#include "workers/export/anonymous.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "events/case/all_events.h"
#include "events/wire/json_reader.h"
#include "tests/support/random_event.h"

namespace casetrail::exports {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

CaseEvent by(ActorKind kind, const std::string& id, Event fact) {
  CaseEvent event;
  event.case_id = {"c"};
  event.actor = {.kind = kind, .id = id, .department_id = {}, .role = {}, .badge_no = "B-77"};
  event.command_id = {"shop-of-wang-1"};
  event.correlation_id = "wang";
  event.event = std::move(fact);
  return event;
}

std::string json_of(const CaseEvent& event) {
  std::string json;
  event.event.append_json(json);
  return json;
}

RequestRegistered registered() {
  RequestRegistered fact;
  fact.external_ref = "wxid_wang";
  fact.number = "CT-2611-000123";
  fact.customer_ref = CustomerRef{"C-1001"};
  fact.serial_no = "SN20261123";
  fact.order_ref = "20261123123456";
  fact.pii = {.name = "王小明",
              .contacts = {"13800138111"},
              .address = "上海市静安区",
              .service_need = "我是王小明",
              .symptom = "充不进电"};
  return fact;
}

const Pseudonyms kNames("key");

TEST(Anonymous, KeepsNothingThatNamesSomebody) {
  const auto event = without_persons(by(ActorKind::agent, "li.wei", registered()), kNames, Masks::due);
  const auto json =
      json_of(event) + event.actor.id + *event.actor.badge_no + event.command_id.value + event.correlation_id;
  for (const auto* name : {"王小明", "13800138111", "静安", "充不进电", "wxid_wang", "C-1001", "SN20261123",
                           "20261123123456", "li.wei", "B-77", "shop-of-wang"})
    EXPECT_THAT(json, Not(HasSubstr(name)));
  EXPECT_THAT(
      json,
      HasSubstr(R"("name":"王**","contacts":["138****8111"],"address":"上海***","service_need":"***")"));
  EXPECT_THAT(json, HasSubstr("CT-2611-000123"));
}

TEST(Anonymous, CallsTheSameTheSameWhereverItStands) {
  const auto acted = without_persons(by(ActorKind::agent, "li.wei", registered()), kNames, Masks::due);
  const auto named = without_persons(by(ActorKind::system, "shop", OwnerDesignated{.owner = {"li.wei"}}),
                                     kNames, Masks::due);
  EXPECT_EQ(named.event.get_if<OwnerDesignated>()->owner.value, acted.actor.id);
  EXPECT_THAT(acted.actor.id, StartsWith("agent-"));
  EXPECT_EQ(named.actor.id, "shop");
  EXPECT_NE(Pseudonyms("other").of("agent", "li.wei"), acted.actor.id);
  EXPECT_NE(kNames.of("customer", "li.wei"), acted.actor.id.substr(6));
}

TEST(Anonymous, MasksContactsInWordsThatAreNotPersonal) {
  const auto event = without_persons(
      by(ActorKind::agent, "li", HandoffWithdrawn{.handoff_id = {"h1"}, .reason = "call 13800138111 first"}),
      kNames, Masks::due);
  EXPECT_EQ(event.event.get_if<HandoffWithdrawn>()->reason, "call 138****8111 first");
}

TEST(Anonymous, HidesAgentsWhoAreHeldResponsibleAndShowsDepartments) {
  ResponsibilityAttributed fact;
  fact.shares = {{LiableKind::agent, "li.wei", 60}, {LiableKind::department, "tech", 40}};
  const auto event = without_persons(by(ActorKind::agent, "li", fact), kNames, Masks::due);
  const auto& shares = event.event.get_if<ResponsibilityAttributed>()->shares;
  EXPECT_EQ(shares[0].ref, kNames.of("agent", "li.wei"));
  EXPECT_EQ(shares[1].ref, "tech");
}

TEST(Anonymous, EventsOfAServerAreNotMaskedAgain) {
  auto fact = registered();
  fact.pii.contacts = {"w***@example.com"};
  const auto event = without_persons(by(ActorKind::agent, "li", fact), kNames, Masks::done);
  EXPECT_EQ(event.event.get_if<RequestRegistered>()->pii.contacts.front(), "w***@example.com");
}

/// Every text under `pii` that is long enough to name somebody.
void collect(simdjson::dom::element value, bool personal, std::set<std::string>& texts) {
  if (value.is_object()) {
    for (const auto [name, part] : simdjson::dom::object(value))
      collect(part, personal || name == "pii", texts);
  } else if (value.is_array()) {
    for (const auto part : simdjson::dom::array(value)) collect(part, personal, texts);
  } else if (value.is_string() && personal && std::string_view(value).size() > 6) {
    texts.emplace(std::string_view(value));
  }
}

TEST(Anonymous, HoldsForEveryTypeOfEvent) {
  std::mt19937_64 random(11);
  simdjson::dom::parser parser;
  std::size_t looked_for = 0;
  for (int i = 0; i < 3'000; ++i) {
    const auto event = by(ActorKind::agent, "somebody.real", random_event(random));
    std::set<std::string> texts;
    const auto before = json_of(event);
    collect(parser.parse(before), false, texts);
    const auto after = json_of(without_persons(event, kNames, Masks::due));
    for (const auto& text : texts) {
      if (enum_from<Channel>(text)) continue;
      ASSERT_THAT(after, Not(HasSubstr(text))) << event.event.codec().type << before;
    }
    looked_for += texts.size();
  }
  EXPECT_GT(looked_for, 500U);
}

}  // namespace
}  // namespace casetrail::exports
