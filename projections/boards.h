// The views, each made by its own source file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "projections/kit/view.h"

namespace casetrail::cases {
kit::ViewType view_type();
}  // namespace casetrail::cases

namespace casetrail::handoff {
kit::ViewType view_type();
}  // namespace casetrail::handoff

namespace casetrail::follow_up {
kit::ViewType view_type();
}  // namespace casetrail::follow_up

namespace casetrail::review {
kit::ViewType view_type();
}  // namespace casetrail::review

namespace casetrail::sla {
kit::ViewType view_type();
}  // namespace casetrail::sla

namespace casetrail::complaints {
kit::ViewType view_type();
}  // namespace casetrail::complaints

namespace casetrail::owners {
kit::ViewType view_type();
}  // namespace casetrail::owners

namespace casetrail::closed {
kit::ViewType view_type();
}  // namespace casetrail::closed

namespace casetrail::history {
kit::ViewType view_type();
}  // namespace casetrail::history

namespace casetrail {

/// Every view, a line each.
[[nodiscard]] std::span<const kit::ViewType> view_types();

/// The type of this name; null when there is none.
[[nodiscard]] const kit::ViewType* find_view(std::string_view name);

/// What the board of this view consists of; null when there is no such view.
[[nodiscard]] const kit::Shape* find_shape(std::string_view view);

[[nodiscard]] std::vector<std::string_view> view_names();

/// A sentence on a name that none of `views` has, with the one that may have been meant.
[[nodiscard]] std::string unknown_view(std::string_view name, const std::vector<std::string_view>& views);

}  // namespace casetrail
