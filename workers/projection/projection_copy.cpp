// Opens the stores of a copy, one after the other.
#include "workers/projection/projection_copy.h"

namespace casetrail::projection {

std::expected<std::shared_ptr<ProjectionCopy>, std::string> ProjectionCopy::open(
    log::EventLog& log, CopyStorage& storage, const ProjectionType& type, CopyNumber number,
    std::vector<DiscardedStore>& discarded) {
  const auto identity = log.identity();
  if (!identity) return std::unexpected(identity.error().what);
  const storage::StoreIdentity expected{*identity, fingerprint_of(type)};
  const auto wanted = versions_of(type);

  auto versions = wanted;
  Partitions partitions;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    auto& home = storage.home(number, partition, family_names(type));
    auto opened = storage::open_checked(home, expected, log, partition);
    if (!opened) return std::unexpected(std::move(opened).error());
    for (auto& found : opened->discarded) discarded.push_back({partition, std::move(found)});
    auto begun_with = claim_versions(*opened->store, wanted);
    if (!begun_with) return std::unexpected(std::move(begun_with).error().what);
    if (*begun_with != wanted) versions = *std::move(begun_with);
    auto position = read_position(*opened->store);
    if (!position) return std::unexpected(std::move(position).error().what);
    auto closed = read_closed(*opened->store, *position);
    if (!closed) return std::unexpected(std::move(closed).error().what);
    partitions.push_back(std::make_unique<ProjectionPartition>(
        partition, log.partitions(), home, *opened->store, type, *std::move(position), *std::move(closed)));
  }
  return std::make_shared<ProjectionCopy>(number, std::move(versions), std::move(partitions));
}

}  // namespace casetrail::projection
