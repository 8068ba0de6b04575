// The answer to a command, as it lies in `casetrail.outcomes` under the case's key.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/decode_error.h"
#include "events/wire/ids.h"
#include "events/wire/message.h"

namespace casetrail {

enum class OutcomeStatus { accepted, rejected };
constexpr auto enum_names(OutcomeStatus) { return std::to_array<std::string_view>({"accepted", "rejected"}); }

struct Outcome {
  CommandId command_id;
  CaseId case_id;
  OutcomeStatus status{};
  std::optional<std::string> code;     ///< of the rejection, stable: `stale_version`
  std::optional<std::string> message;  ///< of the rejection: "Expected to X, but Y."
  std::int64_t first_seq = 0;          ///< of its events; 0 when it led to none
  std::int64_t last_seq = 0;           ///< of its events; 0 when it led to none
  std::int64_t case_seq = 0;           ///< of the case after it
  std::string token;                   ///< `partition:offset` of the command: a read with it sees its events

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(command_id), CEREAL_NVP(case_id), CEREAL_NVP(status), CEREAL_NVP(code),
            CEREAL_NVP(message), CEREAL_NVP(first_seq), CEREAL_NVP(last_seq), CEREAL_NVP(case_seq),
            CEREAL_NVP(token));
  }
};

/// A CloudEvent `casetrail.command.accepted` or `casetrail.command.rejected`, with the command's id as its
/// cause. `command_offset` is where the answered record lies in its partition: the same id may lie there more
/// than once, and each record of it has an outcome of its own.
[[nodiscard]] Message write_outcome(const Outcome& outcome, std::int64_t command_offset, Timestamp at);
[[nodiscard]] std::expected<Outcome, DecodeError> read_outcome(const MessageView& message);
/// Of the record that `message`, an outcome, answers; nothing when it does not say so.
[[nodiscard]] std::optional<std::int64_t> answered_offset(const MessageView& message);

}  // namespace casetrail
