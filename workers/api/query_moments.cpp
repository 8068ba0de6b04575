// The zone is asked for only where a moment is not in its wire form.
#include "workers/api/query_moments.h"

#include <algorithm>

#include "aggregates/time/moment.h"
#include "projections/boards.h"
#include "projections/kit/shape.h"

namespace casetrail::api {
namespace {

/// The shape of the board that the route shows; null: it shows none.
const kit::Shape* shown_board(const RouteText& route, const http::Call& call) {
  if (route.rest != RouteText::Rest::filters) return nullptr;
  const auto view = call.args.find("view");
  return find_shape(view != call.args.end() ? std::string_view(view->second)
                                            : route.path.substr(route.path.rfind('/') + 1));
}

/// A moment whose `+08:00` was sent as it stands, which in a query is a space: a space has no other place
/// behind the `T`.
std::string with_offset(std::string moment) {
  const auto space = moment.rfind(' ');
  if (space != std::string::npos && moment.contains('T')) moment[space] = '+';
  return moment;
}

}  // namespace

void write_moments(const RouteText& route, http::Call& call, ViewDesk& desk) {
  const auto* board = shown_board(route, call);
  const auto is_moment = [&](std::string_view name) {
    const auto own = std::ranges::find(route.query_parameters, name, &RouteText::Parameter::name);
    if (own != route.query_parameters.end())
      return own->schema == kMomentSchema || own->schema == kCaseMomentSchema;
    if (board == nullptr) return false;
    const auto filter = std::ranges::find(board->filters, name, &kit::FilterType::name);
    return filter != board->filters.end() && filter->kind.is_moment;
  };
  for (auto& [name, value] : call.query) {
    if (!is_moment(name) || parse_timestamp(value)) continue;
    if (const auto at = moment_of(with_offset(value), desk.zone())) value = to_wire(*at);
  }
}

}  // namespace casetrail::api
