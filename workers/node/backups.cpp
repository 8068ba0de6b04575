// A run and what is told of it.
#include "workers/node/backups.h"

#include <spdlog/spdlog.h>

#include "workers/api/wall_clock.h"
#include "workers/node/backup.h"
#include "workers/node/data_folder.h"

namespace casetrail::node {
Backups::Backups(log::EventLog& log, std::filesystem::path data, std::uint64_t spare)
    : log_(log), data_(std::move(data)), spare_(spare) {}

std::expected<api::BackupStatus, api::DeskFailure> Backups::start(const std::string& directory) {
  const auto refuse = [](api::Unanswered kind, std::string why) {
    return std::unexpected(api::DeskFailure{kind, std::move(why)});
  };
  if (!DataFolder(data_).check_served(LogKind::embedded))
    return refuse(api::Unanswered::conflict, std::string(kBackupOnKafka));
  if (auto usable = check_backup_target(directory, data_); !usable)
    return refuse(api::Unanswered::malformed, std::move(usable).error().what);
  const std::scoped_lock starting(starting_);
  api::BackupStatus begun{.directory = directory};
  {
    const std::scoped_lock lock(mutex_);
    if (status_ && !is_over(status_->stage)) {
      return refuse(api::Unanswered::conflict,
                    "A backup into " + status_->directory + " is under way. Ask again when it is done.");
    }
    begun.run = status_ ? status_->run + 1 : 1;
    status_ = begun;
  }
  thread_ = std::jthread([this, directory](const std::stop_token& stop) { run(stop, directory); });
  return begun;
}

std::optional<api::BackupStatus> Backups::status() const {
  const std::scoped_lock lock(mutex_);
  return status_;
}

void Backups::run(const std::stop_token& stop, const std::string& directory) {
  const auto made = make_backup(log_, data_, directory, spare_, api::wall_clock(),
                                [&](api::BackupStage stage, std::int64_t done, std::int64_t total) {
                                  tell(stage, done, total);
                                  return !stop.stop_requested();
                                });
  if (made) return end(api::BackupStage::done, sentence_of(*made, directory));
  const bool damaged = made.error().kind == BackupTrouble::Kind::damaged;
  end(damaged ? api::BackupStage::damaged : api::BackupStage::failed, made.error().what);
}

void Backups::tell(api::BackupStage stage, std::int64_t done, std::int64_t total) {
  const std::scoped_lock lock(mutex_);
  status_->stage = stage;
  const bool copying = stage == api::BackupStage::copying;
  (copying ? status_->bytes_done : status_->records_done) = done;
  (copying ? status_->bytes_total : status_->records_total) = total;
}

void Backups::end(api::BackupStage stage, std::string sentence) {
  if (stage == api::BackupStage::done)
    spdlog::info("backup: {}", sentence);
  else
    spdlog::error("backup: {}", sentence);
  const std::scoped_lock lock(mutex_);
  status_->stage = stage;
  status_->sentence = std::move(sentence);
}

}  // namespace casetrail::node
