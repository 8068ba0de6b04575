// What may be done with a case now, for who draws buttons and forms.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>

#include "aggregates/policy/policy.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"

namespace casetrail::api {

/// The agent of `agent`, `department` and `role` in a query; nothing when none is named. An error is a
/// sentence.
[[nodiscard]] std::expected<std::optional<Actor>, std::string> asking_agent(
    const std::multimap<std::string, std::string>& query);

/// For whom a case is asked what it allows.
struct Asking {
  std::optional<Actor> actor;                    ///< nothing: whoever may
  const identity::Identity* identity = nullptr;  ///< whose rights count; nothing where nobody looks
};

/// `standing` is what the history answers of the case as it stands; `named` is how it was asked for.
[[nodiscard]] http::HttpResponse actions_answer(const std::string& named, const CaseId& id,
                                                DeskAnswer standing, const Asking& asking, Timestamp now,
                                                const Policy& policy);

[[nodiscard]] std::string actions_schema();

}  // namespace casetrail::api
