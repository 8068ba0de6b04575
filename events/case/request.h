// The request: what the customer asks, how it is sorted and how urgent it is.
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

/// First event of every case (A020). A second registration of the same channel and reference meets this one.
struct RequestRegistered {
  static constexpr std::string_view kType = "request.registered";
  static constexpr int kVersion = 1;

  Code<CaseKind> kind{};
  ServiceStage service_stage = ServiceStage::after_sale;
  Code<Channel> channel{};
  std::optional<std::string>
      external_ref;                   ///< the sender's own number; with the channel it gives the case id
  std::optional<std::string> number;  ///< `CT-2611-000123`, see `case_number`; older cases have none
  Timestamp received_at{};
  std::optional<CustomerRef> customer_ref;
  std::optional<std::string> product_model;
  std::optional<std::string> serial_no;
  std::optional<std::string> order_ref;
  std::optional<std::string> category;     ///< `fault/power`: a path of the policy's routing
  std::optional<std::string> customer_tz;  ///< IANA name of the zone that the customer lives in
  CustomerDetails pii;
  std::optional<bool> is_complaint;  ///< true where the policy counts its kind among the complaints

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(service_stage), CEREAL_NVP(channel), CEREAL_NVP(external_ref),
            CEREAL_NVP(number), CEREAL_NVP(received_at), CEREAL_NVP(customer_ref), CEREAL_NVP(product_model),
            CEREAL_NVP(serial_no), CEREAL_NVP(order_ref), CEREAL_NVP(category), CEREAL_NVP(customer_tz),
            CEREAL_NVP(pii), CEREAL_NVP(is_complaint));
  }
};

/// ISO 10002 "acknowledge".
struct RequestAcknowledged {
  static constexpr std::string_view kType = "request.acknowledged";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  std::optional<Timestamp> promised_next_update_at;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(promised_next_update_at));
  }
};

struct RequestClassified {
  static constexpr std::string_view kType = "request.classified";
  static constexpr int kVersion = 1;

  std::string category;  ///< `fault/power`
  std::optional<std::string> service_type;
  std::int32_t difficulty = 1;  ///< 1 (anybody) to 5 (an expert)
  std::vector<std::string> required_skills;
  ClassifiedBy by{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(service_type), CEREAL_NVP(difficulty),
            CEREAL_NVP(required_skills), CEREAL_NVP(by));
  }
};

struct RequestPrioritized {
  static constexpr std::string_view kType = "request.prioritized";
  static constexpr int kVersion = 1;

  Level impact{};
  Level urgency{};
  Priority priority{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(impact), CEREAL_NVP(urgency), CEREAL_NVP(priority), CEREAL_NVP(reason));
  }
};

/// What was registered is corrected: each field is absent where it stays, and empty where nothing is known
/// any more. What was said before stands in the events before.
struct RequestAmended {
  static constexpr std::string_view kType = "request.amended";
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
  std::optional<bool> is_complaint;  ///< true where the policy counts the new kind among the complaints

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(service_stage), CEREAL_NVP(customer_ref), CEREAL_NVP(product_model),
            CEREAL_NVP(serial_no), CEREAL_NVP(order_ref), CEREAL_NVP(category), CEREAL_NVP(customer_tz),
            CEREAL_NVP(pii), CEREAL_NVP(is_complaint));
  }
};

/// It is none that anybody has to work on; `case.closed` follows.
struct RequestRejected {
  static constexpr std::string_view kType = "request.rejected";
  static constexpr int kVersion = 1;

  Code<RejectReason> reason_code{};
  bool explained = false;  ///< to who sent it
  std::optional<CaseId> duplicate_of;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(explained), CEREAL_NVP(duplicate_of), CEREAL_NVP(pii));
  }
};

/// The customer needs nothing any more; `case.closed` follows.
struct RequestWithdrawn {
  static constexpr std::string_view kType = "request.withdrawn";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

using RequestEvents = Family<RequestRegistered, RequestAcknowledged, RequestClassified, RequestPrioritized,
                             RequestAmended, RequestRejected, RequestWithdrawn>;

}  // namespace casetrail
