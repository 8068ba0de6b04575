// Goods that come back and visits to the customer, as far as a later step asks about them.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string_view>
#include <vector>

#include "events/case/errand_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

enum class ReturnPhase { authorized, received, inspected };
constexpr auto enum_names(ReturnPhase) {
  return std::to_array<std::string_view>({"authorized", "received", "inspected"});
}

struct ReturnRegion {
  ReturnId return_id;
  ReturnPhase phase{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(phase));
  }
};

struct VisitRegion {
  VisitId visit_id;
  AgentId technician_id;
  Timestamp starts_at{};
  Timestamp ends_at{};
  bool over = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(visit_id), CEREAL_NVP(technician_id), CEREAL_NVP(starts_at), CEREAL_NVP(ends_at),
            CEREAL_NVP(over));
  }
};

/// Absent of most cases.
struct ErrandRegion {
  std::vector<ReturnRegion> returns;
  std::vector<VisitRegion> visits;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(returns), CEREAL_NVP(visits));
  }
};

}  // namespace casetrail
