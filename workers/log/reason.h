// Why a part of the engine does not do its work, or what somebody has to look at: as data.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "workers/log/event_log.h"

namespace casetrail::log {

/// By what it is and what is to be done. A code is never renamed; `workers/api/reason_texts` says each in
/// English and Chinese.
enum class ReasonCode {
  commands_unassigned,
  commands_taking_over,
  commands_replaying,
  commands_in_transaction,  ///< an open one of another producer holds what they need
  commands_blocked,         ///< at a record that this binary cannot read
  commands_stopped,
  commands_lost,
  commands_passed_over,  ///< nobody answered them, and the group was set forwards
  commands_behind,
  view_cut_off,
  view_unreadable,
  view_blocked,  ///< at a record that this binary cannot read
  view_broken,
  view_unheard,
  view_silent,
  view_behind,
  group_shared,  ///< somebody else is in the group of a view
  membership_over,
  rebuild_failed,
  case_damaged,
  more_cases_damaged,
  events_forged,
  log_not_writable,
  log_unreachable,
  clock_ahead,
  peer_missing,
};
constexpr auto enum_names(ReasonCode) {
  return std::to_array<std::string_view>(
      {"commands_unassigned", "commands_taking_over", "commands_replaying", "commands_in_transaction",
       "commands_blocked",    "commands_stopped",     "commands_lost",      "commands_passed_over",
       "commands_behind",     "view_cut_off",         "view_unreadable",    "view_blocked",
       "view_broken",         "view_unheard",         "view_silent",        "view_behind",
       "group_shared",        "membership_over",      "rebuild_failed",     "case_damaged",
       "more_cases_damaged",  "events_forged",        "log_not_writable",   "log_unreachable",
       "clock_ahead",         "peer_missing"});
}

/// Of `Reason::worker` and `PartitionLag::worker`.
inline constexpr std::string_view kCommandWorker = "commands";

struct Reason {
  ReasonCode code{};
  std::string worker = {};  ///< `commands`, `boards`, `history`; empty: of the node
  std::string about = {};   ///< the group, the case, or the role that a peer should have
  std::optional<Partition> partition = {};
  std::optional<Offset> offset = {};         ///< where it stands
  std::optional<std::int64_t> records = {};  ///< that it has still to take; of cases, how many
  std::optional<double> percent = {};        ///< of its way
  std::optional<double> seconds = {};        ///< that it is behind, or for which nothing was heard
  std::optional<double> seconds_left = {};   ///< as it goes on now
  std::string detail = {};                   ///< what was met, and what to do, in English; empty: no more

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code), CEREAL_NVP(worker), CEREAL_NVP(about), CEREAL_NVP(partition),
            CEREAL_NVP(offset), CEREAL_NVP(records), CEREAL_NVP(percent), CEREAL_NVP(seconds),
            CEREAL_NVP(seconds_left), CEREAL_NVP(detail));
  }
};

}  // namespace casetrail::log
