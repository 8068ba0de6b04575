// The rows of one case in the history, read in its order.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "projections/history/history.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::history {

[[nodiscard]] bool is_event_of(const CaseId& case_id, std::string_view key);
/// Requires: it is the key of an event.
[[nodiscard]] std::int64_t seq_in(std::string_view key);

/// Calls `on_row(seq, bytes)` for the events behind `after`, until it says false.
template <class OnRow>
void for_each_row(const kit::Rows& rows, const CaseId& case_id, std::int64_t after, OnRow&& on_row) {
  rows.scan_from(case_id.value, key_of(case_id, after + 1),
                 [&](std::string_view key, std::string_view bytes) {
                   return !is_event_of(case_id, key) || on_row(seq_in(key), bytes);
                 });
}

struct CaseRows {
  CaseId id;
  const kit::Rows* rows = nullptr;  ///< of the case's partition; null: it has no events

  /// The same of rows that are decoded: `on_event(seq, row)`.
  template <class OnEvent>
  void for_each(std::int64_t after, OnEvent&& on_event) const {
    if (rows == nullptr) return;
    for_each_row(*rows, id, after, [&](std::int64_t seq, std::string_view bytes) {
      return on_event(seq, kit::decode_row<EventRow>(id.value, bytes));
    });
  }
};

[[nodiscard]] CaseRows find_case(std::span<const kit::Rows* const> partitions, const CaseId& case_id);

}  // namespace casetrail::history
