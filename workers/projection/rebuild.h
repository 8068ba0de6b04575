// A rebuild as people and programs see it.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/projection/row_comparison.h"

namespace casetrail::projection {

enum class RebuildStage {
  building,  ///< the copy takes the log from its beginning, or from where it was interrupted
  comparing,
  switching,
  switched,  ///< the copy is live
  differs,   ///< same versions, other rows: the live copy stays, the difference is a bug to report
  failed,    ///< the live copy stays
};
constexpr auto enum_names(RebuildStage) {
  return std::to_array<std::string_view>(
      {"building", "comparing", "switching", "switched", "differs", "failed"});
}

[[nodiscard]] constexpr bool is_over(RebuildStage stage) { return stage >= RebuildStage::switched; }

struct RebuildStatus {
  std::size_t run = 0;  ///< counted since the start of the process
  std::string projection;
  std::vector<std::string> views;  ///< all views of the projection: they move in lockstep
  int copy = 0;
  RebuildStage stage = RebuildStage::building;
  bool new_version = false;  ///< of a view: rows may differ, and are reported
  std::int64_t events_done = 0;
  std::int64_t events_total = 0;  ///< that the live copy has
  double events_per_second = 0;
  std::optional<double> seconds_left;        ///< absent before there is a rate, and when over
  std::vector<FamilyDifference> difference;  ///< once compared
  std::string sentence;                      ///< for people, when over

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(run), CEREAL_NVP(projection), CEREAL_NVP(views), CEREAL_NVP(copy), CEREAL_NVP(stage),
            CEREAL_NVP(new_version), CEREAL_NVP(events_done), CEREAL_NVP(events_total),
            CEREAL_NVP(events_per_second), CEREAL_NVP(seconds_left), CEREAL_NVP(difference),
            CEREAL_NVP(sentence));
  }
};

/// The answer of `GET /v1/rebuilds`.
struct Rebuilds {
  std::vector<RebuildStatus> rebuilds;  ///< the last one of each worker since the start

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rebuilds));
  }
};

}  // namespace casetrail::projection
