// How telephone numbers are dialled: the codes of countries, and what stands before a number within one.
#pragma once

#include <string_view>

namespace casetrail {

/// Whether `digits` are the code of a country, or of a service that has one: list of ITU-T E.164 assigned
/// country codes, as of its annex of 2016.
[[nodiscard]] bool is_country_code(std::string_view digits);

/// The country code at the beginning of the digits of an international number; empty when there is none.
/// No code is the beginning of another.
[[nodiscard]] std::string_view country_code_of(std::string_view digits);

/// What is dialled before a number within the country: `0`, in a few countries something else.
[[nodiscard]] std::string_view trunk_prefix_of(std::string_view country_code);

}  // namespace casetrail
