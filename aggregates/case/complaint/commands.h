// A complaint, from lodging it to closing it. Who accepts, determines and decides is the actor.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/complaint_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct LodgeComplaint {
  static constexpr std::string_view kType = "complaint.lodge";
  static constexpr int kVersion = 1;

  Code<ComplaintAbout> about{};
  std::optional<std::string> about_ref;
  std::optional<Timestamp> happened_at;
  std::optional<std::string> happened_place;
  ComplaintDetails pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(about_ref), CEREAL_NVP(happened_at), CEREAL_NVP(happened_place),
            CEREAL_NVP(pii));
  }
};

struct AcceptComplaint {
  static constexpr std::string_view kType = "complaint.accept";
  static constexpr int kVersion = 1;

  std::vector<Criterion> criteria;  ///< each that the policy names, met

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criteria));
  }
};

struct DetermineCause {
  static constexpr std::string_view kType = "complaint.cause.determine";
  static constexpr int kVersion = 1;

  Code<ComplaintCause> cause_code{};
  std::vector<std::string> evidence;
  std::optional<AgentId> seconded_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cause_code), CEREAL_NVP(evidence), CEREAL_NVP(seconded_by));
  }
};

struct AttributeResponsibility {
  static constexpr std::string_view kType = "complaint.responsibility.attribute";
  static constexpr int kVersion = 1;

  std::vector<ResponsibilityShare> shares;
  std::vector<std::string> evidence;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(shares), CEREAL_NVP(evidence));
  }
};

struct CloseComplaint {
  static constexpr std::string_view kType = "complaint.close";
  static constexpr int kVersion = 1;

  bool satisfaction_checked = false;
  bool retained = false;
  bool accepted_by_customer = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(satisfaction_checked), CEREAL_NVP(retained), CEREAL_NVP(accepted_by_customer));
  }
};

/// It does not meet the criteria of a complaint.
struct DeclineComplaint {
  static constexpr std::string_view kType = "complaint.decline";
  static constexpr int kVersion = 1;

  std::string reason;      ///< as it was told to the customer
  bool explained = false;  ///< to the customer; only then it is taken

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason), CEREAL_NVP(explained));
  }
};

/// The customer takes the complaint back.
struct WithdrawComplaint {
  static constexpr std::string_view kType = "complaint.withdraw";
  static constexpr int kVersion = 1;

  std::optional<Code<Channel>> channel;  ///< on which the customer said so

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

/// By anybody but the person whom it is about, and but who decided before an appeal.
struct AssessComplaint {
  static constexpr std::string_view kType = "complaint.assess";
  static constexpr int kVersion = 1;

  ComplaintAssessment assessment{};
  std::optional<Code<ComplaintSeverity>> severity;
  std::optional<Code<ComplaintAbout>> category;
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessment), CEREAL_NVP(severity), CEREAL_NVP(category), CEREAL_NVP(pii));
  }
};

struct CommunicateDecision {
  static constexpr std::string_view kType = "complaint.decision.communicate";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// The customer's objection to the decision, also when the case is resolved or closed.
struct AppealComplaint {
  static constexpr std::string_view kType = "complaint.appeal";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// By an agent who was named, or of a department that was.
struct DisputeResponsibility {
  static constexpr std::string_view kType = "complaint.responsibility.dispute";
  static constexpr int kVersion = 1;

  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(pii));
  }
};

/// By somebody who was neither named nor named others.
struct ConfirmResponsibility {
  static constexpr std::string_view kType = "complaint.responsibility.confirm";
  static constexpr int kVersion = 1;

  ResponsibilityOutcome outcome{};
  std::optional<std::vector<ResponsibilityShare>> shares;  ///< when shifted
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(outcome), CEREAL_NVP(shares), CEREAL_NVP(pii));
  }
};

using ComplaintCommands =
    Family<LodgeComplaint, AcceptComplaint, DetermineCause, AttributeResponsibility, CloseComplaint,
           DeclineComplaint, WithdrawComplaint, AssessComplaint, CommunicateDecision, AppealComplaint,
           DisputeResponsibility, ConfirmResponsibility>;

}  // namespace casetrail
