// The terms of solutions: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/wire/ids.h"

namespace casetrail {

enum class OptionKind { exchange, refund, wait, repair, compensation, gift, other };
constexpr auto enum_names(OptionKind) {
  return std::to_array<std::string_view>(
      {"exchange", "refund", "wait", "repair", "compensation", "gift", "other"});
}

enum class AgreementKind { solution, recovery };
constexpr auto enum_names(AgreementKind) { return std::to_array<std::string_view>({"solution", "recovery"}); }

/// A130: an agreement is not always the final answer
enum class Finality { interim, final };
constexpr auto enum_names(Finality) { return std::to_array<std::string_view>({"interim", "final"}); }

/// By what is known that an agreement was fulfilled.
enum class Witness { customer, document, system, colleague };
constexpr auto enum_names(Witness) {
  return std::to_array<std::string_view>({"customer", "document", "system", "colleague"});
}

struct SolutionOption {
  OptionId option_id;
  OptionKind kind{};
  std::string plan;
  std::int64_t cost_minor = 0;  ///< in minor units of the policy's currency, 0 or more
  bool recommended = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id), CEREAL_NVP(kind), CEREAL_NVP(plan), CEREAL_NVP(cost_minor),
            CEREAL_NVP(recommended));
  }
};

}  // namespace casetrail
