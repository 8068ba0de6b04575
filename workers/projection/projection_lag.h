// How far the views are behind the log, in records and in seconds; true, or absent.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

struct PartitionLag {
  std::string worker;  ///< `boards`, `history`
  std::string group;   ///< as Kafka's own tools know it
  int copy = 0;
  bool building = false;  ///< the copy is rebuilt and not shown yet
  Partition partition = 0;
  Offset current_offset = 0;             ///< the next one: all below it is in the rows
  std::optional<Offset> log_end_offset;  ///< absent: the log was not heard of yet
  std::optional<std::int64_t> lag;       ///< records, at most: markers count
  std::optional<double> lag_seconds;  ///< age of the first record not in the rows, at most; 0 when caught up
  std::optional<double> end_age_seconds;  ///< since the log's end was last heard of
  std::string stopped;                    ///< why it takes no more records; empty when it does

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(worker), CEREAL_NVP(group), CEREAL_NVP(copy), CEREAL_NVP(building),
            CEREAL_NVP(partition), CEREAL_NVP(current_offset), CEREAL_NVP(log_end_offset), CEREAL_NVP(lag),
            CEREAL_NVP(lag_seconds), CEREAL_NVP(end_age_seconds), CEREAL_NVP(stopped));
  }
};

/// The answer of `GET /v1/lag`.
struct LagAnswer {
  std::vector<PartitionLag> partitions;
  std::vector<std::string> problems;  ///< what keeps the engine from its work, in sentences

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partitions), CEREAL_NVP(problems));
  }
};

/// What the log said of one partition of events.
struct HeardEnd {
  Offset high = 0;
  Offset handled = -1;  ///< commands below it were handled, their events lie below `high`; -1: unknown
  Timestamp at{};
};

}  // namespace casetrail
