// The terms of requests: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/code.h"

namespace casetrail {

enum class CaseKind { service_request, complaint, inquiry };
constexpr auto enum_names(CaseKind) {
  return std::to_array<std::string_view>({"service_request", "complaint", "inquiry"});
}
constexpr std::string_view catalogue_name(CaseKind) { return "kind"; }

/// A003
enum class ServiceStage { pre_sale, in_sale, after_sale };
constexpr auto enum_names(ServiceStage) {
  return std::to_array<std::string_view>({"pre_sale", "in_sale", "after_sale"});
}

enum class ClassifiedBy { rule, agent };
constexpr auto enum_names(ClassifiedBy) { return std::to_array<std::string_view>({"rule", "agent"}); }

/// Why a request is none that anybody has to work on.
enum class RejectReason { spam, test, duplicate, out_of_scope, not_a_customer, other };
constexpr auto enum_names(RejectReason) {
  return std::to_array<std::string_view>(
      {"spam", "test", "duplicate", "out_of_scope", "not_a_customer", "other"});
}
constexpr std::string_view catalogue_name(RejectReason) { return "rejection"; }

/// What is right now of the person behind a request, each absent where it stays. Personal.
struct AmendedDetails {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> contacts;  ///< all of them, in place of those before
  std::optional<std::string> address;
  std::optional<std::string> service_need;
  std::optional<std::string> symptom;
  std::optional<std::string> reason;  ///< why it is corrected

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(contacts), CEREAL_NVP(address), CEREAL_NVP(service_need),
            CEREAL_NVP(symptom), CEREAL_NVP(reason));
  }
};

/// The person behind a request. Personal.
struct CustomerDetails {
  std::string name;
  std::vector<std::string> contacts;
  std::optional<std::string> address;
  std::optional<std::string> service_need;  ///< in the customer's words
  std::optional<std::string> symptom;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(contacts), CEREAL_NVP(address), CEREAL_NVP(service_need),
            CEREAL_NVP(symptom));
  }
};

}  // namespace casetrail
