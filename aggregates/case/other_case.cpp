// A number for people would be another name of the same case, which nobody could find by its id.
#include "aggregates/case/other_case.h"

#include <string>

#include "events/case/case_id.h"
#include "events/case/case_number.h"

namespace casetrail {

std::optional<Rejection> objection_to_other(const CaseId& other, std::string_view field,
                                            std::string_view intent, const Context& context) {
  const bool is_id = is_case_id(other.value) && !parse_case_number(other.value);
  if (const auto guard = context.guard("not_a_case_id", !is_id, [&] { return other.value; }))
    return guard
        .refuse(intent,
                "'" + std::string(field) + "' is '" + other.value + "', which is not the id of a case")
        .error();
  if (const auto guard =
          context.guard("self_link", other == context.envelope.case_id, [&] { return other.value; }))
    return guard.refuse(intent, "the other case is this one").error();
  return std::nullopt;
}

}  // namespace casetrail
