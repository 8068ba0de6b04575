// The terms of resolutions: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/code.h"
#include "events/wire/ids.h"

namespace casetrail {

enum class ResolutionCode {
  solved,
  workaround,
  exchanged,
  refunded,
  repaired,
  explained,
  not_reproducible,
  external,
  imported,
  restored,
  replaced,
  compensated,
  no_fault_found,
  out_of_warranty,
  no_reply,
  duplicate,
  spam,
  withdrawn
};
constexpr auto enum_names(ResolutionCode) {
  return std::to_array<std::string_view>({"solved", "workaround", "exchanged", "refunded", "repaired",
                                          "explained", "not_reproducible", "external", "imported", "restored",
                                          "replaced", "compensated", "no_fault_found", "out_of_warranty",
                                          "no_reply", "duplicate", "spam", "withdrawn"});
}
constexpr std::string_view catalogue_name(ResolutionCode) { return "resolution"; }

enum class ClosureBasis {
  customer_confirmed,
  callback_satisfied,
  callback_exhausted,
  auto_timeout,
  waived,
  imported,
  rejected,
  withdrawn
};
constexpr auto enum_names(ClosureBasis) {
  return std::to_array<std::string_view>({"customer_confirmed", "callback_satisfied", "callback_exhausted",
                                          "auto_timeout", "waived", "imported", "rejected", "withdrawn"});
}

enum class ReopenReason { recurrence, callback_problem, customer_message, wrong_closure, imported };
constexpr auto enum_names(ReopenReason) {
  return std::to_array<std::string_view>(
      {"recurrence", "callback_problem", "customer_message", "wrong_closure", "imported"});
}

/// Who earned the result, as it was at that moment: later moves of people change no report.
struct Attribution {
  std::vector<AgentId> agents;
  std::vector<DepartmentId> departments;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agents), CEREAL_NVP(departments));
  }
};

/// Free text about the customer's matter. Personal.
struct ResolutionNotes {
  std::string notes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(notes));
  }
};

}  // namespace casetrail
