// The log is put aside as hard links in an instant, and copied from there while it goes on.
#include "workers/node/backup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "workers/log/embedded/verify.h"
#include "workers/node/data_folder.h"
#include "workers/node/erasure_ledger.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Kind = BackupTrouble::Kind;
using api::BackupStage;

constexpr int kFormat = BackupManifest().format;
constexpr auto kManifestFile = "manifest.json";
constexpr auto kFiles = "data";
constexpr auto kLog = "log";
/// Beside the log: stores are built again from it, and need the key that contacts are found by.
constexpr std::array kKept{"node", "contact.key"};
constexpr auto kPutAside = "backup.part";
constexpr std::size_t kVerifyBytes = std::size_t{32} << 20U;
constexpr std::size_t kMostFilesNamed = 20;

std::unexpected<BackupTrouble> trouble(Kind kind, std::string what) {
  return std::unexpected(BackupTrouble{kind, std::move(what)});
}

std::unexpected<BackupTrouble> stopped() { return trouble(Kind::unavailable, "It was stopped."); }

/// `work`, with a file system that refuses as an error.
template <class Work>
auto guarded(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const fs::filesystem_error& error) {
    return trouble(Kind::unavailable, std::string(error.what()) + ". Check the rights and the disk.");
  }
}

/// What every backup says, of whichever format.
struct BackupHead {
  int format = 0;
  std::string casetrail;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(format), CEREAL_NVP(casetrail));
  }
};

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) files.push_back(fs::relative(entry.path(), folder).string());
  }
  std::ranges::sort(files);
  return files;
}

/// Copies files and tells of all of them together.
class Copying {
 public:
  Copying(const OnBackup& on_progress, std::uint64_t total) : on_progress_(on_progress), total_(total) {}

  std::expected<SummedFile, std::string> copy(const fs::path& from, const fs::path& to,
                                              const std::string& path) {
    return copy_file(from, to, path, [this](std::uint64_t bytes) {
      done_ += bytes;
      return on_progress_(BackupStage::copying, static_cast<std::int64_t>(done_),
                          static_cast<std::int64_t>(total_));
    });
  }

 private:
  const OnBackup& on_progress_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

BackupResult<void> check_room(const fs::path& folder, std::uint64_t bytes, std::uint64_t spare) {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
  std::error_code failed;
  const auto space = fs::space(folder, failed);
  if (failed || space.available >= bytes + spare) return {};
  return trouble(Kind::unavailable,
                 fmt::format("Disk full: {} MiB are free in {}, and the copy takes {} MiB{}. Free space, or "
                             "name a folder on another disk.",
                             space.available / kMiB, folder.string(), bytes / kMiB + 1,
                             spare == 0 ? "" : fmt::format(" beside {} MiB in reserve", spare / kMiB)));
}

/// That every record of the copy can be read.
BackupResult<embedded::VerifiedLog> verify(const fs::path& copy, const OnBackup& on_progress) {
  bool goes_on = true;
  auto verified = embedded::verify_embedded_log(copy, kVerifyBytes, [&](auto done, auto total) {
    return goes_on = on_progress(BackupStage::verifying, done, total);
  });
  if (!goes_on) return stopped();
  if (!verified) return trouble(Kind::unavailable, std::move(verified).error().what);
  if (verified->damage.empty()) return *std::move(verified);
  return trouble(Kind::damaged,
                 fmt::format("No backup was kept, for the log has damage in {} places, first {}. Restore an "
                             "older backup; `casetrail verify` names all that is damaged.",
                             verified->damage.size(), text_of(verified->damage.front())));
}

BackupManifest manifest_of(const embedded::VerifiedLog& log, Timestamp now, std::vector<SummedFile> files) {
  BackupManifest manifest{.casetrail = CASETRAIL_VERSION,
                          .made_at = now,
                          .log = log.identity,
                          .records = log.records,
                          .ends = {},
                          .files = std::move(files)};
  for (const auto& [topic, partition, low, next] : log.partitions)
    manifest.ends.push_back({std::string(name_of(topic)), partition, low, next});
  return manifest;
}

/// Removes what a restore has put there, whole or not.
void clear(const fs::path& data) {
  std::error_code ignored;
  for (const auto* name : kKept) fs::remove(data / name, ignored);
  fs::remove(data / kLedgerFile, ignored);
  fs::remove_all(data / kLog, ignored);
  fs::remove_all(data / kHalfRestored, ignored);
}

/// Whoever wrote the manifest: nothing is written elsewhere.
bool belongs_in_backup(const fs::path& path) {
  return path.parent_path() == kLog ? path.filename() != ".." && path.filename() != "."
                                    : std::ranges::count(kKept, path.string()) > 0;
}

/// A sentence for each file that is not as the manifest says.
BackupResult<void> copy_all(const BackupManifest& manifest, const fs::path& backup, const fs::path& to,
                            const OnBackup& on_progress) {
  std::uint64_t total = 0;
  for (const auto& file : manifest.files) total += file.bytes;
  if (auto room = check_room(to, total, 0); !room) return room;
  Copying copying(on_progress, total);
  std::vector<std::string> damaged;
  for (const auto& file : manifest.files) {
    const auto from = backup / kFiles / file.path;
    if (!belongs_in_backup(file.path)) {
      damaged.push_back("its manifest names '" + file.path + "', which no backup holds");
      continue;
    }
    std::error_code failed;
    if (const auto size = fs::file_size(from, failed); failed || size != file.bytes) {
      damaged.push_back(
          fmt::format("{} {}", from.string(),
                      failed ? "is missing" : fmt::format("has {} of its {} bytes", size, file.bytes)));
      continue;
    }
    const auto copied = copying.copy(backup / kFiles, to, file.path);
    if (!copied) return trouble(Kind::unavailable, copied.error());
    if (copied->sha256 != file.sha256) damaged.push_back(from.string() + " has another SHA-256");
  }
  if (damaged.empty()) return {};
  const auto more = damaged.size() - std::min(damaged.size(), kMostFilesNamed);
  damaged.resize(damaged.size() - more);
  return trouble(Kind::damaged, fmt::format("The backup is damaged: {}{}. Nothing was restored: take another "
                                            "backup.",
                                            fmt::join(damaged, "; "),
                                            more == 0 ? "" : fmt::format("; and {} files more", more)));
}

BackupResult<void> sync(std::initializer_list<fs::path> folders) {
  for (const auto& folder : folders) {
    if (auto synced = sync_folder(folder); !synced) return trouble(Kind::unavailable, synced.error());
  }
  return {};
}

bool is_restored(const std::string& name) {
  return name == kLog || name == kLedgerFile || std::ranges::count(kKept, name) > 0;
}

/// Into place, but for what can be built again; the folder is one as soon as what was staged is gone.
BackupResult<void> settle(const fs::path& staged, const fs::path& data) {
  if (auto synced = sync({staged / kLog, staged}); !synced) return synced;
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(staged)) all.push_back(entry.path());
  for (const auto& path : all) {
    if (is_restored(path.filename().string()))
      fs::rename(path, data / path.filename());
    else
      fs::remove_all(path);
  }
  if (auto synced = sync({data}); !synced) return synced;
  fs::remove(staged);
  return sync({data});
}

