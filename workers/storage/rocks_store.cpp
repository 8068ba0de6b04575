// RocksDB behind the port. Flushes are atomic over the families; the log is what survives in between.
#include "workers/storage/rocks_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <set>
#include <utility>

#include "events/wire/whole_number.h"
#include "workers/log/rocks_files.h"
#include "workers/storage/damage.h"

namespace casetrail::storage {

struct StorageMemory::Shared {
  std::shared_ptr<rocksdb::Cache> cache;
  std::shared_ptr<rocksdb::WriteBufferManager> write_buffers;
  std::mutex mutex;  ///< guards what follows
  std::set<RocksStore::Open*> open;
};

StorageMemory::StorageMemory(std::size_t ceiling_bytes)
    : ceiling_bytes_(ceiling_bytes), shared_(std::make_unique<Shared>()) {
  shared_->cache = rocksdb::NewLRUCache(ceiling_bytes);
  shared_->write_buffers = std::make_shared<rocksdb::WriteBufferManager>(ceiling_bytes / 3, shared_->cache);
}

StorageMemory::~StorageMemory() = default;

std::size_t StorageMemory::used_bytes() const { return shared_->cache->GetUsage(); }

std::size_t StorageMemory::pinned_bytes() const { return shared_->cache->GetPinnedUsage(); }

namespace {

constexpr std::size_t kWriteBufferBytes = std::size_t{32} << 20;
/// A few hundred checkpoints. RocksDB would reserve four MiB for each store.
constexpr std::size_t kManifestBytes = std::size_t{64} << 10;
/// Many small stores share the memory, so that an idle one must not hold a large piece of it.
constexpr std::size_t kArenaBlockBytes = std::size_t{128} << 10;
constexpr int kBloomBitsPerKey = 10;
/// Of a write buffer: most command ids that are asked for are new.
constexpr double kMemtableBloomRatio = 1.0 / 512;

StoreError error_of(const rocksdb::Status& status, const std::string& folder) {
  const auto what = "The store in " + folder + " failed: " + status.ToString() + ". ";
  if (status.IsCorruption()) damage::note(folder);
  if (status.IsCorruption() || status.IsInvalidArgument() || status.IsNotFound() || status.IsPathNotFound() ||
      status.IsNotSupported()) {
    constexpr auto kRemedy =
        "It is rebuilt from an older copy or the log: at once where it is of commands, else when you start "
        "again.";
    return {what + kRemedy, StoreFailure::corrupt};
  }
  if (what.find("Too many open files") != std::string::npos)
    return {what + "Let the process have more descriptors (ulimit -n, LimitNOFILE=).",
            StoreFailure::unavailable};
  return {what + "Make room on the disk, or make the folder writable, and start again.",
          StoreFailure::unavailable};
}

StoreResult<void> checked(const rocksdb::Status& status, const std::string& folder) {
  if (!status.ok()) return std::unexpected(error_of(status, folder));
  return {};
}

rocksdb::ColumnFamilyOptions family_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  options.write_buffer_size = kWriteBufferBytes;
  options.arena_block_size = kArenaBlockBytes;
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = kMemtableBloomRatio;
  options.max_write_buffer_number = 3;
  return options;
}

rocksdb::DBOptions database_options(const std::shared_ptr<rocksdb::WriteBufferManager>& write_buffers) {
  rocksdb::DBOptions options;
  options.env = log::rocks_files();
  options.manifest_preallocation_size = kManifestBytes;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.atomic_flush = true;
  options.write_buffer_manager = write_buffers;
  options.max_background_jobs = 2;
  options.max_file_opening_threads = 2;             // of sixteen a family, making them was half of a start
  options.allow_concurrent_memtable_write = false;  // one thread writes
  options.keep_log_file_num = 2;
  options.info_log_level = rocksdb::WARN_LEVEL;
  return options;
}

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& text) { return {text.data(), text.size()}; }

/// RocksDB counts every comparison of keys of a thread that does not say otherwise.
void count_no_comparisons() { rocksdb::SetPerfLevel(rocksdb::kDisable); }

/// By their keys: what is inserted beside the row before it is found at once. Changes of one key stay in
/// order.
std::vector<const StoreBatch::Change*> in_order(const StoreBatch& batch) {
  std::vector<const StoreBatch::Change*> changes;
  changes.reserve(batch.changes().size());
  for (const auto& change : batch.changes()) changes.push_back(&change);
  std::ranges::stable_sort(changes, {}, [](const StoreBatch::Change* change) {
    return std::pair(change->family, std::string_view(change->key));
  });
  return changes;
}

