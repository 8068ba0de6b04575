// Ending a case, the customer's verdict on it, and opening it again.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/request/commands.h"
#include "events/case/request_terms.h"
#include "events/case/resolution_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"

namespace casetrail {

struct ResolveCase {
  static constexpr std::string_view kType = "case.resolve";
  static constexpr int kVersion = 1;

  Code<ResolutionCode> resolution_code{};
  std::optional<ResolutionNotes> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(resolution_code), CEREAL_NVP(pii));
  }
};

/// By the customer, whoever enters it.
struct AcceptResolution {
  static constexpr std::string_view kType = "case.resolution.accept";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

/// By the customer, whoever enters it.
struct RejectResolution {
  static constexpr std::string_view kType = "case.resolution.reject";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// The basis follows from what the case went through.
struct CloseCase {
  static constexpr std::string_view kType = "case.close";
  static constexpr int kVersion = 1;

  template <class Archive>
  void serialize(Archive&) {}
};

struct ReopenCase {
  static constexpr std::string_view kType = "case.reopen";
  static constexpr int kVersion = 1;

  ReopenReason reason_code{};
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(pii));
  }
};

/// The person behind a request, and what was done for them at once. Personal.
struct FirstContactDetails {
  std::string name;
  std::vector<std::string> contacts;
  std::optional<std::string> address;
  std::optional<std::string> service_need;  ///< in the customer's words
  std::optional<std::string> symptom;
  std::optional<std::string> resolution;  ///< what was done

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(contacts), CEREAL_NVP(address), CEREAL_NVP(service_need),
            CEREAL_NVP(symptom), CEREAL_NVP(resolution));
  }
};

/// A case from its registration to its resolution in one step, by the agent who solved it at once. First
/// command of its case, as `RegisterRequest`.
struct ResolveAtFirstContact {
  static constexpr std::string_view kType = "case.first_contact.resolve";
  static constexpr int kVersion = 1;

  Code<CaseKind> kind{};
  Code<Channel> channel{};
  std::optional<ExternalRef> external_ref;
  std::optional<CustomerRef> customer_ref;
  std::optional<std::string> product_model;
  std::optional<std::string> serial_no;
  std::optional<std::string> order_ref;
  std::string category;          ///< `fault/power`
  std::optional<Level> impact;   ///< absent: low
  std::optional<Level> urgency;  ///< absent: low
  Code<ResolutionCode> resolution_code{};
  FirstContactDetails pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(channel), CEREAL_NVP(external_ref), CEREAL_NVP(customer_ref),
            CEREAL_NVP(product_model), CEREAL_NVP(serial_no), CEREAL_NVP(order_ref), CEREAL_NVP(category),
            CEREAL_NVP(impact), CEREAL_NVP(urgency), CEREAL_NVP(resolution_code), CEREAL_NVP(pii));
  }
};

using ResolutionCommands =
    Family<ResolveCase, AcceptResolution, RejectResolution, CloseCase, ReopenCase, ResolveAtFirstContact>;

}  // namespace casetrail
