// The table of all commands, and CommandEnvelope to CloudEvent and back.
#include "aggregates/case/command.h"

#include <algorithm>

#include "aggregates/case/all_commands.h"
#include "aggregates/case/command_text.h"
#include "events/case/case_event.h"
#include "events/case/case_id.h"
#include "events/wire/bounds.h"
#include "events/wire/cloud_event.h"
#include "events/wire/digest.h"
#include "events/wire/media_type.h"
#include "events/wire/type_table.h"
#include "events/wire/unicode.h"
#include "events/wire/utf8.h"
#include "events/wire/whole_number.h"
#include "events/wire/wire_years.h"

namespace casetrail {
namespace {

const TypeTable<CommandKind>& table() {
  static const TypeTable<CommandKind> instance{AllCommands{}};
  return instance;
}

bool is_command_id(std::string_view text) {
  return is_utf8(text) && is_name(text) && text.find(' ') == std::string_view::npos;
}

/// Reads the attributes into `envelope`. Nothing when all is well, else what was expected.
std::optional<DecodeError> read_attributes(const CloudEvent& cloud, Timestamp record_time,
                                           CommandEnvelope& envelope) {
  if (auto error = check_bounds(cloud)) return error;
  auto actor = parse_actor(cloud.actor);
  if (!actor || actor->kind == ActorKind::timer || !is_visible(actor->id)) {
    return DecodeError{
        "ce_actor",
        "kind:id with a kind of agent, customer, rule, import or system, and an id that can be seen"};
  }
  envelope.actor = std::move(*actor);
  if (!cloud.actordepartment.empty())
    envelope.actor.department_id = DepartmentId{std::string(cloud.actordepartment)};
  if (!cloud.actorrole.empty()) envelope.actor.role = cloud.actorrole;
  if (!cloud.actorbadge.empty()) envelope.actor.badge_no = cloud.actorbadge;

  if (!fits_wire(record_time)) return DecodeError{"", "the record's time to be in the years 0000 to 9999"};
  const auto occurred = cloud.time.empty() ? record_time : parse_timestamp(cloud.time);
  if (!occurred) return DecodeError{"ce_time", "a moment such as 2026-11-23T08:05:09.120Z"};
  envelope.occurred_at = std::min(*occurred, record_time);

  if (!cloud.expectedsequence.empty()) {
    envelope.expected_seq = whole_number<std::int64_t>(cloud.expectedsequence);
    if (envelope.expected_seq.value_or(-1) < 0)
      return DecodeError{"ce_expectedsequence", "a whole number, not negative"};
  }
  envelope.correlation_id = cloud.correlationid;
  // A trace context that cannot be read is not passed on, and is no reason to refuse.
  if (is_name(cloud.traceparent)) envelope.traceparent = cloud.traceparent;
  return std::nullopt;
}

std::optional<DecodeError> read_body(const CloudEvent& cloud, CommandEnvelope& envelope) {
  const auto* type =
      cloud.type.starts_with(kTypePrefix) ? table().find(cloud.type.substr(kTypePrefix.size())) : nullptr;
  if (type == nullptr) {
    return DecodeError{"ce_type", "a command such as casetrail.handoff.request, but it is '" +
                                      std::string(cloud.type) + "'"};
  }
  const auto version = cloud.dataschema.empty() ? type->version : version_in(cloud.dataschema);
  if (!version)
    return DecodeError{"ce_dataschema", "a URI that ends in a version, such as …:handoff.request:1"};
  if (auto error = check_json_object(cloud.data)) return error;
  auto command = table().decode(type->type, *version, cloud.data);
  if (!command) return std::move(command.error());
  envelope.command = std::move(*command);
  return std::nullopt;
}

}  // namespace

const std::vector<const TypeCodec*>& command_codecs() { return table().all(); }

const TypeCodec* find_command_codec(std::string_view type) { return table().find(type); }

const TypeText& command_text(std::string_view type) { return table().text_of(type); }

std::expected<Command, DecodeError> decode_command(std::string_view type, int version,
                                                   std::string_view json) {
  return table().decode(type, version, json);
}

std::string command_digest(const CaseId& case_id, const Command& command) {
  const auto& type = codec_of(command);
  std::string body;
  command.append_json(body);
  return digest_of({case_id.value, type.type, body});
}

std::expected<CommandEnvelope, UnreadableCommand> read_command(const MessageView& message) {
  const auto cloud = read_cloud_event(message);
  if (!cloud) return std::unexpected(UnreadableCommand{{}, {}, cloud.error()});
  CommandEnvelope envelope;
  // Of two ids or sources nobody knows which one is meant, and so neither whose command it is.
  const bool is_somebodys = cloud->twice != "ce_id" && cloud->twice != "ce_source";
  if (is_somebodys && is_command_id(cloud->id)) envelope.id.value = cloud->id;
  const auto source = cloud->source.empty() ? kSource : cloud->source;
  if (is_utf8(source) && is_text(source) && source.size() <= kLongestSource) envelope.source = source;
  if (message.key && is_case_id(*message.key)) envelope.case_id.value = *message.key;
  const auto unreadable = [&](const DecodeError& error) {
    return std::unexpected(UnreadableCommand{envelope.id, envelope.case_id, error, envelope.source});
  };
  if (!cloud->twice.empty())
    return unreadable({std::string(cloud->twice), "there once, but it is there more than once"});
  if (auto error = check_data_type(message)) return unreadable(*error);
  // Attributes go into sentences and events, which are JSON.
  if (auto error = check_text(*cloud)) return unreadable(*error);
  if (cloud->specversion != "1.0") return unreadable({"ce_specversion", "1.0"});
  if (envelope.id.empty())
    return unreadable({"ce_id", "the command's id, 1 to 200 characters without spaces"});
  if (envelope.case_id.empty()) {
    return unreadable({"", "the record's key to be the case id: 1 to 64 letters, digits or - _ . :"});
  }
  if (!cloud->subject.empty() && cloud->subject != envelope.case_id.value)
    return unreadable({"ce_subject", "the case id that is the record's key"});
  if (auto error = read_attributes(*cloud, message.timestamp, envelope)) return unreadable(*error);
  if (auto error = read_body(*cloud, envelope)) return unreadable(*error);
  envelope.digest = command_digest(envelope.case_id, envelope.command);
  return envelope;
}

Message write_command(const CommandEnvelope& envelope) {
  const auto& type = codec_of(envelope.command);
  std::string data;
  envelope.command.append_json(data);
  const auto full_type = std::string(kTypePrefix).append(type.type);
  const auto schema = schema_uri("commands", type.type, type.version);
  const auto time = to_wire(envelope.occurred_at);
  const auto actor = to_wire(envelope.actor);
  const auto expected = envelope.expected_seq ? std::to_string(*envelope.expected_seq) : std::string();

  CloudEvent cloud;
  cloud.specversion = "1.0";
  cloud.id = envelope.id.value;
  cloud.source = envelope.source.empty() ? kSource : std::string_view(envelope.source);
  cloud.type = full_type;
  cloud.time = time;
  cloud.subject = envelope.case_id.value;
  cloud.dataschema = schema;
  cloud.partitionkey = envelope.case_id.value;
  cloud.correlationid = envelope.correlation_id;
  cloud.actor = actor;
  if (envelope.actor.department_id) cloud.actordepartment = envelope.actor.department_id->value;
  if (envelope.actor.role) cloud.actorrole = *envelope.actor.role;
  if (envelope.actor.badge_no) cloud.actorbadge = *envelope.actor.badge_no;
  cloud.expectedsequence = expected;
  cloud.traceparent = envelope.traceparent;
  cloud.data = data;
  auto message = write_cloud_event(cloud);
  message.timestamp = envelope.occurred_at;
  return message;
}

}  // namespace casetrail
