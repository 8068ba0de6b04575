// CloudEvents 1.0.2, Kafka binding: the attributes that casetrail reads and writes, in binary and structured
// mode.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "events/wire/decode_error.h"
#include "events/wire/message.h"

namespace casetrail {

/// The attributes of one CloudEvent, empty where absent, borrowed from the message or from this thread's
/// parser: valid until this thread reads the next one.
struct CloudEvent {
  std::string_view specversion;
  std::string_view id;
  std::string_view source;
  std::string_view type;             ///< `casetrail.handoff.requested`
  std::string_view time;             ///< when it happened
  std::string_view subject;          ///< the case id
  std::string_view dataschema;       ///< its last segment is the version of the type
  std::string_view partitionkey;     ///< extension partitioning: the case id
  std::string_view sequence;         ///< extension sequence: ten digits
  std::string_view correlationid;    ///< extension correlation
  std::string_view causationid;      ///< extension correlation: the command's id
  std::string_view recordedtime;     ///< extension recordedtime: when casetrail took it
  std::string_view actor;            ///< `kind:id`
  std::string_view actordepartment;  ///< of the actor at that time
  std::string_view actorrole;
  std::string_view actorbadge;
  std::string_view policyversion;     ///< the policy that decided, 1 and up
  std::string_view commandoffset;     ///< where the command lies in its partition
  std::string_view commandends;       ///< `true` on the last event of a command, else absent
  std::string_view commandsanew;      ///< `true` where offsets of commands have begun again, else absent
  std::string_view commanddigest;     ///< tells the same command id with another body apart
  std::string_view expectedsequence;  ///< on commands: refuse when the case has moved on
  std::string_view traceparent;       ///< W3C trace context
  std::string_view commandsource;     ///< the source of the command, within which its id is unique
  std::string_view casestatus;        ///< of the case after the event
  std::string_view data;              ///< JSON
  std::string_view twice;             ///< the header that is there more than once, so that it says nothing
  std::string_view misspelt;  ///< an attribute that nobody knows, and which is nearly one of a command
};

/// The mark that every record of casetrail's own carries beside its attributes. The value is the wire's
/// generation.
inline constexpr std::string_view kWriterHeader = "casetrail-writer";
inline constexpr std::string_view kWriterGeneration = "1";
inline constexpr std::string_view kTypePrefix = "casetrail.";
inline constexpr std::string_view kSource = "/casetrail";
/// Of events and outcomes: what only the writer of a partition asks for is a header that it adds itself.
inline constexpr std::string_view kCommandSourceHeader = "ce_commandsource";

/// Reads a message of either mode: structured when `content-type` is `application/cloudevents+json`, else
/// binary. The names of headers and media types are compared as the binding for Kafka has them, but for the
/// case of this one.
[[nodiscard]] std::expected<CloudEvent, DecodeError> read_cloud_event(const MessageView& message);

/// The attribute of a command that somebody meant who wrote `name`; empty where it is none, or none so near.
[[nodiscard]] std::string_view attribute_meant_by(std::string_view name);

/// The first attribute that is not UTF-8; nothing when all are. The data are JSON's to check.
[[nodiscard]] std::optional<DecodeError> check_text(const CloudEvent& event);

/// The first attribute of a command that is out of bounds; nothing when none is. Requires: UTF-8.
[[nodiscard]] std::optional<DecodeError> check_bounds(const CloudEvent& event);

/// Binary mode: a `ce_` header for each attribute that is not empty, `content-type: application/json`, and
/// the writer's mark.
[[nodiscard]] Message write_cloud_event(const CloudEvent& event);

/// `urn:casetrail:events:handoff.requested:1`; `space` is `events` or `commands`.
[[nodiscard]] std::string schema_uri(std::string_view space, std::string_view type, int version);

/// The version behind the last `:` or `/` of a schema's URI; nothing when there is no positive number.
[[nodiscard]] std::optional<int> version_in(std::string_view dataschema);

}  // namespace casetrail
