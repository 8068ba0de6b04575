// Moments of a query: written by people, read by routes and filters in their one wire form.
#pragma once

#include "workers/api/routes.h"
#include "workers/api/view_desk.h"
#include "workers/http/router.h"

namespace casetrail::api {

/// Makes the wire form of each parameter of the route, and filter of its board, that is a moment as
/// `moment_of` reads one, on the clocks of the desk's zone. What is none stays, for whoever reads it to
/// refuse.
void write_moments(const RouteText& route, http::Call& call, ViewDesk& desk);

}  // namespace casetrail::api
