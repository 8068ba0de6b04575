// What a stranger may say of a type: its own members, each once, with names and texts in bounds.
#include <gtest/gtest.h>

#include <cereal/cereal.hpp>

#include "events/wire/bounds.h"
#include "events/wire/json_reader.h"
#include "events/wire/member_check.h"
#include "events/wire/nearest.h"

namespace casetrail {
namespace {

struct Person {
  std::string name;
  std::optional<std::string> phone;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(phone));
  }
};

struct Wish {
  AgentId agent;
  std::optional<std::string> external_ref;
  std::vector<Person> people;
  Person pii;
  std::optional<RawJson> raw;
  std::optional<std::int32_t> seconds;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent), CEREAL_NVP(external_ref), CEREAL_NVP(people), CEREAL_NVP(pii), CEREAL_NVP(raw),
            CEREAL_NVP(seconds));
  }
};

constexpr Bound kBoundsOfWish[] = {
    short_text("external_ref"), short_text("people.name"), {"seconds", 0, 86'400}};

}  // namespace

template <>
constexpr std::span<const Bound> kBounds<Wish> = kBoundsOfWish;

namespace {

std::string error_of(const std::string& json) {
  Wish wish;
  const auto error = from_json_strictly(json, wish);
  return error ? error->sentence() : "";
}

std::string with(const std::string& agent, const std::string& more = "",
                 const std::string& pii = R"("name":"Ann")") {
  return R"({"agent":)" + agent + R"(,"people":[{"name":"Bo"}],"pii":{)" + pii + "}" + more + "}";
}

constexpr auto kLi = R"("li")";

TEST(StrictJson, WhatTheTypeHasIsReadInAnyOrder) {
  EXPECT_EQ(error_of(with(kLi)), "");
  EXPECT_EQ(error_of(with(kLi, R"(,"external_ref":null,"raw":{"any":[1,{"thing":2}]})")), "");
  EXPECT_EQ(error_of(R"({"pii":{"phone":"1","name":"Ann"},"people":[],"agent":"li"})"), "");
}

TEST(StrictJson, AnUnknownMemberIsNamedWithTheOneThatWasMeant) {
  EXPECT_EQ(error_of(with(kLi, R"(,"externl_ref":"A-1")")),
            "Expected 'externl_ref' to be a known member, but it is unknown (did you mean 'external_ref'?).");
  EXPECT_EQ(error_of(with(kLi, R"(,"colour":"red")")),
            "Expected 'colour' to be a known member, but it is unknown.");
}

TEST(StrictJson, AnUnknownMemberIsNamedWhereverItLies) {
  EXPECT_EQ(error_of(with(kLi, "", R"("name":"Ann","phnoe":"1")")),
            "Expected 'pii.phnoe' to be a known member, but it is unknown (did you mean 'phone'?).");
  EXPECT_EQ(error_of(R"({"agent":"li","people":[{"name":"Bo"},{"name":"Cy","age":3}],"pii":{"name":"Ann"}})"),
            "Expected 'people[1].age' to be a known member, but it is unknown.");
}

TEST(StrictJson, AMemberThatComesTwiceIsNamed) {
  EXPECT_EQ(error_of(with(kLi, R"(,"agent":"zhao")")),
            "Expected 'agent' to be there once, but it is there more than once.");
  EXPECT_EQ(error_of(with(kLi, R"(,"\u0061gent":"zhao")")),
            "Expected 'agent' to be there once, but it is there more than once.");
  EXPECT_EQ(error_of(with(kLi, "", R"("name":"Ann","name":"Ann")")),
            "Expected 'pii.name' to be there once, but it is there more than once.");
}

TEST(StrictJson, AMissingMemberIsNamed) {
  EXPECT_EQ(error_of(with(kLi, "", "")), "Expected 'pii.name' to be there, but it is missing.");
}

TEST(StrictJson, AllThatIsWrongIsNamedAtOnce) {
  EXPECT_EQ(
      error_of(R"({"agnet":"li","people":[{"naem":"Bo"}],"pii":{"name":"Ann","name":"Bo"}})"),
      "Expected an object with the right members, but 'agnet' is unknown (did you mean 'agent'?), "
      "'people[0].naem' is unknown (did you mean 'name'?), 'people[0].name' is missing, 'pii.name' is there "
      "more than once, 'agent' is missing.");
}

TEST(StrictJson, OfManyFaultsTheFirstAreNamedAndTheOthersCounted) {
  std::string members;
  for (int i = 0; i < 20; ++i) members += R"(,"unknown)" + std::to_string(i) + R"(":0)";
  const auto error = error_of(with(kLi, members));
  EXPECT_NE(error.find("'unknown7' is unknown, and 12 more are wrong."), std::string::npos) << error;
  EXPECT_LT(error_of(with(kLi, ",\"" + std::string(60'000, 'x') + "\":0")).size(), 200U);
}

TEST(StrictJson, AnIdOrATextOutOfBoundsIsNamed) {
  const auto quoted = [](const std::string& text) { return '"' + text + '"'; };
  EXPECT_EQ(error_of(with(quoted(std::string(200, 'x')))), "");
  EXPECT_EQ(error_of(with(quoted(std::string(201, 'x')))),
            "Expected 'agent' to be 1 to 200 characters without control characters, but it has 201.");
  for (const auto* control : {"\\u0000", "\\n", "\\u001b", "\\u007f", "\\u0085"})
    EXPECT_NE(error_of(with(quoted(std::string("li") + control))), "") << control;
  EXPECT_EQ(error_of(with(kLi, "", R"("name":"two\nlines\tand\r\n")")), "");
  EXPECT_EQ(error_of(with(kLi, "", R"("name":"nul\u0000")")),
            "Expected 'pii.name' to be text without control characters.");
  EXPECT_EQ(error_of(with(kLi, "", R"("name":")" + std::string(500'000, 'x') + "\"")), "");
}

TEST(StrictJson, AShortTextThatIsTooLongIsNamedWithItsLength) {
  const std::string at_most(200, 'x');
  const auto reference = [](const std::string& text) { return R"(,"external_ref":")" + text + '"'; };
  const auto person = [](const std::string& name) {
    return R"({"agent":"li","people":[{"name":"Bo"},{"name":")" + name + R"("}],"pii":{"name":"Ann"}})";
  };
  EXPECT_EQ(error_of(with(kLi, reference(""))), "");
  EXPECT_EQ(error_of(with(kLi, reference(at_most))), "");
  EXPECT_EQ(error_of(person(at_most)), "");
  EXPECT_EQ(error_of(with(kLi, reference(at_most + "王"))),
            "Expected 'external_ref' to be text of at most 200 characters, but it has 201.");
  EXPECT_EQ(error_of(person(at_most + at_most)),
            "Expected 'people[1].name' to be text of at most 200 characters, but it has 400.");
}

TEST(StrictJson, WrongValuesAreNamedBesideWrongMembers) {
  EXPECT_EQ(error_of(R"({"agent":7,"people":[],"pii":{"nmae":"Ann"}})"),
            "Expected 'agent' to be a string; besides, 'pii.nmae' is unknown (did you mean 'name'?), "
            "'pii.name' is missing.");
  EXPECT_EQ(error_of(with("7", R"(,"external_ref":[1,{"deep":2}])", R"("name":true,"phone":"1")")),
            "Expected 'agent' to be a string; expected 'external_ref' to be a string; expected 'pii.name' to "
            "be a string.");
  EXPECT_EQ(
      error_of(R"({"people":[{"name":1},7,{"name":"Cy"}],"pii":{"name":"Ann"}})"),
      "Expected 'people[0].name' to be a string; expected 'people[1]' to be an object; besides, 'agent' "
      "is missing.");
}

TEST(StrictJson, OfManyWrongValuesTheFirstAreNamed) {
  std::string people;
  for (int i = 0; i < 20; ++i) people += R"({"name":1},)";
  const auto error = error_of(R"({"agent":"li","people":[)" + people + R"({"name":"Cy"}],"pii":{}})");
  EXPECT_NE(error.find("'people[7].name' to be a string; besides, 'pii.name' is missing."), std::string::npos)
      << error;
}

TEST(StrictJson, WhatIsReadLenientlyHasNoBounds) {
  Wish wish;
  EXPECT_FALSE(
      from_json(with('"' + std::string(60'000, 'x') + R"(\u0000")",
                     R"(,"colour":"red","agent":"b","external_ref":")" + std::string(201, 'x') + '"'),
                wish));
}

TEST(StrictJson, ANumberIsHeldToItsBounds) {
  EXPECT_EQ(error_of(with(kLi, R"(,"seconds":0)")), "");
  EXPECT_EQ(error_of(with(kLi, R"(,"seconds":86400)")), "");
  EXPECT_EQ(error_of(with(kLi, R"(,"seconds":-1)")),
            "Expected 'seconds' to be a whole number from 0 to 86400, but it is -1.");
  EXPECT_EQ(error_of(with(kLi, R"(,"seconds":86401)")),
            "Expected 'seconds' to be a whole number from 0 to 86400, but it is 86401.");
  EXPECT_EQ(Bound("level", 1).refuses(std::int64_t{0}), "a whole number of at least 1, but it is 0");
  Wish wish;
  EXPECT_FALSE(from_json(with(kLi, R"(,"seconds":-1)"), wish)) << "what is in the log stays readable";
}

TEST(StrictJson, ItsSchemaSaysTheSame) {
  const auto schema = SchemaWriter::schema_of<Wish>(SchemaScope::closed);
  EXPECT_FALSE(check_json_object(schema));
  EXPECT_NE(schema.find(R"("required":["agent","people","pii"],"additionalProperties":false})"),
            std::string::npos)
      << schema;
  EXPECT_NE(schema.find(R"("agent":{"type":"string","minLength":1,"maxLength":200,"pattern":)"),
            std::string::npos);
  EXPECT_EQ(SchemaWriter::schema_of<Wish>(SchemaScope::all).find("additionalProperties"), std::string::npos);
}

TEST(StrictJson, WhatComesTwiceInAnyObjectIsFound) {
  EXPECT_FALSE(check_once(R"({"a":[{"b":1},{"b":2}],"c":{"a":1}})"));
  EXPECT_EQ(check_once(R"({"a":1,"b":2,"\u0061":3})")->sentence(),
            "Expected 'a' to be there once, but it is there more than once.");
  EXPECT_EQ(check_once(R"({"a":[{"b":1},{"c":{"d":1,"d":1}}]})")->path, "a[1].c.d");
}

TEST(Bounds, CountCharactersNotBytes) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "王";
  EXPECT_TRUE(is_name(name));
  EXPECT_FALSE(is_name(name + "王"));
  EXPECT_FALSE(is_name(""));
  EXPECT_FALSE(is_name("lin\u202Eg")) << "turns the direction of writing";
  EXPECT_FALSE(is_name("lin\u200Bg")) << "has no look";
  EXPECT_TRUE(is_name("\u0646\u06CC\u200C\u0646")) << "Persian joins with it";
}

TEST(Nearest, IsTheWordWithTheFewestLettersWrong) {
  const std::vector<std::string_view> words{"board", "bench", "case", "lag"};
  EXPECT_EQ(nearest("bord", words), "board");
  EXPECT_EQ(nearest("cases", words), "case");
  EXPECT_EQ(nearest("serve", words), "");
  EXPECT_EQ(nearest("to", words), "");
}

}  // namespace
}  // namespace casetrail
