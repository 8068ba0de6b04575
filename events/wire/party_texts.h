// What the values mean that events and commands of every family share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kPartyText{
    "A department and, where it is known, a person in it.",
    "部门，以及已知时的具体人员。",
    {{"department_id", "The department.", "部门"},
     {"agent_id", "The person in it. Absent: nobody in person yet.", "人员"}}};

inline constexpr TypeText kCustomerWordsText{"What the customer said. Personal.",
                                             "客户原话（个人信息）。",
                                             {{"text", "The customer's own words.", "客户原话"}}};

}  // namespace casetrail
