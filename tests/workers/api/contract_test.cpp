// The published documents are whole, name every type, and say of each route what it answers.
#include "workers/api/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "events/wire/attribute_texts.h"
#include "events/wire/cloud_event.h"
#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "workers/api/reference.h"
#include "workers/api/routes.h"

namespace casetrail::api {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

/// A document, and what a parser borrows from it.
class Parsed {
 public:
  explicit Parsed(std::string_view name) : json_(schema_document(name).value()) {
    if (parser_.parse(json_).get(root_))
      throw std::runtime_error(std::string(name) + " is no JSON: " + json_);
  }

  [[nodiscard]] element root() const { return root_; }
  [[nodiscard]] element at(std::string_view pointer) const {
    element found;
    if (root_.at_pointer(pointer).get(found)) throw std::runtime_error("nothing at " + std::string(pointer));
    return found;
  }
  [[nodiscard]] bool has(std::string_view pointer) const {
    return root_.at_pointer(pointer).error() == simdjson::SUCCESS;
  }

  /// What it refers to and does not have.
  [[nodiscard]] std::vector<std::string> dangling() const {
    static const std::regex kReference(R"re("\$ref":"#([^"]+)")re");
    std::vector<std::string> missing;
    for (auto match = std::sregex_iterator(json_.begin(), json_.end(), kReference);
         match != std::sregex_iterator(); ++match)
      if (!has((*match)[1].str())) missing.push_back((*match)[1]);
    return missing;
  }

 private:
  std::string json_;
  simdjson::dom::parser parser_;
  element root_;
};

std::string text_at(const Parsed& document, std::string_view pointer) {
  return std::string(document.at(pointer).get_string().value());
}

/// A key as a JSON pointer has it.
std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) text += c == '/' ? "~1" : std::string(1, c);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(c));
  return lower;
}

TEST(Contract, EveryTypeHasASchemaWithATitleADescriptionAndAnExample) {
  ASSERT_FALSE(schema_names().empty());
  for (const auto& name : schema_names()) {
    const Parsed schema(name);
    EXPECT_THAT(schema.dangling(), testing::IsEmpty()) << name;
    EXPECT_TRUE(schema.has("/title")) << name;
    EXPECT_TRUE(schema.has("/description")) << name;
    EXPECT_EQ(schema.has("/examples/0"), !name.starts_with("outcomes/")) << name;
  }
}

/// The schema itself, or what it refers to; of a list, that of its elements.
element part_of(element schema, element root) {
  std::string_view reference;
  element items;
  if (!schema["items"].get(items)) return part_of(items, root);
  if (schema["$ref"].get(reference)) return schema;
  return root.at_pointer(reference.substr(1)).value();
}

/// `text` explains each field of `schema` and no other, and so does the schema itself.
void expect_explained(element schema, element root, const TypeText& text, const std::string& where) {
  EXPECT_FALSE(text.en.empty() || text.zh.empty()) << where << " has no sentence";
  EXPECT_EQ(schema["description"].get_string().value(), text.en) << where;
  object properties = schema["properties"].get_object().value();
  for (const auto& field : text.fields())
    EXPECT_EQ(properties[field.name].error(), simdjson::SUCCESS) << where << " has no field " << field.name;
  for (const auto& [name, property] : properties) {
    const auto path = where + "." + std::string(name);
    const auto fields = text.fields();
    const auto field = std::ranges::find(fields, name, &FieldText::name);
    ASSERT_NE(field, fields.end()) << path << " is not explained";
    EXPECT_FALSE(field->en.empty() || field->zh.empty()) << path << " is not explained";
    EXPECT_EQ(property["description"].get_string().value(), field->en) << path;
    EXPECT_EQ(property["title"].get_string().value(), field->zh) << path;
    const auto part = part_of(property, root);
    if (part["properties"].error()) continue;
    ASSERT_NE(field->part, nullptr) << "the fields of " << path << " are not explained";
    expect_explained(part, root, *field->part, path);
  }
}

