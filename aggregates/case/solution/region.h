// What was offered to the customer, chosen and agreed.
#pragma once

#include <algorithm>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/case/solution_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct OfferedOption {
  OptionId option_id;
  OptionKind kind{};
  std::string plan;
  std::int64_t cost_minor = 0;
  bool declined = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id), CEREAL_NVP(kind), CEREAL_NVP(plan), CEREAL_NVP(cost_minor),
            CEREAL_NVP(declined));
  }
};

/// What was agreed and is neither fulfilled nor superseded.
struct OpenAgreement {
  AgreementId agreement_id;
  AgreementKind kind{};
  Timestamp due_at{};
  bool breached = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreement_id), CEREAL_NVP(kind), CEREAL_NVP(due_at), CEREAL_NVP(breached));
  }
};

struct AgreementRegion {
  std::vector<OfferedOption> offered;
  std::optional<OptionId> selected;
  std::optional<AgreementId> agreement_id;      ///< the latest
  std::optional<AgreementKind> kind;            ///< of the latest
  std::optional<Finality> finality;             ///< of the latest
  std::optional<OptionId> agreed_option;        ///< of the latest
  std::optional<Timestamp> due_at;              ///< of the latest
  std::optional<std::string> customer_benefit;  ///< of the latest
  std::int64_t company_cost_minor = 0;          ///< of the latest
  std::optional<Timestamp> valid_until;         ///< of what is offered
  std::vector<OpenAgreement> open;              ///< one of each kind at most, in the order of their ids

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offered), CEREAL_NVP(selected), CEREAL_NVP(agreement_id), CEREAL_NVP(kind),
            CEREAL_NVP(finality), CEREAL_NVP(agreed_option), CEREAL_NVP(due_at), CEREAL_NVP(open),
            CEREAL_NVP(customer_benefit), CEREAL_NVP(company_cost_minor), CEREAL_NVP(valid_until));
  }
};

/// Whether the agreement is neither fulfilled nor superseded.
[[nodiscard]] inline bool is_open(const AgreementRegion& region, const std::optional<AgreementId>& id) {
  return id && std::ranges::find(region.open, *id, &OpenAgreement::agreement_id) != region.open.end();
}

}  // namespace casetrail
