// The terms of approvals: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string>
#include <string_view>

#include "events/wire/code.h"

namespace casetrail {

/// What a second person is asked to approve.
enum class ApprovalSubject { owner_change, callback_waiver, complaint_cause, compensation, other };
constexpr auto enum_names(ApprovalSubject) {
  return std::to_array<std::string_view>(
      {"owner_change", "callback_waiver", "complaint_cause", "compensation", "other"});
}
constexpr std::string_view catalogue_name(ApprovalSubject) { return "approval"; }

/// Why it is asked for, or what the second person says about it. Personal.
struct ApprovalWords {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
