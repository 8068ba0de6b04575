// What may be asked for a request: take it in, sort it, say how urgent it is.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/request_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

using ExternalRef = Id<struct ExternalRefTag>;

/// First command of every case. With an `external_ref` the case id is `case_id_of(channel, external_ref)`.
struct RegisterRequest {
  static constexpr std::string_view kType = "request.register";
  static constexpr int kVersion = 1;

  Code<CaseKind> kind{};
  std::optional<ServiceStage> service_stage;  ///< absent: after_sale
  Code<Channel> channel{};
  std::optional<ExternalRef> external_ref;
  std::optional<Timestamp> received_at;  ///< absent: when the command happened
  std::optional<CustomerRef> customer_ref;
  std::optional<std::string> product_model;
  std::optional<std::string> serial_no;
  std::optional<std::string> order_ref;
  std::optional<std::string> category;     ///< `fault/power`
  std::optional<std::string> customer_tz;  ///< IANA name of the zone that the customer lives in
  CustomerDetails pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(service_stage), CEREAL_NVP(channel), CEREAL_NVP(external_ref),
            CEREAL_NVP(received_at), CEREAL_NVP(customer_ref), CEREAL_NVP(product_model),
            CEREAL_NVP(serial_no), CEREAL_NVP(order_ref), CEREAL_NVP(category), CEREAL_NVP(customer_tz),
            CEREAL_NVP(pii));
  }
};

struct AcknowledgeRequest {
  static constexpr std::string_view kType = "request.acknowledge";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  std::optional<Timestamp> promised_next_update_at;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(promised_next_update_at));
  }
};

struct ClassifyRequest {
  static constexpr std::string_view kType = "request.classify";
  static constexpr int kVersion = 1;

  std::string category;  ///< `fault/power`
  std::optional<std::string> service_type;
  std::optional<std::int32_t> difficulty;  ///< 1 (anybody) to 5 (an expert); absent: 1
  std::optional<std::vector<std::string>> required_skills;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(service_type), CEREAL_NVP(difficulty),
            CEREAL_NVP(required_skills));
  }
};

/// The policy's matrix makes the priority of impact and urgency.
struct PrioritizeRequest {
  static constexpr std::string_view kType = "request.prioritize";
  static constexpr int kVersion = 1;

  Level impact{};
  Level urgency{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(impact), CEREAL_NVP(urgency), CEREAL_NVP(reason));
  }
};

/// A field that is absent stays as it is; an empty text says that nothing is known of it any more.
struct AmendRequest {
  static constexpr std::string_view kType = "request.amend";
  static constexpr int kVersion = 1;

  std::optional<Code<CaseKind>> kind;
  std::optional<ServiceStage> service_stage;
  std::optional<CustomerRef> customer_ref;
  std::optional<std::string> product_model;
  std::optional<std::string> serial_no;
  std::optional<std::string> order_ref;
  std::optional<std::string> category;
  std::optional<std::string> customer_tz;
  std::optional<AmendedDetails> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(service_stage), CEREAL_NVP(customer_ref), CEREAL_NVP(product_model),
            CEREAL_NVP(serial_no), CEREAL_NVP(order_ref), CEREAL_NVP(category), CEREAL_NVP(customer_tz),
            CEREAL_NVP(pii));
  }
};

/// Before anybody works on it: spam, a test, one that is there already. Closes the case.
struct RejectRequest {
  static constexpr std::string_view kType = "request.reject";
  static constexpr int kVersion = 1;

  Code<RejectReason> reason_code{};
  bool explained = false;              ///< to who sent it
  std::optional<CaseId> duplicate_of;  ///< the case is linked with it
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(explained), CEREAL_NVP(duplicate_of), CEREAL_NVP(pii));
  }
};

/// By the customer, whoever enters it. Closes the case.
struct WithdrawRequest {
  static constexpr std::string_view kType = "request.withdraw";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

using RequestCommands = Family<RegisterRequest, AcknowledgeRequest, ClassifyRequest, PrioritizeRequest,
                               AmendRequest, RejectRequest, WithdrawRequest>;

}  // namespace casetrail
