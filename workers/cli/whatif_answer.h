// What the verb `whatif` answers with, and its text.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "workers/cli/display.h"
#include "workers/whatif/whatif.h"

namespace casetrail::cli {

struct WhatIfAnswer {
  std::string policy;  ///< as it was named
  whatif::Totals totals;
  std::int64_t damaged_cases = 0;  ///< left out
  std::vector<whatif::ChangedCase> changes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(policy), CEREAL_NVP(totals), CEREAL_NVP(damaged_cases), CEREAL_NVP(changes));
  }
};

[[nodiscard]] std::string whatif_text(const WhatIfAnswer& answer, const Display& display);

}  // namespace casetrail::cli
