// One serialize, three forms: JSON, bytes and schema.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cereal/cereal.hpp>

#include "events/wire/binary.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/schema_writer.h"

namespace casetrail {
namespace {

enum class Colour { red, green };
constexpr auto enum_names(Colour) { return std::to_array<std::string_view>({"red", "green"}); }

struct Inner {
  std::int32_t depth = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(depth));
  }
};

struct Sample {
  std::string text;
  std::uint32_t count = 0;
  double ratio = 0;
  bool open = false;
  Colour colour{};
  Timestamp at{};
  AgentId agent;
  std::optional<Inner> inner;
  std::vector<Inner> list;
  std::map<std::string, std::int64_t> table;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text), CEREAL_NVP(count), CEREAL_NVP(ratio), CEREAL_NVP(open), CEREAL_NVP(colour),
            CEREAL_NVP(at), CEREAL_NVP(agent), CEREAL_NVP(inner), CEREAL_NVP(list), CEREAL_NVP(table));
  }
};

struct Older {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

struct Newer {
  std::string text;
  std::optional<std::string> note;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text), CEREAL_NVP(note));
  }
};

constexpr std::string_view kJson =
    R"({"text":"a\"b\\c\n\u0001服务","count":7,"ratio":0.5,"open":true,"colour":"green","at":"2026-11-23T08:05:09.120Z",)"
    R"("agent":"li.wei","inner":{"depth":2},"list":[{"depth":1},{"depth":3}],"table":{"x":-1,"y":2}})";

std::string error_of(std::string_view json) {
  Sample sample;
  const auto error = from_json(json, sample);
  return error ? error->sentence() : "";
}

std::string with(std::string_view from, std::string_view to) {
  std::string json(kJson);
  return json.replace(json.find(from), from.size(), to);
}

TEST(Json, ReadAndWrittenIsTheSame) {
  Sample sample;
  ASSERT_FALSE(from_json(kJson, sample));
  EXPECT_EQ(to_json(sample), kJson);
}

TEST(Json, UnknownFieldsAndAnotherOrderAreRead) {
  Newer newer;
  ASSERT_FALSE(from_json(R"({"new":{"a":[1,{"b":null}]},"note":"n","text":"t"})", newer));
  EXPECT_EQ(newer.text + *newer.note, "tn");
}

TEST(Json, AnAbsentOrNullOptionalIsNothing) {
  Newer newer;
  ASSERT_FALSE(from_json(R"({"text":"t","note":null})", newer));
  EXPECT_FALSE(newer.note);
  EXPECT_EQ(to_json(newer), R"({"text":"t"})");
}

TEST(Json, AnErrorNamesThePathAndWhatWasExpected) {
  EXPECT_EQ(error_of(with(R"("text":"a\"b\\c\n\u0001服务",)", "")),
            "Expected 'text' to be there, but it is missing.");
  EXPECT_EQ(error_of(with(R"({"depth":3})", R"({"depth":"3"})")),
            "Expected 'list[1].depth' to be a whole number in range.");
  EXPECT_EQ(error_of(with(R"({"depth":2})", "[]")), "Expected 'inner' to be an object.");
  EXPECT_EQ(error_of(with(R"("green")", R"("blue")")),
            "Expected 'colour' to be one of red, green, but it is 'blue'.");
  EXPECT_EQ(error_of(with("7", "-7")), "Expected 'count' to be a whole number, not negative and in range.");
  EXPECT_EQ(error_of(with("7", "4294967296")),
            "Expected 'count' to be a whole number, not negative and in range.");
  EXPECT_EQ(error_of(with("2026-11-23T08:05:09.120Z", "today")),
            "Expected 'at' to be a moment such as 2026-11-23T08:05:09.120Z.");
  EXPECT_EQ(error_of(with("li.wei", "")), "Expected 'agent' to be an id, but it is empty.");
  EXPECT_EQ(error_of(with(R"("x":-1)", R"("x":"")")), "Expected 'table.x' to be a whole number in range.");
}

TEST(Json, WhatIsNoObjectIsRefused) {
  for (const auto* json : {"", "[]", "7", "{", "null", "\xff\xfe"}) EXPECT_NE(error_of(json), "") << json;
}

TEST(Json, TheStrictCheckSeesWhatALazyReaderDoesNot) {
  EXPECT_FALSE(check_json_object(R"({"a":1})"));
  EXPECT_TRUE(check_json_object({})) << "nothing is no object, and simdjson must not be asked";
  for (const auto* json : {R"({"a":1}x)", R"({"a":tru})", "[1]", "{\"a\":\"\xc3\x28\"}", R"({"a":1,})"}) {
    EXPECT_TRUE(check_json_object(json)) << json;
  }
}

TEST(Binary, ReadAndWrittenIsTheSame) {
  Sample sample;
  ASSERT_FALSE(from_json(kJson, sample));
  Sample read;
  ASSERT_TRUE(from_binary(to_binary(sample), read));
  EXPECT_EQ(to_json(read), kJson);
}

TEST(Binary, AnAddedOptionalFieldReadsOldBytes) {
  Newer newer;
  newer.note = "stale";
  ASSERT_TRUE(from_binary(to_binary(Older{"t"}), newer));
  EXPECT_EQ(newer.text, "t");
  EXPECT_FALSE(newer.note);
}

TEST(Binary, AnOldReaderPassesOverANewField) {
  Older older;
  ASSERT_TRUE(from_binary(to_binary(Newer{"t", "n"}), older));
  EXPECT_EQ(older.text, "t");
}

RC_GTEST_PROP(Binary, DamagedBytesAreRefusedOrReadButNeverOverrun, (std::size_t at, char with)) {
  Sample sample;
  RC_ASSERT(!from_json(kJson, sample));
  auto bytes = to_binary(sample);
  bytes[at % bytes.size()] = with;
  Sample read;
  static_cast<void>(from_binary(bytes, read));
  bytes.resize(at % bytes.size());
  RC_ASSERT(!from_binary(bytes, read));
}

TEST(Schema, NamesTypesEnumsAndWhatIsRequired) {
  EXPECT_EQ(
      SchemaWriter::schema_of<Newer>(SchemaScope::all),
      R"({"type":"object","properties":{"text":{"type":"string"},"note":{"type":"string"}},"required":["text"]})");
  EXPECT_EQ(SchemaWriter::schema_of<Colour>(SchemaScope::all), R"({"type":"string","enum":["red","green"]})");
}

TEST(Schema, TheFingerprintIsBlindForAddedOptionalFields) {
  EXPECT_EQ(SchemaWriter::schema_of<Newer>(SchemaScope::required_only),
            SchemaWriter::schema_of<Older>(SchemaScope::required_only));
}

}  // namespace
}  // namespace casetrail
