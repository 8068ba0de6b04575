// Ending a case, the customer's verdict on it, and opening it again.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/resolution_terms.h"
#include "events/wire/family.h"
#include "events/wire/party.h"

namespace casetrail {

struct ResolveCase {
  static constexpr std::string_view kType = "case.resolve";
  static constexpr int kVersion = 1;

  ResolutionCode resolution_code{};
  std::optional<ResolutionNotes> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(resolution_code), CEREAL_NVP(pii));
  }
};

/// By the customer, whoever enters it.
struct AcceptResolution {
  static constexpr std::string_view kType = "case.resolution.accept";
  static constexpr int kVersion = 1;

  Channel channel{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel));
  }
};

/// By the customer, whoever enters it.
struct RejectResolution {
  static constexpr std::string_view kType = "case.resolution.reject";
  static constexpr int kVersion = 1;

  Channel channel{};
  CustomerWords pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(pii));
  }
};

/// The basis follows from what the case went through.
struct CloseCase {
  static constexpr std::string_view kType = "case.close";
  static constexpr int kVersion = 1;

  template <class Archive>
  void serialize(Archive&) {}
};

struct ReopenCase {
  static constexpr std::string_view kType = "case.reopen";
  static constexpr int kVersion = 1;

  ReopenReason reason_code{};
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(pii));
  }
};

using ResolutionCommands = Family<ResolveCase, AcceptResolution, RejectResolution, CloseCase, ReopenCase>;

}  // namespace casetrail
