// A log is sealed for good from its first key on: without a master key it is not even read, for views would
// keep what is missing.
#include "workers/node/sealing.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "workers/privacy/key_change.h"
#include "workers/privacy/log_copy.h"
#include "workers/privacy/master_key.h"
#include "workers/privacy/sealed_log.h"
#include "workers/storage/store_folder.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;

/// Where a key is mounted for a container others may have to read it.
void warn_of_others(const fs::path& master_key) {
  std::error_code untold;
  const auto rights = fs::status(master_key, untold).permissions();
  if (untold || (rights & (fs::perms::group_read | fs::perms::others_read)) == fs::perms::none) return;
  spdlog::warn("others may read the master key: file={}; shut them out with: chmod go= {}",
               master_key.string(), master_key.string());
}

std::expected<void, SealingTrouble> check_whole(log::EventLog& log) {
  const auto groups = log.groups();
  if (!groups) return std::unexpected(SealingTrouble{SealingTrouble::Of::log, groups.error().what});
  std::vector<std::string> names;
  for (const auto& group : *groups) names.push_back(group.group);
  if (auto half = half_made(names))
    return std::unexpected(SealingTrouble{SealingTrouble::Of::log, *std::move(half)});
  return {};
}

SealingTrouble trouble_of(const log::LogError& error) {
  return {error.failure == log::LogFailure::refused ? SealingTrouble::Of::key : SealingTrouble::Of::log,
          error.what};
}

}  // namespace

std::optional<std::string> half_made(const std::vector<std::string>& groups) {
  if (std::ranges::count(groups, privacy::kHalfRewrapped) > 0) {
    return "The keys of this log are being wrapped with another master key, or that was cut short. "
           "Run `casetrail keys rewrap` again as it was: it goes on.";
  }
  if (std::ranges::count(groups, privacy::kHalfCopied) > 0) {
    return "This log is the copy that `casetrail seal` makes, and is not finished. Wait for that, "
           "or begin it again where it was cut short: it begins anew.";
  }
  return std::nullopt;
}

std::expected<std::unique_ptr<log::EventLog>, SealingTrouble> sealed(std::unique_ptr<log::EventLog> log,
                                                                     const SealingOptions& options) {
  if (options.half == HalfCopy::refused) {
    if (auto whole = check_whole(*log); !whole) return std::unexpected(std::move(whole).error());
  }
  if (options.master_key.empty()) {
    const auto is_sealed = privacy::has_keys(*log);
    if (!is_sealed) return std::unexpected(SealingTrouble{SealingTrouble::Of::log, is_sealed.error().what});
    if (!*is_sealed) return log;
    return std::unexpected(SealingTrouble{
        SealingTrouble::Of::key,
        "The personal texts of this log are sealed. Name its master key with --master-key FILE, "
        "or in CASETRAIL_MASTER_KEY."});
  }
  const auto master = privacy::read_master_key(options.master_key);
  if (!master) return std::unexpected(SealingTrouble{SealingTrouble::Of::key, master.error()});
  warn_of_others(options.master_key);
  const auto memory = std::make_shared<storage::StorageMemory>(options.memory);
  auto made =
      privacy::seal_log(std::move(log), *master, [memory, stores = options.stores](log::Partition partition) {
        return std::make_unique<storage::StoreFolder>(stores, "keys", partition, privacy::key_families(),
                                                      *memory);
      });
  if (!made) return std::unexpected(trouble_of(made.error()));
  return *std::move(made);
}

}  // namespace casetrail::node
