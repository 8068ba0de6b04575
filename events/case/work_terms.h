// The terms of work on a case: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string>
#include <string_view>

#include "events/wire/code.h"

namespace casetrail {

enum class SuspendReason {
  waiting_parts,
  waiting_vendor,
  no_solution_yet,
  customer_asked,
  imported,
  waiting_customer_goods,
  waiting_approval,
  waiting_department,
  planned_date,
  other
};
constexpr auto enum_names(SuspendReason) {
  return std::to_array<std::string_view>({"waiting_parts", "waiting_vendor", "no_solution_yet",
                                          "customer_asked", "imported", "waiting_customer_goods",
                                          "waiting_approval", "waiting_department", "planned_date", "other"});
}
constexpr std::string_view catalogue_name(SuspendReason) { return "suspension"; }

enum class ResumeTrigger { customer_reply, review_due, manual, vendor_reply };
constexpr auto enum_names(ResumeTrigger) {
  return std::to_array<std::string_view>({"customer_reply", "review_due", "manual", "vendor_reply"});
}

/// Who urges.
enum class ChasedBy { customer, agent, team_lead };
constexpr auto enum_names(ChasedBy) {
  return std::to_array<std::string_view>({"customer", "agent", "team_lead"});
}

enum class ProgressKind { progress, advance_notice, result };
constexpr auto enum_names(ProgressKind) {
  return std::to_array<std::string_view>({"progress", "advance_notice", "result"});
}

/// Who called whom.
enum class CallDirection { inbound, outbound };
constexpr auto enum_names(CallDirection) { return std::to_array<std::string_view>({"inbound", "outbound"}); }

/// How a call went (A046, A047); only who was connected was heard and understood.
enum class CallOutcome {
  connected,
  silent,
  hands_free,
  low_volume,
  noise,
  dialect,
  busy,
  no_answer,
  dropped,
  blocked
};
constexpr auto enum_names(CallOutcome) {
  return std::to_array<std::string_view>({"connected", "silent", "hands_free", "low_volume", "noise",
                                          "dialect", "busy", "no_answer", "dropped", "blocked"});
}

enum class HungUpBy { customer, agent, network };
constexpr auto enum_names(HungUpBy) {
  return std::to_array<std::string_view>({"customer", "agent", "network"});
}

/// What was written or said about the customer's matter. Personal.
struct WorkText {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
