// Which events and cases an export holds.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/case_event.h"

namespace casetrail::exports {

struct FilterText {
  std::string_view name;
  std::string_view meaning;
};
/// What a filter may be called; in this order.
[[nodiscard]] const std::vector<FilterText>& filter_texts();

/// Filters choose whole cases, so that what is counted in an export is true; only `type` and the times choose
/// among their events.
struct Selection {
  std::optional<Timestamp> from;   ///< events that happened then or later
  std::optional<Timestamp> to;     ///< events that happened before
  std::optional<Timestamp> as_of;  ///< what was recorded until then
  std::set<std::string> types;     ///< names, or beginnings that end with a dot; none: all
  /// Of each filter of cases the values that will do.
  std::map<std::string, std::set<std::string>> cases;

  /// Takes NAME=VALUE; an error is a sentence.
  [[nodiscard]] std::expected<void, std::string> add_filter(const std::string& filter);

  [[nodiscard]] bool takes_type(std::string_view type) const;
  [[nodiscard]] bool takes_time(Timestamp at) const { return (!from || at >= *from) && (!to || at < *to); }
  /// The names of the case filters that this event of a case fulfils.
  [[nodiscard]] std::vector<std::string_view> fulfilled_by(const CaseEvent& event) const;
};

}  // namespace casetrail::exports
