// Who had a case how long, in elapsed and business time.
#pragma once

#include <string>

#include "aggregates/policy/policy_versions.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

enum class HeldForm { json, csv };

/// `history` is the history view of the case, asked with `state` and `held`; 404 when it has no events. What
/// still lasts is counted until `now`. Business time is that of one calendar: of the case's SLA targets, else
/// the policy's first one; each interval counts by the policy that held when it began, so that a calendar
/// that is changed does not change what was. The parts add up to the whole.
[[nodiscard]] http::HttpResponse held_answer(const std::string& named, const CaseId& id, DeskAnswer history,
                                             const PolicyVersions& policies, Timestamp now, HeldForm form);

[[nodiscard]] std::string held_schema();

}  // namespace casetrail::api
