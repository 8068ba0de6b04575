// The rows of the meta family that are a projection's own.
#include "workers/projection/partition_position.h"

#include <algorithm>

#include "events/wire/binary.h"
#include "events/wire/digest.h"
#include "workers/projection/case_ledger.h"

namespace casetrail::projection {
namespace {

constexpr std::string_view kPositionKey = "projection";
constexpr std::string_view kVersionsKey = "views";

template <class T>
storage::StoreResult<std::optional<T>> read_row(const storage::StoreView& store, std::string_view key) {
  const auto bytes = store.get(storage::kMetaFamily, key);
  if (!bytes) return std::unexpected(bytes.error());
  if (!*bytes) return std::optional<T>{};
  T row;
  if (!from_binary(**bytes, row)) {
    return std::unexpected(
        storage::StoreError{"Expected row '" + std::string(key) +
                                "' of a view's store to be readable, but it is damaged. Remove the "
                                "store; it is rebuilt from the log.",
                            storage::StoreFailure::corrupt});
  }
  return std::optional<T>(std::move(row));
}

}  // namespace

std::vector<std::string> family_names(const ProjectionType& type) {
  std::vector<std::string> names{"case_ledger"};
  for (const auto* view : type.views) names.emplace_back(view->name);
  return names;
}

std::string fingerprint_of(const ProjectionType& type) {
  // The cases' rows: since 2, a break in a case closes it; since 3, one more event of a command that had
  // ended; since 4, a first event of no command begins none.
  std::string fingerprint = "cases=4;";
  for (const auto* view : type.views) {
    fingerprint.append(view->name).append("=").append(view->fingerprint()).append(";");
  }
  return fingerprint.append("secret=").append(digest_of({type.secret}));
}

ViewVersions versions_of(const ProjectionType& type) {
  ViewVersions versions;
  for (const auto* view : type.views) versions.versions.push_back(view->version);
  return versions;
}

void put_position(storage::StoreBatch& batch, const PartitionPosition& position) {
  storage::put_position(batch,
                        storage::StorePosition{position.next, position.last_offset, position.last_event_id});
  batch.put(storage::kMetaFamily, std::string(kPositionKey), to_binary(position));
}

storage::StoreResult<PartitionPosition> read_position(const storage::StoreView& store) {
  auto row = read_row<PartitionPosition>(store, kPositionKey);
  if (!row) return std::unexpected(row.error());
  return row->value_or(PartitionPosition{});
}

storage::StoreResult<std::vector<ClosedCase>> read_closed(const storage::StoreView& store,
                                                          const PartitionPosition& position) {
  if (!position.damage) return {};
  const auto& named = position.damage->named;
  auto closed = named;
  if (std::ssize(named) == position.damage->closed_cases) return closed;
  const auto all = CaseLedger::closed_in(store, kCaseFamily);
  if (!all) return std::unexpected(all.error());
  for (const auto& case_id : *all) {
    if (std::ranges::find(named, case_id, &ClosedCase::case_id) == named.end())
      closed.push_back({case_id, "its events do not follow each other"});
  }
  return closed;
}

storage::StoreResult<ViewVersions> claim_versions(storage::Store& store, const ViewVersions& wanted) {
  auto found = read_row<ViewVersions>(store, kVersionsKey);
  if (!found) return std::unexpected(found.error());
  if (*found) return **std::move(found);
  storage::StoreBatch batch;
  batch.put(storage::kMetaFamily, std::string(kVersionsKey), to_binary(wanted));
  if (auto written = store.write(batch); !written) return std::unexpected(written.error());
  if (auto flushed = store.flush(); !flushed) return std::unexpected(flushed.error());
  return wanted;
}

}  // namespace casetrail::projection
