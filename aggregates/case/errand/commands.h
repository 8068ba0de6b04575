// Taking goods back, and sending a technician out.
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

struct AuthorizeReturn {
  static constexpr std::string_view kType = "return.authorize";
  static constexpr int kVersion = 1;

  ReturnKind kind{};
  std::vector<ReturnItem> items;  ///< one at least
  std::optional<std::string> rma_no;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(items), CEREAL_NVP(rma_no));
  }
};

struct ReceiveReturn {
  static constexpr std::string_view kType = "return.receive";
  static constexpr int kVersion = 1;

  ReturnId return_id;
  GoodsCondition condition{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(condition));
  }
};

struct InspectReturn {
  static constexpr std::string_view kType = "return.inspect";
  static constexpr int kVersion = 1;

  ReturnId return_id;
  InspectionVerdict verdict{};
  std::optional<std::int64_t> refund_minor;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(return_id), CEREAL_NVP(verdict), CEREAL_NVP(refund_minor), CEREAL_NVP(pii));
  }
};

struct DispatchWork {
  static constexpr std::string_view kType = "work.dispatch";
  static constexpr int kVersion = 1;

  AgentId technician_id;
  Timestamp starts_at{};
  Timestamp ends_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(technician_id), CEREAL_NVP(starts_at), CEREAL_NVP(ends_at));
  }
};

struct CompleteVisit {
  static constexpr std::string_view kType = "work.visit.complete";
  static constexpr int kVersion = 1;

  VisitId visit_id;
  VisitResult result{};
  std::optional<std::vector<std::string>> parts;
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(visit_id), CEREAL_NVP(result), CEREAL_NVP(parts), CEREAL_NVP(pii));
  }
};

using ErrandCommands = Family<AuthorizeReturn, ReceiveReturn, InspectReturn, DispatchWork, CompleteVisit>;

}  // namespace casetrail
