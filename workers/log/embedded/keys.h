// The keys of the embedded log's rows. Numbers are big-endian, so that byte order is offset order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "workers/log/event_log.h"

namespace casetrail::embedded::keys {

inline constexpr std::string_view kIdentity = "identity";
inline constexpr std::string_view kPartitions = "partitions";

/// The block whose last record has `last`: the first key at or behind an offset's is the block that holds it.
[[nodiscard]] std::string block(log::Topic topic, log::Partition partition, log::Offset last);
[[nodiscard]] log::Offset last_of_block(std::string_view key);

/// The offset that the next record gets, and the one of the first record that is kept.
[[nodiscard]] std::string next(log::Topic topic, log::Partition partition);
[[nodiscard]] std::string low(log::Topic topic, log::Partition partition);

/// Where offsets that were given up begin; its row holds the offset behind them.
[[nodiscard]] std::string lost(log::Topic topic, log::Partition partition, log::Offset from);

/// Of a partition of keys: there while bytes of destroyed ones may be on the disk.
[[nodiscard]] std::string destroyed(log::Partition partition);

struct GroupKey {
  std::string group;
  log::Topic topic;
  log::Partition partition;

  auto operator<=>(const GroupKey&) const = default;
};
[[nodiscard]] std::string group(const GroupKey& key);
[[nodiscard]] GroupKey group_of(std::string_view key);
/// All group rows lie from the first to before the second.
inline constexpr std::string_view kGroups = "g";
inline constexpr std::string_view kBehindGroups = "h";

[[nodiscard]] std::string number(std::int64_t value);
[[nodiscard]] std::int64_t number_of(std::string_view bytes);

}  // namespace casetrail::embedded::keys
