// Another system's history as facts: a row of its log is the facts that are new in it.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/event.h"
#include "workers/import/case_progress.h"
#include "workers/import/csv_reader.h"
#include "workers/import/mapping.h"

namespace casetrail {

struct RowFacts {
  CaseId case_id;
  CommandId command_id;
  Timestamp at;
  std::vector<Event> facts;  ///< none: the row says nothing new
};

struct HistoryRow {
  std::int64_t line = 0;
  std::string case_number;                    ///< empty when the row cannot be mapped
  std::expected<RowFacts, std::string> read;  ///< or why it cannot be mapped
};

/// Reads rows in the file's order. Holds a few hundred bytes a case, whatever the length of the file.
class HistoryReader {
 public:
  /// Reads the mapping and the header. Errors are sentences that name the file and the remedy.
  [[nodiscard]] static std::expected<HistoryReader, std::string> open(const std::filesystem::path& file,
                                                                      const std::filesystem::path& mapping);

  /// False: no more rows. An error ends the file.
  [[nodiscard]] std::expected<bool, std::string> next(HistoryRow& row);

  [[nodiscard]] const Mapping& mapping() const { return mapping_; }
  [[nodiscard]] std::size_t cases() const { return cases_.size(); }
  [[nodiscard]] double fraction_read() const { return rows_.fraction_read(); }

 private:
  struct Case {
    CaseId id;
    CaseProgress progress;
    std::unordered_map<std::string, std::int64_t> equals;  ///< rows so far by digest
  };

  HistoryReader(CsvReader rows, Mapping mapping) : rows_(std::move(rows)), mapping_(std::move(mapping)) {}
  [[nodiscard]] RowFacts facts_of(const RowValues& values);

  CsvReader rows_;
  Mapping mapping_;
  CsvRow row_;
  std::unordered_map<std::string, Case> cases_;
};

}  // namespace casetrail
