// Why a case is as it is: the decision behind an event, a refused command or an action, made again.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

/// What is to be explained; none of the three: the case's last event, and what stands in the way of closing. An
/// action with `seq`: what stood in its way behind that event.
struct WhyAsked {
  std::string named;  ///< how the case was asked for
  CaseId id;
  std::optional<std::int64_t> seq;
  std::optional<std::string> command_id;
  std::optional<std::string> action;
  std::optional<Actor> actor;  ///< who would do the action; nothing: whoever may
  Timestamp now{};
};

/// `seq`, `command_id` and `action` of a query; an error is a sentence.
[[nodiscard]] std::expected<WhyAsked, std::string> why_asked(
    const std::multimap<std::string, std::string>& query);

/// 404 when the case, the event or the command is not there. Waits for the log.
[[nodiscard]] http::HttpResponse why_answer(const WhyAsked& asked, ViewDesk& desk, log::EventLog& log);

[[nodiscard]] std::string why_schema();

}  // namespace casetrail::api
