// Finds the route of a request by its method and path.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workers/http/exchange.h"

namespace casetrail::http {

/// A request that has found its route.
struct Call {
  HttpRequest request;
  std::map<std::string, std::string> args;   ///< the `{names}` of the route's path, decoded
  std::map<std::string, std::string> query;  ///< decoded
};

/// A table of routes. `{name}` stands for one segment, `{name*}` at the end for all that are left.
/// Routes are tried in the order in which they were added. Once built, it is safe for any thread.
class Router {
 public:
  using Action = std::function<void(Call, Reply)>;

  void add(std::string_view method, std::string_view path, Action action);

  /// Answers by the route's action, or 404 or 405 where there is none, or 400 when a name comes twice in the
  /// query. `HEAD` is asked as `GET`.
  void handle(HttpRequest request, const Reply& reply) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
    Action action;
  };

  std::vector<Route> routes_;
};

}  // namespace casetrail::http
