// The attributes of CloudEvents in words, for the published contract.
#pragma once

#include <string_view>
#include <vector>

namespace casetrail {

struct AttributeText {
  std::string_view header;  ///< `ce_specversion`
  std::string_view meaning;
  std::string_view on;         ///< where it may stand: `commands`, `events`, `outcomes`, separated by spaces
  std::string_view always_on;  ///< where it always stands
  bool is_name = false;        ///< in a command it is bound by `kNameBound`
};

/// Of a record of ours on the events topic, beside its attributes: its place in the chain of its partition,
/// `<number> <digest>`.
inline constexpr std::string_view kLinkHeader = "casetrail-link";

/// Every attribute, in the order in which they are written.
[[nodiscard]] std::vector<AttributeText> attribute_texts();

}  // namespace casetrail
