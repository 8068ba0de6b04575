// How far a group's position is behind the end of its partition, in records and in seconds; true, or absent.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/reason.h"

namespace casetrail::log {

struct PartitionLag {
  std::string worker;  ///< `commands`, `boards`, `history`
  std::string group;   ///< as Kafka's own tools know it
  int copy = 0;
  bool building = false;  ///< the copy is rebuilt and not shown yet
  Partition partition = 0;
  Offset current_offset = 0;              ///< the next one: all below it is in the rows, or decided
  std::optional<Offset> log_end_offset;   ///< asked after the position was known; absent: not heard of
  std::optional<std::int64_t> lag;        ///< records, at most: markers count
  std::optional<double> lag_seconds;      ///< age of the first record not taken, at most; 0 when caught up
  std::optional<double> end_age_seconds;  ///< since the log's end was last heard of
  std::string stopped;                    ///< why it takes no more records; empty when it does
  std::optional<ReasonCode> reason;       ///< the code of `stopped`
  bool covers_end = false;  ///< by now it has taken all that the log held when its end was heard of

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(worker), CEREAL_NVP(group), CEREAL_NVP(copy), CEREAL_NVP(building),
            CEREAL_NVP(partition), CEREAL_NVP(current_offset), CEREAL_NVP(log_end_offset), CEREAL_NVP(lag),
            CEREAL_NVP(lag_seconds), CEREAL_NVP(end_age_seconds), CEREAL_NVP(stopped), CEREAL_NVP(reason));
  }
};

/// A position, and the end of its partition, which was asked afterwards: an end that is older than the
/// position would hide what came between.
struct MeasuredLag {
  Offset next;
  Offset high;
  /// The first record at or behind `next` came after it; nothing: not known.
  std::optional<Timestamp> since;
  Timestamp at;
};

/// Fills in what was measured, as of `now`. What was heard too long ago is not told: by now it may be wrong.
void tell(const MeasuredLag& measured, Timestamp now, PartitionLag& into);

/// Where one partition ended at which moment: how long a position has been behind, at most.
class EndHistory {
 public:
  /// The partition ended at `end` at the moment `at`; nobody asks for what lies before `position` any more.
  void heard(Offset end, Timestamp at, Offset position);
  /// The record at `position` is as old as `at`, and lies before all ends that were heard.
  void begin(Offset position, Timestamp at) { ends_.push_front({position, at}); }

  /// The last moment at which all that the partition held lay below `position`; nothing: not known.
  [[nodiscard]] std::optional<Timestamp> covered_at(Offset position) const;

 private:
  struct End {
    Offset offset;
    Timestamp at;
  };
  std::deque<End> ends_;  ///< rising; a bounded number, thinned out
};

}  // namespace casetrail::log
