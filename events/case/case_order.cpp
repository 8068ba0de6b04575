// What closes a case, and what belongs to none, in words.
#include "events/case/case_order.h"

namespace casetrail {

std::string why_closed(const CaseOrder& before, const CaseStep& step) {
  if (step.seq == before.last_seq + 1 && step.command_offset < 0)
    return "event " + std::to_string(step.seq) + " names no command, and no timer made it";
  if (step.seq == before.last_seq + 1)
    return "event " + std::to_string(step.seq) + " says that it is of the command at offset " +
           std::to_string(step.command_offset) + ", which had ended before it";
  return "event " + std::to_string(step.seq) + " follows event " + std::to_string(before.last_seq);
}

std::string why_unwritten(const CaseStep& step) {
  return "event " + std::to_string(step.seq) + " says that it is of the command at offset " +
         std::to_string(step.command_offset) + ", which nobody had written";
}

std::string why_stray(const MessageView& stray, std::int32_t belongs_in) {
  return "it names case " + std::string(stray.key.value_or("")) + ", which belongs to partition " +
         std::to_string(belongs_in);
}

std::string why_begins_nothing(const CaseId& case_id) {
  return "it is the first event of case " + case_id.value + ", and names no command";
}

CaseId closed_by(const MessageView& damaged) { return {std::string(damaged.key.value_or(""))}; }

}  // namespace casetrail
