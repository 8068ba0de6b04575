// The list of all views.
#include "projections/boards.h"

#include <algorithm>
#include <array>

#include "events/wire/nearest.h"

namespace casetrail {

std::span<const kit::ViewType> view_types() {
  static const std::array kViews{cases::view_type(),  handoff::view_type(), follow_up::view_type(),
                                 review::view_type(), sla::view_type(),     complaints::view_type(),
                                 owners::view_type(), closed::view_type(),  history::view_type()};
  return kViews;
}

const kit::ViewType* find_view(std::string_view name) {
  const auto found = std::ranges::find(view_types(), name, &kit::ViewType::name);
  return found == view_types().end() ? nullptr : &*found;
}

const kit::Shape* find_shape(std::string_view view) {
  const auto* type = find_view(view);
  return type == nullptr ? nullptr : &type->shape();
}

std::vector<std::string_view> view_names() {
  std::vector<std::string_view> names;
  for (const auto& view : view_types()) names.push_back(view.name);
  return names;
}

std::string unknown_view(std::string_view name, const std::vector<std::string_view>& views) {
  const auto meant = nearest(name, views);
  auto sentence = "Unknown view '" + std::string(name) + "'.";
  if (!meant.empty()) sentence.append(" Did you mean '").append(meant).append("'?");
  for (const auto view : views) sentence.append(view == views.front() ? " Views: " : ", ").append(view);
  return sentence + ".";
}

}  // namespace casetrail
