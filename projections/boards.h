// The views, each made by its own source file.
#pragma once

#include "projections/filters.h"
#include "projections/view.h"

namespace casetrail {

ViewType handoff_view();
ViewType follow_up_view();
ViewType review_view();
ViewType history_view();

FilterSchemas handoff_filters();
FilterSchemas follow_up_filters();
FilterSchemas review_filters();
FilterSchemas history_filters();

/// The filters of every view, by its name.
[[nodiscard]] const std::map<std::string_view, FilterSchemas>& view_filters();

}  // namespace casetrail
