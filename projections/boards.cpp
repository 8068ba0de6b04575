// The list of all views.
#include "projections/boards.h"

#include <algorithm>
#include <array>

namespace casetrail {

std::span<const kit::ViewType> view_types() {
  static const std::array kViews{handoff::view_type(), follow_up::view_type(), review::view_type(),
                                 history::view_type()};
  return kViews;
}

const std::map<std::string_view, kit::FilterSchemas>& view_filters() {
  static const std::map<std::string_view, kit::FilterSchemas> kFilters{
      {handoff::view_type().name, handoff::filter_schemas()},
      {follow_up::view_type().name, follow_up::filter_schemas()},
      {review::view_type().name, review::filter_schemas()},
      {history::view_type().name, history::filter_schemas()}};
  return kFilters;
}

const kit::ViewType* find_view(std::string_view name) {
  const auto found = std::ranges::find(view_types(), name, &kit::ViewType::name);
  return found == view_types().end() ? nullptr : &*found;
}

}  // namespace casetrail
