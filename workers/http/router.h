// Finds the route of a request by its method and path.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workers/http/exchange.h"

namespace casetrail::http {

/// A request that has found its route.
struct Call {
  HttpRequest request;
  std::map<std::string, std::string> args;  ///< the `{names}` of the route's path, decoded
  /// Decoded as a form is, in the order of the names: `+` is a space, but at the beginning of a value itself.
  std::multimap<std::string, std::string> query;
};

/// A route as it was added, never as a client spells it.
struct RouteName {
  std::string method = "other";
  std::string path = "other";

  auto operator<=>(const RouteName&) const = default;
};

/// A table of routes. `{name}` stands for one segment, `{name*}` at the end for all that are left.
/// Routes are tried in the order in which they were added. Once built, it is safe for any thread.
class Router {
 public:
  using Action = std::function<void(Call, Reply)>;
  /// Gives the reply to answer with; the name is `RouteName{}` when no route is found.
  using Watch = std::function<Reply(const RouteName&, const Reply&)>;

  explicit Router(Watch watch = [](const RouteName&, const Reply& reply) { return reply; })
      : watch_(std::move(watch)) {}

  void add(std::string_view method, std::string_view path, Action action);

  /// Answers by the route's action, or 404 or 405 where there is none. `HEAD` is asked as `GET`.
  void handle(HttpRequest request, const Reply& reply) const;

 private:
  struct Route {
    RouteName name;
    std::vector<std::string> segments;
    Action action;
  };

  void refuse(HttpResponse refusal, const Reply& reply) const;

  Watch watch_;
  std::vector<Route> routes_;
};

}  // namespace casetrail::http
