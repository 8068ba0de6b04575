// What a policy may say is told once: the schema, the reference and the example are what the reader takes.
#include "aggregates/policy/policy_texts.h"

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/policy_shape.h"
#include "events/wire/json_reader.h"

namespace casetrail {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;
using testing::HasSubstr;
using testing::IsEmpty;

std::string text_of_file(const std::string& name) {
  std::ifstream file(name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As much of JSON Schema as the policy's uses; a keyword that it does not know is a fault.
class SchemaCheck {
 public:
  SchemaCheck() {
    const auto schema = policy_schema();
    if (parser_.parse(schema).get(root_)) throw std::runtime_error("no JSON: " + schema);
  }

  /// What is wrong with a policy, by path.
  [[nodiscard]] std::vector<std::string> faults(const std::string& yaml) {
    faults_.clear();
    check(root_, YAML::Load(yaml), "");
    return std::move(faults_);
  }

  [[nodiscard]] element root() const { return root_; }

 private:
  void check(element schema, const YAML::Node& value, const std::string& path) {
    object keywords = schema.get_object().value();
    for (const auto& [keyword, said] : keywords)
      if (!holds(keyword, said, value, path)) faults_.push_back(path + " " + std::string(keyword));
    if (!value.IsMap()) return;
    for (const auto& entry : value) {
      const auto key = entry.first.Scalar();
      element below;
      const auto named = schema.at_key("properties").at_key(key).get(below) == simdjson::SUCCESS;
      if (named || schema["additionalProperties"].get(below) == simdjson::SUCCESS) {
        bool is_refused = false;
        if (below.get(is_refused) == simdjson::SUCCESS)
          faults_.push_back(path + "." + key + " additionalProperties");
        else
          check(below, entry.second, path + "." + key);
      }
      if (schema["propertyNames"].get(below) == simdjson::SUCCESS)
        check(below, entry.first, path + "." + key);
    }
  }

  bool holds(std::string_view keyword, element said, const YAML::Node& value, const std::string& path) {
    static const std::set<std::string_view> kSaysNothing{
        "$schema", "title", "description", "default", "properties", "propertyNames", "additionalProperties"};
    if (kSaysNothing.contains(keyword)) return true;
    if (keyword == "type") return is_of_type(said, value);
    if (keyword == "enum") {
      const auto words = said.get_array().value();
      for (const auto word : words)
        if (value.IsScalar() && word.get_string().value() == value.Scalar()) return true;
      return false;
    }
    if (keyword == "pattern")
      return !value.IsScalar() ||
             std::regex_search(value.Scalar(), std::regex(std::string(said.get_string().value())));
    if (keyword == "minLength") return !value.IsScalar() || !value.Scalar().empty();
    if (keyword == "minimum")
      return !value.IsScalar() || value.as<std::int64_t>(-1) >= said.get_int64().value();
    if (keyword == "maximum")
      return !value.IsScalar() || value.as<std::int64_t>(-1) <= said.get_int64().value();
    if (keyword == "required") {
      const auto keys = said.get_array().value();
      for (const auto key : keys)
        if (value.IsMap() && !value[std::string(key.get_string().value())].IsDefined()) return false;
      return true;
    }
    if (keyword == "items") {
      for (std::size_t i = 0; value.IsSequence() && i < value.size(); ++i)
        check(said, value[i], path + "[" + std::to_string(i) + "]");
      return true;
    }
    if (keyword == "anyOf") {
      const auto before = faults_.size();
      const auto shapes = said.get_array().value();
      for (const auto one : shapes) {
        check(one, value, path);
        if (faults_.size() == before) return true;
        faults_.resize(before);
      }
    }
    return false;
  }

  static bool is_of_type(element said, const YAML::Node& value) {
    if (said.is_array()) {
      const auto is_one = [&](element type) { return is_of_type(type, value); };
      return std::ranges::any_of(said.get_array().value(), is_one);
    }
    const auto type = said.get_string().value();
    if (type == "object") return value.IsMap();
    if (type == "array") return value.IsSequence();
    if (!value.IsScalar()) return false;
    static const std::regex kWhole("-?[0-9]+");
    if (type == "integer") return std::regex_match(value.Scalar(), kWhole);
    if (type == "boolean") return value.Scalar() == "true" || value.Scalar() == "false";
    return true;
  }

  simdjson::dom::parser parser_;
  element root_;
  std::vector<std::string> faults_;
};

TEST(PolicyTexts, TheReferenceIsWhatTheCodeSays) {
  const auto page = std::filesystem::path(CASETRAIL_EXAMPLE_POLICY).parent_path() / "REFERENCE.md";
  EXPECT_TRUE(text_of_file(page) == policy_reference())
      << "deploy/policy/REFERENCE.md is not true any more. Make it anew: casetrail policy reference > "
         "deploy/policy/REFERENCE.md";
}

TEST(PolicyTexts, TheExampleOfAllKeysIsTheDefaultPolicy) {
  const auto policy = parse_new_policy(policy_example());
  ASSERT_TRUE(policy) << policy.error().front().line << ": " << policy.error().front().sentence << "\n"
                      << policy_example();
  EXPECT_EQ(policy_example(*policy), policy_example());
  EXPECT_TRUE(policy->calendars.empty());
  EXPECT_TRUE(policy->intake.empty());
  const Catalogues brought;
  for (const auto& catalogue : brought.all())
    EXPECT_EQ(policy->catalogues.find(catalogue.name)->entries.size(), catalogue.entries.size());
}

TEST(PolicyTexts, AnotherPolicyIsAnotherExample) {
  for (const auto* yaml :
       {"handoff: {bounce_limit: 3}", "sla: {P3: {resolution: 70h}}", "owner: {basis: designated}",
        "priority: {matrix: {low: {low: P1, medium: P4, high: P3}, medium: {low: P4, medium: "
        "P3, high: P2}, high: {low: P3, medium: P2, high: P1}}}",
        "callback: {zones: [Asia/Shanghai]}", "departments: [{id: cs}]"}) {
    const auto policy = parse_new_policy(yaml);
    ASSERT_TRUE(policy) << yaml;
    EXPECT_NE(policy_example(*policy), policy_example()) << yaml;
  }
}

/// Each key has a sentence, and what takes words tells them.
void expect_told(const yaml::Shape& shape, const std::string& path) {
  for (const auto& field : shape.fields) {
    EXPECT_THAT(field.meaning, testing::EndsWith(".")) << path << "." << field.key;
    EXPECT_EQ(std::ranges::count(shape.fields, field.key, &yaml::Field::key), 1) << path << "." << field.key;
    expect_told(field.shape, path + "." + field.key);
  }
  for (const auto& part : shape.parts) expect_told(part, path + "[]");
  const bool is_text = shape.kind == yaml::Shape::Kind::text;
  EXPECT_FALSE(is_text && shape.takes.empty() && shape.words.empty()) << path;
}

TEST(PolicyTexts, EveryKeyHasAMeaning) {
  const auto shape = yaml::policy_shape();
  EXPECT_EQ(shape.fields.size(), 24U);
  expect_told(shape, "");
}

TEST(PolicyTexts, TheExampleOfACompanyFitsTheSchemaAndHasEverySection) {
  const auto example = text_of_file(CASETRAIL_EXAMPLE_POLICY);
  EXPECT_THAT(SchemaCheck().faults(example), IsEmpty());
  const auto root = YAML::Load(example);
  const auto shape = yaml::policy_shape();
  for (const auto& section : shape.fields)
    EXPECT_TRUE(root[section.key].IsDefined()) << section.key << " is not shown";
}

TEST(PolicyTexts, TheExampleOfAllKeysFitsTheSchema) {
  EXPECT_THAT(SchemaCheck().faults(policy_example()), IsEmpty());
}

TEST(PolicyTexts, TheSchemaRefusesWhatTheReaderRefusesOfOneValue) {
  SchemaCheck schema;
  for (const std::string yaml :
       {"colour: red",
        "handoff: {bounce_limits: 2}",
        "handoff: {bounce_limit: 0}",
        "handoff: {accept_within: 0m}",
        "handoff: {accept_within: 2}",
        "assignment: {accept_within: 2bd}",
        "closing: {after_window: maybe}",
        "suspension: {pauses: [lunch]}",
        "sla: {P1: {warn: 100}}",
        "sla: {P1: {escalate: [{at: 50, to: [lead]}]}}",
        "sla: {P5: {warn: 50}}",
        "departments: 3",
        "departments: [{name: nameless}]",
        "roles: {lead: boss}",
        "callback: {hours: {noday: ['09:00-18:00']}}",
        "callback: {hours: {all: ['9-18']}}",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon: ['09:00-18:00']}, make_up_workdays: [tomorrow]}]",
        "calendars: [{id: a, tz: Etc/UTC, week: {mon: ['09:00-18:00']}, special_hours: {tomorrow: []}}]",
        "priority: {matrix: {high: {high: P1}}}",
        "intake: {required: {complaint: [shoe_size]}}",
        "catalogues: {chanel: []}",
        "catalogues: {channel: [{code: A B, en: a}]}",
        "review: {sampling: [{group: all, percent: 101}]}",
        "boards: {country_code: +86}"}) {
    EXPECT_FALSE(parse_new_policy(yaml)) << yaml;
    EXPECT_THAT(schema.faults(yaml), testing::Not(IsEmpty())) << yaml;
  }
}

TEST(PolicyTexts, TheSchemaTellsOfAKeyWhatItIs) {
  const SchemaCheck schema;
  const auto window = schema.root().at_pointer("/properties/closing/properties/after_window").value();
  EXPECT_EQ(window["title"].get_string().value(), "closing.after_window");
  EXPECT_EQ(window["default"].get_string().value(), "close");
  EXPECT_THAT(std::string(window["description"].get_string().value()), HasSubstr("`close` or `wait`"));
  EXPECT_EQ(window["enum"].get_array().value().size(), 2U);
}

}  // namespace
}  // namespace casetrail
