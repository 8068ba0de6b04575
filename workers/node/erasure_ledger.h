// The ledger of those who were erased. It lies apart from the log, so that a backup from before an erasure
// can be told whom it must not bring back.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/log/event_log.h"

namespace casetrail::node {

/// One line: `CASE` or `CASE TIME`.
struct LedgerEntry {
  std::string case_id;
  std::optional<Timestamp> erased_at;  ///< absent: not said, or it waits for the end of a hold

  friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// Adds a line, synced. An error is a clause.
[[nodiscard]] std::expected<void, std::string> add_to_ledger(const std::filesystem::path& ledger,
                                                             const LedgerEntry& entry);

/// Each case once, with the last time that is said of it. A part of a line that a kill left counts for what
/// it names. An error is a sentence with the remedy: it cannot be read.
[[nodiscard]] std::expected<std::vector<LedgerEntry>, std::string> read_ledger(
    const std::filesystem::path& ledger);

/// `log`, whose writers add each case that they erase to the ledger first: what cannot be written there is
/// not committed. A kill between the two leaves a line of an erasure that happens at the next start.
[[nodiscard]] std::unique_ptr<log::EventLog> keep_erasures(std::unique_ptr<log::EventLog> log,
                                                           std::filesystem::path ledger);

/// The ledger of a data folder, which whoever erases in it writes; nothing: none was ever named.
[[nodiscard]] std::optional<std::filesystem::path> ledger_of(const std::filesystem::path& data);

/// Names the ledger of a data folder from now on. An error is a sentence: it cannot be written.
[[nodiscard]] std::expected<void, std::string> name_ledger(const std::filesystem::path& data,
                                                           const std::filesystem::path& ledger);

/// In a data folder: the path of its ledger.
inline constexpr auto kLedgerFile = "erasure-ledger";

}  // namespace casetrail::node