TEST(Contract, EveryCommandAndEventExplainsItselfAndEachOfItsFields) {
  for (const auto& type : contract_types()) {
    if (type.space == "outcomes") continue;
    const Parsed schema(std::string(type.space).append("/").append(type.type));
    expect_explained(schema.root(), schema.root(), *type.text, std::string(type.type));
  }
}

TEST(Contract, TheReferencePageIsWhatTheCodeSays) {
  std::ifstream file(CASETRAIL_ROOT "/events/REFERENCE.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  EXPECT_TRUE(page == reference_page())
      << "events/REFERENCE.md is not true any more. Make it anew: casetrail schema reference > "
         "events/REFERENCE.md";
}

TEST(Contract, ATableSaysWhatIsAllowedOfEachField) {
  const auto rows = field_rows(*find_contract_type("request.classify"));
  const auto difficulty = std::ranges::find(rows, "difficulty", &FieldRow::path);
  ASSERT_NE(difficulty, rows.end());
  EXPECT_EQ(difficulty->type, "integer");
  EXPECT_EQ(difficulty->allowed, "1 to 5");
  EXPECT_FALSE(difficulty->required);
  EXPECT_EQ(rows.front().allowed, "1 to 200 characters");
  EXPECT_EQ(rows.back().allowed, "each 0 to 200 characters");
  const auto note = field_rows(*find_contract_type("handoff.request"));
  EXPECT_NE(std::ranges::find(note, "pii.please_do", &FieldRow::path), note.end());
  EXPECT_TRUE(note.front().allowed.starts_with("shift, department, ")) << note.front().allowed;
}

TEST(Contract, ASchemaNamesTheStructsEnumsAndCodesWithinIt) {
  const Parsed schema("commands/request.register");
  EXPECT_EQ(text_at(schema, "/properties/pii/$ref"), "#/definitions/CustomerDetailsInCommand");
  EXPECT_EQ(text_at(schema, "/definitions/Channel/x-catalogue"), "channel");
  EXPECT_TRUE(schema.has("/definitions/Channel/x-codes"));
  EXPECT_TRUE(schema.has("/definitions/Channel/pattern"));
  EXPECT_TRUE(schema.has("/definitions/ServiceStage/enum"));
  EXPECT_TRUE(schema.has("/definitions/CustomerDetailsInCommand/properties/contacts"));
}

TEST(Contract, APartHasOneMeaningWhereverItIsNamed) {
  std::map<std::string, std::string> parts;
  for (const auto& name : schema_names()) {
    const Parsed schema(name);
    if (!schema.has("/definitions")) continue;
    const auto definitions = schema.at("/definitions").get_object().value();
    for (const auto& [part, description] : definitions) {
      const auto [known, is_new] = parts.try_emplace(std::string(part), simdjson::minify(description));
      EXPECT_EQ(known->second, simdjson::minify(description)) << name << ": " << part;
    }
  }
}

TEST(Contract, ASchemaSaysWhatIsRefusedAsEmptyOrOutOfRange) {
  const Parsed schema("commands/request.classify");
  EXPECT_EQ(schema.at("/properties/category/minLength").get_int64().value(), 1);
  EXPECT_EQ(schema.at("/properties/difficulty/maximum").get_int64().value(), 5);
  EXPECT_EQ(
      Parsed("commands/complaint.cause.determine").at("/properties/evidence/minItems").get_int64().value(),
      1);
}

TEST(Contract, ATypeIsFoundByItsNameAlone) {
  EXPECT_EQ(schema_document("handoff.requested"), schema_document("events/handoff.requested"));
}

TEST(Contract, AnUnknownNameHasNoSchema) { EXPECT_FALSE(schema_document("events/nothing")); }

TEST(Contract, TheAsyncApiDocumentDescribesEveryTopicTypeAndHeader) {
  const Parsed document("asyncapi");
  EXPECT_THAT(document.dangling(), testing::IsEmpty());
  for (const auto* topic : {"commands", "events", "outcomes", "deadletters", "policy", "keys", "evidence"})
    EXPECT_EQ(text_at(document, "/channels/" + std::string(topic) + "/address"),
              "casetrail." + std::string(topic));
  for (const auto& type : contract_types()) {
    const auto message = "/components/messages/" + std::string(type.space) + "." + std::string(type.type);
    EXPECT_TRUE(document.has(message + "/payload/properties")) << message;
    EXPECT_EQ(text_at(document, message + "/summary"), type.text->en);
    for (const auto& attribute : attribute_texts()) {
      EXPECT_EQ(document.has(message + "/headers/properties/" + std::string(attribute.header)),
                attribute.on.contains(type.space))
          << message << " " << attribute.header;
    }
  }
}

TEST(Contract, TheOpenApiDocumentSaysOfEachRouteWhatItAnswers) {
  const Parsed document("openapi");
  EXPECT_THAT(document.dangling(), testing::IsEmpty());
  std::set<std::string> operations;
  for (const simdjson::dom::object all = document.at("/paths").get_object().value();
       const auto& [path, methods] : all) {
    EXPECT_FALSE(path.contains('*')) << path;
    for (const simdjson::dom::object each = methods.get_object().value();
         const auto& [method, operation] : each) {
      EXPECT_TRUE(operations.insert(std::string(operation["operationId"].get_string().value())).second)
          << path;
      EXPECT_EQ(operation["responses"]["400"].error(), simdjson::SUCCESS) << path;
    }
  }
  EXPECT_TRUE(document.has("/components/schemas/CloudEvent/properties/expectedsequence/oneOf"));
  for (const auto& route : route_texts()) {
    if (route.rest == RouteText::Rest::filters) continue;
    std::string path(route.path);
    std::erase(path, '*');
    const auto at = "/paths/" + escaped(path) + "/" + lower_case(route.method);
    ASSERT_TRUE(document.has(at)) << route.method << " " << route.path;
    for (const auto& answer : route.answers)
      EXPECT_TRUE(document.has(at + "/responses/" + std::to_string(answer.status) + "/content")) << at;
    EXPECT_FALSE(route.answers.empty()) << at;
  }
}

TEST(Contract, TheOpenApiDocumentHasEveryFilterOfEveryBoard) {
  const Parsed document("openapi");
  for (const auto& view : view_types()) {
    std::set<std::string> parameters;
    const auto at = "/paths/~1v1~1boards~1" + std::string(view.name) + "/get/parameters";
    for (const simdjson::dom::array all = document.at(at).get_array().value(); const auto parameter : all)
      parameters.emplace(parameter["name"].get_string().value());
    for (const auto& filter : find_shape(view.name)->filters)
      EXPECT_TRUE(parameters.contains(std::string(filter.name))) << filter.name;
    EXPECT_TRUE(parameters.contains("limit"));
  }
}

TEST(Contract, TheOpenApiDocumentDescribesEveryColumnOfEveryBoard) {
  const Parsed document("openapi");
  for (const auto& view : view_types()) {
    const auto answer = text_at(document, "/paths/~1v1~1boards~1" + std::string(view.name) +
                                              "/get/responses/200/content/application~1json/schema/$ref");
    for (const auto& part : find_shape(view.name)->members) {
      const auto at = answer.substr(1) + "/properties/" + std::string(part.of.key);
      EXPECT_EQ(text_at(document, at + "/description"), part.of.meaning);
      for (const auto& column : part.members) {
        const auto* within = part.of.kind == kit::Kind::table ? "/items/properties/" : "/properties/";
        EXPECT_EQ(text_at(document, at + within + std::string(column.of.key) + "/description"),
                  column.of.meaning);
      }
    }
  }
  EXPECT_TRUE(document.has("/components/schemas/BoardHandoff/properties/rows/items/properties/state/enum"));
}

TEST(Contract, ARefusalIsAProblemThatNamesTheCommand) {
  const Parsed document("openapi");
  EXPECT_TRUE(document.has("/paths/~1v1~1commands/post/responses/409/content/application~1problem+json"));
  EXPECT_TRUE(document.has("/components/schemas/Refusal/properties/command_id"));
  EXPECT_TRUE(document.has("/components/schemas/Outcome/properties/repeated"));
  EXPECT_TRUE(document.has("/paths/~1v1~1rebuilds~1{view}/post/responses/202"));
}

}  // namespace
}  // namespace casetrail::api
