// Finds the types that a source text defines under names which every other text of the program sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

/// The qualified names (`casetrail::handoff::Board`) of the classes, unions and enumerations that `text`
/// defines, in order. Left out is what cannot meet a namesake: what lies in an anonymous namespace or in a
/// function, and specialisations of templates. A template is written `Table<>`: it is another than a plain
/// type of that name.
[[nodiscard]] std::vector<std::string> type_names_in(std::string_view text);

}  // namespace casetrail
