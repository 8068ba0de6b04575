// Which views move in lockstep: the configuration of a projection worker.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "projections/kit/view.h"

namespace casetrail::projection {

/// What a projection may hold in memory.
struct ProjectionBounds {
  std::size_t cached_rows = 16'384;   ///< decoded, of one table of one view in one partition
  std::size_t batch_events = 50'000;  ///< whose rows one worker gathers before it writes them
};

/// The views of one projection: one fetch, one decode and one batch of rows for all of them.
struct ProjectionType {
  std::string name;  ///< `boards`, `history`
  std::vector<const kit::ViewType*> views;
  ProjectionBounds bounds{};
  std::string secret{};  ///< of this node, see `kit::Rows::secret`; rows of another one are rebuilt
};

/// The projections that `views` ask for by their `worker`, in the order of their names.
[[nodiscard]] inline std::vector<ProjectionType> projection_types(std::span<const kit::ViewType> views) {
  std::map<std::string, ProjectionType> by_name;
  for (const auto& view : views) {
    auto& type = by_name[std::string(view.worker)];
    type.name = view.worker;
    type.views.push_back(&view);
  }
  std::vector<ProjectionType> types;
  types.reserve(by_name.size());
  for (auto& [name, type] : by_name) types.push_back(std::move(type));
  return types;
}

}  // namespace casetrail::projection
