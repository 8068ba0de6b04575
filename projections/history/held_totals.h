// How long departments and people had cases, added up over all of them.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "aggregates/policy/policy.h"
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

class HeldTotals {
 public:
  /// Business time of a case is that of the calendar of its SLA targets as `policy` has it, else of the
  /// policy's first one. `policy` outlives it.
  HeldTotals(const Policy& policy, TimeSpan span, Holders by = Holders::people)
      : policy_(policy), span_(span), by_(by) {}

  /// All events of one case.
  void take(std::span<const CaseEvent> events);

  [[nodiscard]] HeldTotal total() const;

 private:
  using Key = std::pair<std::optional<std::string>, std::optional<std::string>>;

  const Policy& policy_;
  TimeSpan span_;
  Holders by_;
  HeldTotal total_;
  std::map<Key, HolderTotal> holders_;
};

}  // namespace casetrail::history
