// One table of attributes serves both modes, in both directions.
#include "events/cloud_event.h"

#include <algorithm>
#include <array>

#include "events/json_reader.h"
#include "events/utf8.h"
#include "events/whole_number.h"

namespace casetrail {
namespace {

struct Attribute {
  std::string_view header;
  std::string_view CloudEvent::* member;

  [[nodiscard]] std::string_view name() const { return header.substr(3); }
};

constexpr std::array kAttributes{
    Attribute{"ce_specversion", &CloudEvent::specversion},
    Attribute{"ce_id", &CloudEvent::id},
    Attribute{"ce_source", &CloudEvent::source},
    Attribute{"ce_type", &CloudEvent::type},
    Attribute{"ce_time", &CloudEvent::time},
    Attribute{"ce_subject", &CloudEvent::subject},
    Attribute{"ce_dataschema", &CloudEvent::dataschema},
    Attribute{"ce_partitionkey", &CloudEvent::partitionkey},
    Attribute{"ce_sequence", &CloudEvent::sequence},
    Attribute{"ce_correlationid", &CloudEvent::correlationid},
    Attribute{"ce_causationid", &CloudEvent::causationid},
    Attribute{"ce_recordedtime", &CloudEvent::recordedtime},
    Attribute{"ce_actor", &CloudEvent::actor},
    Attribute{"ce_actordepartment", &CloudEvent::actordepartment},
    Attribute{"ce_actorrole", &CloudEvent::actorrole},
    Attribute{"ce_actorbadge", &CloudEvent::actorbadge},
    Attribute{"ce_policyversion", &CloudEvent::policyversion},
    Attribute{"ce_commandoffset", &CloudEvent::commandoffset},
    Attribute{"ce_commandends", &CloudEvent::commandends},
    Attribute{"ce_commanddigest", &CloudEvent::commanddigest},
    Attribute{"ce_expectedsequence", &CloudEvent::expectedsequence},
    Attribute{"ce_traceparent", &CloudEvent::traceparent},
    Attribute{"ce_casestatus", &CloudEvent::casestatus},
};

/// An event of ours has some 650 bytes of headers.
constexpr std::size_t kUsualHeaderBytes = 768;

/// The attribute of this header; `expected_next` is tried first, because our own records keep the table's
/// order.
const Attribute* find_attribute(std::string_view header, std::size_t& expected_next) {
  for (std::size_t i = 0; i < kAttributes.size(); ++i) {
    const auto at = (expected_next + i) % kAttributes.size();
    if (kAttributes[at].header != header) continue;
    expected_next = at + 1;
    return &kAttributes[at];
  }
  return nullptr;
}

std::expected<CloudEvent, DecodeError> read_binary(const MessageView& message) {
  CloudEvent event;
  std::size_t expected_next = 0;
  for (const auto& header : message.headers) {
    if (header.name == "traceparent" && event.traceparent.empty()) event.traceparent = header.value;
    if (!header.name.starts_with("ce_")) continue;
    if (const auto* attribute = find_attribute(header.name, expected_next))
      event.*attribute->member = header.value;
  }
  event.data = message.value;
  return event;
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
  for (auto field : root) {
    std::string_view name;
    if (field.unescaped_key().get(name)) return std::unexpected(DecodeError{"", "valid JSON"});
    if (name == "data") {
      if (simdjson::to_json_string(field.value()).get(event.data))
        return std::unexpected(DecodeError{"data", "a JSON object"});
      continue;
    }
    const auto* attribute = std::find_if(kAttributes.begin(), kAttributes.end(),
                                         [&](const Attribute& known) { return known.name() == name; });
    if (attribute == kAttributes.end()) continue;
    if (field.value().get_string().get(event.*attribute->member)) {
      return std::unexpected(DecodeError{std::string(attribute->name()), "a string"});
    }
  }
  return event;
}

bool is_structured(const MessageView& message) {
  static constexpr std::string_view kPrefix = "application/cloudevents";
  const auto type = message.header("content-type").value_or("");
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  return type.size() >= kPrefix.size() && std::equal(kPrefix.begin(), kPrefix.end(), type.begin(),
                                                     [&](char want, char got) { return same(got, want); });
}

}  // namespace

std::expected<CloudEvent, DecodeError> read_cloud_event(const MessageView& message) {
  return is_structured(message) ? read_structured(message) : read_binary(message);
}

std::optional<DecodeError> check_text(const CloudEvent& event) {
  for (const auto& attribute : kAttributes) {
    if (!is_utf8(event.*attribute.member)) {
      return DecodeError{std::string(attribute.header), "text in UTF-8, but some of its bytes are not"};
    }
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
    if (!value.empty()) message.headers.add(attribute.header, value);
  }
  if (!event.traceparent.empty()) message.headers.add("traceparent", event.traceparent);
  message.headers.add("content-type", "application/json");
  message.headers.add(kWriterHeader, kWriterGeneration);
  return message;
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
