// The one rule of every reader of events, of commands and of views: what a record means for its case.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/case/case_event.h"

namespace casetrail {

/// What a reader remembers of a case.
struct CaseOrder {
  std::int64_t last_seq = 0;        ///< of the last event that was applied
  bool closed = false;              ///< it takes no more events: its stream is damaged
  std::int64_t ended_command = -1;  ///< the offset of the last command that ended; -1: none is known to have
};

/// What of an event tells its turn.
struct CaseStep {
  std::int64_t seq = 0;
  std::int64_t command_offset = -1;  ///< -1: of no command
  bool ends_command = false;
  bool by_timer = false;       ///< who makes events without a command
  bool commands_anew = false;  ///< of commands that count from the beginning again
};

[[nodiscard]] inline CaseStep step_of(const CaseEvent& event) {
  return {event.seq, event.command_offset, event.ends_command, event.actor.kind == ActorKind::timer,
          event.commands_anew};
}

enum class CaseTurn {
  next,    ///< to be applied
  closes,  ///< a gap, a repeat, or an event of a command that had ended or of nobody's: by somebody else, so
           ///< neither it nor any later event of the case is applied
  closed,  ///< the case was closed before
};

/// Whether neither a command that goes on nor a timer can have led to the event. Commands are decided in
/// their order; of logs that do not mark the last event of a command nothing is known.
[[nodiscard]] inline bool is_nobodys(const CaseOrder& order, const CaseStep& step) {
  if (order.ended_command < 0) return false;
  if (step.command_offset < 0) return !step.by_timer;
  return step.command_offset <= order.ended_command && !step.commands_anew;
}

/// Takes the next event of the case that stands at `order`. It depends on the case's own records alone, in
/// the order of the log: so every reader comes to the same, at once, in a replay and in a rebuild.
[[nodiscard]] inline CaseTurn take_turn(CaseOrder& order, const CaseStep& step) {
  if (order.closed) return CaseTurn::closed;
  if (step.seq == order.last_seq + 1 && !is_nobodys(order, step)) {
    order.last_seq = step.seq;
    if (step.ends_command) order.ended_command = step.command_offset;
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

/// The first event of a case is always of a command, which every writer that there was named, for no timer
/// runs before it. One that names none is a stray, too: it begins no case and closes none, or a stranger
/// could shut out whoever has not registered yet.
[[nodiscard]] inline bool begins_nothing(const CaseStep& step) {
  return step.seq == 1 && step.command_offset < 0;
}

/// Of such an event, a clause.
[[nodiscard]] std::string why_begins_nothing(const CaseId& case_id);

/// Why the event closes a case that stood at `before`.
[[nodiscard]] std::string why_closed(const CaseOrder& before, const CaseStep& step);

/// Of an event that names a command which lies beyond the end of the commands.
[[nodiscard]] std::string why_unwritten(const CaseStep& step);

/// Why a case was closed, without the full stop that a reader's sentence ends with: more may follow it.
[[nodiscard]] inline std::string_view as_clause(std::string_view why) {
  return why.ends_with('.') ? why.substr(0, why.size() - 1) : why;
}

/// The case that a record closes which is `damaged` and no stray: that of its key. Empty when it names none.
[[nodiscard]] CaseId closed_by(const MessageView& damaged);

}  // namespace casetrail
