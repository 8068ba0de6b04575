// The terms of privacy: what its events, commands and states are told in.
#pragma once

#include <array>
#include <string_view>

namespace casetrail {

/// Why a person may ask that their data go, or a company has to let them go: GDPR article 17 (1), PIPL
/// article 47.
enum class LegalBasis {
  customer_request,
  consent_withdrawn,
  purpose_fulfilled,
  unlawful_processing,
  legal_obligation
};
constexpr auto enum_names(LegalBasis) {
  return std::to_array<std::string_view>({"customer_request", "consent_withdrawn", "purpose_fulfilled",
                                          "unlawful_processing", "legal_obligation"});
}

}  // namespace casetrail