/// What RocksDB puts around a row of a batch: tag, family, two lengths.
constexpr std::size_t kBytesAroundRow = 16;

/// About so many in a batch of RocksDB: one that grows is copied again and again.
std::size_t bytes_of(const StoreBatch& batch) {
  std::size_t bytes = kBytesAroundRow;
  for (const auto& [family, key, value] : batch.changes())
    bytes += kBytesAroundRow + key.size() + (value ? value->size() : 0);
  return bytes;
}

/// The first key behind all that begin with `prefix`; empty when there is none.
std::string behind(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

}  // namespace

struct RocksStore::Open {
  StorageMemory::Shared& memory;
  std::string folder;
  std::unique_ptr<rocksdb::DB> database;
  /// Default family first; those of the store follow.
  std::vector<rocksdb::ColumnFamilyHandle*> handles;

  explicit Open(StorageMemory::Shared& shared) : memory(shared) {}
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() {
    if (!database) return;
    list(false);
    for (auto* handle : handles) database->DestroyColumnFamilyHandle(handle);
    database->Close();
  }

  void list(bool is_open) {
    const std::scoped_lock lock(memory.mutex);
    is_open ? void(memory.open.insert(this)) : void(memory.open.erase(this));
  }

  /// `boards` of `stores/boards.2/3/live`, whichever copy it is.
  [[nodiscard]] std::string role() const {
    return std::filesystem::path(folder).parent_path().parent_path().stem().string();
  }

  [[nodiscard]] std::uint64_t value_of(const StoreProperty& property) const {
    const std::string name(property.name);
    std::uint64_t value = 0;
    if (property.of == StoreProperty::Of::database) {
      database->GetIntProperty(name, &value);
      return value;
    }
    for (auto* family : handles) {
      std::string text;
      if (!database->GetProperty(family, name, &text)) continue;
      const auto of_family = whole_number<std::uint64_t>(text).value_or(0);
      value = property.of == StoreProperty::Of::fullest ? std::max(value, of_family) : value + of_family;
    }
    return value;
  }

  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(FamilyIndex family) const { return handles[family + 1]; }

  [[nodiscard]] StoreResult<std::optional<std::string>> get(const rocksdb::ReadOptions& options,
                                                            FamilyIndex family, std::string_view key) const {
    count_no_comparisons();
    std::string value;
    const auto status = database->Get(options, handle(family), slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return std::unexpected(error_of(status, folder));
    return value;
  }

  [[nodiscard]] StoreResult<void> scan(rocksdb::ReadOptions options, FamilyIndex family,
                                       std::string_view prefix, std::string_view from,
                                       const OnRow& on_row) const {
    const auto end = behind(prefix);
    const auto upper_bound = slice(end);
    if (!end.empty()) options.iterate_upper_bound = &upper_bound;
    const std::unique_ptr<rocksdb::Iterator> row(database->NewIterator(options, handle(family)));
    for (row->Seek(slice(std::max(prefix, from))); row->Valid(); row->Next()) {
      if (!on_row(view(row->key()), view(row->value()))) break;
    }
    return checked(row->status(), folder);
  }
};

class RocksStore::Snapshot final : public StoreView {
 public:
  explicit Snapshot(const Open& open) : open_(open) { options_.snapshot = open.database->GetSnapshot(); }
  ~Snapshot() override { open_.database->ReleaseSnapshot(options_.snapshot); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] StoreResult<std::optional<std::string>> get(FamilyIndex family,
                                                            std::string_view key) const override {
    return open_.get(options_, family, key);
  }
  [[nodiscard]] StoreResult<void> scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                                       const OnRow& on_row) const override {
    return open_.scan(options_, family, prefix, from, on_row);
  }

 private:
  const Open& open_;
  rocksdb::ReadOptions options_;
};

std::map<std::string, std::vector<std::uint64_t>> StorageMemory::sums(
    std::span<const StoreProperty> properties) const {
  std::map<std::string, std::vector<std::uint64_t>> all;
  const std::scoped_lock lock(shared_->mutex);
  for (const auto* store : shared_->open) {
    auto& sums = all[store->role()];
    sums.resize(properties.size());
    for (std::size_t i = 0; i < properties.size(); ++i) sums[i] += store->value_of(properties[i]);
  }
  return all;
}

