// The catalogues of the policy, and the lists of the rows.
#include "projections/kit/known_codes.h"

namespace casetrail::kit {

Filters::CodeObjection objection_to_codes(const BoardSettings& settings, const ListReader& lists) {
  if (settings.catalogues == nullptr) return {};
  return [catalogues = settings.catalogues, &lists](const FilterType& filter,
                                                    std::string_view code) -> std::optional<std::string> {
    const auto& catalogue = *catalogues->find(filter.kind.catalogue);
    if (catalogue.find(code) != nullptr || lists.count(list_of(filter.list, code)) > 0) return std::nullopt;
    const auto meant = catalogue.nearest_to(code);
    auto expected = "a code of the policy's catalogue '" + std::string(catalogue.name) + "'";
    if (!meant.empty()) expected.append(", such as '").append(meant).append("'");
    return expected;
  };
}

}  // namespace casetrail::kit
