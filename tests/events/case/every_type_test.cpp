// What one `serialize` promises, for each type of event: its JSON, its bytes and its schema agree.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <random>

#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

constexpr int kEvents = 5'000;

std::string json_of(const Event& event) {
  std::string json;
  event.append_json(json);
  return json;
}

/// Any event for as long as nothing failed; the seed names those that did.
template <class Check>
void for_any_event(Check&& check) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < kEvents && !testing::Test::HasFailure(); ++i) {
    const auto event = random_event(random);
    SCOPED_TRACE(json_of(event));
    check(event);
  }
}

TEST(EveryEvent, IsReadFromItsJsonAsItWas) {
  for_any_event([](const Event& event) {
    const auto json = json_of(event);
    const auto& codec = codec_of(event);
    const auto read = decode_event(codec.type, codec.version, json);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(&read->codec(), &codec);
    EXPECT_EQ(json_of(*read), json);
  });
}

TEST(EveryEvent, IsReadFromItsBytesAsItWas) {
  for_any_event([](const Event& event) {
    const auto read = through_bytes(event);
    ASSERT_TRUE(read);
    EXPECT_EQ(json_of(*read), json_of(event));
  });
}

TEST(EveryEvent, IsReadFromItsRecordAsItWas) {
  for_any_event([](const Event& event) {
    CaseEvent written = EventsOf("case-1").add(event).events().front();
    const auto message = write_event(written);
    CaseEvent read;
    ASSERT_EQ(read_event(BorrowedMessage(message).view(), read).reading, Reading::ours);
    EXPECT_EQ(write_event(read).value, message.value);
  });
}

using Json = simdjson::dom::element;

std::string text_at(const Json& schema, const char* member) {
  std::string_view text;
  return schema[member].get(text) ? std::string() : std::string(text);
}

/// The schema itself, or the one among the definitions of `root` that it refers to.
Json meant_by(const Json& schema, const Json& root) {
  std::string_view reference;
  if (schema["$ref"].get(reference)) return schema;
  return root["definitions"][reference.substr(reference.rfind('/') + 1)];
}

/// Asks for what this project's schemas say: types, enumerations, members, elements.
void expect_valid(const Json& value, const Json& reference, const Json& root, const std::string& path);

void expect_valid_object(const simdjson::dom::object& object, const Json& schema, const Json& root,
                         const std::string& path) {
  simdjson::dom::object properties;
  if (schema["properties"].get(properties)) return;
  for (const auto& [name, member] : object) {
    Json of_member;
    ASSERT_FALSE(properties[name].get(of_member)) << path << " has no member " << name << " by its schema";
    expect_valid(member, of_member, root, path + "/" + std::string(name));
  }
  simdjson::dom::array required;
  if (schema["required"].get(required)) return;
  for (const auto name : required) {
    Json found;
    EXPECT_FALSE(object[std::string_view(name)].get(found)) << path << " lacks " << std::string_view(name);
  }
}

void expect_valid(const Json& value, const Json& reference, const Json& root, const std::string& path) {
  const auto schema = meant_by(reference, root);
  const auto type = text_at(schema, "type");
  simdjson::dom::array names;
  if (!schema["enum"].get(names)) {
    bool known = false;
    for (const auto name : names) known = known || std::string_view(name) == std::string_view(value);
    EXPECT_TRUE(known) << path;
  }
  if (type == "object") {
    ASSERT_TRUE(value.is_object()) << path;
    return expect_valid_object(value, schema, root, path);
  }
  if (type == "array") {
    ASSERT_TRUE(value.is_array()) << path;
    for (const auto element : simdjson::dom::array(value))
      expect_valid(element, schema["items"], root, path + "/*");
    return;
  }
  EXPECT_TRUE((type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
              (type == "integer" && value.is_int64()) || (type == "number" && value.is_number()))
      << path << " is no " << type;
}

TEST(EveryEvent, IsAsItsSchemaSays) {
  for_any_event([](const Event& event) {
    simdjson::dom::parser of_value;
    simdjson::dom::parser of_schema;
    const auto schema = of_schema.parse(codec_of(event).schema()).value();
    expect_valid(of_value.parse(json_of(event)), schema, schema, "");
  });
}

}  // namespace
}  // namespace casetrail
