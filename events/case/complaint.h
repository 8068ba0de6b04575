// A complaint within a case, by the steps of ISO 10002: from what the customer blames to whom the company
// blames, with evidence.
#pragma once

#include <cereal/cereal.hpp>
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

struct ComplaintLodged {
  static constexpr std::string_view kType = "complaint.lodged";
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

struct ComplaintAccepted {
  static constexpr std::string_view kType = "complaint.accepted";
  static constexpr int kVersion = 1;

  std::vector<Criterion> criteria;
  AgentId accepted_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criteria), CEREAL_NVP(accepted_by));
  }
};

struct ComplaintCauseDetermined {
  static constexpr std::string_view kType = "complaint.cause.determined";
  static constexpr int kVersion = 1;

  Code<ComplaintCause> cause_code{};
  std::vector<std::string> evidence;
  AgentId determined_by;
  std::optional<AgentId> seconded_by;  ///< asked for when the cause is the customer's personality
  std::optional<ApprovalId> approval_id = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cause_code), CEREAL_NVP(evidence), CEREAL_NVP(determined_by), CEREAL_NVP(seconded_by),
            CEREAL_NVP(approval_id));
  }
};

struct ResponsibilityAttributed {
  static constexpr std::string_view kType = "complaint.responsibility.attributed";
  static constexpr int kVersion = 1;

  std::vector<ResponsibilityShare> shares;
  std::vector<std::string> evidence;
  AgentId decided_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(shares), CEREAL_NVP(evidence), CEREAL_NVP(decided_by));
  }
};

struct ComplaintClosed {
  static constexpr std::string_view kType = "complaint.closed";
  static constexpr int kVersion = 1;

  bool satisfaction_checked = false;
  bool retained = false;  ///< the customer stays a customer
  bool accepted_by_customer = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(satisfaction_checked), CEREAL_NVP(retained), CEREAL_NVP(accepted_by_customer));
  }
};

/// It does not meet the criteria of a complaint, and the customer was told why (A140).
struct ComplaintDeclined {
  static constexpr std::string_view kType = "complaint.declined";
  static constexpr int kVersion = 1;

  std::string reason;
  bool explained = false;  ///< to the customer
  AgentId declined_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason), CEREAL_NVP(explained), CEREAL_NVP(declined_by));
  }
};

/// The customer takes the complaint back.
struct ComplaintWithdrawn {
  static constexpr std::string_view kType = "complaint.withdrawn";
  static constexpr int kVersion = 1;

  std::optional<Code<Channel>> channel;  ///< on which the customer said so

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

/// Somebody who looked into it says whether it is justified.
struct ComplaintAssessed {
  static constexpr std::string_view kType = "complaint.assessed";
  static constexpr int kVersion = 1;

  ComplaintAssessment assessment{};
  std::optional<Code<ComplaintSeverity>> severity;
  std::optional<Code<ComplaintAbout>> category;
  AgentId assessed_by;  ///< never the person whom it is about
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessment), CEREAL_NVP(severity), CEREAL_NVP(category), CEREAL_NVP(assessed_by),
            CEREAL_NVP(pii));
  }
};

/// The customer was told what came of the complaint.
struct DecisionCommunicated {
  static constexpr std::string_view kType = "complaint.decision.communicated";
  static constexpr int kVersion = 1;

  ComplaintAssessment assessment{};
  Code<Channel> channel{};
  Timestamp appeal_until{};  ///< so long the customer may appeal
  AgentId communicated_by;
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessment), CEREAL_NVP(channel), CEREAL_NVP(appeal_until),
            CEREAL_NVP(communicated_by), CEREAL_NVP(pii));
  }
};

/// The customer does not accept the decision: the complaint is open again.
struct ComplaintAppealed {
  static constexpr std::string_view kType = "complaint.appealed";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  std::optional<AgentId> decided_by;  ///< who assessed it before, and does not decide again
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(decided_by), CEREAL_NVP(pii));
  }
};

/// Who was named as responsible says that it is wrong.
struct ResponsibilityDisputed {
  static constexpr std::string_view kType = "complaint.responsibility.disputed";
  static constexpr int kVersion = 1;

  std::optional<ResponsibilityShare> share;  ///< of who disputes; absent: a system spoke for them
  AgentId disputed_by;
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(share), CEREAL_NVP(disputed_by), CEREAL_NVP(pii));
  }
};

/// Somebody who was neither named nor named others decided the dispute.
struct ResponsibilityConfirmed {
  static constexpr std::string_view kType = "complaint.responsibility.confirmed";
  static constexpr int kVersion = 1;

  ResponsibilityOutcome outcome{};
  std::vector<ResponsibilityShare> shares;  ///< as they are from now on
  AgentId confirmed_by;
  ComplaintWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(outcome), CEREAL_NVP(shares), CEREAL_NVP(confirmed_by), CEREAL_NVP(pii));
  }
};

using ComplaintEvents =
    Family<ComplaintLodged, ComplaintAccepted, ComplaintCauseDetermined, ResponsibilityAttributed,
           ComplaintClosed, ComplaintDeclined, ComplaintWithdrawn, ComplaintAssessed, DecisionCommunicated,
           ComplaintAppealed, ResponsibilityDisputed, ResponsibilityConfirmed>;

}  // namespace casetrail
