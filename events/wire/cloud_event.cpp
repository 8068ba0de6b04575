// One table of attributes serves both modes, in both directions.
#include "events/wire/cloud_event.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <vector>

#include "events/wire/attribute_texts.h"
#include "events/wire/bounds.h"
#include "events/wire/json_reader.h"
#include "events/wire/media_type.h"
#include "events/wire/nearest.h"
#include "events/wire/utf8.h"
#include "events/wire/whole_number.h"

namespace casetrail {
namespace {

constexpr std::string_view kHeaderPrefix = "ce_";

struct Attribute {
  AttributeText text;
  std::string_view CloudEvent::* member;

  [[nodiscard]] std::string_view header() const { return text.header; }
  [[nodiscard]] std::string_view name() const { return text.header.substr(kHeaderPrefix.size()); }
};

constexpr std::string_view kAll = "commands events outcomes";
constexpr std::string_view kOurs = "events outcomes";
constexpr std::string_view kCausing = "commands events";

constexpr std::array kAttributes{
    Attribute{{"ce_specversion", "of CloudEvents", kAll, kAll}, &CloudEvent::specversion},
    Attribute{{"ce_id", "unique within its source: what comes twice is one", kAll, kAll, true},
              &CloudEvent::id},
    Attribute{{"ce_source", "who wrote it", kAll, kAll}, &CloudEvent::source},
    Attribute{{"ce_type", "what it is", kAll, kAll}, &CloudEvent::type},
    Attribute{{"ce_time", "when it happened, by the sender's word", kAll, kOurs}, &CloudEvent::time},
    Attribute{{"ce_subject", "the case id, as the key", kAll, kOurs}, &CloudEvent::subject},
    Attribute{
        {"ce_dataschema", "the schema of the data; its last segment is the version of the type", kAll, kOurs},
        &CloudEvent::dataschema},
    Attribute{{"ce_partitionkey", "the case id, as the key", kAll, kOurs}, &CloudEvent::partitionkey},
    Attribute{{"ce_sequence", "the number of the event in its case, ten digits", "events", "events"},
              &CloudEvent::sequence},
    Attribute{{"ce_correlationid", "what belongs together; the case id unless the sender said another",
               kCausing, "events", true},
              &CloudEvent::correlationid},
    Attribute{{"ce_causationid", "the id of the command that led to it; a timer has none", kOurs, "outcomes"},
              &CloudEvent::causationid},
    Attribute{{"ce_recordedtime", "when casetrail took it", "events", "events"}, &CloudEvent::recordedtime},
    Attribute{{"ce_actor", "who did it, kind:id", kCausing, kCausing, true}, &CloudEvent::actor},
    Attribute{{"ce_actordepartment", "of the actor at that time", kCausing, "", true},
              &CloudEvent::actordepartment},
    Attribute{{"ce_actorrole", "of the actor at that time", kCausing, "", true}, &CloudEvent::actorrole},
    Attribute{{"ce_actorbadge", "of the actor at that time", kCausing, "", true}, &CloudEvent::actorbadge},
    Attribute{
        {"ce_policyversion", "of the policy that decided; 0: before any was published", "events", "events"},
        &CloudEvent::policyversion},
    Attribute{{"ce_commandoffset",
               "where the command lies, in the commands partition of the same number; a timer has none",
               kOurs, "outcomes"},
              &CloudEvent::commandoffset},
    Attribute{{"ce_commandends", "true on the last event of a command", "events", ""},
              &CloudEvent::commandends},
    Attribute{
        {"ce_commandsanew",
         "true where the commands were made anew since an event of a higher ce_commandoffset", "events", ""},
        &CloudEvent::commandsanew},
    Attribute{{"ce_commanddigest", "tells the same command id with another body apart", "events", ""},
              &CloudEvent::commanddigest},
    Attribute{{"ce_expectedsequence", "refuse when the case is not at this event; 0: only a new case",
               "commands", ""},
              &CloudEvent::expectedsequence},
    Attribute{{"ce_traceparent", "W3C trace context", kCausing, ""}, &CloudEvent::traceparent},
    Attribute{{kCommandSourceHeader, "who sent the command; its id is unique within it", kOurs, ""},
              &CloudEvent::commandsource},
    Attribute{{"ce_casestatus", "of the case after the event", "events", ""}, &CloudEvent::casestatus},
};

/// The first rows are CloudEvents' own attributes, which are strings; the others are extensions.
constexpr std::ptrdiff_t kCoreAttributes = 7;

/// An event of ours has some 650 bytes of headers.
constexpr std::size_t kUsualHeaderBytes = 768;

/// The attribute of this header; `expected_next` is tried first, because our own records keep the table's
/// order.
const Attribute* find_attribute(std::string_view header, std::size_t& expected_next) {
  for (std::size_t i = 0; i < kAttributes.size(); ++i) {
    const auto at = (expected_next + i) % kAttributes.size();
    if (kAttributes[at].header() != header) continue;
    expected_next = at + 1;
    return &kAttributes[at];
  }
  return nullptr;
}

void note_unknown(std::string_view name, CloudEvent& event) {
  if (event.misspelt.empty() && !attribute_meant_by(name).empty()) event.misspelt = name;
}

std::expected<CloudEvent, DecodeError> read_binary(const MessageView& message) {
  CloudEvent event;
  std::size_t expected_next = 0;
  std::bitset<kAttributes.size()> seen;
  for (const auto& header : message.headers) {
    if (header.name == "traceparent" && event.traceparent.empty()) event.traceparent = header.value;
    if (!header.name.starts_with(kHeaderPrefix)) continue;
    const auto* attribute = find_attribute(header.name, expected_next);
    if (attribute == nullptr) {
      note_unknown(header.name.substr(kHeaderPrefix.size()), event);
      continue;
    }
    event.*attribute->member = header.value;
    const auto place = static_cast<std::size_t>(attribute - kAttributes.data());
    if (seen[place]) event.twice = attribute->header();
    seen.set(place);
  }
  event.data = message.value;
  return event;
}

using Value = simdjson::ondemand::value;

/// What an attribute says as text; nothing when it is of no type that it may be of. An extension may be an
/// integer or a boolean, whose text is its JSON.
std::optional<std::string_view> text_of(Value value, bool is_extension) {
  simdjson::ondemand::json_type type{};
  const auto token = value.raw_json_token();
  std::string_view text;
  std::int64_t whole = 0;
  if (value.type().get(type)) return std::nullopt;
  if (type == simdjson::ondemand::json_type::string) {
    if (value.get_string().get(text)) return std::nullopt;
    return text;
  }
  const bool is_whole = type == simdjson::ondemand::json_type::number && !value.get_int64().get(whole);
  if (!is_extension || (!is_whole && type != simdjson::ondemand::json_type::boolean)) return std::nullopt;
  return token.substr(0, token.find_last_not_of(" \t\n\r") + 1);
}

std::optional<DecodeError> decode_base64(Value value, std::string& into) {
  std::string_view text;
  std::size_t size = 0;
  auto refused = DecodeError{"data_base64", "a string in base64"};
  if (value.get_string().get(text)) return refused;
  into.resize(text.size());
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(into.data()), into.size(), text.data(), text.size(),
                        nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return refused;
  into.resize(size);
  return std::nullopt;
}

bool is_in_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The attribute that says of which media type the data are.
std::optional<DecodeError> check_declared(Value value) {
  std::string_view declared;
  if (!value.get_string().get(declared) && is_json_type(declared)) return std::nullopt;
  return DecodeError{"datacontenttype", std::string(kJsonType).append(", for the data are JSON")};
}

/// Puts the member `name` where it belongs; one that nobody reads is passed over.
std::optional<DecodeError> read_member(std::string_view name, Value value, CloudEvent& event) {
  thread_local std::string decoded;
  if (value.is_null()) return std::nullopt;
  const bool is_data = name == "data" || name == "data_base64";
  if (is_data && !event.data.empty()) return DecodeError{"data", "there, or 'data_base64', but both are"};
  if (name == "data") {
    if (simdjson::to_json_string(value).get(event.data)) return DecodeError{"data", "a JSON object"};
    return std::nullopt;
  }
  if (name == "data_base64") {
    auto error = decode_base64(value, decoded);
    event.data = decoded;
    return error;
  }
  if (!std::ranges::all_of(name, is_in_name))
    return DecodeError{as_utf8(name, 60), "named in lower-case letters and digits, as CloudEvents wants it"};
  if (name == "datacontenttype") return check_declared(value);
  const auto* attribute = std::ranges::find(kAttributes, name, &Attribute::name);
  if (attribute == kAttributes.end()) {
    note_unknown(name, event);
    return std::nullopt;
  }
  const bool is_extension = attribute - kAttributes.begin() >= kCoreAttributes;
  const auto text = text_of(value, is_extension);
  if (!text)
    return DecodeError{std::string(name), is_extension ? "a string, an integer or a boolean" : "a string"};
  event.*attribute->member = *text;
  return std::nullopt;
}

std::expected<CloudEvent, DecodeError> read_structured(const MessageView& message) {
  thread_local simdjson::ondemand::parser parser;
  thread_local simdjson::padded_string json;
  thread_local simdjson::ondemand::document document;
  if (auto error = check_json_object(message.value)) return std::unexpected(std::move(*error));
  json = simdjson::padded_string(message.value);

  simdjson::ondemand::object root;
  if (parser.iterate(json).get(document) || document.get_object().get(root)) {
    return std::unexpected(DecodeError{"", "a CloudEvent in structured mode, a JSON object"});
  }
  CloudEvent event;
  std::vector<std::string_view> names;
  for (auto field : root) {
    std::string_view name;
    Value value;
    if (field.unescaped_key().get(name) || field.value().get(value))
      return std::unexpected(DecodeError{"", "valid JSON"});
    names.push_back(name);
    if (auto error = read_member(name, value, event)) return std::unexpected(std::move(*error));
  }
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
    return std::unexpected(DecodeError{as_utf8(*twice, 60), "there once, but it is there more than once"});
  return event;
}

/// In the mode that the `declared` media type says.
std::expected<CloudEvent, DecodeError> read_as(std::string_view declared, const MessageView& message) {
  if (declared == kJsonType) return read_binary(message);
  const auto type = media_type_of(declared);
  if (type == kStructuredType) return read_structured(message);
  if (!type.starts_with("application/cloudevents")) return read_binary(message);
  return std::unexpected(DecodeError{
      std::string(kContentType),
      std::string(kStructuredType).append(", but it is '").append(as_utf8(type, 60)).append("'")});
}

}  // namespace

std::expected<CloudEvent, DecodeError> read_cloud_event(const MessageView& message) {
  const auto end = message.headers.end();
  const auto declared = std::ranges::find_if(message.headers, is_content_type);
  auto event = read_as(declared == end ? kJsonType : declared->value, message);
  if (event && declared != end && std::find_if(declared + 1, end, is_content_type) != end)
    event->twice = kContentType;
  return event;
}

std::string_view attribute_meant_by(std::string_view name) {
  static const std::vector<std::string_view> kOfCommands = [] {
    std::vector<std::string_view> names;
    for (const auto& attribute : kAttributes) {
      if (attribute.text.on.contains("commands")) names.push_back(attribute.name());
    }
    return names;
  }();
  return nearest(name, kOfCommands);
}

std::optional<DecodeError> check_text(const CloudEvent& event) {
  for (const auto& attribute : kAttributes) {
    if (!is_utf8(event.*attribute.member)) {
      return DecodeError{std::string(attribute.header()), "text in UTF-8, but some of its bytes are not"};
    }
  }
  return std::nullopt;
}

std::optional<DecodeError> check_bounds(const CloudEvent& event) {
  const auto length = event.source.size();
  if (length > kLongestSource || !is_text(event.source)) {
    auto bound = "a URI-reference of at most " + std::to_string(kLongestSource) + " characters";
    if (length > kLongestSource) bound += ", but it has " + std::to_string(length);
    return DecodeError{"ce_source", std::move(bound)};
  }
  for (const auto& attribute : kAttributes) {
    const auto value = event.*attribute.member;
    if (attribute.text.is_name && !value.empty() && !is_name(value))
      return DecodeError{std::string(attribute.header()), name_bound(value)};
  }
  return std::nullopt;
}

Message write_cloud_event(const CloudEvent& event) {
  Message message;
  message.key = event.partitionkey;
  message.value = event.data;
  message.headers.reserve(kUsualHeaderBytes);
  for (const auto& attribute : kAttributes) {
    const auto value = event.*attribute.member;
    if (!value.empty()) message.headers.add(attribute.header(), value);
  }
  if (!event.traceparent.empty()) message.headers.add("traceparent", event.traceparent);
  message.headers.add(kContentType, kJsonType);
  message.headers.add(kWriterHeader, kWriterGeneration);
  return message;
}

std::vector<AttributeText> attribute_texts() {
  std::vector<AttributeText> texts;
  texts.reserve(std::size(kAttributes));
  for (const auto& attribute : kAttributes) texts.push_back(attribute.text);
  return texts;
}

std::string schema_uri(std::string_view space, std::string_view type, int version) {
  std::string uri("urn:casetrail:");
  uri.append(space).append(":").append(type).append(":").append(std::to_string(version));
  return uri;
}

std::optional<int> version_in(std::string_view dataschema) {
  const auto last = dataschema.substr(dataschema.find_last_of(":/") + 1);
  const auto version = whole_number<int>(last);
  if (version && *version < 1) return std::nullopt;
  return version;
}

}  // namespace casetrail
