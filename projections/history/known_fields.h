// What is known of a case, a field a line, so that two moments of it can be compared.
#pragma once

#include <map>
#include <string>

#include "projections/history/case_head.h"

namespace casetrail::history {

/// By the field's path, such as `assignment.agent_id`; an element of a list goes by the id that it has:
/// `callbacks.c1.phase`. Values are text as a person reads it. What is not known or not so (false, 0,
/// none) has no line.
using KnownFields = std::map<std::string, std::string, std::less<>>;

/// Of the case's state and the head of its page; nothing before its first event. What counts events or ids is
/// left out, and what the head says again in other words.
[[nodiscard]] KnownFields known_fields(const CaseHead& of);

}  // namespace casetrail::history
