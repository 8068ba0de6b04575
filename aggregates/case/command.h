// Any command to a case, and the envelope that it comes in.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/any_of.h"
#include "events/wire/ids.h"
#include "events/wire/message.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct CommandKind;
using Command = AnyOf<CommandKind>;

/// Defined in command_codec.h, so that a source file of another kind cannot make it.
template <class T>
struct CodecOf<CommandKind, T> {
  static const TypeCodec value;
};

/// The codecs of all commands, in the order of `AllCommands`.
[[nodiscard]] const std::vector<const TypeCodec*>& command_codecs();

/// The codec of a type name; null when this binary does not know it.
[[nodiscard]] const TypeCodec* find_command_codec(std::string_view type);

/// Makes the command of this type name (`handoff.request`) from trusted `json` of this `version`.
[[nodiscard]] std::expected<Command, DecodeError> decode_command(std::string_view type, int version,
                                                                 std::string_view json);

struct CommandEnvelope {
  CommandId id;        ///< chosen by the sender, unique for ever within `source`
  std::string source;  ///< who sent it, a URI reference; empty: casetrail's own
  CaseId case_id;
  Actor actor;
  Timestamp occurred_at{};                   ///< the sender's word, never later than the record
  std::optional<std::int64_t> expected_seq;  ///< refuse when the case has moved on; 0: only a new case
  std::string correlation_id;
  std::string traceparent;  ///< W3C trace context
  std::string digest;       ///< of case id, type and body, see `command_digest`
  std::int64_t place = -1;  ///< among all commands of the log, no two alike; -1: it lies in none yet
  Command command;
};

/// 32 hex digits over case id, type and canonical JSON: tells the same command id with another body apart.
[[nodiscard]] std::string command_digest(const CaseId& case_id, const Command& command);

/// Why a record is no command, and who sent it as far as that could be read.
struct UnreadableCommand {
  CommandId id;       ///< empty: unknown
  CaseId case_id;     ///< empty: unknown
  DecodeError error;  ///< names an attribute by its header, `ce_actor`, and a field of the body by its path
  std::string source{};

  [[nodiscard]] std::string sentence() const { return error.sentence(); }
};

/// Reads an untrusted record: a CloudEvent in binary or structured mode whose key is the case id.
/// `ce_subject` may be left out, `ce_time` too (then it is the record's time), `ce_dataschema` (then it is
/// the current version), and `ce_source` (then it is casetrail's own).
[[nodiscard]] std::expected<CommandEnvelope, UnreadableCommand> read_command(const MessageView& message);

/// The record of a command, in binary mode; its timestamp is `occurred_at`.
[[nodiscard]] Message write_command(const CommandEnvelope& envelope);

}  // namespace casetrail
