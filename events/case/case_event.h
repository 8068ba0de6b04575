// One recorded event of a case: the fact, and all that is known of its recording.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/case/case_status.h"
#include "events/case/event.h"
#include "events/wire/message.h"
#include "events/wire/party.h"

namespace casetrail {

struct CaseEvent {
  CaseId case_id;
  std::int64_t seq = 0;     ///< 1, 2, 3 … within the case, without gaps
  Timestamp occurred_at{};  ///< the sender's word; for display, and for imported facts
  Timestamp recorded_at{};  ///< the partition time at which the engine took it
  Actor actor;
  CommandId command_id;
  std::string command_digest;  ///< see `command_digest` of the command's envelope
  std::int64_t command_offset =
      -1;  ///< in the commands partition of the same number; -1: the engine's own timer
  /// The last event of its command: who has applied it has applied all of them. Older events never say so.
  bool ends_command = false;
  /// The commands were made anew since an event of the partition whose `command_offset` is higher.
  bool commands_anew = false;
  std::int32_t policy_version = 0;  ///< 0: decided before any policy was published
  std::string correlation_id;
  std::string traceparent;       ///< W3C trace context, empty where the sender gave none
  std::int64_t log_offset = -1;  ///< where a reader found it in its partition; -1: it comes from elsewhere
  /// Of the case after it. Older events never say so, nor does a reader know one that came after it.
  std::optional<CaseStatus> status_after;
  Event event;
};

/// `<case id>/<seq>`: deciding again gives the same id.
[[nodiscard]] std::string event_id(const CaseId& case_id, std::int64_t seq);

/// Key, headers and JSON as they lie in `casetrail.events`; the timestamp is `recorded_at`.
[[nodiscard]] Message write_event(const CaseEvent& event);

/// What `write_event` adds of `status_after`: a writer knows the status only when it has taken the event in.
void add_status_after(Message& event, CaseStatus status);

/// What a record on the events topic is.
enum class Reading {
  ours,     ///< read
  foreign,  ///< without casetrail's mark: every reader skips and counts it
  newer,    ///< ours, by a newer version: the partition stops with "upgrade this binary"
  damaged,  ///< ours, and unreadable: skipped and counted; the gap in `seq` closes the case
};

struct ReadEvent {
  Reading reading;
  std::string reason;  ///< a sentence, unless `ours`
};

/// Reads `message` into `into`, which holds nothing of use unless the reading is `ours`.
[[nodiscard]] ReadEvent read_event(const MessageView& message, CaseEvent& into);

/// `kind:id`, as `ce_actor` has it. Nothing when the kind is unknown or the id is empty.
[[nodiscard]] std::optional<Actor> parse_actor(std::string_view text);
[[nodiscard]] std::string to_wire(const Actor& actor);

}  // namespace casetrail
