// A handoff has two sides: one asks, the other accepts or returns it with a cited duty (A006, A071, A074).
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "events/case/handoff_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// The giving side keeps the duty until acceptance, so there is never a gap.
struct HandoffRequested {
  static constexpr std::string_view kType = "handoff.requested";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  HandoffKind kind{};
  Party from;
  Party to;
  Code<HandoffReason> reason_code{};
  std::optional<std::string> step_reached;
  std::optional<DutyId> duty_id;         ///< the duty that applies to the case's category
  std::optional<Timestamp> accept_by;    ///< or to answer by; absent on imported facts alone
  std::optional<HandoffNote> pii;        ///< absent on imported facts alone
  std::optional<HandoffMode> mode = {};  ///< absent: transfer

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(kind), CEREAL_NVP(from), CEREAL_NVP(to),
            CEREAL_NVP(reason_code), CEREAL_NVP(step_reached), CEREAL_NVP(duty_id), CEREAL_NVP(accept_by),
            CEREAL_NVP(pii), CEREAL_NVP(mode));
  }
};

struct HandoffAccepted {
  static constexpr std::string_view kType = "handoff.accepted";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  Party by;
  std::optional<Timestamp> complete_by;  ///< absent: nothing is to be reported back
  std::optional<bool> still_waiting;     ///< for the customer, or suspended, as under the giving side

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(by), CEREAL_NVP(complete_by), CEREAL_NVP(still_waiting));
  }
};

/// Until returns without a duty were possible.
struct HandoffReturnedV1 {
  static constexpr std::string_view kType = "handoff.returned";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  Party by;
  Code<ReturnReason> reason_code{};
  DutyId duty_id;
  std::optional<DepartmentId> suggested_department;
  std::int32_t bounce_no = 1;
  std::optional<bool> limit_reached;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(by), CEREAL_NVP(reason_code), CEREAL_NVP(duty_id),
            CEREAL_NVP(suggested_department), CEREAL_NVP(bounce_no), CEREAL_NVP(limit_reached));
  }
};

struct HandoffReturned {
  static constexpr std::string_view kType = "handoff.returned";
  static constexpr int kVersion = 2;
  using Previous = HandoffReturnedV1;

  HandoffId handoff_id;
  Party by;
  Code<ReturnReason> reason_code{};
  std::optional<DutyId> duty_id;  ///< the published duty that says it is not theirs, where that is the reason
  std::optional<DepartmentId> suggested_department;
  std::int32_t bounce_no = 1;         ///< so many bounces there were in this case since it was last opened
  std::optional<bool> limit_reached;  ///< by the policy: it takes a ruling now; absent: unknown

  static HandoffReturned upcast(Previous old) {
    return {std::move(old.handoff_id),           std::move(old.by), old.reason_code,  std::move(old.duty_id),
            std::move(old.suggested_department), old.bounce_no,     old.limit_reached};
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(by), CEREAL_NVP(reason_code), CEREAL_NVP(duty_id),
            CEREAL_NVP(suggested_department), CEREAL_NVP(bounce_no), CEREAL_NVP(limit_reached));
  }
};

/// The receiving side was silent past `accept_by`; the handoff, or the question, stays and is escalated.
struct HandoffExpired {
  static constexpr std::string_view kType = "handoff.expired";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id));
  }
};

/// Ends buck-passing: the ruled department cannot return it.
struct HandoffRuled {
  static constexpr std::string_view kType = "handoff.ruled";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  DepartmentId ruling_department;
  AgentId ruled_by;
  DutyId duty_id;
  std::string reason;
  std::optional<Timestamp> accept_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(ruling_department), CEREAL_NVP(ruled_by), CEREAL_NVP(duty_id),
            CEREAL_NVP(reason), CEREAL_NVP(accept_by));
  }
};

/// The receiving side reports back to the owner, who answers the customer (A052); or answers the question.
struct HandoffCompleted {
  static constexpr std::string_view kType = "handoff.completed";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  HandoffResult result{};
  Timestamp reported_to_owner_at{};
  std::optional<HandoffAnswer> pii = {};  ///< to a question

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(result), CEREAL_NVP(reported_to_owner_at), CEREAL_NVP(pii));
  }
};

/// The giving side keeps the case.
struct HandoffWithdrawn {
  static constexpr std::string_view kType = "handoff.withdrawn";
  static constexpr int kVersion = 1;

  HandoffId handoff_id;
  std::optional<std::string> reason;  ///< absent: the case was resolved without an answer to the question

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(reason));
  }
};

using HandoffEvents = Family<HandoffRequested, HandoffAccepted, HandoffReturned, HandoffExpired, HandoffRuled,
                             HandoffCompleted, HandoffWithdrawn>;

}  // namespace casetrail
