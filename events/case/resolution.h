// How a case ends, is confirmed by the customer, and opens again.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "events/case/resolution_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct CaseResolved {
  static constexpr std::string_view kType = "case.resolved";
  static constexpr int kVersion = 1;

  Code<ResolutionCode> resolution_code{};
  std::optional<AgreementId> agreement_id;
  Attribution attributed;
  std::optional<ResolutionNotes> pii;
  std::optional<bool> counts_as_solved;  ///< false where the policy says so of the code

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(resolution_code), CEREAL_NVP(agreement_id), CEREAL_NVP(attributed), CEREAL_NVP(pii),
            CEREAL_NVP(counts_as_solved));
  }
};

struct ResolutionAccepted {
  static constexpr std::string_view kType = "case.resolution.accepted";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

/// Brings the case back to in_progress.
struct ResolutionRejected {
  static constexpr std::string_view kType = "case.resolution.rejected";
  static constexpr int kVersion = 1;

  Code<Channel> channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

struct CaseClosed {
  static constexpr std::string_view kType = "case.closed";
  static constexpr int kVersion = 1;

  ClosureBasis basis{};
  std::optional<AgentId> closed_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(basis), CEREAL_NVP(closed_by));
  }
};

/// Every open period is a numbered cycle; measures count per cycle and per case.
struct CaseReopened {
  static constexpr std::string_view kType = "case.reopened";
  static constexpr int kVersion = 1;

  ReopenReason reason_code{};
  std::int32_t cycle_no = 2;  ///< 2 for the first reopening
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(cycle_no), CEREAL_NVP(pii));
  }
};

using ResolutionEvents =
    Family<CaseResolved, ResolutionAccepted, ResolutionRejected, CaseClosed, CaseReopened>;

}  // namespace casetrail
