// What may be decided on a customer's personal texts.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "events/case/privacy_terms.h"
#include "events/wire/family.h"

namespace casetrail {

/// Erases at once, or with the release of the hold that is in force.
struct RequestErasure {
  static constexpr std::string_view kType = "privacy.erasure.request";
  static constexpr int kVersion = 1;

  LegalBasis legal_basis{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(legal_basis), CEREAL_NVP(reason));
  }
};

struct PlaceHold {
  static constexpr std::string_view kType = "privacy.hold.place";
  static constexpr int kVersion = 1;

  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
};

/// Ends the hold, and does what it kept waiting.
struct ReleaseHold {
  static constexpr std::string_view kType = "privacy.hold.release";
  static constexpr int kVersion = 1;

  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
};

using PrivacyCommands = Family<RequestErasure, PlaceHold, ReleaseHold>;

}  // namespace casetrail
