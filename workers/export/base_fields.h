// What every event says beside its own fields, in formats that have attributes.
#pragma once

#include <vector>

#include "workers/export/fields.h"
#include "workers/export/writer.h"

namespace casetrail::exports {

/// `seq`, `recorded_at`, `actor`, … of the event, absent ones too; no type has a field that is called so.
[[nodiscard]] std::vector<Field> base_fields(const ExportedEvent& of);

/// The same and the event's own fields behind it, without moments of years that readers do not take.
[[nodiscard]] std::vector<Field> all_fields(const ExportedEvent& of, FlatEvent flat);

}  // namespace casetrail::exports
