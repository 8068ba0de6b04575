// Where a reader stands in the log: the next offset of each partition, and the same as text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "workers/log/partition.h"

namespace casetrail::api {

/// The next offset of each partition.
using Positions = std::map<log::Partition, log::Offset>;

/// `0:12,1:40`
[[nodiscard]] std::string to_text(const Positions& positions);
/// Nothing when `text` is none, or names a partition twice.
[[nodiscard]] std::optional<Positions> positions_from(std::string_view text);

/// Both name the same partitions.
[[nodiscard]] bool same_partitions(const Positions& one, const Positions& other);
/// `one` stands behind `other` in a partition of both.
[[nodiscard]] bool is_ahead(const Positions& one, const Positions& other);

}  // namespace casetrail::api
