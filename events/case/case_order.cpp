// What closes a case, and what belongs to none, in words.
#include "events/case/case_order.h"

namespace casetrail {

std::string why_closed(std::int64_t last_seq, std::int64_t seq) {
  return "event " + std::to_string(seq) + " follows event " + std::to_string(last_seq);
}

std::string why_stray(const MessageView& stray, std::int32_t belongs_in) {
  return "it names case " + std::string(stray.key.value_or("")) + ", which belongs to partition " +
         std::to_string(belongs_in);
}

CaseId closed_by(const MessageView& damaged) { return {std::string(damaged.key.value_or(""))}; }

}  // namespace casetrail
