// Offering the customer ways out, and agreeing on one.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/solution_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct OfferOptions {
  static constexpr std::string_view kType = "solution.options.offer";
  static constexpr int kVersion = 1;

  std::vector<SolutionOption> options;
  std::optional<Timestamp> valid_until;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(options), CEREAL_NVP(valid_until));
  }
};

/// The customer's choice, whoever enters it.
struct SelectOption {
  static constexpr std::string_view kType = "solution.option.select";
  static constexpr int kVersion = 1;

  OptionId option_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id));
  }
};

/// The customer wants none of these, whoever enters it.
struct DeclineOption {
  static constexpr std::string_view kType = "solution.option.decline";
  static constexpr int kVersion = 1;

  std::vector<OptionId> option_ids;  ///< one at least
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_ids), CEREAL_NVP(pii));
  }
};

struct ReachAgreement {
  static constexpr std::string_view kType = "agreement.reach";
  static constexpr int kVersion = 1;

  AgreementKind kind{};
  Finality finality{};
  std::optional<std::string> customer_benefit;
  std::optional<std::int64_t> company_cost_minor;  ///< absent: the cost of the selected option
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(finality), CEREAL_NVP(customer_benefit),
            CEREAL_NVP(company_cost_minor), CEREAL_NVP(due_at));
  }
};

struct FulfillAgreement {
  static constexpr std::string_view kType = "agreement.fulfill";
  static constexpr int kVersion = 1;

  AgreementId agreement_id;
  Witness witness{};
  std::optional<std::string> evidence;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(witness), CEREAL_NVP(evidence));
  }
};

using SolutionCommands = Family<OfferOptions, SelectOption, ReachAgreement, DeclineOption, FulfillAgreement>;

}  // namespace casetrail
