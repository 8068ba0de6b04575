// What was decided on a case's personal texts.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/case/privacy_terms.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct LegalHold {
  Timestamp at{};
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(at), CEREAL_NVP(reason));
  }
};

/// That waits for the release of a hold.
struct WaitingErasure {
  LegalBasis legal_basis{};
  std::optional<std::string> reason;
  Timestamp requested_at{};
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(legal_basis), CEREAL_NVP(reason), CEREAL_NVP(requested_at), CEREAL_NVP(due_at));
  }
};

/// Of the texts of all events up to it.
struct Erasure {
  std::int64_t at_event = 0;  ///< its number in the case
  Timestamp at{};
  std::string by;  ///< `kind:id`
  LegalBasis legal_basis{};
  std::optional<std::string> reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(at_event), CEREAL_NVP(at), CEREAL_NVP(by), CEREAL_NVP(legal_basis),
            CEREAL_NVP(reason));
  }
};

struct PrivacyRegion {
  std::optional<LegalHold> hold;
  std::optional<WaitingErasure> waiting;
  std::optional<Erasure> erased;  ///< the last time

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(hold), CEREAL_NVP(waiting), CEREAL_NVP(erased));
  }
};

}  // namespace casetrail
