// A complaint within a case, by the steps of ISO 10002: from what the customer blames to whom the company
// blames, with evidence.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/family.h"
#include "events/ids.h"
#include "events/party.h"
#include "events/timestamp.h"

namespace casetrail {

enum class ComplaintAbout { product, service, person, department };
constexpr auto enum_names(ComplaintAbout) {
  return std::to_array<std::string_view>({"product", "service", "person", "department"});
}

/// The seven causes of S0
enum class ComplaintCause {
  product_quality,
  after_sales_repair,
  customer_personality,
  staff_error,
  business_policy_disagreement,
  service_standard_mismatch,
  expectation_too_high
};
constexpr auto enum_names(ComplaintCause) {
  return std::to_array<std::string_view>({"product_quality", "after_sales_repair", "customer_personality",
                                          "staff_error", "business_policy_disagreement",
                                          "service_standard_mismatch", "expectation_too_high"});
}

enum class LiableKind { department, agent, supplier, carrier, customer, none };
constexpr auto enum_names(LiableKind) {
  return std::to_array<std::string_view>({"department", "agent", "supplier", "carrier", "customer", "none"});
}

/// The course of events in the customer's words. Personal.
struct ComplaintDetails {
  std::string course_of_events;
  std::optional<std::string> remedy_sought;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(course_of_events), CEREAL_NVP(remedy_sought));
  }
};

struct ComplaintLodged {
  static constexpr std::string_view kType = "complaint.lodged";
  static constexpr int kVersion = 1;

  ComplaintAbout about{};
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

struct Criterion {
  std::string id;
  bool met = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(met));
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

  ComplaintCause cause_code{};
  std::vector<std::string> evidence;
  AgentId determined_by;
  std::optional<AgentId> seconded_by;  ///< asked for when the cause is the customer's personality

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cause_code), CEREAL_NVP(evidence), CEREAL_NVP(determined_by), CEREAL_NVP(seconded_by));
  }
};

struct ResponsibilityShare {
  LiableKind party{};
  std::optional<std::string> ref;  ///< department, agent or company
  std::int32_t percent = 0;        ///< 0 to 100; the shares of an attribution sum to 100

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(party), CEREAL_NVP(ref), CEREAL_NVP(percent));
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

using ComplaintEvents = Family<ComplaintLodged, ComplaintAccepted, ComplaintCauseDetermined,
                               ResponsibilityAttributed, ComplaintClosed>;
std::span<const TypeCodec> codecs(ComplaintEvents);

}  // namespace casetrail
