// What a course of a case led to, and in what two courses differ.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/case/case_event.h"

namespace casetrail::whatif {

struct Consequence {
  std::string field;            ///< `sla.first_response`, `escalation.resolution`, `closing`, …
  std::string value;            ///< `breached`; empty: when it is, is all that it says
  std::optional<Timestamp> at;  ///< when it was due, or came
  std::string rule;             ///< the section of the policy that it comes from

  bool operator==(const Consequence&) const = default;
};

/// In the order of their events.
[[nodiscard]] std::vector<Consequence> consequences_of(std::span<const CaseEvent> course);

/// Absent on one side: it is there on the other alone.
struct Difference {
  std::string field;
  std::optional<std::string> before;
  std::optional<Timestamp> before_at;
  std::optional<std::string> after;
  std::optional<Timestamp> after_at;
  std::string rule;

  bool operator==(const Difference&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(before), CEREAL_NVP(before_at), CEREAL_NVP(after),
            CEREAL_NVP(after_at), CEREAL_NVP(rule));
  }
};

/// Empty when both courses are the same events. Where their consequences are the same and some event is not,
/// that event.
[[nodiscard]] std::vector<Difference> differences_of(std::span<const CaseEvent> happened,
                                                     std::span<const CaseEvent> other);

}  // namespace casetrail::whatif
