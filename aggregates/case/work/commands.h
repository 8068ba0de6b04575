// Work on a case and words to and from the customer.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/work_terms.h"
#include "events/wire/family.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// By the assignee, who is the actor.
struct StartWork {
  static constexpr std::string_view kType = "work.start";
  static constexpr int kVersion = 1;

  template <class Archive>
  void serialize(Archive&) {}
};

/// From the customer.
struct ReceiveMessage {
  static constexpr std::string_view kType = "work.message.receive";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// To the customer.
struct SendMessage {
  static constexpr std::string_view kType = "work.message.send";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  WorkText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

struct RequestInfo {
  static constexpr std::string_view kType = "work.info.request";
  static constexpr int kVersion = 1;

  std::optional<Timestamp> answer_by;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(answer_by), CEREAL_NVP(pii));
  }
};

struct SuspendWork {
  static constexpr std::string_view kType = "work.suspend";
  static constexpr int kVersion = 1;

  Code<SuspendReason> reason_code{};
  std::optional<Timestamp> review_at;
  bool customer_informed = false;
  std::optional<WorkText> pii;  ///< the explanation

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(review_at), CEREAL_NVP(customer_informed), CEREAL_NVP(pii));
  }
};

struct ResumeWork {
  static constexpr std::string_view kType = "work.resume";
  static constexpr int kVersion = 1;

  ResumeTrigger trigger{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(trigger));
  }
};

struct ReportProgress {
  static constexpr std::string_view kType = "progress.report";
  static constexpr int kVersion = 1;

  ProgressKind kind{};
  Code<Channel> channel{};
  std::optional<Timestamp> next_update_at;  ///< absent: by the policy
  WorkText pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(channel), CEREAL_NVP(next_update_at), CEREAL_NVP(pii));
  }
};

/// Somebody urges; of a customer, whoever enters it.
struct ChaseCase {
  static constexpr std::string_view kType = "work.chase";
  static constexpr int kVersion = 1;

  ChasedBy by{};
  std::optional<Code<Channel>> channel;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(by), CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

struct RaiseEscalation {
  static constexpr std::string_view kType = "escalation.raise";
  static constexpr int kVersion = 1;

  std::optional<std::int32_t> level;           ///< absent: 1, the team lead
  std::optional<std::vector<std::string>> to;  ///< roles; absent: the leads of the policy
  WorkText pii;                                ///< why

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(to), CEREAL_NVP(pii));
  }
};

/// A call beside the callbacks.
struct AttemptCall {
  static constexpr std::string_view kType = "call.attempt";
  static constexpr int kVersion = 1;

  CallDirection direction{};
  CallOutcome outcome{};
  std::optional<HungUpBy> hung_up_by;
  std::optional<std::int32_t> prompts;
  std::optional<std::int32_t> seconds;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(direction), CEREAL_NVP(outcome), CEREAL_NVP(hung_up_by), CEREAL_NVP(prompts),
            CEREAL_NVP(seconds), CEREAL_NVP(pii));
  }
};

using WorkCommands = Family<StartWork, ReceiveMessage, SendMessage, RequestInfo, SuspendWork, ResumeWork,
                            ReportProgress, ChaseCase, RaiseEscalation, AttemptCall>;

}  // namespace casetrail
