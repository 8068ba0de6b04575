// Work on a case and what the customer hears of it.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/work_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct WorkStarted {
  static constexpr std::string_view kType = "work.started";
  static constexpr int kVersion = 1;

  std::optional<AgentId> agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id));
  }
};

/// From the customer.
struct MessageReceived {
  static constexpr std::string_view kType = "work.message.received";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// To the customer; the first one meets the first-response promise.
struct MessageSent {
  static constexpr std::string_view kType = "work.message.sent";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  WorkText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// The case waits for the customer.
struct InfoRequested {
  static constexpr std::string_view kType = "work.info.requested";
  static constexpr int kVersion = 1;

  std::optional<Timestamp> answer_by;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(answer_by), CEREAL_NVP(pii));
  }
};

/// A092. Suspension is an agreement with a reason and a date, not a status flag.
struct WorkSuspended {
  static constexpr std::string_view kType = "work.suspended";
  static constexpr int kVersion = 1;

  Code<SuspendReason> reason_code{};
  std::optional<Timestamp> review_at;  ///< absent on imported facts alone
  bool customer_informed = false;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(review_at), CEREAL_NVP(customer_informed), CEREAL_NVP(pii));
  }
};

struct WorkResumed {
  static constexpr std::string_view kType = "work.resumed";
  static constexpr int kVersion = 1;

  ResumeTrigger trigger{};
  std::int64_t suspended_business_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(trigger), CEREAL_NVP(suspended_business_ms));
  }
};

/// A089, A091.
struct ProgressReported {
  static constexpr std::string_view kType = "progress.reported";
  static constexpr int kVersion = 1;

  ProgressKind kind{};
  Code<Channel> channel{};
  std::optional<Timestamp> next_update_at;
  WorkText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(channel), CEREAL_NVP(next_update_at), CEREAL_NVP(pii));
  }
};

/// Somebody urges that the case goes on (A109).
struct WorkChased {
  static constexpr std::string_view kType = "work.chased";
  static constexpr int kVersion = 1;

  ChasedBy by{};
  std::int32_t count = 1;                ///< 1 for the first time in this case
  std::optional<Code<Channel>> channel;  ///< absent: within the company
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(by), CEREAL_NVP(count), CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// A person escalates the case; what the clocks escalate is `escalation.triggered`.
struct EscalationRaised {
  static constexpr std::string_view kType = "escalation.raised";
  static constexpr int kVersion = 1;

  std::int32_t level = 1;       ///< 1 is the team lead
  std::vector<std::string> to;  ///< roles
  WorkText pii;                 ///< why

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(to), CEREAL_NVP(pii));
  }
};

/// It is time to remind the customer of what they were asked; whoever writes to customers does it.
struct ReminderDue {
  static constexpr std::string_view kType = "work.reminder.due";
  static constexpr int kVersion = 1;

  std::int32_t reminder_no = 1;  ///< 1 for the first of this question
  Timestamp answer_by{};         ///< when the next one, or the end of waiting, comes

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reminder_no), CEREAL_NVP(answer_by));
  }
};

/// A call beside the callbacks: one that is connected is a word to the customer (A046, A047).
struct CallAttempted {
  static constexpr std::string_view kType = "call.attempted";
  static constexpr int kVersion = 1;

  CallDirection direction{};
  CallOutcome outcome{};
  std::optional<HungUpBy> hung_up_by;
  std::optional<std::int32_t> prompts;  ///< times that a silent caller was spoken to
  std::optional<std::int32_t> seconds;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(direction), CEREAL_NVP(outcome), CEREAL_NVP(hung_up_by), CEREAL_NVP(prompts),
            CEREAL_NVP(seconds), CEREAL_NVP(pii));
  }
};

using WorkEvents =
    Family<WorkStarted, MessageReceived, MessageSent, InfoRequested, WorkSuspended, WorkResumed,
           ProgressReported, WorkChased, EscalationRaised, ReminderDue, CallAttempted>;

}  // namespace casetrail
