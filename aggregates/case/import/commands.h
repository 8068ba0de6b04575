// Facts that happened elsewhere, brought in as they are: another system's history of a case.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/family.h"
#include "events/wire/reflect.h"

namespace casetrail {

struct Fact {
  std::string type;  ///< of an event: `request.registered`
  std::int32_t version = 1;
  RawJson data;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(version), CEREAL_NVP(data));
  }
};

/// All facts of one command happened at the command's time. No guard asks about them and they start no timer;
/// a case that has lived here takes none.
struct ImportFacts {
  static constexpr std::string_view kType = "case.import";
  static constexpr int kVersion = 1;

  std::string source;  ///< the system they come from
  std::vector<Fact> facts;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(source), CEREAL_NVP(facts));
  }
};

using ImportCommands = Family<ImportFacts>;

}  // namespace casetrail
