// Opening the embedded log: whether what it answered is still there, and what to say when it is not.
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

#include "workers/log/embedded/core.h"
#include "workers/log/embedded/missing.h"

namespace casetrail::embedded {

namespace {

using Opening = EmbeddedRows::Opening;
using Loss = EmbeddedLogOptions::Loss;

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

std::string sentence(const std::filesystem::path& folder, const Missing& missing) {
  constexpr auto kRemedy =
      "restore the folder from a backup, or start with --accept-loss to go on without them.";
  std::string what;
  if (!missing.damaged_marks.empty()) {
    what = fmt::format(
        "The file {} is damaged ({}): it says how far the log has answered, so that nobody can tell whether "
        "the end "
        "of the log is whole. Restore the folder from a backup, or start with --accept-loss to go on with "
        "the "
        "records that there are.",
        AnsweredMarks::file_in(folder).string(), missing.damaged_marks);
  }
  if (missing.lost.empty() && missing.known) return what;
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

log::LogResult<OpenedRows> open_rows(const EmbeddedLogOptions& options) {
  const auto& folder = options.folder;
  const auto failed = [&](const RowsError& error) { return std::unexpected(cannot_open(folder, error)); };
  const auto open = [&](Opening opening) {
    return EmbeddedRows::open(folder, opening, rows_share(options.memory_bytes));
  };
  auto rows = open(Opening::whole);
  const bool torn = !rows && rows.error().kind == RowsError::Kind::damaged;
  if (!rows && !torn) return failed(rows.error());
  // A torn tail is looked at before anything is dropped: the end of a write that a kill cut short was
  // promised to nobody, and may go.
  if (torn) rows = open(Opening::look_up_to_damage);
  if (!rows) return failed(rows.error());
  const auto missing = missing_from(**rows, folder);
  if (!missing) return failed(missing.error());
  const bool lossy = !missing->lost.empty() || !missing->damaged_marks.empty() || (torn && !missing->known);
  if (lossy && options.loss == Loss::refuse) return std::unexpected(refused(sentence(folder, *missing)));
  if (!missing->known && !torn) {
    spdlog::warn(
        "the file {} is gone: it says how far the log has answered, so that nobody can tell whether records "
        "at "
        "the end are missing. If others than you may write to the folder, compare it with a backup "
        "(`casetrail verify --heads`). The file is begun anew.",
        AnsweredMarks::file_in(folder).string());
  }
  if (torn) {
    rows->reset();
    rows = open(Opening::up_to_damage);
    if (!rows) return failed(rows.error());
  }
  if (!missing->lost.empty()) {
    if (const auto given_up = give_up(**rows, missing->lost); !given_up) return failed(given_up.error());
  }
  std::error_code gone;
  if (!missing->damaged_marks.empty()) std::filesystem::remove(AnsweredMarks::file_in(folder), gone);
  return OpenedRows{std::move(*rows), missing->lost};
}

}  // namespace

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