/// Copies what cannot be built again below `to`.
BackupResult<std::vector<SummedFile>> copy_kept(log::EventLog& log, const fs::path& data, const fs::path& to,
                                                std::uint64_t spare, const OnBackup& on_progress) {
  const ScratchFolder aside(data / kPutAside);
  fs::remove_all(aside.path());
  if (const auto put = log.checkpoint(aside.path()); !put)
    return trouble(Kind::unavailable, put.error().what);
  struct Place {
    fs::path from;
    std::string file;
    fs::path below;
  };
  std::vector<Place> places;
  for (const auto& file : files_in(aside.path())) places.push_back({aside.path(), file, kLog});
  for (const auto* file : kKept) {
    if (fs::exists(data / file)) places.push_back({data, file, {}});
  }
  std::uint64_t total = 0;
  for (const auto& [from, file, below] : places) total += fs::file_size(from / file);
  if (auto room = check_room(to.parent_path().parent_path(), total, spare); !room)
    return std::unexpected(room.error());
  Copying copying(on_progress, total);
  std::vector<SummedFile> files;
  for (const auto& [from, file, below] : places) {
    auto copied = copying.copy(from, to / below, file);
    if (!copied) return trouble(Kind::unavailable, std::move(copied).error());
    files.push_back(*std::move(copied));
    files.back().path = (below / file).string();
  }
  return files;
}

/// Writes the manifest; from then on it is a backup.
BackupResult<void> give_name(const fs::path& part, const BackupManifest& manifest,
                             const fs::path& directory) {
  if (auto written = replace_file(part / kManifestFile, to_json(manifest) + "\n"); !written)
    return trouble(Kind::unavailable, written.error());
  if (auto synced = sync({part / kFiles / kLog, part / kFiles, part}); !synced) return synced;
  fs::rename(part, directory);
  return sync({directory.parent_path()});
}

/// That nothing lies in `data` but what a restore that was cut short left.
BackupResult<void> check_empty(const fs::path& data) {
  const bool half = fs::exists(data / kHalfRestored);
  for (const auto& entry : fs::directory_iterator(data)) {
    const auto name = entry.path().filename();
    const bool left = name == kHalfRestored || is_restored(name.string());
    if (name == "lock" || name == "lost+found" || (half && left)) continue;
    return trouble(Kind::unusable,
                   fmt::format("Expected a folder that is new or empty, but {} holds {}. Name "
                               "another with --data, or move what is there away.",
                               data.string(), name.string()));
  }
  return {};
}

}  // namespace

