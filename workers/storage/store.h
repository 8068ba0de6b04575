// The port to a store: ordered bytes in named families, written in atomic batches, kept as of the last flush.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::storage {

/// The index of a family in the list that the store was opened with.
using FamilyIndex = std::size_t;

enum class StoreFailure {
  unavailable,  ///< the disk is full or the folder cannot be written: mend it, the rows are as they were
  corrupt,      ///< its bytes cannot be trusted: discard the store, an older copy or the log has the rows
};

struct StoreError {
  std::string what;  ///< a sentence with the remedy: disk full, corrupt file, read-only folder
  StoreFailure failure = StoreFailure::unavailable;
};

template <class T>
using StoreResult = std::expected<T, StoreError>;

/// Changes that reach the store together or not at all. The last change of a key counts.
class StoreBatch {
 public:
  struct Change {
    FamilyIndex family;
    std::string key;
    std::optional<std::string> value;  ///< nothing: erased
  };

  void put(FamilyIndex family, std::string key, std::string value) {
    changes_.push_back({family, std::move(key), std::move(value)});
  }
  void erase(FamilyIndex family, std::string key) {
    changes_.push_back({family, std::move(key), std::nullopt});
  }

  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  [[nodiscard]] bool empty() const { return changes_.empty(); }
  void clear() { changes_.clear(); }

 private:
  std::vector<Change> changes_;
};

/// The rows of a store at one moment. Safe for any thread, as long as the store lives.
class StoreView {
 public:
  /// False stops the scan.
  using OnRow = std::function<bool(std::string_view key, std::string_view value)>;

  virtual ~StoreView() = default;

  [[nodiscard]] virtual StoreResult<std::optional<std::string>> get(FamilyIndex family,
                                                                    std::string_view key) const = 0;

  /// Rows whose keys begin with `prefix`, at or behind `from`, in byte order of their keys.
  [[nodiscard]] virtual StoreResult<void> scan(FamilyIndex family, std::string_view prefix,
                                               std::string_view from, const OnRow& on_row) const = 0;
};

/// One role's rows of one partition. One thread writes; others read through `snapshot`.
class Store : public StoreView {
 public:
  [[nodiscard]] virtual StoreResult<void> write(const StoreBatch& batch) = 0;

  /// After it, everything written is found again after a kill. Until then a kill takes the store back to the
  /// last flush, all families together.
  [[nodiscard]] virtual StoreResult<void> flush() = 0;

  [[nodiscard]] virtual std::unique_ptr<StoreView> snapshot() const = 0;
};

}  // namespace casetrail::storage
