// How a customer is found by a contact that the board does not show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casetrail::kit {

/// A contact in one spelling: of a telephone number its digits, without the marks between them, an
/// international prefix, and China's country code (86) before 11 digits; of all else small letters without
/// spaces. Fullwidth forms count as the plain ones.
[[nodiscard]] std::string plain_contact(std::string_view contact);

/// All plain spellings that somebody may have written who meant this contact: of a telephone number those
/// with its country code and, where that is `country_code`, those within the country. A number that names no
/// country is taken for one of `country_code`, too. The first one is its own.
[[nodiscard]] std::vector<std::string> contact_spellings(std::string_view contact,
                                                         std::string_view country_code);

/// What stands for the contact in any spelling: only who has `secret` can tell whether a guess is right.
[[nodiscard]] std::string contact_key(std::string_view secret, std::string_view contact);

}  // namespace casetrail::kit
