// Callbacks: asked of the customer after the work, within his hours, until he was reached or every attempt is
// used (A172, A173).
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "events/case/callback_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct CallbackScheduled {
  static constexpr std::string_view kType = "callback.scheduled";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  std::optional<std::string> plan_id;  ///< of the policy; absent: agreed with the customer by hand
  Code<CallbackPurpose> purpose{};
  CallbackForm form;
  Timestamp not_before{};
  Timestamp not_after{};
  std::string tz;                                   ///< IANA name of the customer's zone, `Asia/Shanghai`
  std::optional<RescheduleReason> shifted_because;  ///< why `not_before` is later than the plan says
  std::optional<AgentId> agent_id;
  std::optional<bool> required_before_close;  ///< by the policy; absent: unknown

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(plan_id), CEREAL_NVP(purpose), CEREAL_NVP(form),
            CEREAL_NVP(not_before), CEREAL_NVP(not_after), CEREAL_NVP(tz), CEREAL_NVP(shifted_because),
            CEREAL_NVP(agent_id), CEREAL_NVP(required_before_close));
  }
};

struct CallbackRescheduled {
  static constexpr std::string_view kType = "callback.rescheduled";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  Timestamp not_before{};
  Timestamp not_after{};
  RescheduleReason reason{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(not_before), CEREAL_NVP(not_after), CEREAL_NVP(reason));
  }
};

struct CallbackAttempted {
  static constexpr std::string_view kType = "callback.attempted";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  AgentId agent_id;
  std::int32_t attempt_no = 1;  ///< 1 for the first
  CallbackOutcome outcome{};
  std::optional<Timestamp> next_not_before;
  std::optional<bool> in_hours;             ///< the customer's calling hours; absent: unknown
  std::optional<Timestamp> next_not_after;  ///< of the next attempt; older events have none

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(agent_id), CEREAL_NVP(attempt_no), CEREAL_NVP(outcome),
            CEREAL_NVP(next_not_before), CEREAL_NVP(in_hours), CEREAL_NVP(next_not_after));
  }
};

/// Until an agreed call could end without a word on whether the customer is satisfied.
struct CallbackCompletedV1 {
  static constexpr std::string_view kType = "callback.completed";
  static constexpr int kVersion = 1;

  struct Answers {
    bool satisfied = false;
    std::optional<std::int32_t> service_rating;
    std::optional<DepartmentId> deliver_to_department;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(CEREAL_NVP(satisfied), CEREAL_NVP(service_rating), CEREAL_NVP(deliver_to_department));
    }
  };

  CallbackId callback_id;
  AgentId agent_id;
  Answers answers;
  std::optional<CallbackWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(agent_id), CEREAL_NVP(answers), CEREAL_NVP(pii));
  }
};

struct CallbackCompleted {
  static constexpr std::string_view kType = "callback.completed";
  static constexpr int kVersion = 2;
  using Previous = CallbackCompletedV1;

  CallbackId callback_id;
  AgentId agent_id;
  CallbackAnswers answers;
  std::optional<CallbackWords> pii;

  static CallbackCompleted upcast(Previous old) {
    auto& [satisfied, rating, department] = old.answers;
    return {std::move(old.callback_id),
            std::move(old.agent_id),
            {satisfied, rating, std::move(department)},
            std::move(old.pii)};
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(agent_id), CEREAL_NVP(answers), CEREAL_NVP(pii));
  }
};

struct CallbackFeedbackRouted {
  static constexpr std::string_view kType = "callback.feedback.routed";
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
struct CallbackRefused {
  static constexpr std::string_view kType = "callback.refused";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  bool do_not_call = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(do_not_call));
  }
};

struct CallbackExhausted {
  static constexpr std::string_view kType = "callback.exhausted";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  std::int32_t attempts = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(attempts));
  }
};

/// Closing without a callback needs a reason and somebody who answers for it.
struct CallbackWaived {
  static constexpr std::string_view kType = "callback.waived";
  static constexpr int kVersion = 1;

  std::optional<CallbackId> callback_id;
  std::string reason;
  AgentId approved_by;
  std::optional<ApprovalId> approval_id = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(reason), CEREAL_NVP(approved_by), CEREAL_NVP(approval_id));
  }
};

struct CallbackOverdue {
  static constexpr std::string_view kType = "callback.overdue";
  static constexpr int kVersion = 1;

  CallbackId callback_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id));
  }
};

struct CallbackCanceled {
  static constexpr std::string_view kType = "callback.canceled";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  CancelReason reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(reason_code));
  }
};

struct CallbackAssigned {
  static constexpr std::string_view kType = "callback.assigned";
  static constexpr int kVersion = 1;

  CallbackId callback_id;
  AgentId agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(agent_id));
  }
};

using CallbackEvents = Family<CallbackScheduled, CallbackRescheduled, CallbackAttempted, CallbackCompleted,
                              CallbackFeedbackRouted, CallbackRefused, CallbackExhausted, CallbackWaived,
                              CallbackOverdue, CallbackCanceled, CallbackAssigned>;

}  // namespace casetrail
