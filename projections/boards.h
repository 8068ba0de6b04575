// The views, each made by its own source file.
#pragma once

#include "projections/view.h"

namespace casetrail {

ViewType handoff_view();
ViewType follow_up_view();
ViewType review_view();
ViewType history_view();

}  // namespace casetrail
