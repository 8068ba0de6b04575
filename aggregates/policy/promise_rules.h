// What is promised within the company and to the customer beside the SLA, and whom a broken promise is told
// to.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/time/business_span.h"
#include "events/wire/ids.h"

namespace casetrail {

/// What an open promise makes of the case: it goes on, or it waits for it.
enum class WhileOpen { go_on, wait };
constexpr auto enum_names(WhileOpen) { return std::to_array<std::string_view>({"go_on", "wait"}); }

struct HandoffRules {
  std::optional<CalendarId> calendar;
  BusinessSpan accept_within = std::chrono::hours{2};
  BusinessSpan complete_within = std::chrono::days{3};
  BusinessSpan answer_within = std::chrono::hours{4};  ///< a question, in the hours of who is asked
  WhileOpen while_question_open = WhileOpen::go_on;    ///< `wait`: the case is not resolved meanwhile
  std::int32_t bounce_limit = 2;                       ///< returns; after this many a ruling is needed
  std::optional<std::string> ruling_role;              ///< who rules; absent: anybody may
  std::vector<std::string> escalate_to = {"lead"};
};

struct AgreementRules {
  WhileOpen while_open = WhileOpen::go_on;  ///< `wait`: the case is not closed meanwhile
  std::vector<std::string> escalate_to = {"lead"};
};

struct ReturnRules {
  std::optional<CalendarId> calendar;
  BusinessSpan inspect_within = std::chrono::days{2};  ///< goods that arrived
  std::vector<std::string> escalate_to = {"lead"};
};

struct VisitRules {
  std::vector<std::string> escalate_to = {"lead"};  ///< told of a visit that is not over by its planned end
};

}  // namespace casetrail
