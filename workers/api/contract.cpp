// A type's schema, and the documents that are made of all of them.
#include "workers/api/contract.h"

#include <algorithm>
#include <cereal/cereal.hpp>

#include "aggregates/case/command.h"
#include "aggregates/case/command_text.h"
#include "events/case/event.h"
#include "events/case/event_text.h"
#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/nearest.h"
#include "events/wire/outcome.h"
#include "events/wire/published_schema.h"
#include "workers/api/asyncapi.h"
#include "workers/api/golden_examples.h"
#include "workers/api/openapi.h"

namespace casetrail {
template <>
inline constexpr TypeText kText<Outcome>{"What became of a command: accepted, or refused by a rule.",
                                         "命令的处理结果：已接受，或被规则拒绝。",
                                         {}};
}  // namespace casetrail

namespace casetrail::api {
namespace {

/// An object whose members are read whatever their names.
struct Wrapped {
  Json members;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(members));
  }
};

/// `json` is an object of our own.
Json members_of(const std::string& json) {
  Wrapped wrapped;
  std::ignore = from_json(R"({"members":)" + json + "}", wrapped);
  return std::move(wrapped.members);
}

/// The golden file of that version.
std::string_view example_of(std::string_view space, std::string_view type, int version) {
  const auto name = std::string(space) + "/" + std::string(type) + ".v" + std::to_string(version);
  const auto examples = golden_examples();
  const auto found = std::ranges::find(examples, name, &GoldenExample::name);
  return found == examples.end() ? std::string_view{} : found->json;
}

/// With a title and an example.
std::string titled(std::string_view type, std::string_view example, const std::string& schema) {
  auto members = members_of(schema);
  members["title"] = text(std::string(kTypePrefix).append(type));
  if (!example.empty()) members["examples"] = list({{std::string(example)}});
  return object(members).text;
}

/// As a document of its own.
std::string schema_of(const ContractType& type) {
  auto members = members_of(type.schema);
  members["$schema"] = text("http://json-schema.org/draft-07/schema#");
  members["$id"] = text(schema_uri(type.space, type.type, type.version));
  return object(members).text;
}

std::vector<ContractType> make_types() {
  std::vector<ContractType> types;
  const auto add = [&](std::string_view space, std::string_view type, int version, const TypeText& meaning,
                       const std::string& schema) {
    const auto example = example_of(space, type, version);
    types.push_back({space, type, version, &meaning, example, titled(type, example, schema)});
  };
  for (const auto* codec : command_codecs())
    add("commands", codec->type, codec->version, command_text(codec->type), codec->schema());
  for (const auto* codec : event_codecs())
    add("events", codec->type, codec->version, event_text(codec->type), codec->schema());
  for (const auto* type : {"command.accepted", "command.rejected"})
    add("outcomes", type, 1, kText<Outcome>, PublishedSchema::of<Outcome>());
  return types;
}

}  // namespace

const std::vector<ContractType>& contract_types() {
  static const auto kTypes = make_types();
  return kTypes;
}

RawJson with_parts_in(Json& parts, const std::string& schema) {
  static constexpr std::string_view kHere = "#/definitions/";
  auto moved = schema;
  for (auto at = moved.find(kHere); at != std::string::npos; at = moved.find(kHere, at + kParts.size()))
    moved.replace(at, kHere.size(), kParts);
  auto members = members_of(moved);
  if (const auto definitions = members.extract("definitions"))
    parts.merge(members_of(definitions.mapped().text));
  return object(members);
}

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& type : contract_types())
    names.push_back(std::string(type.space).append("/").append(type.type));
  return names;
}

std::vector<std::string> schema_names_of(std::string_view part) {
  const auto begins = [&](std::string_view name) {
    return name.starts_with(part) && name.size() > part.size() &&
           (name[part.size()] == '.' || name[part.size()] == '/');
  };
  auto names = schema_names();
  std::erase_if(names, [&](const std::string& name) {
    return !begins(name) && !begins(std::string_view(name).substr(name.find('/') + 1));
  });
  return names;
}

std::string schema_hint(std::string_view name) {
  std::vector<std::string_view> known{"asyncapi", "openapi"};
  const auto names = schema_names();
  for (const std::string_view full : names) {
    const auto slash = full.find('/');
    const auto type = full.substr(slash + 1);
    for (const auto word : {full.substr(0, slash), full, type, type.substr(0, type.find('.'))})
      known.push_back(word);
  }
  const auto meant = nearest(name, known);
  return meant.empty() ? "" : " (did you mean '" + std::string(meant) + "'?)";
}

const ContractType* find_contract_type(std::string_view name) {
  const auto& types = contract_types();
  const auto found = std::ranges::find_if(types, [&](const ContractType& type) {
    return name == type.type || name == std::string(type.space).append("/").append(type.type);
  });
  return found == types.end() ? nullptr : &*found;
}

std::optional<std::string> schema_document(std::string_view name) {
  if (name == "asyncapi") return asyncapi_document();
  if (name == "openapi") return openapi_document();
  const auto* type = find_contract_type(name);
  if (type == nullptr) return std::nullopt;
  return schema_of(*type);
}

}  // namespace casetrail::api
