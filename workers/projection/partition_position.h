// What a store of a projection knows of itself: which version of the views it holds, and up to where.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/wire/ids.h"
#include "workers/projection/projection_type.h"
#include "workers/storage/store_home.h"

namespace casetrail::projection {

struct ClosedCase {
  CaseId case_id;
  std::string why;

  bool operator==(const ClosedCase&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(why));
  }
};

/// Records with casetrail's mark that belong to no case of their partition, passed over.
struct Strays {
  std::int64_t count = 0;
  std::string first;  ///< where it lies, and what it names

  bool operator==(const Strays&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(count), CEREAL_NVP(first));
  }
};

/// What was wrong with the records of a partition.
struct StreamDamage {
  std::int64_t ignored = 0;       ///< events of cases that are closed, not applied
  std::int64_t quarantined = 0;   ///< records passed over by an operator's word
  std::int64_t closed_cases = 0;  ///< that take no more events
  std::vector<ClosedCase> named;  ///< the first of them
  std::optional<Strays> strays;

  bool operator==(const StreamDamage&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(ignored), CEREAL_NVP(quarantined), CEREAL_NVP(closed_cases), CEREAL_NVP(named),
            CEREAL_NVP(strays));
  }
};

/// Written in the same batch as the rows that it covers.
struct PartitionPosition {
  log::Offset next = 0;           ///< everything below it is in the rows
  log::Offset last_offset = -1;   ///< of the last event applied
  std::string last_event_id;      ///< of the last event applied
  log::Offset last_command = -1;  ///< all events of it and of the commands before it are in the rows
  std::int64_t applied = 0;       ///< events
  std::int64_t foreign = 0;       ///< records without casetrail's mark, skipped
  std::int64_t damaged = 0;       ///< records of casetrail's own that cannot be read, skipped
  std::int64_t repeats = 0;       ///< cases that were closed by a `seq` that was there before
  std::int64_t gaps = 0;          ///< cases that were closed by a `seq` beyond the next one
  std::optional<Timestamp>
      newest_at;  ///< when the newest event applied happened; absent: none since it is kept
  std::optional<StreamDamage> damage;

  bool operator==(const PartitionPosition&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(next), CEREAL_NVP(last_offset), CEREAL_NVP(last_event_id), CEREAL_NVP(last_command),
            CEREAL_NVP(applied), CEREAL_NVP(foreign), CEREAL_NVP(damaged), CEREAL_NVP(repeats),
            CEREAL_NVP(gaps), CEREAL_NVP(newest_at), CEREAL_NVP(damage));
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
inline constexpr storage::FamilyIndex kCaseFamily = 1;
inline constexpr storage::FamilyIndex kFirstViewFamily = 2;

/// Without the meta family.
[[nodiscard]] std::vector<std::string> family_names(const ProjectionType& type);
/// Names and forms of all views; their versions are no part of it.
[[nodiscard]] std::string fingerprint_of(const ProjectionType& type);
[[nodiscard]] ViewVersions versions_of(const ProjectionType& type);

void put_position(storage::StoreBatch& batch, const PartitionPosition& position);
[[nodiscard]] storage::StoreResult<PartitionPosition> read_position(const storage::StoreView& store);

/// The cases of the store at `position` that take no more events.
[[nodiscard]] storage::StoreResult<std::vector<ClosedCase>> read_closed(const storage::StoreView& store,
                                                                        const PartitionPosition& position);

/// The versions that a store was begun with; a new one is begun with `wanted`.
[[nodiscard]] storage::StoreResult<ViewVersions> claim_versions(storage::Store& store,
                                                                const ViewVersions& wanted);

}  // namespace casetrail::projection
