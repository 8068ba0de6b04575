// What closes a case, in words.
#include "events/case/case_order.h"

namespace casetrail {

std::string why_closed(std::int64_t last_seq, std::int64_t seq) {
  return "event " + std::to_string(seq) + " follows event " + std::to_string(last_seq);
}

CaseId closed_by(const MessageView& damaged) { return {std::string(damaged.key.value_or(""))}; }

}  // namespace casetrail
