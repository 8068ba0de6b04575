// All rows of an answer are of one moment a partition, and it begins with what they cover.
#include "workers/projection/copy_rendering.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/log/partition.h"

namespace casetrail::projection {
namespace {

/// Damage is told beside the answer, so that whoever watches the node learns of it too.
BoardError unavailable(ProjectionPartition& partition, const storage::StoreError& error) {
  if (error.failure == storage::StoreFailure::corrupt) partition.found_damaged(error.what);
  return {BoardError::Kind::unavailable, error.what};
}

/// The part of a JSON object up to the members of the view's own.
RenderedBoard opening(std::string_view view, std::int32_t version,
                      std::map<log::Partition, log::Offset> offsets, std::int64_t behind) {
  std::string json = "{\"view\":";
  append_json_string(view, json);
  fmt::format_to(std::back_inserter(json), ",\"version\":{},\"offsets\":", version);
  const auto offsets_at = json.size();
  const char* between = "{";
  for (const auto& [partition, next] : offsets)
    fmt::format_to(std::back_inserter(json), "{}\"{}\":{}", std::exchange(between, ","), partition, next);
  json += '}';
  const auto offsets_end = json.size();
  if (behind > 0) fmt::format_to(std::back_inserter(json), ",\"behind\":{}", behind);
  return {std::move(json), std::move(offsets), offsets_at, offsets_end};
}

std::string before_newest(Timestamp now, Timestamp newest) {
  return fmt::format(
      "Expected 'now' not to lie before the newest event of the board, {}, but it is {}. A board is always "
      "as "
      "it stands: 'now' is what ages and time left are counted by.",
      to_wire(newest), to_wire(now));
}

}  // namespace

storage::StoreResult<Moment> moment_of(const ProjectionPartition& partition, storage::FamilyIndex family,
                                       std::string_view secret) {
  Moment moment;
  moment.store = partition.snapshot();
  auto position = read_position(*moment.store);
  if (!position) return std::unexpected(std::move(position).error());
  moment.position = *std::move(position);
  moment.rows = std::make_unique<StoredRows>(*moment.store, family, secret);
  return moment;
}

std::vector<log::Partition> partitions_of(const ProjectionCopy& copy, const std::optional<CaseId>& only) {
  const auto all = static_cast<log::Partition>(copy.partitions().size());
  if (only) return {log::partition_of(only->value, all)};
  std::vector<log::Partition> partitions(copy.partitions().size());
  std::iota(partitions.begin(), partitions.end(), 0);
  return partitions;
}

std::expected<RenderedBoard, BoardError> render_copy(const ProjectionCopy& copy, const ProjectionType& type,
                                                     std::size_t index,
                                                     const std::vector<log::Partition>& partitions,
                                                     const kit::BoardQuery& query,
                                                     const RecordsBehind& records_behind) {
  std::vector<Moment> moments;
  std::vector<const kit::Rows*> rows;
  std::map<log::Partition, log::Offset> offsets;
  std::int64_t behind = 0;
  std::optional<Timestamp> newest;
  for (const auto partition : partitions) {
    auto moment = moment_of(copy.partition(partition), kFirstViewFamily + index, type.secret);
    if (!moment) return std::unexpected(unavailable(copy.partition(partition), moment.error()));
    rows.push_back(moment->rows.get());
    newest = std::max(newest, moment->position.newest_at);
    behind += records_behind(partition, moment->position.next);
    offsets[partition] = moment->position.next;
    moments.push_back(*std::move(moment));
  }

  if (query.now_was_asked && newest && query.now < *newest)
    return std::unexpected(BoardError{BoardError::Kind::bad_query, before_newest(query.now, *newest)});
  const auto own = type.views[index]->answer(rows, query);
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (const auto& failure = moments[i].rows->failure())
      return std::unexpected(unavailable(copy.partition(partitions[i]), *failure));
  }
  if (!own) return std::unexpected(BoardError{BoardError::Kind::bad_query, own.error()});
  auto board =
      opening(type.views[index]->name, copy.versions().versions.at(index), std::move(offsets), behind);
  if (*own == "{}")
    board.json += '}';
  else
    board.json.append(",").append(*own, 1);
  return board;
}

}  // namespace casetrail::projection
