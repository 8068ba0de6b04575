// A copy is used up when it is opened: it becomes the live store, so that no copy is tried twice.
#include "workers/storage/store_folder.h"

#include <chrono>
#include <system_error>
#include <utility>

#include "workers/storage/damage.h"
#include "workers/storage/meta.h"

namespace casetrail::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kCheckpoints = 2;
constexpr Duration kDatedEvery = std::chrono::hours{1};

std::vector<std::string> with_meta(const std::vector<std::string>& families) {
  std::vector<std::string> all{"meta"};
  all.insert(all.end(), families.begin(), families.end());
  return all;
}

StoreResult<void> done(const std::error_code& failed, const fs::path& folder) {
  if (!failed) return {};
  const bool passing = failed == std::errc::too_many_files_open;
  return std::unexpected(
      StoreError{"The folder " + folder.string() + " cannot be changed: " + failed.message() +
                 (passing ? ". Let the process have more descriptors (ulimit -n, LimitNOFILE=)."
                          : ". Make it writable and start again.")});
}

StoreResult<void> remove_folder(const fs::path& folder) {
  std::error_code failed;
  fs::remove_all(folder, failed);
  return done(failed, folder);
}

StoreResult<void> rename_folder(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  return done(failed, to);
}

/// RocksDB's pointer to its newest manifest; without it a folder is no store, or a half-made one.
bool holds_store(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "CURRENT", ignored);
}

}  // namespace

StoreFolder::StoreFolder(const fs::path& data, const std::string& role, log::Partition partition,
                         const std::vector<std::string>& families, StorageMemory& memory,
                         std::uint64_t dated_bytes)
    : folder_(data / "stores" / role / std::to_string(partition)),
      families_(with_meta(families)),
      memory_(memory),
      dated_bytes_(dated_bytes) {}

fs::path StoreFolder::checkpoint_at(int age) const { return folder_ / ("checkpoint." + std::to_string(age)); }

StoreResult<OpenedStore> StoreFolder::open(const StoreIdentity& expected) {
  store_.reset();
  std::vector<Discarded> discarded;
  auto verification = Verification::as_read;
  const auto reached = [&](OpenedStore opened) {
    opened.discarded = std::move(discarded);
    return opened;
  };
  for (int age = 1; age <= kCheckpoints + 1; ++age) {
    if (holds_store(live())) {
      auto tried = try_live(expected, verification);
      if (!tried) return std::unexpected(std::move(tried.error()));
      if (*tried) return reached(std::move(**tried));
      discarded.push_back(std::move(tried->error()));
    } else if (age == 1 && holds_store(checkpoint_at(1))) {
      discarded.push_back({DiscardReason::missing, "Expected a store in " + live().string() +
                                                       ", but there is none. Its checkpoint is opened."});
    }
    if (auto removed = discard(); !removed) return std::unexpected(std::move(removed.error()));
    if (age > kCheckpoints || !holds_store(checkpoint_at(age))) continue;
    if (auto restored = rename_folder(checkpoint_at(age), live()); !restored) {
      return std::unexpected(std::move(restored.error()));
    }
    verification = Verification::everything;
  }
  auto fresh = try_live(expected, Verification::as_read);
  if (!fresh) return std::unexpected(std::move(fresh.error()));
  if (!*fresh)
    return std::unexpected(StoreError{fresh->error().sentence + " Remove " + live().string() + "."});
  return reached(std::move(**fresh));
}

StoreResult<std::expected<OpenedStore, Discarded>> StoreFolder::try_live(const StoreIdentity& expected,
                                                                         Verification verification) {
  using Tried = std::expected<OpenedStore, Discarded>;
  const auto give_up = [&](StoreError error) -> StoreResult<Tried> {
    store_.reset();
    if (error.failure == StoreFailure::unavailable) return std::unexpected(std::move(error));
    return Tried(std::unexpected(Discarded{DiscardReason::corrupt, std::move(error.what)}));
  };
  if (damage::is_noted(live())) {
    return Tried(std::unexpected(Discarded{
        DiscardReason::corrupt,
        "Expected a sound store in " + live().string() + ", but it was found damaged when it was read."}));
  }
  auto store = RocksStore::open(live(), families_, memory_, verification);
  if (!store) return give_up(std::move(store.error()));
  store_ = std::move(*store);
  auto claimed = meta::claim(*store_, expected);
  if (!claimed) return give_up(std::move(claimed.error()));
  if (*claimed) return Tried(OpenedStore{store_.get(), std::move(**claimed), {}});
  store_.reset();
  return Tried(std::unexpected(std::move(claimed->error())));
}

