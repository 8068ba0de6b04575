// Calling the customer back, and what came of it. Who calls is the actor.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/callback_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct ScheduleCallback {
  static constexpr std::string_view kType = "callback.schedule";
  static constexpr int kVersion = 1;

  Code<CallbackPurpose> purpose{};
  std::optional<Timestamp> not_before;  ///< absent: now; moved into the customer's hours by the policy
  std::optional<std::string> tz;        ///< IANA name of the customer's zone; absent: the policy's
  std::optional<AgentId> agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(purpose), CEREAL_NVP(not_before), CEREAL_NVP(tz), CEREAL_NVP(agent_id));
  }
};

struct RescheduleCallback {
  static constexpr std::string_view kType = "callback.reschedule";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  Timestamp not_before{};
  RescheduleReason reason{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(not_before), CEREAL_NVP(reason));
  }
};

/// A call was made. The last attempt that reaches nobody exhausts the callback.
struct AttemptCallback {
  static constexpr std::string_view kType = "callback.attempt";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  CallbackOutcome outcome{};
  std::optional<Timestamp> next_not_before;  ///< absent: by the policy's gap between attempts

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(outcome), CEREAL_NVP(next_not_before));
  }
};

struct CompleteCallback {
  static constexpr std::string_view kType = "callback.complete";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  CallbackAnswers answers;
  std::optional<CallbackWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(answers), CEREAL_NVP(pii));
  }
};

struct RouteCallbackFeedback {
  static constexpr std::string_view kType = "callback.feedback.route";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  DepartmentId department_id;
  FeedbackRoute route{};
  std::optional<CaseId> created_case_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(department_id), CEREAL_NVP(route),
            CEREAL_NVP(created_case_id));
  }
};

/// The customer does not want to be called.
struct RefuseCallback {
  static constexpr std::string_view kType = "callback.refuse";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  bool do_not_call = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(do_not_call));
  }
};

struct WaiveCallback {
  static constexpr std::string_view kType = "callback.waive";
  static constexpr int kVersion = 1;

  std::optional<CallbackId> callback_id;  ///< absent: the case closes without any
  std::string reason;
  std::optional<AgentId> approved_by;  ///< where the policy asks for no approval; absent: the actor

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(reason), CEREAL_NVP(approved_by));
  }
};

struct CancelCallback {
  static constexpr std::string_view kType = "callback.cancel";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  CancelReason reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(reason_code));
  }
};

struct AssignCallback {
  static constexpr std::string_view kType = "callback.assign";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  AgentId agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(agent_id));
  }
};

using CallbackCommands =
    Family<ScheduleCallback, RescheduleCallback, AttemptCallback, CompleteCallback, RouteCallbackFeedback,
           RefuseCallback, WaiveCallback, CancelCallback, AssignCallback>;

}  // namespace casetrail
