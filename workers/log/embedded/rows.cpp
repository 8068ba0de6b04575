// The embedded log's rows in RocksDB: a synced journal, and long values beside the keys, so that a compaction
// does not write records again.
#include "workers/log/embedded/rows.h"

#include <fmt/core.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>

#include "workers/log/embedded/remains.h"
#include "workers/log/rocks_files.h"

namespace casetrail::embedded {

namespace {

/// What RocksDB puts around a row of a batch: tag, family, two lengths. A batch that grows is copied again
/// and again.
constexpr std::size_t kBytesAroundRow = 16;
constexpr std::size_t kWriteBufferBytes = std::size_t{32} << 20U;
constexpr std::size_t kManifestBytes = std::size_t{64} << 10U;
/// What is as long comes packed, see `block.cpp`.
constexpr std::uint64_t kSeparatedFromBytes = 4096;

RowsError error_of(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (status.IsIOError() && text.find("lock") != std::string::npos) return {RowsError::Kind::held, text};
  if (status.IsCorruption()) return {RowsError::Kind::damaged, text};
  return {RowsError::Kind::disk, text};
}

rocksdb::Options options_for(EmbeddedRows::Opening opening, std::size_t memory_bytes) {
  rocksdb::Options options;
  options.env = log::rocks_files();
  options.manifest_preallocation_size = kManifestBytes;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.db_write_buffer_size = memory_bytes / 4 * 3;
  options.write_buffer_size = std::min(kWriteBufferBytes, memory_bytes / 8);
  options.atomic_flush = true;  // else one family may be ahead of a journal that was cut
  options.compression = rocksdb::kLZ4Compression;
  options.enable_blob_files = true;
  options.min_blob_size = kSeparatedFromBytes;
  options.keep_log_file_num = 2;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.wal_recovery_mode = opening == EmbeddedRows::Opening::whole
                                  ? rocksdb::WALRecoveryMode::kAbsoluteConsistency
                                  : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(memory_bytes / 4);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

constexpr auto kPassingFamily = "passing";

EmbeddedRows::Result<void> check(const std::filesystem::path& folder, const rocksdb::Options& options) {
  if (auto whole = check_remains(folder); !whole)
    return std::unexpected(RowsError{RowsError::Kind::unsafe, std::move(whole).error()});
  std::vector<std::string> known;
  // A manifest that cannot be read is told of by the opening.
  if (!rocksdb::DB::ListColumnFamilies(options, folder.string(), &known).ok()) return {};
  if (auto all = check_families(folder, known, {rocksdb::kDefaultColumnFamilyName, kPassingFamily}); !all)
    return std::unexpected(RowsError{RowsError::Kind::unsafe, std::move(all).error()});
  return {};
}

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

struct EmbeddedRows::Open {
  std::unique_ptr<rocksdb::DB> db;
  // Two families, so that a file whose rows have all been erased can go without the lasting ones being
  // copied.
  std::unique_ptr<rocksdb::ColumnFamilyHandle> lasting;
  std::unique_ptr<rocksdb::ColumnFamilyHandle> passing;

  [[nodiscard]] rocksdb::ColumnFamilyHandle* family_of(std::string_view key) const {
    return key.starts_with(kPassing) ? passing.get() : lasting.get();
  }
};

EmbeddedRows::EmbeddedRows(std::unique_ptr<Open> open) : open_(std::move(open)) {}
EmbeddedRows::~EmbeddedRows() = default;

EmbeddedRows::Result<std::unique_ptr<EmbeddedRows>> EmbeddedRows::open(const std::filesystem::path& folder,
                                                                       Opening opening,
                                                                       std::size_t memory_bytes) {
  const auto options = options_for(opening, memory_bytes);
  if (auto safe = check(folder, options); !safe) return std::unexpected(std::move(safe).error());
  const std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, options},
                                                              {kPassingFamily, options}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status = opening == Opening::look_up_to_damage
                          ? rocksdb::DB::OpenForReadOnly(options, folder.string(), families, &handles, &db)
                          : rocksdb::DB::Open(options, folder.string(), families, &handles, &db);
  if (!status.ok()) return std::unexpected(error_of(status));
  std::unique_ptr<Open> open(new Open{std::unique_ptr<rocksdb::DB>(db),
                                      std::unique_ptr<rocksdb::ColumnFamilyHandle>(handles[0]),
                                      std::unique_ptr<rocksdb::ColumnFamilyHandle>(handles[1])});
  return std::unique_ptr<EmbeddedRows>(new EmbeddedRows(std::move(open)));
}

EmbeddedRows::Result<void> EmbeddedRows::write(const RowsBatch& batch) {
  std::size_t bytes = kBytesAroundRow;
  for (const auto& [from, until] : batch.erasures) bytes += kBytesAroundRow + from.size() + until.size();
  for (const auto& [key, value] : batch.puts) bytes += kBytesAroundRow + key.size() + value.size();
  rocksdb::WriteBatch rows(bytes);
  for (const auto& [from, until] : batch.erasures) {
    if (const auto added = rows.DeleteRange(open_->family_of(from), from, until); !added.ok())
      return std::unexpected(error_of(added));
  }
  for (const auto& [key, value] : batch.puts) {
    if (const auto added = rows.Put(open_->family_of(key), key, value); !added.ok())
      return std::unexpected(error_of(added));
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  const auto status = open_->db->Write(durable, &rows);
  if (!status.ok()) return std::unexpected(error_of(status));
  return {};
}

EmbeddedRows::Result<std::optional<std::string>> EmbeddedRows::get(std::string_view key) const {
  std::string value;
  const auto status = open_->db->Get({}, open_->family_of(key), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(error_of(status));
  return value;
}

EmbeddedRows::Result<void> EmbeddedRows::scan(std::string_view from, std::string_view until,
                                              const OnRow& on_row) const {
  const rocksdb::Slice bound = slice(until);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &bound;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> rows(open_->db->NewIterator(options, open_->family_of(from)));
  for (rows->Seek(slice(from)); rows->Valid(); rows->Next()) {
    if (!on_row(view(rows->key()), view(rows->value()))) break;
  }
  if (!rows->status().ok()) return std::unexpected(error_of(rows->status()));
  return {};
}

EmbeddedRows::Result<void> EmbeddedRows::rewrite(std::string_view from, std::string_view until) const {
  const std::vector<rocksdb::ColumnFamilyHandle*> families{open_->lasting.get(), open_->passing.get()};
  if (const auto flushed = open_->db->Flush({}, families); !flushed.ok())
    return std::unexpected(error_of(flushed));
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  const auto begin = slice(from);
  const auto end = slice(until);
  const auto status = open_->db->CompactRange(options, open_->family_of(from), &begin, &end);
  if (!status.ok()) return std::unexpected(error_of(status));
  return {};
}

std::vector<EmbeddedRows::File> EmbeddedRows::files() const {
  std::vector<File> files;
  std::vector<rocksdb::ColumnFamilyMetaData> families;
  open_->db->GetAllColumnFamilyMetaData(&families);
  for (const auto& family : families) {
    for (const auto& level : family.levels) {
      for (const auto& table : level.files)
        files.push_back({table.directory + "/" + table.relative_filename, table.size});
    }
    for (const auto& blob : family.blob_files)
      files.push_back({blob.blob_file_path + blob.blob_file_name, blob.blob_file_size});
  }
  return files;
}

EmbeddedRows::Result<void> EmbeddedRows::checkpoint(const std::filesystem::path& folder) const {
  rocksdb::Checkpoint* made = nullptr;
  if (const auto status = rocksdb::Checkpoint::Create(open_->db.get(), &made); !status.ok())
    return std::unexpected(error_of(status));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (const auto status = checkpoint->CreateCheckpoint(folder.string()); !status.ok())
    return std::unexpected(error_of(status));
  return {};
}

std::string EmbeddedRows::fresh_uuid() {
  std::string uuid = rocksdb::Env::Default()->GenerateUniqueId();
  while (!uuid.empty() && uuid.back() == '\n') uuid.pop_back();
  return uuid;
}

}  // namespace casetrail::embedded
