// Operations come from the table of routes, filters from the views, schemas from the structs that are
// answered with.
#include "workers/api/openapi.h"

#include <algorithm>
#include <map>

#include "events/wire/attribute_texts.h"
#include "events/wire/bounds.h"
#include "events/wire/cloud_event.h"
#include "events/wire/letter_case.h"
#include "events/wire/published_schema.h"
#include "events/wire/quarantine.h"
#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "workers/api/api_answers.h"
#include "workers/api/backups.h"
#include "workers/api/board_diff.h"
#include "workers/api/board_shapes.h"
#include "workers/api/case_actions.h"
#include "workers/api/case_answer.h"
#include "workers/api/case_contact.h"
#include "workers/api/case_diff.h"
#include "workers/api/case_held.h"
#include "workers/api/case_why.h"
#include "workers/api/catalogues.h"
#include "workers/api/command_batch.h"
#include "workers/api/contract.h"
#include "workers/api/dead_letters.h"
#include "workers/api/elsewhere.h"
#include "workers/api/event_door.h"
#include "workers/api/groups.h"
#include "workers/api/held_totals.h"
#include "workers/api/letter_retry.h"
#include "workers/api/metrics_answer.h"
#include "workers/api/policies.h"
#include "workers/api/quarantines.h"
#include "workers/api/reason_texts.h"
#include "workers/api/routes.h"
#include "workers/api/sender.h"
#include "workers/api/submission.h"
#include "workers/api/topics_json.h"
#include "workers/api/word_texts.h"
#include "workers/http/problem.h"
#include "workers/http/stream.h"
#include "workers/projection/rebuild.h"

