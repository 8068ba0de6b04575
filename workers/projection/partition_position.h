// What a store of a projection knows of itself: which version of the views it holds, and up to where.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/projection/projection_type.h"
#include "workers/storage/store_home.h"

namespace casetrail {

/// Written in the same batch as the rows that it covers.
struct PartitionPosition {
  Offset next = 0;              ///< everything below it is in the rows
  Offset last_offset = -1;      ///< of the last event applied
  std::string last_event_id;    ///< of the last event applied
  Offset highest_command = -1;  ///< all events of it and of the commands before it are in the rows
  std::int64_t applied = 0;     ///< events
  std::int64_t foreign = 0;     ///< records without casetrail's mark, skipped
  std::int64_t damaged = 0;     ///< records of casetrail's own that cannot be read, skipped
  std::int64_t repeats = 0;     ///< events whose `seq` was there before, skipped
  std::int64_t gaps = 0;        ///< events whose `seq` is not the next one, applied
  std::optional<Timestamp>
      newest_at;  ///< when the newest event applied happened; absent: none since it is kept

  bool operator==(const PartitionPosition&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(next), CEREAL_NVP(last_offset), CEREAL_NVP(last_event_id), CEREAL_NVP(highest_command),
            CEREAL_NVP(applied), CEREAL_NVP(foreign), CEREAL_NVP(damaged), CEREAL_NVP(repeats),
            CEREAL_NVP(gaps), CEREAL_NVP(newest_at));
  }
};

/// The versions of the views, in their order. Rows of another version are readable as long as their form, the
/// fingerprint, is the same.
struct ViewVersions {
  std::vector<std::int32_t> versions;

  bool operator==(const ViewVersions&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(versions));
  }
};

/// The families of a store behind its meta family: this one, then one a view in the order of the views.
inline constexpr FamilyIndex kCaseFamily = 1;
inline constexpr FamilyIndex kFirstViewFamily = 2;

/// Without the meta family.
[[nodiscard]] std::vector<std::string> family_names(const ProjectionType& type);
/// Names and forms of all views; their versions are no part of it.
[[nodiscard]] std::string fingerprint_of(const ProjectionType& type);
[[nodiscard]] ViewVersions versions_of(const ProjectionType& type);

void put_position(StoreBatch& batch, const PartitionPosition& position);
[[nodiscard]] StoreResult<PartitionPosition> read_position(const StoreView& store);

/// The versions that a store was begun with; a new one is begun with `wanted`.
[[nodiscard]] StoreResult<ViewVersions> claim_versions(Store& store, const ViewVersions& wanted);

}  // namespace casetrail
