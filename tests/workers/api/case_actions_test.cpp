// What a case allows, asked over HTTP: each command with the refusal that it would meet.
#include <gmock/gmock.h>
#include <simdjson.h>

#include <map>
#include <set>

#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using simdjson::dom::element;
using testing::HasSubstr;

struct Told {
  bool allowed = false;
  std::string code;
  std::string message;
  std::string label;
};

std::string text_of(const element& object, const char* key) {
  std::string_view text;
  return object[key].get_string().get(text) ? "" : std::string(text);
}

/// A house in which leads alone take a case from its owner.
class StrictDesk final : public fuzz::StoryDesk {
 public:
  StrictDesk() {
    Policy policy;
    policy.roles.lead = {"lead"};
    PolicyVersions policies;
    policies.add(1, {}, std::move(policy));
    publish(std::move(policies));
  }
};

class CaseActions : public testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> cases() {
    std::vector<std::string> ids;
    for (const simdjson::dom::array all =
             parsed(desk_.get("/v1/boards/cases").body)["rows"].get_array().value();
         const auto row : all)
      ids.push_back(text_of(row, "case"));
    EXPECT_FALSE(ids.empty());
    return ids;
  }
  [[nodiscard]] std::string a_case() { return cases().at(0); }
  [[nodiscard]] std::map<std::string, Told> actions(const std::string& target) {
    const auto response = desk_.get(target);
    EXPECT_EQ(response.status, 200) << response.body;
    std::map<std::string, Told> all;
    for (const simdjson::dom::array found = parsed(response.body)["actions"].get_array().value();
         const auto action : found) {
      all[text_of(action, "type")] = {.allowed = action["allowed"].get_bool().value(),
                                      .code = text_of(action, "code"),
                                      .message = text_of(action, "message"),
                                      .label = text_of(action["label"].value(), "zh")};
    }
    return all;
  }
  [[nodiscard]] element parsed(const std::string& json) {
    json_ = json;
    return parser_.parse(json_).value();
  }

  test::Desk<StrictDesk> desk_;
  simdjson::dom::parser parser_;
  std::string json_;
};

TEST_F(CaseActions, TellEachCommandAsAllowedOrWhyNot) {
  const auto all = actions("/v1/cases/" + a_case() + "/actions");
  ASSERT_FALSE(all.empty());
  int allowed = 0;
  for (const auto& [type, told] : all) {
    EXPECT_NE(told.label, "") << type;
    EXPECT_EQ(told.allowed, told.code.empty()) << type;
    EXPECT_EQ(told.allowed, told.message.empty()) << type;
    allowed += told.allowed ? 1 : 0;
  }
  EXPECT_GT(allowed, 0);
  EXPECT_EQ(all.at("request.register").code, "already_registered");
}

TEST_F(CaseActions, TellWhichFieldsTheCaseAsksFor) {
  std::set<std::string> told;
  for (const auto& id : cases()) {
    for (const simdjson::dom::array all =
             parsed(desk_.get("/v1/cases/" + id + "/actions").body)["actions"].get_array().value();
         const auto action : all) {
      for (const simdjson::dom::array required = action["required"].get_array().value();
           const auto field : required) {
        EXPECT_TRUE(action["allowed"].get_bool().value());
        std::string text = text_of(action, "type") + " " + text_of(field, "field");
        for (const simdjson::dom::array unless = field["unless"].get_array().value();
             const auto choice : unless)
          text.append(" unless ").append(choice.get_string().value());
        told.insert(std::move(text));
      }
    }
  }
  EXPECT_THAT(told, testing::Contains("handoff.request pii.customer unless mode=question"));
  EXPECT_THAT(told, testing::Contains("handoff.request pii.please_do"));
}

TEST_F(CaseActions, AreOfTheCaseAsItsOwnRouteTellsIt) {
  const auto id = a_case();
  const auto seq = [&](const std::string& target) {
    return parsed(desk_.get(target).body)["seq"].get_int64();
  };
  EXPECT_EQ(seq("/v1/cases/" + id + "/actions").value(), seq("/v1/cases/" + id).value());
}

TEST_F(CaseActions, AreOfThePolicyAndOfWhoAsks) {
  std::set<std::string> guests;
  std::set<std::string> leads;
  for (const auto& id : cases()) {
    const auto asked = "/v1/cases/" + id + "/actions";
    guests.insert(actions(asked + "?agent=nobody&role=guest").at("assignment.owner.change").code);
    leads.insert(actions(asked + "?agent=nobody&role=lead").at("assignment.owner.change").code);
  }
  EXPECT_THAT(guests, testing::Contains("not_authorized"));
  EXPECT_THAT(leads, testing::Not(testing::Contains("not_authorized")));
}

TEST_F(CaseActions, OfACaseThatIsNotThereAreAProblem) {
  const auto response = desk_.get("/v1/cases/qq:1/actions");
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr(R"("code":"no_such_case")"));
}

TEST_F(CaseActions, AreAskedForAnAgentOrForNobody) {
  const auto id = a_case();
  for (const auto* half : {"?department=cs", "?role=agent", "?agent=a&agent=b", "?who=a"})
    EXPECT_EQ(desk_.get("/v1/cases/" + id + "/actions" + half).status, 400) << half;
}

}  // namespace
}  // namespace casetrail::api
