// The event of a change, as the history has it and as an answer tells it.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "events/wire/timestamp.h"

namespace casetrail::api {

/// As the history has it.
struct FoundEvent {
  std::int64_t seq = 0;
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::optional<std::string> command_id;
  std::int64_t offset = -1;  ///< in the events of the case's partition; -1: not known
  std::optional<std::string> rule;
  std::int32_t policy_version = 0;
  std::string line;  ///< of the history

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(actor),
            CEREAL_NVP(command_id), CEREAL_NVP(offset), CEREAL_NVP(rule), CEREAL_NVP(policy_version),
            CEREAL_NVP(line));
  }
};

/// As an answer tells it.
struct ChangeEvent {
  std::int64_t seq = 0;
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::optional<std::string> command_id;
  std::optional<std::string> command_type;  ///< absent: a clock, or a command that is not kept any more
  std::optional<std::string> rule;
  std::int32_t policy_version = 0;
  std::string line;

  ChangeEvent() = default;
  /// Without the type of its command, which is not in the history.
  explicit ChangeEvent(FoundEvent found)
      : seq(found.seq),
        recorded_at(found.recorded_at),
        type(std::move(found.type)),
        actor(std::move(found.actor)),
        command_id(std::move(found.command_id)),
        rule(std::move(found.rule)),
        policy_version(found.policy_version),
        line(std::move(found.line)) {}

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(actor),
            CEREAL_NVP(command_id), CEREAL_NVP(command_type), CEREAL_NVP(rule), CEREAL_NVP(policy_version),
            CEREAL_NVP(line));
  }
};

}  // namespace casetrail::api
