// How long departments and people had cases, added up over all of them.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "aggregates/policy/policy_versions.h"
#include "events/case/case_event.h"

namespace casetrail::history {

struct HolderTotal {
  std::optional<std::string> department;  ///< absent: nobody had them
  std::optional<std::string> agent;       ///< absent: nobody in person
  std::int64_t cases = 0;                 ///< that they had at some time; one may be had by many
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;

  bool operator==(const HolderTotal&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department), CEREAL_NVP(agent), CEREAL_NVP(cases), CEREAL_NVP(elapsed_ms),
            CEREAL_NVP(business_ms));
  }
};

struct HeldTotal {
  std::int64_t cases = 0;
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;
  std::vector<HolderTotal> holders;  ///< by department and agent; their times add up to those above

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(elapsed_ms), CEREAL_NVP(business_ms), CEREAL_NVP(holders));
  }
};

/// Of what lies between two moments.
struct TimeSpan {
  std::optional<Timestamp> from;
  Timestamp to;  ///< what lasts longer is counted until then
};

/// Whose times are told apart: those of each person in each department, or of departments alone.
enum class Holders { people, departments };

constexpr auto enum_names(Holders) { return std::to_array<std::string_view>({"people", "departments"}); }

/// How the time counts that somebody had a case, as the policy of the version has it. Without a calendar that
/// of the usual one.
using BusinessTimeThen = std::function<Duration(
    std::int32_t version, const std::optional<CalendarId>& calendar, Timestamp from, Timestamp to)>;

class HeldTotals {
 public:
  /// Business time of a case is that of the calendar of its SLA targets, else of the usual one; each interval
  /// counts by the policy that held when it began.
  HeldTotals(BusinessTimeThen business, TimeSpan span, Holders by = Holders::people)
      : business_(std::move(business)), span_(span), by_(by) {}
  /// The same by these policies, which outlive it.
  HeldTotals(const PolicyVersions& policies, TimeSpan span, Holders by = Holders::people);

  /// All events of one case.
  void take(std::span<const CaseEvent> events);

  [[nodiscard]] HeldTotal total() const;

 private:
  using Key = std::pair<std::optional<std::string>, std::optional<std::string>>;

  BusinessTimeThen business_;
  TimeSpan span_;
  Holders by_;
  HeldTotal total_;
  std::map<Key, HolderTotal> holders_;
};

}  // namespace casetrail::history
