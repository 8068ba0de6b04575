// What passes is told by headers, but for departments, which may stand in the data.
#include "workers/api/event_filter.h"

#include <algorithm>

#include "aggregates/time/moment.h"
#include "events/case/case_event.h"
#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/utf8.h"
#include "projections/kit/personal.h"
#include "workers/api/contract.h"
#include "workers/api/masked_json.h"

namespace casetrail::api {
namespace {

std::string_view without_prefix(std::string_view type) {
  return type.starts_with(kTypePrefix) ? type.substr(kTypePrefix.size()) : type;
}

bool matches(std::string_view type, std::string_view wanted) {
  return wanted.ends_with('.') ? type.starts_with(wanted) : type == wanted;
}

bool is_known(std::string_view wanted) {
  return std::ranges::any_of(event_codecs(),
                             [&](const TypeCodec* codec) { return matches(codec->type, wanted); });
}

/// Whether `value`, or a part of it, is `department` in a member that is called so.
bool names(simdjson::dom::element value, std::string_view member, std::string_view department) {
  simdjson::dom::object object;
  if (value.get(object) == simdjson::SUCCESS)
    return std::ranges::any_of(object,
                               [&](const auto& field) { return names(field.value, field.key, department); });
  simdjson::dom::array array;
  if (value.get(array) == simdjson::SUCCESS)
    return std::ranges::any_of(array, [&](const auto& part) { return names(part, member, department); });
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS && text == department && member.contains("department");
}

/// What the data say in the field, whose path has points: a text as it reads, all else as JSON; nothing where
/// they do not say it.
std::optional<std::string> text_at(simdjson::simdjson_result<simdjson::dom::element> data,
                                   std::string_view path) {
  for (auto rest = path; !rest.empty();) {
    const auto point = rest.find('.');
    data = data[rest.substr(0, point)];
    rest = point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
  }
  simdjson::dom::element value;
  if (data.get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::to_string(value);
}

/// Calls `on_part` for what stands between commas, until one is objected to with a sentence.
template <class OnPart>
std::optional<std::string> for_each_part(std::string_view list, const OnPart& on_part) {
  while (true) {
    const auto comma = list.find(',');
    if (auto objection = on_part(list.substr(0, comma))) return objection;
    if (comma == std::string_view::npos) return std::nullopt;
    list.remove_prefix(comma + 1);
  }
}

std::optional<std::string> take_type(EventFilter& filter, std::string_view named) {
  const auto type = without_prefix(named);
  if (!is_known(type))
    return "Expected 'type' to be a type of events, or the beginning of some such as 'handoff.', but it is "
           "'" +
           std::string(type) + "'" + schema_hint(type) + ".";
  filter.types.emplace_back(type);
  return std::nullopt;
}

std::optional<std::string> take_field(EventFilter& filter, std::string_view field) {
  const auto equals = field.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return "Expected 'where' to be fields of the data with their values, such as reason_code=not_our_duty or "
           "answers.satisfied=false, separated by commas, but there is '" +
           std::string(field) + "'.";
  filter.where.emplace_back(field.substr(0, equals), field.substr(equals + 1));
  return std::nullopt;
}

/// The fields, masked. A record of a newer version is masked by the names of its members.
std::optional<std::string> masked_data(const MessageView& message, const ReadEvent& read,
                                       const CaseEvent& event) {
  if (read.reading == Reading::newer) return masked_json(message.value);
  if (read.reading != Reading::ours) return std::nullopt;
  std::string json;
  kit::event_without_person(event.event).append_json(json);
  return json;
}

}  // namespace

std::expected<EventFilter, std::string> event_filter(const std::multimap<std::string, std::string>& query,
                                                     const CaseFinder& find_case) {
  EventFilter filter;
  if (const auto found = query.find("type"); found != query.end()) {
    auto unknown = for_each_part(found->second, [&](auto type) { return take_type(filter, type); });
    if (unknown) return std::unexpected(*std::move(unknown));
  }
  if (const auto found = query.find("case"); found != query.end()) {
    auto id = find_case(found->second);
    if (!id) return std::unexpected(std::move(id).error());
    filter.case_id = *std::move(id);
  }
  if (const auto found = query.find("department"); found != query.end()) filter.department = found->second;
  for (const auto& [name, moment] :
       {std::pair("since", &EventFilter::since), std::pair("until", &EventFilter::until),
        std::pair("recorded_since", &EventFilter::recorded_since),
        std::pair("recorded_until", &EventFilter::recorded_until)}) {
    const auto found = query.find(name);
    if (found == query.end()) continue;
    filter.*moment = parse_timestamp(found->second);
    if (!(filter.*moment))
      return std::unexpected("Expected '" + std::string(name) + "' to be " + std::string(kMomentExpected) +
                             ", but it is '" + found->second + "'.");
  }
  if (const auto found = query.find("where"); found != query.end()) {
    auto wrong = for_each_part(found->second, [&](auto field) { return take_field(filter, field); });
    if (wrong) return std::unexpected(*std::move(wrong));
  }
  return filter;
}

bool ShownEvent::passes(const EventFilter& filter) {
  const auto& message = record_.message;
  if (!message.header(kWriterHeader)) return false;
  const auto type = without_prefix(message.header("ce_type").value_or(""));
  const auto wanted = [&](const std::string& one) { return matches(type, one); };
  if (!filter.types.empty() && std::ranges::none_of(filter.types, wanted)) return false;
  if (filter.case_id && message.key != filter.case_id->value) return false;
  if (!happened_within(filter) || !recorded_within(filter)) return false;
  return (filter.department.empty() || names_department(filter.department)) && shows(filter);
}

bool ShownEvent::happened_within(const EventFilter& filter) const {
  return lies_within(filter.since, filter.until, "ce_time");
}

bool ShownEvent::recorded_within(const EventFilter& filter) const {
  const auto actor = record_.message.header("ce_actor").value_or("");
  const bool imported = actor.starts_with(std::string(name_of(ActorKind::import_)) + ':');
  return lies_within(filter.recorded_since, filter.recorded_until, imported ? "ce_time" : "ce_recordedtime");
}

bool ShownEvent::lies_within(const std::optional<Timestamp>& since, const std::optional<Timestamp>& until,
                             std::string_view attribute) const {
  if (!since && !until) return true;
  const auto at = parse_timestamp(record_.message.header(attribute).value_or(""));
  return at && (!since || *at >= *since) && (!until || *at < *until);
}

bool ShownEvent::shows(const EventFilter& filter) {
  if (filter.where.empty()) return true;
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element event;
  if (parser.parse(simdjson::padded_string(json())).get(event) != simdjson::SUCCESS) return false;
  return std::ranges::all_of(
      filter.where, [&](const auto& field) { return text_at(event["data"], field.first) == field.second; });
}

bool ShownEvent::names_department(std::string_view department) const {
  if (record_.message.header("ce_actordepartment") == department) return true;
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element data;
  return parser.parse(simdjson::padded_string(record_.message.value)).get(data) == simdjson::SUCCESS &&
         names(data, {}, department);
}

const std::string& ShownEvent::json() {
  if (json_) return *json_;
  auto& json = json_.emplace();
  const auto& message = record_.message;
  CaseEvent event;
  const auto read = read_event(message, event);
  const auto data = masked_data(message, read, event);
  if (!data) return json;
  // What is read is written in the newest form.
  const auto schema = read.reading == Reading::ours
                          ? schema_uri("events", event.event.codec().type, event.event.codec().version)
                          : as_utf8(message.header("ce_dataschema").value_or(""));
  static constexpr std::string_view kPrefix = "ce_";
  json = "{";
  for (const auto& [name, value] : message.headers) {
    if (!name.starts_with(kPrefix)) continue;
    append_json_string(name.substr(kPrefix.size()), json);
    json += ':';
    append_json_string(name == "ce_dataschema" ? schema : as_utf8(value), json);
    json += ',';
  }
  json.append(R"("datacontenttype":"application/json","data":)").append(*data).append("}");
  return json;
}

}  // namespace casetrail::api
