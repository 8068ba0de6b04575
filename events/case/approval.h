// A second person's word: asked for by one actor, given or refused by another.
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

struct ApprovalRequested {
  static constexpr std::string_view kType = "approval.requested";
  static constexpr int kVersion = 1;

  ApprovalId approval_id;
  Code<ApprovalSubject> subject{};
  std::optional<std::string> about;  ///< the new owner, the callback, the cause: it is good for this alone
  std::optional<std::int64_t> amount_minor;  ///< in minor units of the policy's currency, 0 or more
  ApprovalWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval_id), CEREAL_NVP(subject), CEREAL_NVP(about), CEREAL_NVP(amount_minor),
            CEREAL_NVP(pii));
  }
};

/// The actor is never who asked.
struct ApprovalDecided {
  static constexpr std::string_view kType = "approval.decided";
  static constexpr int kVersion = 1;

  ApprovalId approval_id;
  bool granted = false;
  std::optional<ApprovalWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval_id), CEREAL_NVP(granted), CEREAL_NVP(pii));
  }
};

using ApprovalEvents = Family<ApprovalRequested, ApprovalDecided>;

}  // namespace casetrail
