// A command and its events call the same things by the same names. Whether the right one was found is not
// believed but decided.
#include "workers/whatif/command_again.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <utility>

#include "events/case/request.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_value.h"
#include "events/wire/whole_number.h"
#include "projections/kit/personal.h"

namespace casetrail::whatif {
namespace {

/// Members that the policy, or what is known of the case, fills in where a command leaves them out.
constexpr std::string_view kFilledIn[] = {
    "answer_by", "approved_by", "department_id", "next_not_before", "next_update_at", "not_before",
    "queue_id",  "review_at",   "sample",        "seconded_by",     "shares",         "to",
    "tz"};

using Named = std::map<std::string, RawJson>;

struct SchemaOfObject {
  std::optional<std::string> ref;  ///< `#/definitions/WorkText`
  std::optional<Named> properties;
  std::optional<std::vector<std::string>> required;
  std::optional<Named> definitions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("$ref", ref), CEREAL_NVP(properties), CEREAL_NVP(required),
            CEREAL_NVP(definitions));
  }
};

SchemaOfObject schema_of(const std::string& json) {
  SchemaOfObject schema;
  if (from_json(json, schema)) return {};
  return schema;
}

/// The names of the members of a part of `whole`.
std::vector<std::string> members_of_part(const SchemaOfObject& whole, const std::string& json) {
  auto part = schema_of(json);
  if (part.ref && whole.definitions) {
    const auto named = whole.definitions->find(part.ref->substr(part.ref->rfind('/') + 1));
    if (named != whole.definitions->end()) part = schema_of(named->second.text);
  }
  std::vector<std::string> names;
  for (const auto& [name, type] : part.properties.value_or(Named())) names.push_back(name);
  return names;
}

/// What a command and its event do not call the same. An event that names a second review names it beside the
/// first one, which the command names.
std::string_view name_in_event(std::string_view member) {
  if (member == "add") return "added";
  if (member == "answer_by") return "accept_by";
  if (member == "review_id") return "calibrates";
  return member == "remove" ? "removed" : member;
}

/// What the event has of a member of its command; null when it does not have it.
const std::string* find_in_event(const std::map<std::string, std::string>& fact, const std::string& member) {
  auto found = fact.find(std::string(name_in_event(member)));
  if (found == fact.end()) found = fact.find(member);
  return found == fact.end() ? nullptr : &found->second;
}

std::string bare_json(const Event& event) {
  std::string json;
  kit::event_without_texts(event).append_json(json);
  return json;
}

/// A text that was erased is there and says nothing, which no command may.
std::string with_words(std::string json) {
  for (auto at = json.find("\"\""); at != std::string::npos; at = json.find("\"\"", at + 3))
    json.insert(at + 1, 1, '-');
  return json;
}

/// The part of a case's number that says which command registered it.
std::int64_t place_in(const CaseEvent& event) {
  const auto* registered = event.event.get_if<RequestRegistered>();
  if (registered == nullptr || !registered->number) return -1;
  const std::string_view number = *registered->number;
  return whole_number<std::int64_t>(number.substr(number.rfind('-') + 1)).value_or(-1);
}

}  // namespace

bool are_same(const std::vector<Event>& again, std::span<const CaseEvent> decision) {
  return std::ranges::equal(again, decision, [](const Event& event, const CaseEvent& recorded) {
    return &codec_of(event) == &codec_of(recorded.event) && bare_json(event) == bare_json(recorded.event);
  });
}

CommandsAgain::CommandsAgain() {
  for (const auto* codec : command_codecs()) {
    const auto schema = schema_of(codec->schema());
    Shape shape{.codec = codec, .members = {}, .required = {}, .personal = {}};
    for (const auto& [name, of] : schema.properties.value_or(Named())) {
      if (name == "pii")
        shape.personal = members_of_part(schema, of.text);
      else
        shape.members.push_back(name);
    }
    for (const auto& name : schema.required.value_or(std::vector<std::string>())) shape.required.insert(name);
    shapes_.push_back(std::move(shape));
  }
}

