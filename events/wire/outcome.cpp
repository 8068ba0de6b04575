// Outcome to CloudEvent and back.
#include "events/wire/outcome.h"

#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/whole_number.h"

namespace casetrail {

Message write_outcome(const Outcome& outcome, std::int64_t command_offset, Timestamp at) {
  const auto id = outcome.command_id.value + "/outcome";
  const auto type = "command." + std::string(name_of(outcome.status));
  const auto full_type = std::string(kTypePrefix) + type;
  const auto schema = schema_uri("outcomes", type, 1);
  const auto time = to_wire(at);
  const auto offset = std::to_string(command_offset);
  const auto data = to_json(outcome);
  CloudEvent cloud;
  cloud.specversion = "1.0";
  cloud.id = id;
  cloud.source = kSource;
  cloud.type = full_type;
  cloud.time = time;
  cloud.subject = outcome.case_id.value;
  cloud.dataschema = schema;
  cloud.partitionkey = outcome.case_id.value;
  cloud.causationid = outcome.command_id.value;
  cloud.commandoffset = offset;
  cloud.data = data;
  auto message = write_cloud_event(cloud);
  message.timestamp = at;
  return message;
}

std::expected<Outcome, DecodeError> read_outcome(const MessageView& message) {
  Outcome outcome;
  if (auto error = from_json(message.value, outcome)) return std::unexpected(std::move(*error));
  return outcome;
}

std::optional<std::int64_t> answered_offset(const MessageView& message) {
  return whole_number<std::int64_t>(message.header("ce_commandoffset").value_or(""));
}

}  // namespace casetrail
