// The list of all views.
#include "projections/view.h"

#include <algorithm>
#include <array>

#include "projections/boards.h"

namespace casetrail {

std::span<const ViewType> view_types() {
  static const std::array kViews{handoff_view(), follow_up_view(), review_view(), history_view()};
  return kViews;
}

const std::map<std::string_view, FilterSchemas>& view_filters() {
  static const std::map<std::string_view, FilterSchemas> kFilters{
      {handoff_view().name, handoff_filters()},
      {follow_up_view().name, follow_up_filters()},
      {review_view().name, review_filters()},
      {history_view().name, history_filters()}};
  return kFilters;
}

const ViewType* find_view(std::string_view name) {
  const auto found = std::ranges::find(view_types(), name, &ViewType::name);
  return found == view_types().end() ? nullptr : &*found;
}

}  // namespace casetrail
