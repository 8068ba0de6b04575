// A case as a page of one file, which tells its history without a server.
#pragma once

#include <string>

#include "events/wire/timestamp.h"
#include "workers/cli/display.h"

namespace casetrail::cli {

/// The answers of a case's routes, as they came.
struct CaseAnswers {
  std::string state;
  std::string history;
  std::string held;
};

/// HTML without scripts, pictures or anything that is fetched: how the case stands, who had it, and every
/// event with its fields. Clock events are hidden until a reader wants them.
[[nodiscard]] std::string case_page(const CaseAnswers& answers, Timestamp now, const Display& display);

}  // namespace casetrail::cli
