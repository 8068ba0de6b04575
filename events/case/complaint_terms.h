// The terms of complaints: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/code.h"

namespace casetrail {

enum class ComplaintAbout { product, service, person, department, delivery, price, policy };
constexpr auto enum_names(ComplaintAbout) {
  return std::to_array<std::string_view>(
      {"product", "service", "person", "department", "delivery", "price", "policy"});
}
constexpr std::string_view catalogue_name(ComplaintAbout) { return "complaint_about"; }

/// The seven causes of S0, and what a shop needs beside them
enum class ComplaintCause {
  product_quality,
  after_sales_repair,
  customer_personality,
  staff_error,
  business_policy_disagreement,
  service_standard_mismatch,
  expectation_too_high,
  logistics,
  price,
  promise_broken
};
constexpr auto enum_names(ComplaintCause) {
  return std::to_array<std::string_view>({"product_quality", "after_sales_repair", "customer_personality",
                                          "staff_error", "business_policy_disagreement",
                                          "service_standard_mismatch", "expectation_too_high", "logistics",
                                          "price", "promise_broken"});
}
constexpr std::string_view catalogue_name(ComplaintCause) { return "cause"; }

enum class LiableKind { department, agent, supplier, carrier, customer, none, platform };
constexpr auto enum_names(LiableKind) {
  return std::to_array<std::string_view>(
      {"department", "agent", "supplier", "carrier", "customer", "none", "platform"});
}

/// Whether the complaint is right, as somebody found who looked into it.
enum class ComplaintAssessment { justified, partly_justified, unjustified };
constexpr auto enum_names(ComplaintAssessment) {
  return std::to_array<std::string_view>({"justified", "partly_justified", "unjustified"});
}

enum class ComplaintSeverity { minor, moderate, serious, safety };
constexpr auto enum_names(ComplaintSeverity) {
  return std::to_array<std::string_view>({"minor", "moderate", "serious", "safety"});
}
constexpr std::string_view catalogue_name(ComplaintSeverity) { return "severity"; }

/// What becomes of a responsibility that was disputed.
enum class ResponsibilityOutcome { upheld, shifted, lifted };
constexpr auto enum_names(ResponsibilityOutcome) {
  return std::to_array<std::string_view>({"upheld", "shifted", "lifted"});
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

struct Criterion {
  std::string id;
  bool met = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(met));
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

/// What was found, or why a responsibility is wrong or stays. Personal.
struct ComplaintWords {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
