// Who had a case how long, in elapsed and business time.
#pragma once

#include <string>

#include "aggregates/policy/policy.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

enum class HeldForm { json, csv };

/// `history` is the history view of the case, asked with `state` and `held`; 404 when it has no events. What
/// still lasts is counted until `now`. Business time is that of one calendar of `policy`, the one in force,
/// so that the parts add up to the whole: the calendar of the case's SLA targets, else the policy's first
/// one.
[[nodiscard]] http::HttpResponse held_answer(const std::string& named, const CaseId& id, DeskAnswer history,
                                             const Policy& policy, Timestamp now, HeldForm form);

[[nodiscard]] std::string held_schema();

}  // namespace casetrail::api
