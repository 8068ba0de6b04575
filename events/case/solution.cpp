// Reads and writes the events of solution.h.
#include "events/case/solution.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<OptionsOffered> = "Ways to solve it were put before the customer.";
template <>
constexpr std::string_view kSummary<OptionSelected> = "The customer chose one of the ways.";
template <>
constexpr std::string_view kSummary<AgreementReached> =
    "Customer and company agreed on what is done, by when and at whose cost.";

template struct FamilyCodecs<EventKind, SolutionEvents>;

}  // namespace casetrail
