// Records of the log that are looked up by where they lie.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "aggregates/case/command.h"
#include "events/case/case_event.h"
#include "events/wire/outcome.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// Where a record lies in a sharded topic.
struct PlaceInLog {
  log::Partition partition = 0;
  log::Offset offset = 0;
};

/// The event that the history says lies there.
[[nodiscard]] log::LogResult<CaseEvent> event_at(log::EventLog& log, PlaceInLog at);

/// The command that lies there, as the engine took it at `taken_at`; nothing when it is not kept any more.
[[nodiscard]] log::LogResult<std::optional<CommandEnvelope>> command_at(log::EventLog& log, PlaceInLog at,
                                                                        Timestamp taken_at);

/// The types of the commands that the events at these offsets came from, by the offset. Left out is what is
/// not kept any more, and what the log does not hand over within some seconds.
[[nodiscard]] std::map<log::Offset, std::string> command_types(log::EventLog& log, log::Partition partition,
                                                               const std::set<log::Offset>& events);

/// An outcome, when it was recorded, and where the command lies that it answers.
struct KeptOutcome {
  Outcome outcome;
  Timestamp at{};
  std::optional<log::Offset> command;
};

/// The last outcome that `is_it` says yes to, looked for from the newest on for some seconds; nothing when
/// none is kept. An error: it was not found in that time, or the log cannot be read.
[[nodiscard]] log::LogResult<std::optional<KeptOutcome>> last_outcome(
    log::EventLog& log, log::Partition partition, const std::function<bool(const Outcome&)>& is_it);

}  // namespace casetrail::api
