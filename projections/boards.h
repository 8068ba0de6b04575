// The views, each made by its own source file.
#pragma once

#include <map>
#include <span>
#include <string_view>

#include "projections/kit/filters.h"
#include "projections/kit/view.h"

namespace casetrail::handoff {
kit::ViewType view_type();
kit::FilterSchemas filter_schemas();
}  // namespace casetrail::handoff

namespace casetrail::follow_up {
kit::ViewType view_type();
kit::FilterSchemas filter_schemas();
}  // namespace casetrail::follow_up

namespace casetrail::review {
kit::ViewType view_type();
kit::FilterSchemas filter_schemas();
}  // namespace casetrail::review

namespace casetrail::history {
kit::ViewType view_type();
kit::FilterSchemas filter_schemas();
}  // namespace casetrail::history

namespace casetrail {

/// Every view, a line each.
[[nodiscard]] std::span<const kit::ViewType> view_types();

/// The type of this name; null when there is none.
[[nodiscard]] const kit::ViewType* find_view(std::string_view name);

/// The filters of every view, by its name.
[[nodiscard]] const std::map<std::string_view, kit::FilterSchemas>& view_filters();

}  // namespace casetrail