RocksStore::RocksStore(std::unique_ptr<Open> open) : open_(std::move(open)) {}
RocksStore::~RocksStore() = default;

StoreResult<std::unique_ptr<RocksStore>> RocksStore::open(const std::filesystem::path& folder,
                                                          const std::vector<std::string>& families,
                                                          StorageMemory& memory, Verification verification) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    return std::unexpected(StoreError{"The folder " + folder.string() + " cannot be made: " +
                                      failed.message() + ". Make its parent writable and start again."});
  }
  const auto options = family_options(memory.shared_->cache);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors{{rocksdb::kDefaultColumnFamilyName, options}};
  for (const auto& family : families) descriptors.emplace_back(family, options);

  auto open = std::make_unique<Open>(*memory.shared_);
  open->folder = folder.string();
  rocksdb::DB* database = nullptr;
  auto status = rocksdb::DB::Open(database_options(memory.shared_->write_buffers), open->folder, descriptors,
                                  &open->handles, &database);
  if (!status.ok()) return std::unexpected(error_of(status, open->folder));
  open->database.reset(database);
  open->list(true);
  if (verification == Verification::everything) {
    status = database->VerifyChecksum();
    if (!status.ok()) return std::unexpected(error_of(status, open->folder));
  }
  return std::unique_ptr<RocksStore>(new RocksStore(std::move(open)));
}

StoreResult<std::optional<std::string>> RocksStore::get(FamilyIndex family, std::string_view key) const {
  return open_->get({}, family, key);
}

StoreResult<void> RocksStore::scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                                   const OnRow& on_row) const {
  return open_->scan({}, family, prefix, from, on_row);
}

StoreResult<void> RocksStore::write(const StoreBatch& batch) {
  rocksdb::WriteBatch changes(bytes_of(batch));
  for (const auto* change : in_order(batch)) {
    auto* handle = open_->handle(change->family);
    const auto status = change->value ? changes.Put(handle, change->key, *change->value)
                                      : changes.Delete(handle, change->key);
    if (!status.ok()) return checked(status, open_->folder);
  }
  count_no_comparisons();
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return checked(open_->database->Write(options, &changes), open_->folder);
}

StoreResult<void> RocksStore::flush() {
  return checked(open_->database->Flush({}, open_->handles), open_->folder);
}

std::unique_ptr<StoreView> RocksStore::snapshot() const { return std::make_unique<Snapshot>(*open_); }

StoreResult<void> RocksStore::start_flush() {
  rocksdb::FlushOptions options;
  options.wait = false;
  options.allow_write_stall = true;  // without it the call waits for flushes before it
  return checked(open_->database->Flush(options, open_->handles), open_->folder);
}

StoreResult<bool> RocksStore::has_flushed() const {
  std::uint64_t waiting = 0;
  open_->database->GetAggregatedIntProperty(rocksdb::DB::Properties::kNumImmutableMemTable, &waiting);
  if (waiting == 0) return true;
  std::uint64_t errors = 0;
  open_->database->GetIntProperty(rocksdb::DB::Properties::kBackgroundErrors, &errors);
  if (errors == 0) return false;
  // Why is told to whoever waits.
  if (auto failed = checked(open_->database->Flush({}, open_->handles), open_->folder); !failed)
    return std::unexpected(std::move(failed.error()));
  return true;
}

StoreResult<void> RocksStore::copy_flushed(const std::filesystem::path& folder) {
  rocksdb::Checkpoint* made = nullptr;
  auto status = rocksdb::Checkpoint::Create(open_->database.get(), &made);
  if (!status.ok()) return checked(status, open_->folder);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  constexpr auto kWithoutFlush = std::numeric_limits<std::uint64_t>::max();
  return checked(checkpoint->CreateCheckpoint(folder.string(), kWithoutFlush), open_->folder);
}

StoreResult<void> RocksStore::rewrite() {
  if (auto flushed = flush(); !flushed) return flushed;
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (auto* family : open_->handles) {
    const auto status = open_->database->CompactRange(options, family, nullptr, nullptr);
    if (!status.ok()) return checked(status, open_->folder);
  }
  return {};
}

std::uint64_t RocksStore::disk_bytes() const {
  std::uint64_t bytes = 0;
  open_->database->GetAggregatedIntProperty(rocksdb::DB::Properties::kLiveSstFilesSize, &bytes);
  return bytes;
}

}  // namespace casetrail::storage
