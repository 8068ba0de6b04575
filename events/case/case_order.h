// The one rule of every reader of events, of commands and of views: what a record means for its case.
#pragma once

#include <cstdint>
#include <string>

#include "events/case/case_event.h"

namespace casetrail {

/// What a reader remembers of a case.
struct CaseOrder {
  std::int64_t last_seq = 0;        ///< of the last event that was applied
  bool closed = false;              ///< it takes no more events: its stream is damaged
  std::int64_t ended_command = -1;  ///< the offset of the command that ended with that event; -1: unknown
};

/// What of an event tells its turn.
struct CaseStep {
  std::int64_t seq = 0;
  std::int64_t command_offset = -1;  ///< -1: of no command
  bool ends_command = false;
};

[[nodiscard]] inline CaseStep step_of(const CaseEvent& event) {
  return {event.seq, event.command_offset, event.ends_command};
}

enum class CaseTurn {
  next,    ///< to be applied
  closes,  ///< a gap, a repeat, or one more event of a command that had ended: by somebody else, so neither
           ///< it nor any later event of the case is applied
  closed,  ///< the case was closed before
};

/// Takes the next event of the case that stands at `order`. It depends on the case's own records alone, in
/// the order of the log: so every reader comes to the same, at once, in a replay and in a rebuild.
[[nodiscard]] inline CaseTurn take_turn(CaseOrder& order, const CaseStep& step) {
  if (order.closed) return CaseTurn::closed;
  const bool had_ended = step.command_offset >= 0 && step.command_offset == order.ended_command;
  if (step.seq == order.last_seq + 1 && !had_ended) {
    order.last_seq = step.seq;
    order.ended_command = step.ends_command ? step.command_offset : -1;
    return CaseTurn::next;
  }
  order.closed = true;
  return CaseTurn::closes;
}

/// A record of casetrail's own that lies in the partition `lies_in`, while its key belongs in another one, is
/// a stray: nobody who reads its case finds it there. Every reader passes it over and counts it; it belongs
/// to no case and closes none. `reading` is what `read_event` said of it.
[[nodiscard]] inline bool is_stray(const MessageView& record, Reading reading, std::int32_t lies_in,
                                   std::int32_t belongs_in) {
  return lies_in != belongs_in && (reading == Reading::ours || reading == Reading::damaged) &&
         !record.key.value_or("").empty();
}

/// Of a stray, a clause.
[[nodiscard]] std::string why_stray(const MessageView& stray, std::int32_t belongs_in);

/// Why the event closes a case that stood at `before`.
[[nodiscard]] std::string why_closed(const CaseOrder& before, const CaseStep& step);

/// The case that a record closes which is `damaged` and no stray: that of its key. Empty when it names none.
[[nodiscard]] CaseId closed_by(const MessageView& damaged);

}  // namespace casetrail
