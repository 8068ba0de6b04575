// The key of one case, for a consumer that is to read its texts and no others.
#pragma once

#include <optional>

#include "events/wire/ids.h"
#include "workers/log/event_log.h"
#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// Reads the keys of the case's partition once; nothing: it has none, or it was destroyed.
[[nodiscard]] log::LogResult<std::optional<Secret>> exported_key(log::EventLog& log, const Secret& master,
                                                                 const CaseId& case_id);

}  // namespace casetrail::privacy
