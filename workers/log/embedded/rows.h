// The embedded log's rows on the disk: the only file of the log that knows RocksDB.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::embedded {

struct RowsError {
  enum class Kind {
    held,     ///< another process has the folder open
    damaged,  ///< bytes are missing or changed
    unsafe,   ///< RocksDB would delete what is left of it; `what` is a sentence with the remedy
    disk,     ///< full, read-only, gone
  };
  Kind kind;
  std::string what;
};

/// Changes that are on the disk together or not at all.
struct RowsBatch {
  struct Row {
    std::string key;
    std::string value;
  };
  struct Range {
    std::string from;
    std::string until;  ///< not erased itself
  };
  std::vector<Row> puts;
  std::vector<Range> erasures;
};

class EmbeddedRows {
 public:
  /// Rows whose keys begin with this are erased some day, in about the order in which they were written.
  static constexpr char kPassing = 't';

  template <class T>
  using Result = std::expected<T, RowsError>;

  enum class Opening {
    whole,             ///< refuses a journal that is damaged anywhere
    up_to_damage,      ///< drops what lies behind the first damage of the journal, for good
    look_up_to_damage  ///< the same, but leaves the files as they are; cannot be written
  };

  /// `memory_bytes` are shared by its cache and its write buffers.
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedRows>> open(const std::filesystem::path& folder,
                                                                  Opening opening, std::size_t memory_bytes);
  ~EmbeddedRows();
  EmbeddedRows(const EmbeddedRows&) = delete;
  EmbeddedRows& operator=(const EmbeddedRows&) = delete;

  /// Durable when it returns. After an error it may be there when the folder is opened again, or not.
  [[nodiscard]] Result<void> write(const RowsBatch& batch);

  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const;

  /// Rows from `from` to before `until`, both passing or neither, in byte order. False stops. Any thread.
  using OnRow = std::function<bool(std::string_view key, std::string_view value)>;
  [[nodiscard]] Result<void> scan(std::string_view from, std::string_view until, const OnRow& on_row) const;

  /// Takes from the disk what rows from `from` to before `until` held before they were written again or
  /// erased, the journal's copies too. Requires: none of them was ever 4 KiB long. Any thread.
  [[nodiscard]] Result<void> rewrite(std::string_view from, std::string_view until) const;

  struct File {
    std::string path;
    std::uint64_t bytes;
  };
  /// Those that hold rows, as they must be.
  [[nodiscard]] std::vector<File> files() const;

  /// All that was written until now, as files in `folder`, which is new and on the same disk. Any thread.
  [[nodiscard]] Result<void> checkpoint(const std::filesystem::path& folder) const;

  /// A UUID that nobody else has.
  [[nodiscard]] static std::string fresh_uuid();

 private:
  struct Open;
  explicit EmbeddedRows(std::unique_ptr<Open> open);

  std::unique_ptr<Open> open_;
};

}  // namespace casetrail::embedded
