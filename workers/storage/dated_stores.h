// Copies of a store that are kept for later: what its rows were at moments that have passed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/storage/store.h"

namespace casetrail::storage {

/// What is kept on the disk, and what of it no other store has.
struct DatedReport {
  std::size_t copies = 0;
  std::uint64_t bytes = 0;
};

/// The folder of such copies, each named by the newest moment that its rows may cover. They share files with
/// the store that they were taken of; one that is taken away while it is read costs the reader its copy, and
/// nothing else.
class DatedStores {
 public:
  explicit DatedStores(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::filesystem::path path(Timestamp covers) const;

  /// In rising order; none where the folder cannot be read.
  [[nodiscard]] std::vector<Timestamp> list() const;

  /// Removes what is not kept any more: of the last two days the first of each hour stays, of the last sixty
  /// the first of each day; then the oldest go until what is left takes no more than `limit_bytes` beside
  /// `live`, the store that they were taken of. The newest stays.
  [[nodiscard]] StoreResult<void> thin(const std::filesystem::path& live, Timestamp now,
                                       std::uint64_t limit_bytes) const;

  [[nodiscard]] DatedReport report(const std::filesystem::path& live) const;

  /// Makes `into`, which must not exist, a store of its own as the copy is; it shares the files that never
  /// change.
  [[nodiscard]] StoreResult<void> copy(Timestamp covers, const std::filesystem::path& into) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace casetrail::storage
