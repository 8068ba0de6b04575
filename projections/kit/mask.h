// Hides the person on a board: enough is left to tell two customers apart, not enough to call one.
#pragma once

#include <string>
#include <string_view>

namespace casetrail::kit {

/// The first character and two stars: `王**`. Of a name of one character nothing is left.
[[nodiscard]] std::string mask_name(std::string_view name);

/// Every number of seven digits or more keeps its first three and its last digits (four of eleven or more,
/// else two), every e-mail address its first character and its domain: `138****1111`, `w***@example.com`.
/// What is named as a contact (`QQ: 12345`, `微信 wang_li`) is cut. Other text stays. Digits of every script
/// count, `①` and `⁸` too, in groups too: `１３８-1234 (1111)`. Characters without a look change nothing.
[[nodiscard]] std::string mask_contacts_in(std::string_view text);

/// The first two characters and three stars: `上海***`. Of a place of two characters nothing is left.
[[nodiscard]] std::string mask_place(std::string_view place);

/// One contact of a customer: as above, and what is neither number nor address is cut: `138****1111 ***`.
/// Where there is none of both two characters are left.
[[nodiscard]] std::string mask_contact(std::string_view contact);

}  // namespace casetrail::kit
