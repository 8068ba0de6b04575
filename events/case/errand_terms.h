// The terms of returns and visits: what their events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace casetrail {

/// What the customer gets for the goods.
enum class ReturnKind { refund, exchange, repair };
constexpr auto enum_names(ReturnKind) {
  return std::to_array<std::string_view>({"refund", "exchange", "repair"});
}

/// How the goods arrived.
enum class GoodsCondition { intact, damaged, parts_missing, wrong_item, other };
constexpr auto enum_names(GoodsCondition) {
  return std::to_array<std::string_view>({"intact", "damaged", "parts_missing", "wrong_item", "other"});
}

enum class InspectionVerdict { passed, passed_in_part, failed };
constexpr auto enum_names(InspectionVerdict) {
  return std::to_array<std::string_view>({"passed", "passed_in_part", "failed"});
}

enum class VisitResult { done, customer_absent, parts_missing, not_possible, canceled };
constexpr auto enum_names(VisitResult) {
  return std::to_array<std::string_view>(
      {"done", "customer_absent", "parts_missing", "not_possible", "canceled"});
}

struct ReturnItem {
  std::string item;
  std::int32_t quantity = 1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(quantity));
  }
};

}  // namespace casetrail
