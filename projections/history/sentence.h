// One readable line for every event of a case.
#pragma once

#include <string>

#include "events/case/event.h"

namespace casetrail::history {

/// What happened, in English, the sender's texts as they are: hand it events without the person.
[[nodiscard]] std::string sentence(const Event& event);

}  // namespace casetrail::history
