// The way of a verb to all events of a log: read here where nobody serves the folder, else handed out by the
// server.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>

#include "workers/cli/session.h"
#include "workers/export/event_source.h"
#include "workers/log/event_log.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {

/// A folder that this process alone has, for stores of keys; gone with it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& data);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Who hands the events over, and what that takes. It has a session, or a log.
struct LogDoor {
  std::unique_ptr<node::FolderLock> lock = {};
  std::unique_ptr<ScratchFolder> scratch = {};
  std::unique_ptr<log::EventLog> log = {};
  std::unique_ptr<Session> session = {};
  std::unique_ptr<exports::EventSource> events = {};
};

[[nodiscard]] std::expected<LogDoor, SessionTrouble> open_log_door(const Place& place);

}  // namespace casetrail::cli
