// The codes that a company works with, as forms, filters and other systems ask for them.
#pragma once

#include <string>
#include <string_view>

#include "aggregates/policy/catalogues.h"
#include "aggregates/policy/names.h"
#include "aggregates/policy/policy.h"
#include "projections/kit/words.h"

namespace casetrail::api {

/// What a code is called: as the policy says, else as casetrail does, else by itself.
[[nodiscard]] kit::Words label_of(const CatalogueEntry& entry);
/// A language without a label takes that of the other.
[[nodiscard]] kit::Words label_of(const RoleName& role);

/// `{"catalogues":[{name, codes:[{code, label:{en,zh}, retired, requires, …}]}]}`; `retired` and each of
/// `catalogue_flags` is there where it is set, `requires` where a kind of case requires fields.
[[nodiscard]] std::string catalogues_document(const Policy& policy);
[[nodiscard]] std::string catalogues_document_schema();

}  // namespace casetrail::api
