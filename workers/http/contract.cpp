// Documents are structs with a `serialize`, like everything else that becomes JSON.
#include "workers/http/contract.h"

#include <algorithm>
#include <cctype>
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
  const std::vector<const TypeCodec*>& codecs;
  std::vector<std::string_view> headers;  ///< required beside those of every CloudEvent
};

std::vector<Space> spaces() {
  return {{"commands", command_codecs(), {"ce_actor"}}, {"events", event_codecs(), {}}};
}

std::string titled_schema(std::string_view space, const TypeCodec& codec) {
  auto schema = codec.schema();
  std::string head = R"({"$schema":"http://json-schema.org/draft-07/schema#","$id":)";
  append_json_string(schema_uri(space, codec.type, codec.version), head);
  head += R"(,"title":)";
  append_json_string(std::string(kTypePrefix).append(codec.type), head);
  return head + "," + schema.substr(1);
}

/// The headers of binary mode that every record has.
RawJson header_schema(std::string_view type, const std::vector<std::string_view>& more) {
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
                        {"ce_commandoffset", string},
                        {"ce_commandends", string},
                        {"content-type", {R"({"const":"application/json"})"}}};
  std::vector<RawJson> required;
  for (const auto* name : {"ce_specversion", "ce_id", "ce_source", "ce_type"}) required.push_back(text(name));
  for (const auto name : more) required.push_back(text(name));
  return object({{"type", text("object")}, {"required", list(required)}, {"properties", object(properties)}});
}

RawJson channel(const Space& space, Json& messages) {
  Json references;
  for (const auto* codec : space.codecs) {
    const auto name = std::string(space.name) + "." + std::string(codec->type);
    const auto type = std::string(kTypePrefix).append(codec->type);
    messages[name] =
        object({{"name", text(type)},
                {"contentType", text("application/json")},
                {"correlationId", {R"({"location":"$message.header#/ce_correlationid"})"}},
                {"headers", header_schema(type, space.headers)},
                {"payload", {titled_schema(space.name, *codec)}},
                {"bindings", {R"({"kafka":{"key":{"type":"string","description":"the case id"}}})"}}});
    references[name] = object({{"$ref", text("#/components/messages/" + name)}});
  }
  return object(
      {{"address", text(std::string(kTypePrefix).append(space.name))}, {"messages", object(references)}});
}

/// Of one topic with messages that are no types of a space.
RawJson plain_channel(std::string_view topic, const std::vector<std::pair<std::string, RawJson>>& of,
                      Json& messages) {
  Json references;
  for (const auto& [name, message] : of) {
    messages[name] = message;
    references[name] = object({{"$ref", text("#/components/messages/" + name)}});
  }
  return object(
      {{"address", text(std::string(kTypePrefix).append(topic))}, {"messages", object(references)}});
}

RawJson outcome_message(std::string_view type) {
  const auto full = std::string(kTypePrefix).append(type);
  return object({{"name", text(full)},
                 {"contentType", text("application/json")},
                 {"headers", header_schema(full, {"ce_subject", "ce_causationid", "ce_commandoffset"})},
                 {"payload", {SchemaWriter::schema_of<Outcome>(SchemaScope::all)}}});
}

RawJson dead_letter_message() {
  return object({{"name", text("deadletter")},
                 {"summary", text("A record that could not be a command, as it came, with the reason beside "
                                  "its own headers.")},
                 {"headers",
                  {R"({"type":"object","required":["casetrail.errors.code","casetrail.errors.message"],)"
                   R"("properties":{"casetrail.errors.code":{"type":"string"},)"
                   R"("casetrail.errors.message":{"type":"string"},)"
                   R"("casetrail.errors.partition":{"type":"string"},)"
                   R"("casetrail.errors.offset":{"type":"string"}}})"}}});
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
  channels["outcomes"] = plain_channel("outcomes",
                                       {{"outcomes.command.accepted", outcome_message("command.accepted")},
                                        {"outcomes.command.rejected", outcome_message("command.rejected")}},
                                       messages);
  channels["deadletters"] =
      plain_channel("deadletters", {{"deadletters.record", dead_letter_message()}}, messages);
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
                    {"followEvents", operation("send", "events", "What happened.")},
                    {"followOutcomes", operation("send", "outcomes", "What became of each command.")},
                    {"followDeadLetters",
                     operation("send", "deadletters", "What could not be a command, and why.")}})},
           {"components", object({{"messages", object(messages)}})}});
}

RawJson parameter(std::string_view name, std::string_view in, std::string_view summary) {
  return object({{"name", text(name)},
                 {"in", text(in)},
                 {"description", text(summary)},
                 {"required", {in == "path" ? "true" : "false"}},
                 {"schema", {R"({"type":"string"})"}}});
}

RawJson reference(std::string_view schema) {
  return object({{"$ref", text("#/components/schemas/" + std::string(schema))}});
}