BackupResult<void> check_backup_target(const fs::path& directory, const fs::path& data) {
  std::error_code failed;
  const auto refuse = [&](const char* form) {
    return trouble(Kind::unusable,
                   fmt::format(fmt::runtime(form), directory.string(), directory.parent_path().string()));
  };
  if (!directory.is_absolute())
    return refuse("Expected the whole path of a folder on the server's machine, but it is '{}'.");
  if (!fs::is_directory(directory.parent_path(), failed))
    return refuse("There is no folder {1} to make the backup in. Make it, or name another.");
  if (fs::exists(directory, failed) &&
      !(fs::is_directory(directory, failed) && fs::is_empty(directory, failed)))
    return refuse("{0} is there already. Name a folder that is not: a backup is never written over.");
  if (fs::exists(directory.string() + ".part", failed)) {
    return refuse(
        "{0}.part is there, of a backup that was cut short or is being made. Remove it, or name "
        "another folder.");
  }
  const auto inside =
      fs::weakly_canonical(directory, failed).lexically_relative(fs::weakly_canonical(data, failed));
  if (!inside.empty() && *inside.begin() != "..")
    return refuse("{0} lies in the data folder itself. Name a folder elsewhere, best on another disk.");
  return {};
}

BackupResult<BackupManifest> make_backup(log::EventLog& log, const fs::path& data, const fs::path& directory,
                                         std::uint64_t spare, Timestamp now, const OnBackup& on_progress) {
  if (auto usable = check_backup_target(directory, data); !usable) return std::unexpected(usable.error());
  return guarded([&]() -> BackupResult<BackupManifest> {
    ScratchFolder part(directory.string() + ".part");
    auto files = copy_kept(log, data, part.path() / kFiles, spare, on_progress);
    if (!files) return std::unexpected(files.error());
    const auto verified = verify(part.path() / kFiles / kLog, on_progress);
    if (!verified) return std::unexpected(verified.error());
    auto manifest = manifest_of(*verified, now, *std::move(files));
    if (const auto ledger = ledger_of(data)) manifest.erasure_ledger = ledger->string();
    if (auto named = give_name(part.path(), manifest, directory); !named)
      return std::unexpected(named.error());
    part.keep();
    return manifest;
  });
}

std::string sentence_of(const BackupManifest& manifest, const std::string& directory) {
  std::uint64_t bytes = 0;
  for (const auto& file : manifest.files) bytes += file.bytes;
  return fmt::format(
      "The backup is in {}: {} records in {} files of {} bytes, every record read. `casetrail restore {} "
      "--data "
      "FOLDER` makes a data folder of it.",
      directory, manifest.records, manifest.files.size(), bytes, directory);
}

BackupResult<BackupManifest> manifest_in(const fs::path& backup) {
  const auto text = read_file(backup / kManifestFile);
  if (!text) {
    return trouble(Kind::unusable,
                   fmt::format("{} is no backup: it has no {} that can be read. Name a folder "
                               "that `casetrail backup` made.",
                               backup.string(), kManifestFile));
  }
  const auto damaged = [&](const std::string& why) {
    return trouble(Kind::damaged, fmt::format("The backup is damaged: {}: {} Take another backup.",
                                              (backup / kManifestFile).string(), why));
  };
  BackupHead head;
  if (const auto error = from_json(*text, head)) return damaged(error->sentence());
  if (head.format > kFormat) {
    return trouble(Kind::unusable,
                   fmt::format("{} was made by casetrail {} in format {}, and this is casetrail {}, which "
                               "knows formats up to {}. Restore it with that version or a newer one.",
                               backup.string(), head.casetrail, head.format, CASETRAIL_VERSION, kFormat));
  }
  BackupManifest manifest;
  if (const auto error = from_json(*text, manifest)) return damaged(error->sentence());
  return manifest;
}

bool holds_keys(const BackupManifest& manifest) {
  return std::ranges::any_of(manifest.ends, [](const BackupEnd& end) {
    return end.topic == name_of(log::Topic::keys) && end.end > end.first;
  });
}

BackupResult<BackupManifest> restore_backup(const fs::path& backup, const fs::path& data,
                                            const OnBackup& on_progress, const InRestored& in_restored) {
  auto manifest = manifest_in(backup);
  if (!manifest) return manifest;
  const bool is_new = !fs::exists(data);
  const auto lock = DataFolder(data).lock(0ms, HalfRestore::allowed);
  if (!lock) return trouble(Kind::unusable, lock.error().what);
  if (auto empty = guarded([&] { return check_empty(data); }); !empty) return std::unexpected(empty.error());
  clear(data);
  const auto done = guarded([&]() -> BackupResult<void> {
    const auto staged = data / kHalfRestored;
    fs::create_directory(staged);
    if (auto copied = copy_all(*manifest, backup, staged, on_progress); !copied) return copied;
    if (const auto& ledger = manifest->erasure_ledger) {
      if (auto named = name_ledger(staged, *ledger); !named) return trouble(Kind::unavailable, named.error());
    }
    if (auto last = in_restored(staged); !last) return last;
    return settle(staged, data);
  });
  if (done) return manifest;
  clear(data);
  std::error_code ignored;
  if (is_new) fs::remove_all(data, ignored);
  return std::unexpected(done.error());
}

}  // namespace casetrail::node
