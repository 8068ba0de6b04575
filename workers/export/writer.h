// What writes a format: it is handed events, case by case.
#pragma once

#include <cereal/cereal.hpp>
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

/// What lies in a file, as far as its format has such a thing.
struct Contents {
  std::int64_t events = 0;
  std::int64_t cases = 0;
  std::int64_t attributes = 0;  ///< of events, those with a value
  std::int64_t objects = 0;
  std::int64_t relations = 0;         ///< of events to objects
  std::int64_t object_relations = 0;  ///< of objects to objects
  std::int64_t object_values = 0;     ///< of attributes of objects, first ones and changes

  bool operator==(const Contents&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(cases), CEREAL_NVP(attributes), CEREAL_NVP(objects),
            CEREAL_NVP(relations), CEREAL_NVP(object_relations), CEREAL_NVP(object_values));
  }
};

class Writer {
 public:
  virtual ~Writer() = default;

  /// The next event, of the same case or of another one that has not been yet.
  virtual void write(const ExportedEvent& event) = 0;
  /// Nothing comes any more.
  virtual void finish() = 0;

  /// What was written; events and cases are for the caller to count.
  [[nodiscard]] virtual Contents contents() const { return {}; }
};

/// One CloudEvent in JSON a line.
[[nodiscard]] std::unique_ptr<Writer> ndjson_writer(PartFile& file);
/// RFC 4180, with a header; what only some types have is JSON in the column `data`.
[[nodiscard]] std::unique_ptr<Writer> csv_writer(PartFile& file);

/// XES (IEEE 1849-2016): a trace a case.
[[nodiscard]] std::unique_ptr<Writer> xes_writer(PartFile& file);

/// From 1900 to 2099: other years are lost, or refused, by who reads an export.
[[nodiscard]] bool is_plausible(Timestamp at);

}  // namespace casetrail::exports
