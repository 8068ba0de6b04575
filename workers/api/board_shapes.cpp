// The documents are made from the shapes of the views.
#include "workers/api/board_shapes.h"

#include <utility>
#include <vector>

#include "projections/boards.h"
#include "projections/kit/shape.h"
#include "workers/api/json_text.h"

namespace casetrail::api {
namespace {

Json view_members(const kit::ViewType& view) {
  const auto& shape = *find_shape(view.name);
  return {{"view", text(view.name)},
          {"label", words(shape.label)},
          {"meaning", words(shape.meaning)},
          {"worker", text(view.worker)}};
}

/// The filters whose rows or events are counted; without a value: the word's, or that of the row's first
/// member.
RawJson counted_rows_document(const kit::CountedRows& rows) {
  std::vector<RawJson> filters;
  for (const auto& [filter, value, member, as_asked] : rows.filters()) {
    Json asked{{"filter", text(filter)}};
    if (!value.empty()) asked["value"] = text(value);
    if (!member.empty()) asked["member"] = text(member);
    if (as_asked) asked["as_asked"] = {to_json(true)};
    filters.push_back(object(asked));
  }
  return list(filters);
}

/// Only what there is to say: the rest is absent.
RawJson member_document(const kit::Member& member) {
  const auto& of = member.of;
  Json members{{"key", text(of.key)},
               {"kind", text(name_of(of.kind))},
               {"label", words(of.label)},
               {"meaning", text(of.meaning)},
               {"nullable", {to_json(member.nullable)}}};
  if (of.screen.rank > 0) members["rank"] = {to_json(of.screen.rank)};
  if (!of.screen.heading.en.empty()) members["heading"] = words(of.screen.heading);
  if (!of.fraction.part.empty()) members["part"] = text(of.fraction.part);
  if (!of.fraction.of.empty()) members["of"] = text(of.fraction.of);
  if (of.leads_to.told()) members["leads_to"] = counted_rows_document(of.leads_to);
  if (of.leads_to.are_events()) members["events"] = counted_rows_document(of.leads_to);
  if (!member.schema.empty()) members["schema"] = {member.schema};
  if (member.members.empty()) return object(members);
  std::vector<RawJson> within;
  within.reserve(member.members.size());
  for (const auto& one : member.members) within.push_back(member_document(one));
  members["members"] = list(within);
  return object(members);
}

RawJson filter_document(const kit::FilterType& filter) {
  return object({{"key", text(filter.name)},
                 {"label", words(filter.label)},
                 {"meaning", text(filter.meaning)},
                 {"schema", {filter.kind.schema()}}});
}

std::string schema_of(const kit::Member& member);

/// `{"type":"object",…` of the members, not closed yet.
std::string open_schema_of(const std::vector<kit::Member>& members) {
  Json properties;
  std::vector<RawJson> required;
  for (const auto& member : members) {
    properties[std::string(member.of.key)] = {schema_of(member)};
    required.push_back(text(member.of.key));
  }
  return R"({"type":"object","required":)" + list(required).text + R"(,"properties":)" +
         object(properties).text;
}

std::string schema_of(const kit::Member& member) {
  auto schema = member.schema;
  if (member.of.kind == kit::Kind::table)
    schema = R"({"type":"array","items":)" + open_schema_of(member.members) + "}}";
  else if (!member.members.empty())
    schema = open_schema_of(member.members) + "}";
  static constexpr std::string_view kEnum = R"("enum":[)";
  if (const auto at = schema.find(kEnum); member.nullable && at != std::string::npos)
    schema.insert(at + kEnum.size(), "null,");
  return schema.replace(
      0, 1,
      R"({"description":)" + text(member.of.meaning).text + (member.nullable ? R"(,"nullable":true,)" : ","));
}

}  // namespace

std::string boards_document() {
  std::vector<RawJson> boards;
  for (const auto& view : view_types()) boards.push_back(object(view_members(view)));
  return object({{"boards", list(boards)}}).text;
}

std::optional<std::string> shape_document(std::string_view name) {
  const auto* view = find_view(name);
  if (view == nullptr) return std::nullopt;
  const auto& shape = *find_shape(name);
  std::vector<RawJson> headings;
  std::vector<RawJson> members;
  std::vector<RawJson> filters;
  headings.reserve(shape.headings.size());
  members.reserve(shape.members.size());
  filters.reserve(shape.filters.size());
  for (const auto& heading : shape.headings) headings.push_back(words(heading));
  for (const auto& member : shape.members) members.push_back(member_document(member));
  for (const auto& filter : shape.filters) filters.push_back(filter_document(filter));
  auto document = view_members(*view);
  document["headings"] = list(headings);
  document["members"] = list(members);
  document["filters"] = list(filters);
  return object(document).text;
}

std::vector<RawJson> member_documents(const std::vector<kit::Member>& members) {
  std::vector<RawJson> documents;
  documents.reserve(members.size());
  for (const auto& member : members) documents.push_back(member_document(member));
  return documents;
}

std::string board_schema(const kit::ViewType& view) {
  Json properties{
      {"view", {R"({"type":"string"})"}},
      {"version", {R"({"type":"integer"})"}},
      {"offsets",
       {R"({"type":"object","description":"by partition: what the answer covers",)"
        R"("additionalProperties":{"type":"integer","format":"int64"}})"}},
      {"behind", {R"({"type":"integer","format":"int64","description":"records that are not in it yet"})"}},
      {"next", described("as `after` it asks for the page behind; absent on the last one")}};
  std::vector<RawJson> required{text("view"), text("version"), text("offsets")};
  for (const auto& member : find_shape(view.name)->members) {
    properties[std::string(member.of.key)] = {schema_of(member)};
    if (!member.nullable) required.push_back(text(member.of.key));
  }
  return object({{"type", text("object")},
                 {"description", text(find_shape(view.name)->meaning.en)},
                 {"required", list(required)},
                 {"properties", object(properties)}})
      .text;
}

std::string boards_document_schema() {
  return R"({"type":"object","required":["boards"],"properties":{"boards":{"type":"array","items":{"type":"object",)"
         R"("required":["view","label","meaning","worker"],"properties":{"view":{"type":"string"},)"
         R"("worker":{"type":"string","description":"views of one worker are rebuilt together"},"label":)" +
         std::string(kWordsSchema) + R"(,"meaning":)" + std::string(kWordsSchema) + "}}}}}";
}

std::string shape_document_schema() {
  const auto objects =
      std::string(R"({"type":"array","items":{"type":"object","additionalProperties":true}})");
  const auto members = std::string(
      R"({"type":"array","description":"what the board consists of; a member that is the number )"
      R"(of rows has in leads_to the filters that leave them, none for all rows; a filter without )"
      R"(a value has the counted word, or what the first member of the row says, or the named member; )"
      R"(one that is as_asked is that of the query of the board, if it has one; a table that is empty )"
      R"(without a filter has that one there; a member that counts what happened has in events the )"
      R"(parameters type, since and until of /v1/events that find it, and fields of their data, for where",)"
      R"("items":{"type":"object","additionalProperties":true}})");
  return R"({"type":"object","required":["view","label","meaning","worker","headings","members","filters"],)"
         R"("properties":{"view":{"type":"string"},"worker":{"type":"string"},"label":)" +
         std::string(kWordsSchema) + R"(,"meaning":)" + std::string(kWordsSchema) +
         R"(,"headings":{"type":"array","items":)" + std::string(kWordsSchema) + R"(},"members":)" + members +
         R"(,"filters":)" + objects + "}}";
}

}  // namespace casetrail::api