StoreResult<void> StoreFolder::discard() {
  store_.reset();
  return remove_folder(live());
}

StoreResult<void> StoreFolder::checkpoint() {
  if (auto flushed = store_->flush(); !flushed) return flushed;
  return keep_copy();
}

StoreResult<void> StoreFolder::start_checkpoint() { return store_->start_flush(); }

StoreResult<bool> StoreFolder::finish_checkpoint() {
  auto flushed = store_->has_flushed();
  if (!flushed || !*flushed) return flushed;
  if (auto kept = keep_copy(); !kept) {
    // Others give theirs back: then it is kept.
    if (kept.error().what.find("Too many open files") != std::string::npos) return false;
    return std::unexpected(std::move(kept.error()));
  }
  return true;
}

StoreResult<DatedReport> StoreFolder::keep_for_later(Timestamp covers, Timestamp now) {
  const auto folder = folder_ / "dated";
  if (dated_bytes_ == 0) {
    if (auto removed = remove_folder(folder); !removed) return std::unexpected(std::move(removed.error()));
    return DatedReport{};
  }
  const auto all = dated().list();
  const bool is_due = all.empty() || covers - all.back() >= kDatedEvery;
  if (is_due) {
    if (auto kept = keep_dated(folder, covers, now); !kept) return std::unexpected(std::move(kept.error()));
  }
  if (is_due || !reported_) reported_ = dated().report(live());
  return *reported_;
}

StoreResult<void> StoreFolder::keep_dated(const fs::path& folder, Timestamp covers, Timestamp now) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return done(failed, folder);
  const auto fresh = folder / "new";
  if (auto removed = remove_folder(fresh); !removed) return removed;
  if (auto made = store_->copy_flushed(fresh); !made) return made;
  if (auto moved = rename_folder(fresh, dated().path(covers)); !moved) return moved;
  return dated().thin(live(), now, dated_bytes_);
}

std::optional<Timestamp> StoreFolder::begin_with(const DatedStores& copies, Timestamp as_of) {
  auto all = copies.list();
  std::erase_if(all, [&](Timestamp covers) { return covers > as_of; });
  std::optional<Timestamp> first;
  for (int age = 0; age <= 1 && !all.empty(); ++age, all.pop_back()) {
    const auto into = age == 0 ? live() : checkpoint_at(1);
    if (copies.copy(all.back(), into) && !first) first = all.back();
  }
  return first;
}

StoreResult<void> StoreFolder::scrub() {
  if (auto rewritten = store_->rewrite(); !rewritten) return rewritten;
  return remove_copies();
}

StoreResult<void> StoreFolder::remove_copies() {
  for (int age = 1; age <= kCheckpoints; ++age) {
    if (auto removed = remove_folder(checkpoint_at(age)); !removed) return removed;
  }
  reported_.reset();
  return remove_folder(folder_ / "dated");
}

StoreResult<void> StoreFolder::keep_copy() {
  const auto fresh = folder_ / "checkpoint.new";
  if (auto removed = remove_folder(fresh); !removed) return removed;
  if (auto made = store_->copy_flushed(fresh); !made) return made;
  if (auto removed = remove_folder(checkpoint_at(kCheckpoints)); !removed) return removed;
  if (holds_store(checkpoint_at(1))) {
    if (auto moved = rename_folder(checkpoint_at(1), checkpoint_at(2)); !moved) return moved;
  }
  return rename_folder(fresh, checkpoint_at(1));
}

}  // namespace casetrail::storage
