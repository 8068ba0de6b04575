// What the list of closures stores: cases, each time that one was closed, and counts of that.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/case/request_terms.h"
#include "events/case/resolution_terms.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/histogram.h"

namespace casetrail::closed {

inline constexpr char kCases = 'c';     ///< by case
inline constexpr char kClosures = 'e';  ///< by case and the closure's number in it: `e1`

/// A case in its present cycle, from when it was registered or reopened.
struct CaseRow {
  kit::CaseFacts facts;
  std::optional<std::string> department;  ///< that has the case, or had it last
  std::int32_t closures = 0;              ///< the last one is `e<closures>`
  std::optional<Timestamp> began_at;
  bool detour = false;  ///< more than the first contact was needed
  std::optional<Code<ResolutionCode>> resolution;
  std::optional<Timestamp> resolved_at;
  std::int32_t targets_met = 0;
  std::int32_t targets_missed = 0;  ///< and not excused

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(department), CEREAL_NVP(closures), CEREAL_NVP(began_at),
            CEREAL_NVP(detour), CEREAL_NVP(resolution), CEREAL_NVP(resolved_at), CEREAL_NVP(targets_met),
            CEREAL_NVP(targets_missed));
  }
};

/// A closure, with the case as it was then.
struct ClosureRow {
  Timestamp closed_at{};
  ClosureBasis basis{};
  Code<CaseKind> kind{};
  std::optional<std::string> department;
  std::optional<std::string> owner;
  std::optional<Code<ResolutionCode>> resolution;  ///< absent: it was closed without being resolved
  std::optional<std::int64_t> resolve_ms;          ///< registered or reopened to resolved, by every hour
  bool first_contact = false;
  std::int32_t targets_met = 0;
  std::int32_t targets_missed = 0;
  std::optional<Timestamp> reopened_at;

  /// Whether each SLA target that was due was met or excused; nothing when none was due.
  [[nodiscard]] std::optional<bool> is_sla_met() const {
    if (targets_met + targets_missed == 0) return std::nullopt;
    return targets_missed == 0;
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closed_at), CEREAL_NVP(basis), CEREAL_NVP(kind), CEREAL_NVP(department),
            CEREAL_NVP(owner), CEREAL_NVP(resolution), CEREAL_NVP(resolve_ms), CEREAL_NVP(first_contact),
            CEREAL_NVP(targets_met), CEREAL_NVP(targets_missed), CEREAL_NVP(reopened_at));
  }
};

/// The tabs that count closures.
enum class Tab { kinds, departments };
constexpr auto enum_names(Tab) { return std::to_array<std::string_view>({"kinds", "departments"}); }

/// Closures: all, of one name of a tab, or those of one department in one quarter of an hour.
struct SumRow {
  std::int64_t closed = 0;
  std::int64_t resolved = 0;       ///< of these
  std::int64_t first_contact = 0;  ///< of these
  std::int64_t reopened = 0;       ///< since
  std::int64_t sla_met = 0;
  std::int64_t sla_missed = 0;
  std::int64_t resolved_ms = 0;  ///< of all that were resolved
  kit::Histogram resolve_ms;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closed), CEREAL_NVP(resolved), CEREAL_NVP(first_contact), CEREAL_NVP(reopened),
            CEREAL_NVP(sla_met), CEREAL_NVP(sla_missed), CEREAL_NVP(resolved_ms), CEREAL_NVP(resolve_ms));
  }
};

}  // namespace casetrail::closed
