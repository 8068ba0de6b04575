// Documents are structs with a `serialize`, like everything else that becomes JSON.
#include "workers/http/contract.h"

#include <cereal/cereal.hpp>
#include <map>

#include "aggregates/command.h"
#include "events/cloud_event.h"
#include "events/event.h"
#include "events/json_writer.h"
#include "events/outcome.h"
#include "events/schema_writer.h"
#include "workers/http/routes.h"

namespace casetrail {
namespace {

using Json = std::map<std::string, RawJson>;

RawJson text(std::string_view value) {
  RawJson json;
  append_json_string(value, json.text);
  return json;
}
RawJson object(const Json& members) { return {to_json(members)}; }
RawJson list(const std::vector<RawJson>& elements) {
  RawJson json{"["};
  for (const auto& element : elements) json.text.append(json.text.size() > 1 ? "," : "").append(element.text);
  json.text += ']';
  return json;
}

struct Space {
  std::string_view name;  ///< `events`
  const std::vector<TypeCodec>& codecs;
};

std::vector<Space> spaces() { return {{"commands", command_codecs()}, {"events", event_codecs()}}; }

std::string titled_schema(std::string_view space, const TypeCodec& codec) {
  auto schema = codec.schema();
  std::string head = R"({"$schema":"http://json-schema.org/draft-07/schema#","$id":)";
  append_json_string(schema_uri(space, codec.type, codec.version), head);
  head += R"(,"title":)";
  append_json_string(std::string(kTypePrefix).append(codec.type), head);
  return head + "," + schema.substr(1);
}

/// The headers of binary mode that every record has.
RawJson header_schema(std::string_view type) {
  const RawJson string{R"({"type":"string"})"};
  const Json properties{{"ce_specversion", {R"({"const":"1.0"})"}},
                        {"ce_id", string},
                        {"ce_source", string},
                        {"ce_type", object({{"const", text(type)}})},
                        {"ce_time", string},
                        {"ce_subject", string},
                        {"ce_dataschema", string},
                        {"ce_partitionkey", string},
                        {"ce_correlationid", string},
                        {"ce_causationid", string},
                        {"ce_actor", string},
                        {"content-type", {R"({"const":"application/json"})"}}};
  return object(
      {{"type", text("object")},
       {"required", list({text("ce_specversion"), text("ce_id"), text("ce_source"), text("ce_type")})},
       {"properties", object(properties)}});
}

RawJson channel(const Space& space, Json& messages) {
  Json references;
  for (const auto& codec : space.codecs) {
    const auto name = std::string(space.name) + "." + std::string(codec.type);
    const auto type = std::string(kTypePrefix).append(codec.type);
    messages[name] =
        object({{"name", text(type)},
                {"contentType", text("application/json")},
                {"correlationId", {R"({"location":"$message.header#/ce_correlationid"})"}},
                {"headers", header_schema(type)},
                {"payload", {titled_schema(space.name, codec)}},
                {"bindings", {R"({"kafka":{"key":{"type":"string","description":"the case id"}}})"}}});
    references[name] = object({{"$ref", text("#/components/messages/" + name)}});
  }
  return object(
      {{"address", text(std::string(kTypePrefix).append(space.name))}, {"messages", object(references)}});
}

RawJson operation(std::string_view action, std::string_view space, std::string_view summary) {
  return object({{"action", text(action)},
                 {"channel", object({{"$ref", text("#/channels/" + std::string(space))}})},
                 {"summary", text(summary)}});
}

std::string asyncapi_document() {
  Json messages;
  Json channels;
  for (const auto& space : spaces()) channels[std::string(space.name)] = channel(space, messages);
  return to_json(
      Json{{"asyncapi", text("3.0.0")},
           {"info", object({{"title", text("casetrail")},
                            {"version", text("1")},
                            {"description",
                             text("CloudEvents 1.0.2 on Kafka, binary mode. Key and partition: the case id, "
                                  "partitioner murmur2_random.")}})},
           {"channels", object(channels)},
           {"operations",
            object({{"sendCommand", operation("receive", "commands", "What casetrail is asked to do.")},
                    {"followEvents", operation("send", "events", "What happened.")}})},
           {"components", object({{"messages", object(messages)}})}});
}

RawJson parameter(std::string_view name, std::string_view in, std::string_view summary) {
  return object({{"name", text(name)},
                 {"in", text(in)},
                 {"description", text(summary)},
                 {"required", {in == "path" ? "true" : "false"}},
                 {"schema", {R"({"type":"string"})"}}});
}

RawJson content(std::string_view type, const RawJson& schema) {
  return object({{"content", object({{std::string(type), object({{"schema", schema}})}})}});
}

RawJson operation_of(const RouteText& route) {
  std::vector<RawJson> parameters;
  for (const auto& [name, summary] : route.path_parameters)
    parameters.push_back(parameter(name, "path", summary));
  for (const auto& [name, summary] : route.query_parameters)
    parameters.push_back(parameter(name, "query", summary));
  auto answer = content(route.answer_type, {R"({})"});
  answer.text.insert(1, R"("description":"as asked",)");
  auto error = content("application/problem+json", {R"({"$ref":"#/components/schemas/Problem"})"});
  error.text.insert(1, R"("description":"a problem of RFC 9457",)");
  Json operation{{"summary", text(route.summary)},
                 {"parameters", list(parameters)},
                 {"responses", object({{"200", answer}, {"default", error}})}};
  if (route.method == "POST" && route.path == "/v1/commands") {
    operation["requestBody"] = content("application/json", {R"({"$ref":"#/components/schemas/Command"})"});
  }
  return object(operation);
}

std::string openapi_document() {
  std::map<std::string, Json> paths;
  for (const auto& route : route_texts()) {
    paths[std::string(route.path)][route.method == "GET" ? "get" : "post"] = operation_of(route);
  }
  Json path_items;
  for (const auto& [path, operations] : paths) path_items[path] = object(operations);
  const Json schemas{
      {"Problem",
       {R"({"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},)"
        R"("status":{"type":"integer"},"detail":{"type":"string"},"code":{"type":"string"}}})"}},
      {"Outcome", {SchemaWriter::schema_of<Outcome>(SchemaScope::all)}},
      {"Command", {plain_command_schema()}}};
  return to_json(Json{{"openapi", text("3.0.3")},
                      {"info", object({{"title", text("casetrail")}, {"version", text("1")}})},
                      {"paths", object(path_items)},
                      {"components", object({{"schemas", object(schemas)}})}});
}

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& space : spaces()) {
    for (const auto& codec : space.codecs)
      names.push_back(std::string(space.name).append("/").append(codec.type));
  }
  return names;
}

std::optional<std::string> schema_document(std::string_view name) {
  if (name == "asyncapi") return asyncapi_document();
  if (name == "openapi") return openapi_document();
  for (const auto& space : spaces()) {
    for (const auto& codec : space.codecs) {
      if (name == codec.type || name == std::string(space.name).append("/").append(codec.type)) {
        return titled_schema(space.name, codec);
      }
    }
  }
  return std::nullopt;
}

}  // namespace casetrail
