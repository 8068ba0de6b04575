// The moment of a case that a query asks for.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>

#include "events/wire/timestamp.h"

namespace casetrail::api {

struct CaseMoment {
  std::string text;       ///< as the history takes it: a time, the number of an event, before:COMMAND
  bool is_time = false;   ///< what was recorded until then may lie where the view has not come yet
  std::string not_there;  ///< the sentence when the case has no such event
};

/// Of `as_of`, `seq` and `before_command`; nothing when none is there. An error is a sentence.
[[nodiscard]] std::expected<std::optional<CaseMoment>, std::string> case_moment(
    const std::multimap<std::string, std::string>& query, Timestamp now);

/// `from` and `to` of a comparison: each a time, the number of an event, before:COMMAND, and for `from` 0.
struct CaseSpan {
  CaseMoment from;
  std::optional<CaseMoment> to;  ///< absent: as it stands

  [[nodiscard]] bool has_time() const { return from.is_time || (to && to->is_time); }
};
[[nodiscard]] std::expected<CaseSpan, std::string> case_span(
    const std::multimap<std::string, std::string>& query, Timestamp now);

}  // namespace casetrail::api
