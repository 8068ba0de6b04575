// A case as its page tells it above the history.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/cases/rows.h"

namespace casetrail::cases {

/// The customer is masked. What is not known is absent, and what was asked for where the history tells of it.
struct Head {
  std::optional<std::string> number;
  std::optional<std::string> reference;
  Code<CaseKind> kind{};
  std::optional<Priority> priority;
  std::optional<std::string> category;
  std::optional<std::string> customer;
  std::optional<std::string> contact;
  std::optional<std::string> customer_ref;
  std::optional<std::string> product;
  std::optional<std::string> order_ref;
  std::optional<std::string> serial_no;
  std::optional<Timestamp> registered_at;
  Timestamp in_status_since{};
  std::optional<std::string> department;
  std::optional<std::string> queue;
  std::optional<std::string> assignee;
  std::optional<std::string> owner;
  std::optional<std::string> waiting_for;  ///< see `CaseRow::waiting_for`
  std::optional<Timestamp> suspended_until;
  std::optional<NextTarget> next_target;
  std::vector<Breach> breaches;  ///< in this cycle, in their order
  std::int32_t escalations = 0;  ///< in this cycle
  std::optional<Escalation> escalation;
  std::int64_t handoffs = 0;
  std::int64_t ping_pongs = 0;
  std::vector<std::string> went_through;
  std::optional<Timestamp> unanswered_since;
  std::int32_t chases = 0;
  std::vector<std::string> tags;
  std::vector<CaseLink> links;
  std::optional<PrivacyRegion> privacy;
  std::vector<OpenHandoff> questions;     ///< to other departments, not answered
  std::vector<OpenAgreement> agreements;  ///< neither fulfilled nor superseded
  std::optional<ErrandRegion> errands;    ///< goods that come back, visits
  // What was asked for, as it was amended since; the customer's texts masked.
  std::optional<ServiceStage> service_stage = {};
  std::optional<std::string> address = {};
  std::optional<std::string> service_need = {};
  std::optional<std::string> symptom = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(number), CEREAL_NVP(reference), CEREAL_NVP(kind), CEREAL_NVP(priority),
            CEREAL_NVP(category), CEREAL_NVP(customer), CEREAL_NVP(contact), CEREAL_NVP(customer_ref),
            CEREAL_NVP(product), CEREAL_NVP(order_ref), CEREAL_NVP(serial_no), CEREAL_NVP(registered_at),
            CEREAL_NVP(in_status_since), CEREAL_NVP(department), CEREAL_NVP(queue), CEREAL_NVP(assignee),
            CEREAL_NVP(owner), CEREAL_NVP(waiting_for), CEREAL_NVP(suspended_until), CEREAL_NVP(next_target),
            CEREAL_NVP(breaches), CEREAL_NVP(escalations), CEREAL_NVP(escalation), CEREAL_NVP(handoffs),
            CEREAL_NVP(ping_pongs), CEREAL_NVP(went_through), CEREAL_NVP(unanswered_since),
            CEREAL_NVP(chases), CEREAL_NVP(tags), CEREAL_NVP(links), CEREAL_NVP(privacy),
            CEREAL_NVP(questions), CEREAL_NVP(agreements), CEREAL_NVP(errands), CEREAL_NVP(service_stage),
            CEREAL_NVP(address), CEREAL_NVP(service_need), CEREAL_NVP(symptom));
  }
};

[[nodiscard]] Head head_of(const CaseRow& row);

}  // namespace casetrail::cases