namespace casetrail::api {
namespace {

/// One operation: a route, or one that a route stands for.
struct Operation {
  std::string path;
  std::string id;
  RouteText route;
  std::span<const kit::FilterType> filters{};
};

constexpr std::string_view kAnyView = "{view}";

RawJson part(std::string_view name) { return reference(kParts, name); }

/// `{name*}` of the router is `{name}` here.
std::string without_star(std::string_view name) {
  std::string plain(name);
  std::erase(plain, '*');
  return plain;
}

/// `FollowUp` of `follow_up`.
std::string camel_case(std::string_view name) {
  std::string text;
  bool begins = true;
  for (const char c : name) {
    if (c != '_') text += begins ? upper(c) : c;
    begins = c == '_';
  }
  return text;
}

/// Filters differ from view to view: each has a path of its own.
void add_boards(const RouteText& route, std::vector<Operation>& operations) {
  for (const auto& view : view_types()) {
    auto path = std::string(route.path);
    path.replace(path.find(kAnyView), kAnyView.size(), view.name);
    auto of_view = route;
    of_view.path_parameters.clear();
    for (auto& answer : of_view.answers) {
      if (answer.schema == "Board") answer.schema += camel_case(view.name);
    }
    operations.push_back({path, std::string(route.operation) + camel_case(view.name), of_view,
                          find_shape(view.name)->filters});
  }
}

/// Of a board that has a path of its own beside the others'.
std::span<const kit::FilterType> filters_of(const RouteText& route) {
  if (route.rest != RouteText::Rest::filters) return {};
  return find_shape(route.path.substr(route.path.rfind('/') + 1))->filters;
}

std::vector<Operation> operations() {
  std::vector<Operation> all;
  for (const auto& route : route_texts()) {
    if (route.rest == RouteText::Rest::filters && route.path.contains(kAnyView))
      add_boards(route, all);
    else
      all.push_back({without_star(route.path), std::string(route.operation), route, filters_of(route)});
  }
  return all;
}

RawJson parameter(std::string_view name, std::string_view in, std::string_view meaning,
                  std::string_view schema) {
  return object({{"name", text(name)},
                 {"in", text(in)},
                 {"description", text(meaning)},
                 {"required", {in == "path" ? "true" : "false"}},
                 {"schema", {std::string(schema)}}});
}

RawJson parameters_of(const Operation& operation) {
  const auto& [path, id, route, filters] = operation;
  std::vector<RawJson> all;
  for (const auto& [name, meaning, schema] : route.path_parameters)
    all.push_back(parameter(without_star(name), "path", meaning, schema));
  for (const auto& [name, meaning, schema] : route.query_parameters) {
    // A view may have a filter of its own by that name.
    if (std::ranges::find(filters, name, &kit::FilterType::name) == filters.end())
      all.push_back(parameter(name, "query", meaning, schema));
  }
  for (const auto& filter : filters)
    all.push_back(parameter(filter.name, "query", filter.meaning, filter.kind.schema()));
  const auto token = std::ranges::find(route.query_parameters, "token", &RouteText::Parameter::name);
  if (token != route.query_parameters.end())
    all.push_back(parameter(kTokenHeader, "header", "as the query's token", token->schema));
  return list(all);
}

RawJson response(std::string_view meaning, std::string_view type, const RawJson& schema) {
  return object({{"description", text(meaning)},
                 {"content", object({{std::string(type), object({{"schema", schema}})}})}});
}

RawJson response_of(const RouteText& route, const RouteText::Answer& answer) {
  const bool is_problem = answer.status >= 400;
  auto made =
      response(answer.meaning, is_problem ? http::kProblemType : route.answer_type, part(answer.schema));
  if (route.streams) {
    return object(
        {{"description", text(answer.meaning)},
         {"content",
          object({{std::string(route.answer_type), object({{"schema", part(answer.schema)}})},
                  {std::string(http::kEventStreamType), object({{"schema", part("EventStream")}})}})}});
  }
  if (route.path != "/v1/commands") return made;
  made.text.back() = ',';
  made.text += R"("headers":)" +
               object({{kTokenHeader,
                        {R"({"description":"partition:offset of the command: a read that sends it back )"
                         R"(covers its events","schema":{"type":"string"}})"}}})
                   .text +
               "}";
  return made;
}

RawJson responses_of(const RouteText& route) {
  const auto problem = [](std::string_view meaning) {
    return response(meaning, http::kProblemType, part("Problem"));
  };
  Json responses{{"400", problem("no such query")}, {"default", problem("a problem of RFC 9457")}};
  if (route.method == "POST") responses["415"] = problem(http::status_title(415));
  if (!route.rights.empty()) {
    responses["401"] = problem("nobody who is known");
    responses["403"] = problem("who asks may not");
  }
  for (const auto status : route.problems)
    responses[std::to_string(status)] = problem(http::status_title(status));
  for (const auto& answer : route.answers)
    responses[std::to_string(answer.status)] = response_of(route, answer);
  return object(responses);
}

RawJson command_body() {
  const auto as = [](const RawJson& schema) { return object({{"schema", schema}}); };
  const auto event = part("CloudEvent");
  return object({{"required", {"true"}},
                 {"content", object({{"application/json", as(part("PlainCommand"))},
                                     {"application/cloudevents+json", as(event)},
                                     {"application/cloudevents-batch+json",
                                      as(object({{"type", text("array")}, {"items", event}}))}})}});
}

/// No web page may send a request whose body is not declared as JSON, even where there is none.
RawJson plain_body(std::string_view schema) {
  const auto of = schema.empty() ? RawJson{R"({"type":"object"})"} : part(schema);
  return object(
      {{"required", {"true"}}, {"content", object({{"application/json", object({{"schema", of}})}})}});
}

/// `v1` routes are for who works with cases, the others for who runs the node.
std::string_view tag_of(std::string_view path) {
  for (const auto* begin : {"/v1/commands", "/v1/cases", "/v1/boards", "/v1/events"})
    if (path.starts_with(begin)) return "cases";
  return path.starts_with("/v1/schemas") ? "contract" : "operation";
}

RawJson operation_of(const Operation& operation) {
  const auto& route = operation.route;
  Json members{{"operationId", text(operation.id)},      {"summary", text(route.summary)},
               {"description", text(route.summary)},     {"tags", list({text(tag_of(route.path))})},
               {"parameters", parameters_of(operation)}, {"responses", responses_of(route)}};
  if (route.path == "/v1/commands")
    members["requestBody"] = command_body();
  else if (route.method == "POST")
    members["requestBody"] = plain_body(route.body);
  return object(members);
}

/// An attribute that is a number: in CloudEvents an integer, or the text of one.
RawJson whole_number(std::string_view meaning) {
  return object({{"description", text(meaning)},
                 {"oneOf", {R"([{"type":"integer","minimum":0},{"type":"string","pattern":"^[0-9]+$"}])"}}});
}

/// A command in structured mode.
RawJson cloud_event_schema() {
  static constexpr std::string_view kPrefix = "ce_";
  Json properties{{"data", {R"({"type":"object","additionalProperties":true})"}}};
  std::vector<RawJson> required{text("data")};
  for (const auto& attribute : attribute_texts()) {
    if (!attribute.on.contains("commands")) continue;
    const auto name = attribute.header.substr(kPrefix.size());
    properties[std::string(name)] = name == "expectedsequence"
                                        ? whole_number(attribute.meaning)
                                        : described(attribute.meaning, attribute.is_name ? kNameSchema : "");
    if (attribute.always_on.contains("commands")) required.push_back(text(name));
  }
  return object({{"type", text("object")}, {"required", list(required)}, {"properties", object(properties)}});
}

/// The schemas that are answered with, by the names that the table of routes calls them.
Json schemas() {
  Json all{
      {"OutcomeOrList", object({{"oneOf", list({part("Outcome"), part("OutcomeList")})}})},
      {"OutcomeList",
       object({{"type", text("object")},
               {"required", list({text("outcomes")})},
               {"properties",
                object({{"outcomes", object({{"type", text("array")},
                                             {"items", object({{"oneOf", list({part("Outcome"),
                                                                               part("Problem")})}})}})}})}})},
      {"CloudEvent", cloud_event_schema()},
      {"Simulation",
       {R"({"type":"object","required":["commands"],"properties":{"commands":{"type":"integer"}}})"}},
      {"SchemaNames",
       {R"({"type":"object","required":["schemas"],"properties":{"schemas":{"type":"array","items":{"type":"string"}}}})"}},
      {"Document", {R"({"type":"object","additionalProperties":true})"}},
      {"Text", {R"({"type":"string"})"}},
      {"EventStream", {R"({"type":"string","description":"server-sent events"})"}},
      {"Standing", {R"({"type":"object","required":["status"],"properties":{"status":{"type":"string"}}})"}}};
  const auto add = [&](const std::string& name, const std::string& schema) {
    all[name] = with_parts_in(all, schema);
  };
  for (const auto& view : view_types()) add("Board" + camel_case(view.name), board_schema(view));
  add("Boards", boards_document_schema());
  add("Shape", shape_document_schema());
  add("Outcome", outcome_schema());
  add("Refusal", refusal_schema());
  add("Durable", durable_schema());
  add("BeingMade", being_made_schema());
  add("Readiness", readiness_schema());
  add("Waiting", waiting_schema());
  add("Me", me_schema());
  add("Problem", http::problem_schema());
  add("PlainCommand", plain_command_schema());
  add("Actions", actions_schema());
  add("Why", why_schema());
  add("Case", case_schema());
  add("History", history_schema());
  add("Diff", diff_schema());
  add("BoardDiff", board_diff_schema());
  add("HeldBy", held_schema());
  add("HeldTotals", held_totals_schema());
  add("Contact", contact_schema());
  add("DeadLetters", dead_letters_schema());
  add("DeadLetter", dead_letter_schema());
  add("DropRequest", drop_request_schema());
  add("RetryRequest", retry_request_schema());
  add("TopicRows", topics_schema());
  add("Group", group_schema());
  add("WordLabels", words_document_schema());
  add("Catalogues", catalogues_document_schema());
  add("Groups", groups_schema());
  add("EventsPage", events_page_schema());
  add("LagAnswer", PublishedSchema::of<LagAnswer>());
  add("NodeAnswer", PublishedSchema::of<NodeAnswer>());
  add("MetricsAnswer", PublishedSchema::of<MetricsAnswer>());
  add("Quarantine", PublishedSchema::of<Quarantine>());
  add("Policies", policies_schema());
  add("PolicyVersion", policy_version_schema());
  add("Quarantines", quarantines_schema());
  add("QuarantineRequest", quarantine_request_schema());
  add("BackupRequest", backup_request_schema());
  add("BackupStatus", PublishedSchema::of<BackupStatus>());
  add("Rebuilds", PublishedSchema::of<projection::Rebuilds>());
  add("RebuildStatus", PublishedSchema::of<projection::RebuildStatus>());
  return all;
}

}  // namespace

std::string openapi_document() {
  std::map<std::string, Json> paths;
  for (const auto& operation : operations())
    paths[operation.path][lower_case(operation.route.method)] = operation_of(operation);
  Json items;
  for (const auto& [path, methods] : paths) items[path] = object(methods);
  return object(
             {{"openapi", text("3.0.3")},
              {"info",
               {R"({"title":"casetrail","version":"1","description":"Commands to cases, and what became of them. )"
                R"(A moment of a query may also be a day such as 2026-11-30, which stands for its beginning, or )"
                R"(2026-11-30 09:00, both in the zone of the policy. A + of a query is a space, as a form writes )"
                R"(one, but where it begins a value, as of a telephone number: there it is itself, as is %2B.",)"
                R"("contact":{"name":"whoever runs this casetrail"}})"}},
              {"servers", {R"([{"url":"/"}])"}},
              {"security", {R"([{},{"token":[]}])"}},
              {"tags",
               {R"([{"name":"cases","description":"Commands, cases and boards"},)"
                R"({"name":"contract","description":"Schemas of what is sent and answered"},)"
                R"({"name":"operation","description":"For whoever runs the node"}])"}},
              {"paths", object(items)},
              {"components",
               object(
                   {{"schemas", object(schemas())},
                    {"securitySchemes",
                     {R"({"token":{"type":"http","scheme":"bearer","description":"where identities are known"}})"}}})}})
      .text;
}

}  // namespace casetrail::api
