// What the customer is offered and what both sides agree on.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/family.h"
#include "events/ids.h"
#include "events/party.h"
#include "events/timestamp.h"

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

/// A124.
struct OptionsOffered {
  static constexpr std::string_view kType = "solution.options.offered";
  static constexpr int kVersion = 1;

  std::vector<SolutionOption> options;
  std::optional<Timestamp> valid_until;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(options), CEREAL_NVP(valid_until));
  }
};

/// By the customer.
struct OptionSelected {
  static constexpr std::string_view kType = "solution.option.selected";
  static constexpr int kVersion = 1;

  OptionId option_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id));
  }
};

/// A129, A133.
struct AgreementReached {
  static constexpr std::string_view kType = "agreement.reached";
  static constexpr int kVersion = 1;

  AgreementId agreement_id;
  std::optional<OptionId> option_id;
  AgreementKind kind{};
  Finality finality{};
  std::optional<std::string> customer_benefit;
  std::int64_t company_cost_minor = 0;  ///< as `cost_minor` of an option
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(option_id), CEREAL_NVP(kind), CEREAL_NVP(finality),
            CEREAL_NVP(customer_benefit), CEREAL_NVP(company_cost_minor), CEREAL_NVP(due_at));
  }
};

using SolutionEvents = Family<OptionsOffered, OptionSelected, AgreementReached>;
std::span<const TypeCodec> codecs(SolutionEvents);

}  // namespace casetrail
