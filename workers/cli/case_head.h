// How a case stands, in lines.
#pragma once

#include <string>
#include <vector>

#include "events/wire/timestamp.h"
#include "projections/kit/words.h"
#include "workers/cli/display.h"

namespace casetrail::cli {

/// A label and what stands behind it, a line each; nothing has no line.
struct HeadLine {
  kit::Words label;
  std::vector<std::string> values;
};

/// Everything that is known of the case, and all that is open in it. `state` and `history` are the answers of
/// its two routes.
[[nodiscard]] std::vector<HeadLine> case_head(const std::string& state, const std::string& history,
                                              Timestamp now, const Display& display);

}  // namespace casetrail::cli
