// What the customer is offered and what both sides agree on.
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

/// By the customer.
struct OptionDeclined {
  static constexpr std::string_view kType = "solution.option.declined";
  static constexpr int kVersion = 1;

  std::vector<OptionId> option_ids;
  std::optional<CustomerWords> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_ids), CEREAL_NVP(pii));
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

/// What was promised is done.
struct AgreementFulfilled {
  static constexpr std::string_view kType = "agreement.fulfilled";
  static constexpr int kVersion = 1;

  AgreementId agreement_id;
  Witness witness{};
  std::optional<std::string> evidence;  ///< a receipt, a tracking number
  bool late = false;                    ///< after it was breached

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(witness), CEREAL_NVP(evidence), CEREAL_NVP(late));
  }
};

/// Its due time passed; it stays to be fulfilled.
struct AgreementBreached {
  static constexpr std::string_view kType = "agreement.breached";
  static constexpr int kVersion = 1;

  AgreementId agreement_id;
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(due_at));
  }
};

/// A newer one of its kind takes its place, which is not to be fulfilled any more (A130).
struct AgreementSuperseded {
  static constexpr std::string_view kType = "agreement.superseded";
  static constexpr int kVersion = 1;

  AgreementId agreement_id;
  AgreementId by_agreement_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(by_agreement_id));
  }
};

using SolutionEvents = Family<OptionsOffered, OptionSelected, AgreementReached, OptionDeclined,
                              AgreementFulfilled, AgreementBreached, AgreementSuperseded>;

}  // namespace casetrail
