// Asking another department, and its answer. The answering side is the actor and his department.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/handoff_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// From whoever has the case now.
struct RequestHandoff {
  static constexpr std::string_view kType = "handoff.request";
  static constexpr int kVersion = 1;

  HandoffKind kind{};
  Party to;
  Code<HandoffReason> reason_code{};
  std::optional<std::string> step_reached;
  HandoffNote pii;                          ///< all six fields, unless it is a question
  std::optional<HandoffMode> mode = {};     ///< absent: transfer
  std::optional<Timestamp> answer_by = {};  ///< of a question; absent: by the policy

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(to), CEREAL_NVP(reason_code), CEREAL_NVP(step_reached),
            CEREAL_NVP(pii), CEREAL_NVP(mode), CEREAL_NVP(answer_by));
  }
};

struct AcceptHandoff {
  static constexpr std::string_view kType = "handoff.accept";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id));
  }
};

struct ReturnHandoff {
  static constexpr std::string_view kType = "handoff.return";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  Code<ReturnReason> reason_code{};
  std::optional<DutyId> duty_id;  ///< the published duty that says it is not theirs
  std::optional<DepartmentId> suggested_department;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(reason_code), CEREAL_NVP(duty_id),
            CEREAL_NVP(suggested_department));
  }
};

/// By the policy's ruling role.
struct RuleHandoff {
  static constexpr std::string_view kType = "handoff.rule";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  DepartmentId ruling_department;
  DutyId duty_id;
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(ruling_department), CEREAL_NVP(duty_id), CEREAL_NVP(reason));
  }
};

struct CompleteHandoff {
  static constexpr std::string_view kType = "handoff.complete";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  HandoffResult result{};
  std::optional<HandoffAnswer> pii = {};  ///< to a question

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(result), CEREAL_NVP(pii));
  }
};

/// By the giving side or a lead, until it is accepted.
struct WithdrawHandoff {
  static constexpr std::string_view kType = "handoff.withdraw";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(reason));
  }
};

using HandoffCommands =
    Family<RequestHandoff, AcceptHandoff, ReturnHandoff, RuleHandoff, CompleteHandoff, WithdrawHandoff>;

}  // namespace casetrail
