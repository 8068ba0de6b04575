// What is decided on a customer's personal texts. None of these has any.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "events/case/privacy_terms.h"
#include "events/wire/family.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// While a hold is in force it waits for the release (A273).
struct ErasureRequested {
  static constexpr std::string_view kType = "privacy.erasure.requested";
  static constexpr int kVersion = 1;

  LegalBasis legal_basis{};
  std::optional<std::string> reason;
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(legal_basis), CEREAL_NVP(reason), CEREAL_NVP(due_at));
  }
};

/// The personal texts of all events of the case before this one are gone: whoever keeps copies drops them.
struct CustomerErased {
  static constexpr std::string_view kType = "customer.erased";
  static constexpr int kVersion = 1;

  LegalBasis legal_basis{};
  std::optional<std::string> reason;
  Timestamp requested_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(legal_basis), CEREAL_NVP(reason), CEREAL_NVP(requested_at));
  }
};

/// Until it is released nothing of the case is erased (A274).
struct HoldPlaced {
  static constexpr std::string_view kType = "privacy.hold.placed";
  static constexpr int kVersion = 1;

  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
};

struct HoldReleased {
  static constexpr std::string_view kType = "privacy.hold.released";
  static constexpr int kVersion = 1;

  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
};

using PrivacyEvents = Family<ErasureRequested, CustomerErased, HoldPlaced, HoldReleased>;

}  // namespace casetrail
