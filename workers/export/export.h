// An export: the events of a log, chosen, without persons, case by case in a file of a format.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/export/event_source.h"
#include "workers/export/failure.h"
#include "workers/export/format.h"
#include "workers/export/selection.h"
#include "workers/export/writer.h"

namespace casetrail::exports {

enum class Persons { hidden, shown };

struct ExportOptions {
  Format format{};
  std::filesystem::path file;
  Selection selection;
  Persons persons = Persons::hidden;
  std::string key;  ///< of the pseudonyms
  std::function<void(std::string_view doing, std::int64_t done, std::int64_t total)> on_progress =
      [](std::string_view, std::int64_t, std::int64_t) {};
  std::function<bool()> stopped = [] { return false; };
};

/// What lies in the file, and what does not.
struct ExportReport {
  Format format{};
  std::string file;
  Contents contents;
  std::optional<Timestamp> first_at;  ///< when the first one happened
  std::optional<Timestamp> last_at;
  std::int64_t bytes = 0;
  bool persons = false;            ///< they are shown
  std::int64_t read = 0;           ///< events of the log
  std::int64_t left_out = 0;       ///< of these, not chosen
  std::int64_t damaged = 0;        ///< records that cannot be read, and the events of their cases behind them
  std::int64_t damaged_cases = 0;  ///< that end earlier here than in the log, as they do for every view
  std::int64_t implausible =
      0;  ///< events of a year before 1900 or after 2099, at the time of their recording
  std::vector<std::string> warnings;  ///< sentences on what was asked for

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(format), CEREAL_NVP(file), CEREAL_NVP(contents), CEREAL_NVP(first_at),
            CEREAL_NVP(last_at), CEREAL_NVP(bytes), CEREAL_NVP(persons), CEREAL_NVP(read),
            CEREAL_NVP(left_out), CEREAL_NVP(damaged), CEREAL_NVP(damaged_cases), CEREAL_NVP(implausible),
            CEREAL_NVP(warnings));
  }
};

struct ExportError {
  Trouble trouble;
  std::string what;  ///< a sentence with the remedy
};

/// Writes the file, or nothing: then an older one of its name stands as it was. Memory is bounded; while it
/// works the folder of the file holds the chosen events once more.
[[nodiscard]] std::expected<ExportReport, ExportError> export_events(EventSource& source,
                                                                     const ExportOptions& options);

}  // namespace casetrail::exports
