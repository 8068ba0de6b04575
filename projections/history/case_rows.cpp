// Finds a case's partition by its events: its head alone is none.
#include "projections/history/case_rows.h"

namespace casetrail::history {

bool is_event_of(const CaseId& case_id, std::string_view key) {
  return key.size() == case_id.value.size() + sizeof(std::uint64_t);
}

std::int64_t seq_in(std::string_view key) {
  std::uint64_t seq = 0;
  for (const char byte : key.substr(key.size() - sizeof seq))
    seq = seq << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(seq);
}

CaseRows find_case(std::span<const kit::Rows* const> partitions, const CaseId& case_id) {
  CaseRows found{.id = case_id};
  for (const auto* rows : partitions) {
    for_each_row(*rows, case_id, 0, [&](std::int64_t, std::string_view) {
      found.rows = rows;
      return false;
    });
    if (found.rows != nullptr) break;
  }
  return found;
}

}  // namespace casetrail::history
