// The data folder: who holds its lock serves, and everybody else finds the holder's address in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "workers/http/server.h"

namespace casetrail::node {

/// Who serves a folder, as who may read it is told.
struct Holder {
  http::HttpAddress address;
  std::string token{};  ///< to show; empty where nobody is asked for one
  http::Trust trust{};  ///< over TLS
};

/// In a data folder that is served: the holder's token.
inline constexpr auto kTokenFile = "token";

/// The lock on a data folder, held as long as this lives. The address in the folder counts only meanwhile.
class FolderLock {
 public:
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  /// Says where this process answers, for others to ask, and with which token who may read the folder does
  /// so.
  [[nodiscard]] std::expected<void, std::string> publish(const Holder& holder);

 private:
  friend class DataFolder;
  FolderLock(std::filesystem::path folder, int file) : folder_(std::move(folder)), file_(file) {}

  std::filesystem::path folder_;
  int file_;
};

/// A data folder looked at without a change to it; as long as this lives nobody begins to serve it.
class FolderLook {
 public:
  ~FolderLook();
  FolderLook(const FolderLook&) = delete;
  FolderLook& operator=(const FolderLook&) = delete;

  /// Somebody is at work in it: serves, or is a verb.
  [[nodiscard]] bool is_held() const { return held_; }
  /// Who serves it.
  [[nodiscard]] const std::optional<Holder>& holder() const { return holder_; }

 private:
  friend class DataFolder;
  FolderLook(int file, bool held, std::optional<Holder> holder)
      : file_(file), held_(held), holder_(std::move(holder)) {}

  int file_;  ///< below 0: there is no lock to hold
  bool held_;
  std::optional<Holder> holder_;
};

/// What stands in the way of the lock, or of making the folder.
struct FolderTrouble {
  std::string what;              ///< a sentence with the remedy
  std::optional<Holder> holder;  ///< who serves the folder
};

enum class LogKind { embedded, kafka };

/// In a data folder while a backup is restored into it, and after a restore that was cut short.
inline constexpr auto kHalfRestored = "restore.part";

/// Whether a folder may be opened that a restore was cut short in: by who begins it anew.
enum class HalfRestore { refused, allowed };

class DataFolder {
 public:
  explicit DataFolder(std::filesystem::path path) : path_(std::move(path)) {}

  /// `$XDG_DATA_HOME/casetrail`, else `~/.local/share/casetrail`.
  [[nodiscard]] static std::filesystem::path default_path();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Nobody has ever served it, or asked in it.
  [[nodiscard]] bool is_new() const;

  /// Takes the lock, making the folder where there is none. Waits up to `patience` for a holder that does not
  /// serve, such as a verb at work; one that serves is an error at once.
  [[nodiscard]] std::expected<std::unique_ptr<FolderLock>, FolderTrouble> lock(
      std::chrono::milliseconds patience, HalfRestore half = HalfRestore::refused);

  [[nodiscard]] FolderLook look() const;

  /// The name of this node, made at first use: part of its group names, so that a restart is the same member.
  [[nodiscard]] std::expected<std::string, std::string> node_id() const;

  /// What keys the contacts in this node's views, made at first use. Without it they are built anew.
  [[nodiscard]] std::expected<std::string, std::string> contact_secret() const;

  /// That the folder has served no other kind of log than `asked`: its stores would be void beside it. An
  /// error is a sentence with the remedy; nothing was touched.
  [[nodiscard]] std::expected<void, std::string> check_served(LogKind asked) const;

  /// That the log of its own is gone of which there are stores, a sentence; nothing: it is there, or what is
  /// known beside it tells more when it is opened.
  [[nodiscard]] std::optional<std::string> lost_log() const;

 private:
  [[nodiscard]] std::optional<LogKind> served() const;
  [[nodiscard]] std::optional<Holder> published_holder() const;

  std::filesystem::path path_;
};

/// That others than its owner may read the folder or what lies in it, a sentence with the remedy; nothing:
/// they may not.
[[nodiscard]] std::optional<std::string> open_to_others(const std::filesystem::path& folder);

/// Bytes that the log leaves free on the disk of `folder` unless it is told otherwise: a twentieth of it, 128
/// to 256 MiB, but never more than half. Out of them it decides, stores and tidies up what it has accepted:
/// what is in write buffers takes its space only later.
[[nodiscard]] std::uint64_t default_disk_reserve(const std::filesystem::path& folder);

/// Replaces `file` by `text` as a whole, durably: a kill leaves the old text or the new one.
[[nodiscard]] std::expected<void, std::string> replace_file(const std::filesystem::path& file,
                                                            const std::string& text);
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file);

}  // namespace casetrail::node
