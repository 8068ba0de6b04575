// What writes a format: it is handed events, case by case.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "events/case/case_event.h"
#include "workers/export/database.h"
#include "workers/export/part_file.h"

namespace casetrail::exports {

struct ExportedEvent {
  const CaseEvent& event;
  /// The department that has the case after it: by its last assignment or accepted handoff. Empty: none yet.
  std::string_view holder;
  /// When it happened; when it was recorded, where that is a year that readers do not take.
  Timestamp at;
};

class Writer {
 public:
  virtual ~Writer() = default;

  /// The next event, of the same case or of another one that has not been yet.
  virtual void write(const ExportedEvent& event) = 0;
  /// Nothing comes any more.
  virtual void finish() = 0;
};

/// One CloudEvent in JSON a line.
[[nodiscard]] std::unique_ptr<Writer> ndjson_writer(PartFile& file);
/// RFC 4180, with a header; what only some types have is JSON in the column `data`.
[[nodiscard]] std::unique_ptr<Writer> csv_writer(PartFile& file);

/// From 1900 to 2099: other years are lost, or refused, by who reads an export.
[[nodiscard]] bool is_plausible(Timestamp at);

}  // namespace casetrail::exports