/// `token`: the answer carries the place of the command.
enum class Token { given, none };

RawJson response(std::string_view description, std::string_view type, const RawJson& schema,
                 Token token = Token::none) {
  Json members{{"description", text(description)},
               {"content", object({{std::string(type), object({{"schema", schema}})}})}};
  if (token == Token::given) {
    members["headers"] = {
        R"({"X-Casetrail-Token":{"description":"partition:offset of the command: a read that sends it back )"
        R"(covers its events","schema":{"type":"string"}}})"};
  }
  return object(members);
}

RawJson problem_response(std::string_view description) {
  return response(description, "application/problem+json", reference("Problem"));
}

RawJson command_responses() {
  constexpr std::string_view kJson = "application/json";
  return object({{"200", response("accepted, and there was nothing to do; or the outcomes of a batch", kJson,
                                  object({{"oneOf", list({reference("Outcome"), reference("Outcomes")})}}),
                                  Token::given)},
                 {"201", response("accepted, with new events", kJson, reference("Outcome"), Token::given)},
                 {"202", response("durable; its outcome was not waited for", kJson, reference("Durable"),
                                  Token::given)},
                 {"409", response("refused by a rule", kJson, reference("Outcome"), Token::given)},
                 {"422", problem_response("no command: nothing was taken")},
                 {"504", problem_response("the outcome is not known: send it again with the same id")},
                 {"default", problem_response("a problem of RFC 9457")}});
}

RawJson command_body() {
  const auto event = reference("CloudEvent");
  const auto as = [](const RawJson& schema) { return object({{"schema", schema}}); };
  return object({{"required", {"true"}},
                 {"content", object({{"application/json", as(reference("Command"))},
                                     {"application/cloudevents+json", as(event)},
                                     {"application/cloudevents-batch+json",
                                      as(object({{"type", text("array")}, {"items", event}}))}})}});
}

RawJson operation_of(const RouteText& route) {
  std::vector<RawJson> parameters;
  for (const auto& [name, summary] : route.path_parameters)
    parameters.push_back(parameter(name, "path", summary));
  for (const auto& [name, summary] : route.query_parameters)
    parameters.push_back(parameter(name, "query", summary));
  const bool reads_its_writes = std::ranges::any_of(
      route.query_parameters, [](const auto& parameter) { return parameter.first == "token"; });
  if (reads_its_writes)
    parameters.push_back(parameter("X-Casetrail-Token", "header", "as the query's token"));
  Json operation{{"summary", text(route.summary)},
                 {"parameters", list(parameters)},
                 {"responses", object({{"200", response("as asked", route.answer_type, {"{}"})},
                                       {"default", problem_response("a problem of RFC 9457")}})}};
  if (route.method == "POST" && route.path == "/v1/commands") {
    operation["requestBody"] = command_body();
    operation["responses"] = command_responses();
  }
  return object(operation);
}

std::string openapi_document() {
  std::map<std::string, Json> paths;
  for (const auto& route : route_texts()) {
    std::string method;
    for (const char letter : route.method) method += static_cast<char>(std::tolower(letter));
    paths[std::string(route.path)][method] = operation_of(route);
  }
  Json path_items;
  for (const auto& [path, operations] : paths) path_items[path] = object(operations);
  const Json schemas{
      {"Problem",
       {R"({"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},)"
        R"("status":{"type":"integer"},"detail":{"type":"string"},"code":{"type":"string"}}})"}},
      {"Outcomes",
       {R"({"type":"object","properties":{"outcomes":{"type":"array","items":{"oneOf":[)"
        R"({"$ref":"#/components/schemas/Outcome"},{"$ref":"#/components/schemas/Problem"}]}}}})"}},
      {"Durable",
       {R"({"type":"object","properties":{"command_id":{"type":"string"},"case_id":)"
        R"({"type":"string"},"token":{"type":"string"}}})"}},
      {"CloudEvent",
       {R"({"type":"object","required":["specversion","id","source","type","actor","data"],"properties":{)"
        R"("specversion":{"type":"string","enum":["1.0"]},"id":{"type":"string"},"source":{"type":"string"},)"
        R"("type":{"type":"string"},"subject":{"type":"string"},"time":{"type":"string"},)"
        R"("actor":{"type":"string"},"expectedsequence":{"type":"string"},"data":{"type":"object"}}})"}},
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
    for (const auto* codec : space.codecs)
      names.push_back(std::string(space.name).append("/").append(codec->type));
  }
  return names;
}

std::optional<std::string> schema_document(std::string_view name) {
  if (name == "asyncapi") return asyncapi_document();
  if (name == "openapi") return openapi_document();
  for (const auto& space : spaces()) {
    for (const auto* codec : space.codecs) {
      if (name == codec->type || name == std::string(space.name).append("/").append(codec->type)) {
        return titled_schema(space.name, *codec);
      }
    }
  }
  return std::nullopt;
}

}  // namespace casetrail
