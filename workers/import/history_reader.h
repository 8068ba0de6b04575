// Another system's history as facts: a row of its log is the facts that are new in it.
#pragma once

#include <cstdint>
#include <deque>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/case/event.h"
#include "workers/import/case_progress.h"
#include "workers/import/csv_reader.h"
#include "workers/import/mapping.h"

namespace casetrail::imports {

struct RowFacts {
  CaseId case_id;
  CommandId command_id;
  CommandId former_id;  ///< by which versions up to 2026-11 knew the row; empty: not at all
  Timestamp at;
  std::int64_t facts_before = 0;  ///< of the rows of the case before this one
  std::vector<Event> facts;       ///< none: the row says nothing new
  bool contradicts = false;       ///< no facts, for a line before it tells the same moment as another time
};

/// A row of the file, or one moment of it where the mapping has moments.
struct HistoryRow {
  std::int64_t line = 0;
  std::string case_number;                    ///< empty when the row cannot be mapped
  std::expected<RowFacts, std::string> read;  ///< or why it cannot be mapped
};

/// Reads rows in the mapping's order: the file's, or the other way round. Holds a few hundred bytes a case,
/// and about a kilobyte a row where the newest comes first.
class HistoryReader {
 public:
  /// Reads the mapping and the header. Errors are sentences that name the file and the remedy. No row may
  /// tell of a time after `now`.
  [[nodiscard]] static std::expected<HistoryReader, std::string> open(const std::filesystem::path& file,
                                                                      const std::filesystem::path& mapping,
                                                                      Timestamp now);

  /// False: no more rows. An error ends the file.
  [[nodiscard]] std::expected<bool, std::string> next(HistoryRow& row);

  [[nodiscard]] const Mapping& mapping() const { return mapping_; }
  [[nodiscard]] std::size_t cases() const { return cases_.size(); }
  [[nodiscard]] double fraction_read() const { return rows_.fraction_read(); }

  /// Whether most rows so far were older than the row of their case before them.
  [[nodiscard]] bool runs_backwards() const { return backward_ > forward_; }

 private:
  using Ordinals = std::unordered_map<std::uint64_t, std::int32_t>;  ///< rows so far by digest

  struct Case {
    CaseId id;
    CaseProgress progress;
    std::int64_t facts = 0;
    std::optional<Timestamp> last_at;
    std::uint64_t moments = 0;  ///< a bit for each that a line told
    Ordinals equals;
    Ordinals former_equals;
  };
  /// A piece of a row that was read and not told yet.
  struct Piece {
    std::int64_t line = 0;
    std::expected<RowValues, std::string> values;
    std::string digest;
    std::string former_digest;  ///< empty: none
  };

  HistoryReader(CsvReader rows, Mapping mapping, Timestamp now)
      : rows_(std::move(rows)), mapping_(std::move(mapping)), now_(now) {}
  /// Reads the next row of the file behind `pieces_`. False: no more rows.
  [[nodiscard]] std::expected<bool, std::string> read_pieces();
  [[nodiscard]] std::expected<bool, std::string> read_all_backwards();
  [[nodiscard]] RowFacts facts_of(const Piece& piece);
  void note_direction(Case& known, Timestamp at);

  CsvReader rows_;
  Mapping mapping_;
  Timestamp now_;
  CsvRow row_;
  std::deque<Piece> pieces_;
  std::unordered_map<std::string, Case> cases_;
  std::int64_t forward_ = 0;
  std::int64_t backward_ = 0;
};

}  // namespace casetrail::imports
