// What the fields mean that events and commands of privacy share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr FieldText kLegalBasisText{"legal_basis", "Why the personal texts have to go.", "法律依据"};
inline constexpr FieldText kErasureReasonText{
    "reason", "Where the request is filed, or why, in a few words. It stays for ever: name no person in it.",
    "登记号或说明"};
inline constexpr FieldText kHoldReasonText{
    "reason",
    "Why, in a few words, such as the number of a lawsuit. It stays for ever: name no person in it.",
    "保全说明"};

}  // namespace casetrail
