// Opening the embedded log: whether what it answered is still there, and what to say when it is not.
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

#include "workers/log/embedded/core.h"
#include "workers/log/embedded/known.h"
#include "workers/log/embedded/missing.h"

namespace casetrail::embedded {

namespace {

using Opening = EmbeddedRows::Opening;
using Loss = EmbeddedLogOptions::Loss;

/// Of a log into which nothing but its beginnings is written.
constexpr std::size_t kBeginBytes = std::size_t{8} << 20U;

log::LogError refused(std::string what) { return {log::LogFailure::refused, std::move(what)}; }

log::LogError cannot_open(const std::filesystem::path& folder, const RowsError& error) {
  switch (error.kind) {
    case RowsError::Kind::held:
      return refused(fmt::format("Another process has the log in {} open; stop it, or ask it over HTTP.",
                                 folder.string()));
    case RowsError::Kind::damaged:
      return refused(
          fmt::format("The log in {} is damaged beyond its tail ({}); restore the folder from a backup.",
                      folder.string(), error.what));
    case RowsError::Kind::unsafe: return refused(error.what);
    case RowsError::Kind::disk: break;
  }
  return {
      log::LogFailure::unavailable,
      fmt::format("The log in {} cannot be opened ({}); mend the disk or its permissions and start again.",
                  folder.string(), error.what)};
}

/// Of a log that is known beside its folder, which holds nothing or another one.
std::string replaced(const std::filesystem::path& folder, log::Offset answered) {
  return fmt::format(
      "The log in {} is gone, with up to {} records that it had answered: its folder is empty or holds "
      "another "
      "one than {} knows.",
      folder.string(), answered, known_folder(folder).string());
}
constexpr auto kReplacedRemedy =
    " Bring it back, or restore the data folder from a backup, or start with --accept-loss to go on without "
    "them.";

std::string sentence(const std::filesystem::path& folder, const Missing& missing) {
  constexpr auto kRemedy =
      "restore the folder from a backup, or start with --accept-loss to go on without them.";
  if (missing.replaced) return replaced(folder, *missing.replaced) + kReplacedRemedy;
  std::string what;
  if (!missing.damaged_marks.empty()) {
    what = fmt::format(
        "The file {} is damaged ({}): it says how far the log has answered, {}.{}",
        AnsweredMarks::file_in(folder).string(), missing.damaged_marks,
        missing.known ? "as its copy does" : "so that nobody can tell whether the end of the log is whole",
        missing.lost.empty() ? " Restore the folder from a backup, or start with --accept-loss "
                               "to go on with the records that there are."
                             : "");
  }
  if (missing.lost.empty() && !what.empty()) return what;
  if (!what.empty()) what += ' ';
  what += fmt::format("Records that the log in {} has answered are gone: ", folder.string());
  if (!missing.known) what += "how many cannot be known";
  log::Offset all = 0;
  // The end of a transaction takes an offset, too.
  for (const auto& [topic, partition, from, until] : missing.lost) {
    what += fmt::format("{}{}/{} lost up to {} (offsets {} to {})", all == 0 ? "" : ", ",
                        enum_names(topic)[static_cast<std::size_t>(topic)], partition, until - from, from,
                        until - 1);
    all += until - from;
  }
  if (all > 0) what += fmt::format(", up to {} in all", all);
  return what + "; " + kRemedy;
}

/// Lost offsets are not given again: somebody may remember what they meant.
EmbeddedRows::Result<void> give_up(EmbeddedRows& rows, const std::vector<LostOffsets>& lost) {
  RowsBatch given_up;
  if (lost.empty()) return {};
  for (const auto& [topic, partition, from, until] : lost) {
    const auto end = number_at(rows, keys::next(topic, partition));
    if (!end) return std::unexpected(end.error());
    given_up.puts.push_back({keys::lost(topic, partition, from), keys::number(until)});
    given_up.puts.push_back({keys::next(topic, partition), keys::number(std::max(*end, until))});
  }
  return rows.write(given_up);
}

struct OpenedRows {
  std::unique_ptr<EmbeddedRows> rows;
  std::vector<LostOffsets> lost;
};

/// Before anything is made in the folder.
log::LogResult<void> check_emptied(const EmbeddedLogOptions& options) {
  const auto answered = emptied(options.folder);
  if (!answered || options.loss == Loss::accept) return {};
  return std::unexpected(refused(replaced(options.folder, *answered) + kReplacedRemedy));
}

/// Says what is given up, and that nothing of it is given again.
EmbeddedRows::Result<void> accept(EmbeddedRows& rows, const std::filesystem::path& folder,
                                  const Missing& missing, bool torn) {
  if (missing.replaced) spdlog::warn("{}", replaced(folder, *missing.replaced));
  if (auto given_up = give_up(rows, missing.lost); !given_up || missing.known) return given_up;
  if (!torn && missing.damaged_marks.empty()) {
    spdlog::warn(
        "the file {} is gone: it says how far the log has answered, so that nobody can tell whether records "
        "at "
        "the end are missing. If others than you may write to the folder, compare it with a backup "
        "(`casetrail verify --heads`). The file is begun anew.",
        AnsweredMarks::file_in(folder).string());
    return {};
  }
  const auto unknown = unknown_ends(rows);
  if (!unknown) return std::unexpected(unknown.error());
  spdlog::warn(
      "the end of the log in {} is given up, and nobody can tell how many records were in it: {} does not "
      "say how far the log has answered. The next offsets of each partition are passed over, so that none "
      "is given again.",
      folder.string(), AnsweredMarks::file_in(folder).string());
  return give_up(rows, *unknown);
}

log::LogResult<OpenedRows> open_rows(const EmbeddedLogOptions& options) {
  const auto& folder = options.folder;
  const auto failed = [&](const RowsError& error) { return std::unexpected(cannot_open(folder, error)); };
  const auto open = [&](Opening opening) {
    return EmbeddedRows::open(folder, opening, rows_share(options.memory_bytes));
  };
  if (auto there = check_emptied(options); !there) return std::unexpected(std::move(there).error());
  auto rows = open(Opening::whole);
  const bool torn = !rows && rows.error().kind == RowsError::Kind::damaged;
  if (!rows && !torn) return failed(rows.error());
  // A torn tail is looked at before anything is dropped: the end of a write that a kill cut short was
  // promised to nobody, and may go.
  if (torn) rows = open(Opening::look_up_to_damage);
  if (!rows) return failed(rows.error());
  const auto missing = missing_from(**rows, folder);
  if (!missing) return failed(missing.error());
  const bool lossy = !missing->lost.empty() || missing->replaced || !missing->damaged_marks.empty() ||
                     (torn && !missing->known);
  if (lossy && options.loss == Loss::refuse) return std::unexpected(refused(sentence(folder, *missing)));
  if (torn) {
    rows->reset();
    rows = open(Opening::up_to_damage);
    if (!rows) return failed(rows.error());
  }
  if (const auto accepted = accept(**rows, folder, *missing, torn); !accepted)
    return failed(accepted.error());
  std::error_code gone;
  if (!missing->damaged_marks.empty()) std::filesystem::remove(AnsweredMarks::file_in(folder), gone);
  return OpenedRows{std::move(*rows), missing->lost};
}

}  // namespace

log::LogResult<void> begin_embedded_log(const std::filesystem::path& folder,
                                        const std::vector<log::Offset>& commands) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return std::unexpected(cannot_open(folder, {RowsError::Kind::disk, failed.message()}));
  const auto rows = EmbeddedRows::open(folder, Opening::whole, kBeginBytes);
  if (!rows) return std::unexpected(cannot_open(folder, rows.error()));
  RowsBatch begun;
  begun.puts.push_back({std::string(keys::kPartitions), keys::number(std::ssize(commands))});
  for (log::Partition partition = 0; const auto offset : commands) {
    begun.puts.push_back({keys::low(log::Topic::commands, partition), keys::number(offset)});
    begun.puts.push_back({keys::next(log::Topic::commands, partition), keys::number(offset)});
    ++partition;
  }
  if (const auto written = (*rows)->write(begun); !written)
    return std::unexpected(cannot_open(folder, written.error()));
  return {};
}

log::LogResult<OpenedLog> open_embedded_log(const EmbeddedLogOptions& options) {
  std::error_code failed;
  std::filesystem::create_directories(options.folder, failed);
  if (failed) return std::unexpected(cannot_open(options.folder, {RowsError::Kind::disk, failed.message()}));
  auto opened = open_rows(options);
  if (!opened) return std::unexpected(opened.error());
  auto marks = AnsweredMarks::open(options.folder);
  if (!marks) return std::unexpected(cannot_open(options.folder, {RowsError::Kind::disk, marks.error()}));
  auto core = EmbeddedCore::start(options, std::move(opened->rows), std::move(*marks));
  if (!core) return std::unexpected(core.error());
  return OpenedLog{make_embedded_log(std::move(*core)), std::move(opened->lost)};
}

}  // namespace casetrail::embedded
