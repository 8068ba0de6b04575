// What moves for a case: goods that the customer sends back (A037), technicians who go out (A014).
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/errand_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct ReturnAuthorized {
  static constexpr std::string_view kType = "return.authorized";
  static constexpr int kVersion = 1;

  ReturnId return_id;
  ReturnKind kind{};
  std::vector<ReturnItem> items;
  std::optional<std::string> rma_no;  ///< the number that the customer was told

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(kind), CEREAL_NVP(items), CEREAL_NVP(rma_no));
  }
};

struct ReturnReceived {
  static constexpr std::string_view kType = "return.received";
  static constexpr int kVersion = 1;

  ReturnId return_id;
  GoodsCondition condition{};
  std::optional<Timestamp> inspect_by;  ///< absent on imported facts alone

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(condition), CEREAL_NVP(inspect_by));
  }
};

struct ReturnInspected {
  static constexpr std::string_view kType = "return.inspected";
  static constexpr int kVersion = 1;

  ReturnId return_id;
  InspectionVerdict verdict{};
  std::optional<std::int64_t> refund_minor;  ///< in minor units of the policy's currency, 0 or more
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(verdict), CEREAL_NVP(refund_minor), CEREAL_NVP(pii));
  }
};

/// A technician is sent to the customer.
struct WorkDispatched {
  static constexpr std::string_view kType = "work.dispatched";
  static constexpr int kVersion = 1;

  VisitId visit_id;
  AgentId technician_id;
  Timestamp starts_at{};  ///< the customer was told to expect the visit from here
  Timestamp ends_at{};    ///< to here

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(visit_id), CEREAL_NVP(technician_id), CEREAL_NVP(starts_at), CEREAL_NVP(ends_at));
  }
};

struct VisitCompleted {
  static constexpr std::string_view kType = "work.visit.completed";
  static constexpr int kVersion = 1;

  VisitId visit_id;
  VisitResult result{};
  std::vector<std::string> parts;  ///< that were used
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(visit_id), CEREAL_NVP(result), CEREAL_NVP(parts), CEREAL_NVP(pii));
  }
};

using ErrandEvents =
    Family<ReturnAuthorized, ReturnReceived, ReturnInspected, WorkDispatched, VisitCompleted>;

}  // namespace casetrail
