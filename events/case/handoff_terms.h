// The terms of handoffs: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/code.h"

namespace casetrail {

enum class HandoffKind { shift, department, specialist, functional_escalation, vendor };
constexpr auto enum_names(HandoffKind) {
  return std::to_array<std::string_view>(
      {"shift", "department", "specialist", "functional_escalation", "vendor"});
}

/// Whether the case goes over with it, or stays and the other side answers a question.
enum class HandoffMode { transfer, question };
constexpr auto enum_names(HandoffMode) { return std::to_array<std::string_view>({"transfer", "question"}); }

enum class HandoffReason {
  out_of_scope,
  skill_needed,
  shift_end,
  customer_request,
  overload,
  vendor_part,
  imported,
  other
};
constexpr auto enum_names(HandoffReason) {
  return std::to_array<std::string_view>({"out_of_scope", "skill_needed", "shift_end", "customer_request",
                                          "overload", "vendor_part", "imported", "other"});
}
constexpr std::string_view catalogue_name(HandoffReason) { return "handoff"; }

enum class ReturnReason { not_our_duty, incomplete, wrong_department, no_capacity, other };
constexpr auto enum_names(ReturnReason) {
  return std::to_array<std::string_view>(
      {"not_our_duty", "incomplete", "wrong_department", "no_capacity", "other"});
}
constexpr std::string_view catalogue_name(ReturnReason) { return "return"; }

/// Of the reasons that casetrail brings, those that say that it is the work of others.
constexpr bool disputes_duty(const Code<ReturnReason>& reason) {
  return reason == ReturnReason::not_our_duty || reason == ReturnReason::wrong_department;
}

enum class HandoffResult { done, partly_done, not_possible };
constexpr auto enum_names(HandoffResult) {
  return std::to_array<std::string_view>({"done", "partly_done", "not_possible"});
}

/// The note that S3 prescribes, in six fields; a question needs two of them. Personal.
struct HandoffNote {
  std::optional<std::string> customer = {};
  std::optional<std::string> contact_channel = {};
  std::string because;
  std::optional<std::string> wants = {};
  std::string please_do;
  std::optional<std::string> how = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(customer), CEREAL_NVP(contact_channel), CEREAL_NVP(because), CEREAL_NVP(wants),
            CEREAL_NVP(please_do), CEREAL_NVP(how));
  }
};

/// What a department answers to a question. Personal.
struct HandoffAnswer {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
