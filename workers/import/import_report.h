// What came of an import.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::imports {

/// A row without a place in casetrail.
struct UnmappedRow {
  std::int64_t line = 0;  ///< on which the row begins, 1 for the first of the file
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(line), CEREAL_NVP(reason));
  }
};

/// A row that the engine did not take.
struct RefusedRow {
  std::int64_t line = 0;
  std::string case_number;
  std::string code;
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(line), CEREAL_NVP(case_number), CEREAL_NVP(code), CEREAL_NVP(reason));
  }
};

/// complete: every row was read; stopped: by the caller; failed: see `problem`. Started again, the import
/// goes on where it ended.
enum class ImportEnding { complete, stopped, failed };
constexpr auto enum_names(ImportEnding) {
  return std::to_array<std::string_view>({"complete", "stopped", "failed"});
}

/// Every row is one of: added, known, unchanged, refused, unmapped; after a failure or a stop also
/// unanswered. Of a mapping with moments every moment counts as a row.
struct ImportReport {
  ImportEnding ending = ImportEnding::complete;
  std::optional<std::string> problem;  ///< a sentence with its remedy
  std::int64_t rows = 0;
  std::int64_t cases = 0;
  std::int64_t sent = 0;       ///< commands
  std::int64_t added = 0;      ///< commands that were new
  std::int64_t known = 0;      ///< commands that an earlier import had brought
  std::int64_t unchanged = 0;  ///< rows that say nothing new of their case
  std::vector<RefusedRow> refused;
  std::vector<UnmappedRow> unmapped;
  std::vector<std::string> warnings;  ///< of the file as a whole: sentences with their remedy

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(ending), CEREAL_NVP(problem), CEREAL_NVP(rows), CEREAL_NVP(cases), CEREAL_NVP(sent),
            CEREAL_NVP(added), CEREAL_NVP(known), CEREAL_NVP(unchanged), CEREAL_NVP(refused),
            CEREAL_NVP(unmapped), CEREAL_NVP(warnings));
  }
};

}  // namespace casetrail::imports
