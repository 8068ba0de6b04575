// The customer's name and contacts, whole, for whoever just recorded why they are needed.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// So long after `privacy.access.logged` the contacts are shown to who names it.
inline constexpr std::chrono::minutes kAccessLasts{15};

struct ContactAsked {
  std::string named;  ///< the case, as the client called it
  CaseId id;
  std::int64_t access = 0;  ///< the `seq` of the event that logged it
  Timestamp now{};
  std::shared_ptr<const identity::Identity> who{};  ///< who asks; nothing where nobody looks
};

/// Reads where the case's events lie from its history, and the events themselves from the log: waits for it.
/// 404 for an unknown case; 403 `access_not_logged` when event `access` of it is no access, an old one, or
/// another's than who asks. What is shown is logged.
[[nodiscard]] http::HttpResponse contact_answer(const ContactAsked& asked, ViewDesk& desk,
                                                log::EventLog& log);

[[nodiscard]] std::string contact_schema();

}  // namespace casetrail::api
