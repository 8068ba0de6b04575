// A board out of the stores of one copy: the live one, or one of a moment that has passed.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/projection/projection_copy.h"
#include "workers/projection/stored_rows.h"

namespace casetrail::projection {

struct BoardError {
  enum class Kind {
    unknown_view,
    bad_query,
    conflict,     ///< a rebuild is under way
    unavailable,  ///< the rows cannot be read now
  };
  Kind kind;
  std::string sentence;
};

/// A JSON object: `view`, `version`, `offsets` (the next one of each partition that it covers), `behind`
/// where it is, and then the view's own members. All from one snapshot a partition.
struct RenderedBoard {
  std::string json;
  std::map<log::Partition, log::Offset> offsets;
  std::size_t offsets_at;   ///< in `json`: the object of `offsets`
  std::size_t offsets_end;  ///< behind it
};

/// One partition of a view at one moment.
struct Moment {
  std::unique_ptr<storage::StoreView> store;
  std::unique_ptr<StoredRows> rows;
  PartitionPosition position;
};

/// As of its last written batch.
[[nodiscard]] storage::StoreResult<Moment> moment_of(const ProjectionPartition& partition,
                                                     storage::FamilyIndex family, std::string_view secret);

/// How many records of a partition there are behind the offset that a board covers.
using RecordsBehind = std::function<std::int64_t(log::Partition, log::Offset next)>;

/// The view `index` of `type`, over `partitions` of `copy`. Any thread.
[[nodiscard]] std::expected<RenderedBoard, BoardError> render_copy(
    const ProjectionCopy& copy, const ProjectionType& type, std::size_t index,
    const std::vector<log::Partition>& partitions, const kit::BoardQuery& query, const RecordsBehind& behind);

/// All of them, or the one that the case `only` lies in.
[[nodiscard]] std::vector<log::Partition> partitions_of(const ProjectionCopy& copy,
                                                        const std::optional<CaseId>& only);

}  // namespace casetrail::projection