CommandsAgain::Members CommandsAgain::members_of(const std::string& json) {
  Members members;
  for (auto& [name, value] : value_from_json<Named>(json).value_or(Named()))
    members.emplace(name, std::move(value.text));
  return members;
}

std::optional<std::string> CommandsAgain::body(const Shape& shape, const std::vector<Members>& facts,
                                               const std::set<std::string>& left_out, Order order) {
  const auto value_of = [&](const std::string& name) -> const std::string* {
    const std::string* found = nullptr;
    for (const auto& fact : facts) {
      const auto* member = find_in_event(fact, name);
      if (member == nullptr || (found != nullptr && order == Order::first)) continue;
      found = member;
    }
    return found;
  };
  std::string json;
  const auto add = [](std::string& to, const std::string& name, const std::string& value) {
    to.append(to.empty() ? "\"" : ",\"").append(name).append("\":").append(value);
  };
  for (const auto& name : shape.members) {
    const auto* value = left_out.contains(name) ? nullptr : value_of(name);
    if (value == nullptr && shape.required.contains(name)) return std::nullopt;
    if (value != nullptr) add(json, name, *value);
  }
  std::string personal;
  bool has_personal = false;
  std::set<std::string> said;
  for (const auto& fact : facts) {
    const auto pii = fact.find("pii");
    if (pii == fact.end()) continue;
    has_personal = true;
    for (const auto& [name, value] : members_of(pii->second)) {
      const bool is_known = std::ranges::find(shape.personal, name) != shape.personal.end();
      if (is_known && said.insert(name).second) add(personal, name, with_words(value));
    }
  }
  if (has_personal && !shape.personal.empty()) add(json, "pii", "{" + personal + "}");
  return "{" + json + "}";
}

std::vector<std::string> CommandsAgain::bodies(const Shape& shape, const std::vector<Members>& facts) {
  std::set<std::string> filled_in;
  for (const auto name : kFilledIn) {
    const std::string member(name);
    const bool is_said = std::ranges::any_of(
        facts, [&](const Members& fact) { return find_in_event(fact, member) != nullptr; });
    if (is_said && std::ranges::find(shape.members, member) != shape.members.end() &&
        !shape.required.contains(member))
      filled_in.insert(member);
  }
  std::vector<std::string> bodies;
  const auto add = [&](const std::set<std::string>& left_out, Order order) {
    if (auto one = body(shape, facts, left_out, order)) bodies.push_back(*std::move(one));
  };
  add(filled_in, Order::first);
  if (filled_in.size() > 1) {
    for (const auto& name : filled_in) add({name}, Order::first);
  }
  if (!filled_in.empty()) add({}, Order::first);
  if (facts.size() > 1) add({}, Order::last);
  return bodies;
}

std::optional<CommandEnvelope> CommandsAgain::make(std::span<const CaseEvent> decision,
                                                   const CaseState& before, const Policy& then) {
  const auto& first = decision.front();
  CommandEnvelope envelope;
  envelope.id = first.command_id;
  envelope.case_id = first.case_id;
  envelope.actor = first.actor;
  envelope.occurred_at = first.occurred_at;
  envelope.correlation_id = first.correlation_id;
  envelope.place = place_in(first);
  std::vector<Members> facts;
  for (const auto& event : decision) {
    std::string json;
    event.event.append_json(json);
    facts.push_back(members_of(json));
  }
  auto& shapes = tried_[codec_of(first.event).type];
  if (shapes.empty()) {
    for (const auto& shape : shapes_) shapes.push_back(&shape);
  }
  for (auto shape = shapes.begin(); shape != shapes.end(); ++shape) {
    for (const auto& json : bodies(**shape, facts)) {
      auto command = decode_command((*shape)->codec->type, (*shape)->codec->version, json);
      if (!command) continue;
      envelope.command = *std::move(command);
      const auto again = decide(before, envelope, first.recorded_at, then);
      if (!again || !are_same(*again, decision)) continue;
      std::rotate(shapes.begin(), shape, shape + 1);
      return envelope;
    }
  }
  return std::nullopt;
}

}  // namespace casetrail::whatif
