// Opening the embedded log: whether what it answered is still there, and what to say when it is not.
#include <fmt/core.h>

#include <algorithm>
#include <system_error>

#include "workers/log/embedded_core.h"

namespace casetrail {

namespace {

using Opening = EmbeddedRows::Opening;
using Loss = EmbeddedLogOptions::Loss;

LogError refused(std::string what) { return {LogFailure::refused, std::move(what)}; }

LogError cannot_open(const std::filesystem::path& folder, const RowsError& error) {
  switch (error.kind) {
    case RowsError::Kind::held:
      return refused(fmt::format("Another process has the log in {} open; stop it, or ask it over HTTP.",
                                 folder.string()));
    case RowsError::Kind::damaged:
      return refused(
          fmt::format("The log in {} is damaged beyond its tail ({}); restore the folder from a backup.",
                      folder.string(), error.what));
    case RowsError::Kind::disk: break;
  }
  return {
      LogFailure::unavailable,
      fmt::format("The log in {} cannot be opened ({}); mend the disk or its permissions and start again.",
                  folder.string(), error.what)};
}

/// What was answered and is no longer there.
struct Missing {
  std::vector<LostOffsets> lost;
  bool known = true;  ///< false: nobody can tell, the marks are gone
};

EmbeddedRows::Result<Missing> missing_from(const EmbeddedRows& rows, const std::filesystem::path& folder) {
  const auto marks = AnsweredMarks::read(folder);
  if (!marks) {
    // The identity is the first thing that a log writes: without one it was killed while it was made, and has
    // answered nobody.
    const auto identity = rows.get(embedded_keys::kIdentity);
    if (!identity) return std::unexpected(identity.error());
    return Missing{{}, !identity->has_value()};
  }
  Missing missing;
  if (marks->empty()) return missing;
  auto mark = marks->begin();
  const auto partitions = static_cast<Partition>(partitions_in(marks->size()));
  for (const Topic topic : kTopics) {
    const Partition count = topic == Topic::policy ? 1 : partitions;
    for (Partition partition = 0; partition < count; ++partition, ++mark) {
      const auto next = rows.get(embedded_keys::next(topic, partition));
      if (!next) return std::unexpected(next.error());
      const Offset end = *next ? embedded_keys::number_of(**next) : 0;
      if (end < *mark) missing.lost.push_back({topic, partition, end, *mark});
    }
  }
  return missing;
}

std::string sentence(const std::filesystem::path& folder, const Missing& missing) {
  std::string what = fmt::format("The tail of the log in {} is torn. ", folder.string());
  if (!missing.known) what += "How many records would be lost cannot be known";
  for (const auto& [topic, partition, from, until] : missing.lost) {
    what +=
        fmt::format("{}{}/{} would lose offsets {} to {}", &missing.lost.front().from == &from ? "" : ", ",
                    enum_names(topic)[static_cast<std::size_t>(topic)], partition, from, until - 1);
  }
  return what + "; restore the folder from a backup, or start with --accept-loss to go on without them.";
}

/// Lost offsets are not given again: somebody may remember what they meant.
EmbeddedRows::Result<void> skip(EmbeddedRows& rows, const std::vector<LostOffsets>& lost) {
  RowsBatch ends;
  for (const auto& [topic, partition, from, until] : lost) {
    ends.puts.push_back({embedded_keys::next(topic, partition), embedded_keys::number(until)});
  }
  return rows.write(ends);
}

struct OpenedRows {
  std::unique_ptr<EmbeddedRows> rows;
  std::vector<LostOffsets> lost;
};

LogResult<OpenedRows> open_rows(const EmbeddedLogOptions& options) {
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
  const bool lossy = !missing->lost.empty() || (torn && !missing->known);
  if (lossy && options.loss == Loss::refuse) return std::unexpected(refused(sentence(folder, *missing)));
  if (torn) {
    rows->reset();
    rows = open(Opening::up_to_damage);
    if (!rows) return failed(rows.error());
  }
  if (!missing->lost.empty()) {
    if (const auto skipped = skip(**rows, missing->lost); !skipped) return failed(skipped.error());
  }
  return OpenedRows{std::move(*rows), missing->lost};
}

}  // namespace

LogResult<OpenedLog> open_embedded_log(const EmbeddedLogOptions& options) {
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

}  // namespace casetrail
