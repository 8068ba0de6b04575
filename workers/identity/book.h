// The identities that are in force: read from their files, and anew when these change.
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/identity/identities.h"
#include "workers/identity/oidc.h"

namespace casetrail::identity {

/// What of a file tells that it was written anew.
struct FileStamp {
  std::filesystem::path file;
  std::filesystem::file_time_type written{};
  std::uintmax_t size = 0;

  bool operator==(const FileStamp&) const = default;
};

/// Who of the machine itself asks: the one who may read the data folder.
struct LocalHolder {
  std::string token_sha256;
  Identity identity;
};

/// Any thread.
class IdentityBook {
 public:
  /// An error is all that is wrong with the files: sentences, a line each.
  [[nodiscard]] static std::expected<std::unique_ptr<IdentityBook>, std::string> open(
      std::filesystem::path file, LocalHolder local);

  /// Whose the token is; an error is the reason why it is nobody's, for the log alone. Files that have
  /// changed are read anew, looked at once a second; while they cannot be read, what was in force stays so.
  [[nodiscard]] std::expected<std::shared_ptr<const Identity>, std::string> holder_of(std::string_view token,
                                                                                      Timestamp now);

 private:
  struct Edition;
  using Clock = std::chrono::steady_clock;

  IdentityBook(std::filesystem::path file, LocalHolder local, std::shared_ptr<const Edition> edition);

  static std::expected<std::shared_ptr<const Edition>, std::string> read(const std::filesystem::path& file);
  std::shared_ptr<const Edition> current();

  const std::filesystem::path file_;
  const std::shared_ptr<const Identity> local_;
  const std::string local_hash_;
  std::mutex mutex_;  ///< guards what follows
  std::shared_ptr<const Edition> edition_;
  std::vector<FileStamp> refused_;  ///< the files as they were when they could not be read
  Clock::time_point looked_{};
};

}  // namespace casetrail::identity
