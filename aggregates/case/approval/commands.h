// Asking a second person, and answering.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/case/approval_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"

namespace casetrail {

struct RequestApproval {
  static constexpr std::string_view kType = "approval.request";
  static constexpr int kVersion = 1;

  Code<ApprovalSubject> subject{};
  std::optional<std::string> about;  ///< the new owner, the callback, the cause
  std::optional<std::int64_t> amount_minor;
  ApprovalWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(subject), CEREAL_NVP(about), CEREAL_NVP(amount_minor), CEREAL_NVP(pii));
  }
};

/// By another actor than who asked.
struct DecideApproval {
  static constexpr std::string_view kType = "approval.decide";
  static constexpr int kVersion = 1;

  ApprovalId approval_id;
  bool granted = false;
  std::optional<ApprovalWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval_id), CEREAL_NVP(granted), CEREAL_NVP(pii));
  }
};

using ApprovalCommands = Family<RequestApproval, DecideApproval>;

}  // namespace casetrail
