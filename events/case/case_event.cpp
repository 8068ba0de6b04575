// CaseEvent to CloudEvent and back.
#include "events/case/case_event.h"

#include <array>

#include "events/wire/cloud_event.h"
#include "events/wire/reflect.h"
#include "events/wire/whole_number.h"

namespace casetrail {
namespace {

/// Ten digits, so that the order of the text is the order of the numbers (CloudEvents extension sequence).
std::array<char, 10> sequence_text(std::int64_t seq) {
  std::array<char, 10> text{};
  for (std::size_t i = text.size(); i > 0; --i, seq /= 10) text[i - 1] = static_cast<char>('0' + seq % 10);
  return text;
}

/// What ten digits hold.
constexpr std::int64_t kLastSeq = 9'999'999'999;
/// Beyond what a log comes to; what is counted from it stays in 64 bits.
constexpr std::int64_t kLastOffset = 999'999'999'999'999'999;

/// A writer of ours names the case three times: a record that names another one was not written by it.
bool is_of_case(const MessageView& message, const CloudEvent& cloud, std::int64_t seq) {
  const auto& id = cloud.id;
  const auto end = cloud.subject.size();
  return message.key == cloud.subject && id.size() > end && id.starts_with(cloud.subject) && id[end] == '/' &&
         whole_number<std::int64_t>(id.substr(end + 1)) == seq;
}

ReadEvent damaged(std::string reason) { return {Reading::damaged, std::move(reason)}; }

}  // namespace

std::string event_id(const CaseId& case_id, std::int64_t seq) {
  return case_id.value + "/" + std::to_string(seq);
}

std::string to_wire(const Actor& actor) {
  std::string text(name_of(actor.kind));
  return text.append(":").append(actor.id);
}

std::optional<Actor> parse_actor(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const auto kind = enum_from<ActorKind>(text.substr(0, colon));
  if (!kind) return std::nullopt;
  Actor actor;
  actor.kind = *kind;
  actor.id = text.substr(colon + 1);
  return actor;
}

Message write_event(const CaseEvent& event) {
  const auto& codec = codec_of(event.event);
  std::string data;
  event.event.append_json(data);
  const auto id = event_id(event.case_id, event.seq);
  const auto type = std::string(kTypePrefix).append(codec.type);
  const auto schema = schema_uri("events", codec.type, codec.version);
  const auto occurred = to_wire(event.occurred_at);
  const auto recorded = to_wire(event.recorded_at);
  const auto sequence = sequence_text(event.seq);
  const auto actor = to_wire(event.actor);
  const auto policy = std::to_string(event.policy_version);
  const auto offset = std::to_string(event.command_offset);

  CloudEvent cloud;
  cloud.specversion = "1.0";
  cloud.id = id;
  cloud.source = kSource;
  cloud.type = type;
  cloud.time = occurred;
  cloud.subject = event.case_id.value;
  cloud.dataschema = schema;
  cloud.partitionkey = event.case_id.value;
  cloud.sequence = {sequence.data(), sequence.size()};
  cloud.correlationid = event.correlation_id;
  cloud.causationid = event.command_id.value;
  cloud.recordedtime = recorded;
  cloud.actor = actor;
  if (event.actor.department_id) cloud.actordepartment = event.actor.department_id->value;
  if (event.actor.role) cloud.actorrole = *event.actor.role;
  if (event.actor.badge_no) cloud.actorbadge = *event.actor.badge_no;
  cloud.policyversion = policy;
  if (event.command_offset >= 0) cloud.commandoffset = offset;
  if (event.ends_command) cloud.commandends = "true";
  if (event.commands_anew) cloud.commandsanew = "true";
  cloud.commanddigest = event.command_digest;
  cloud.traceparent = event.traceparent;
  cloud.data = data;
  auto message = write_cloud_event(cloud);
  message.timestamp = event.recorded_at;
  if (event.status_after) add_status_after(message, *event.status_after);
  return message;
}

void add_status_after(Message& event, CaseStatus status) {
  event.headers.add("ce_casestatus", name_of(status));
}

ReadEvent read_event(const MessageView& message, CaseEvent& into) {
  const auto mark = message.header(kWriterHeader);
  if (!mark)
    return {Reading::foreign, "Expected a record of casetrail, but it has no 'casetrail-writer' header."};
  if (*mark != kWriterGeneration) {
    return {Reading::newer,
            "Expected wire generation 1, but it is " + std::string(*mark) + ". Upgrade this binary."};
  }
  const auto cloud = read_cloud_event(message);
  if (!cloud) return damaged(cloud.error().sentence());
  if (!cloud->type.starts_with(kTypePrefix)) return damaged("Expected 'ce_type' to begin with 'casetrail.'.");
  const auto type = cloud->type.substr(kTypePrefix.size());
  const auto version = version_in(cloud->dataschema);
  const auto occurred = parse_timestamp(cloud->time);
  const auto recorded = cloud->recordedtime == cloud->time ? occurred : parse_timestamp(cloud->recordedtime);
  const auto seq = whole_number<std::int64_t>(cloud->sequence);
  const auto policy_version = whole_number<std::int32_t>(cloud->policyversion);
  auto actor = parse_actor(cloud->actor);
  if (!version || !occurred || !recorded || !seq || !policy_version || !actor || cloud->subject.empty()) {
    return damaged("Expected the attributes of a casetrail event, but one is missing or malformed.");
  }
  if (!is_of_case(message, *cloud, *seq))
    return damaged("Expected key, 'ce_id' and 'ce_subject' of one case, but they are not.");
  if (*seq < 1 || *seq > kLastSeq) return damaged("Expected 'ce_sequence' to be 1 to 9999999999.");
  if (*policy_version < 0) return damaged("Expected 'ce_policyversion' to be a whole number, not negative.");
  const auto command_offset = whole_number<std::int64_t>(cloud->commandoffset);
  if (!cloud->commandoffset.empty() && (command_offset.value_or(-1) < 0 || *command_offset > kLastOffset))
    return damaged("Expected 'ce_commandoffset' to be a whole number, not negative.");
  const auto* codec = find_event_codec(type);
  if (codec == nullptr || *version > codec->version) {
    return {Reading::newer, "Expected an event type that this binary knows, but it is '" + std::string(type) +
                                "' version " + std::to_string(*version) + ". Upgrade this binary."};
  }
  auto data = codec->read(cloud->data, *version);
  if (!data) return damaged(data.error().sentence());

  into.case_id.value = cloud->subject;
  into.seq = *seq;
  into.policy_version = *policy_version;
  into.command_offset = command_offset.value_or(-1);
  into.occurred_at = *occurred;
  into.recorded_at = *recorded;
  into.actor = std::move(*actor);
  if (!cloud->actordepartment.empty())
    into.actor.department_id = DepartmentId{std::string(cloud->actordepartment)};
  if (!cloud->actorrole.empty()) into.actor.role = cloud->actorrole;
  if (!cloud->actorbadge.empty()) into.actor.badge_no = cloud->actorbadge;
  into.command_id.value = cloud->causationid;
  into.command_digest = cloud->commanddigest;
  into.ends_command = cloud->commandends == "true";
  into.commands_anew = cloud->commandsanew == "true";
  into.correlation_id = cloud->correlationid;
  into.traceparent = cloud->traceparent;
  into.status_after = enum_from<CaseStatus>(cloud->casestatus);
  into.event = Event(*codec, std::move(*data));
  return {Reading::ours, {}};
}

}  // namespace casetrail
