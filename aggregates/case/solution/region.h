// What was offered to the customer, chosen and agreed.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "events/case/solution_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

struct OfferedOption {
  OptionId option_id;
  std::int64_t cost_minor = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(option_id), CEREAL_NVP(cost_minor));
  }
};

struct AgreementRegion {
  std::vector<OfferedOption> offered;
  std::optional<OptionId> selected;
  std::optional<AgreementId> agreement_id;  ///< the latest
  std::optional<Finality> finality;         ///< of the latest
  std::optional<OptionId> agreed_option;    ///< of the latest

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offered), CEREAL_NVP(selected), CEREAL_NVP(agreement_id), CEREAL_NVP(finality),
            CEREAL_NVP(agreed_option));
  }
};

}  // namespace casetrail
