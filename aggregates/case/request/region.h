// What a case was classified as.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casetrail {

/// What the case is about, and who can help.
struct Classification {
  std::string category;
  std::optional<std::string> service_type;
  std::int32_t difficulty = 1;  ///< 1 to 5
  std::vector<std::string> required_skills;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(service_type), CEREAL_NVP(difficulty),
            CEREAL_NVP(required_skills));
  }
};

}  // namespace casetrail
