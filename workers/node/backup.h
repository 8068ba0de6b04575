// A backup of an embedded log: all of a data folder that cannot be built again, in a folder of its own, and a
// manifest that says what it is.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/api/backups.h"
#include "workers/log/event_log.h"
#include "workers/node/copied_file.h"

namespace casetrail::node {

/// What a partition holds of the log: offsets from `first` to before `end`.
struct BackupEnd {
  std::string topic;
  log::Partition partition = 0;
  log::Offset first = 0;
  log::Offset end = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topic), CEREAL_NVP(partition), CEREAL_NVP(first), CEREAL_NVP(end));
  }
};

/// `manifest.json` of a backup. Beside it, `data` holds the files.
struct BackupManifest {
  int format = 1;
  std::string casetrail;  ///< the version that made it
  Timestamp made_at{};
  std::string log;  ///< its identity
  std::int64_t records = 0;
  std::vector<BackupEnd> ends;
  std::vector<SummedFile> files;                   ///< by their paths below `data`
  std::optional<std::string> erasure_ledger = {};  ///< that the data folder kept; its path

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(format), CEREAL_NVP(casetrail), CEREAL_NVP(made_at), CEREAL_NVP(log),
            CEREAL_NVP(records), CEREAL_NVP(ends), CEREAL_NVP(files), CEREAL_NVP(erasure_ledger));
  }
};

struct BackupTrouble {
  enum class Kind {
    unusable,     ///< what was named will not do
    damaged,      ///< bytes are not as they were written
    unavailable,  ///< a disk, a right, a stop
  };
  Kind kind;
  std::string what;  ///< sentences with the remedy
};

template <class T>
using BackupResult = std::expected<T, BackupTrouble>;

/// Told what was done, of how much: bytes while copying, offsets while verifying. False: stop there.
using OnBackup = std::function<bool(api::BackupStage stage, std::int64_t done, std::int64_t total)>;

/// What to back up where a log of its own is not kept.
inline constexpr std::string_view kBackupOnKafka =
    "Kafka keeps this log: back up its topics casetrail.events, casetrail.policy, casetrail.keys and "
    "casetrail.evidence with Kafka's own tools "
    "(a mirror, or tiered storage), and of each node's data folder the files node and contact.key. "
    "deploy/README.md says how, under \"Backup\".";

/// Why no backup can be made in `directory`; nothing: it can.
[[nodiscard]] BackupResult<void> check_backup_target(const std::filesystem::path& directory,
                                                     const std::filesystem::path& data);

/// Copies what `data` keeps of `log`, which goes on, reads every record of the copy and then gives it its
/// name, `directory`. Its files are its own, so that damage of one disk stays there. `spare` bytes of its
/// disk stay free. After an error nothing of it is there.
[[nodiscard]] BackupResult<BackupManifest> make_backup(log::EventLog& log, const std::filesystem::path& data,
                                                       const std::filesystem::path& directory,
                                                       std::uint64_t spare, Timestamp now,
                                                       const OnBackup& on_progress);

/// What was made, and how it is used.
[[nodiscard]] std::string sentence_of(const BackupManifest& manifest, const std::string& directory);

/// What `backup` says of itself; nothing of it was checked yet.
[[nodiscard]] BackupResult<BackupManifest> manifest_in(const std::filesystem::path& backup);

/// Whether the log of a backup was ever sealed with keys of cases: somebody may have been erased since.
[[nodiscard]] bool holds_keys(const BackupManifest& manifest);

/// Done in a restored folder before it is one: only its log, and what lies beside that, is taken from there.
using InRestored = std::function<BackupResult<void>(const std::filesystem::path& staged)>;

/// Makes `data`, a folder that is new or empty, from `backup`, and checks every byte on the way. After an
/// error it is as it was, or holds a lock that nobody has; after a kill nobody opens it but who restores
/// anew.
[[nodiscard]] BackupResult<BackupManifest> restore_backup(
    const std::filesystem::path& backup, const std::filesystem::path& data, const OnBackup& on_progress,
    const InRestored& in_restored = [](const auto&) { return BackupResult<void>(); });

}  // namespace casetrail::node
