// The HTTP API as an object: requests in, answers out, with a socket before it or without.
#pragma once

#include <memory>

#include "workers/http/errands.h"
#include "workers/http/exchange.h"
#include "workers/http/outcome_waiter.h"
#include "workers/http/router.h"
#include "workers/http/view_desk.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// The log, the waiter and the desk outlive it.
class Api {
 public:
  Api(EventLog& log, OutcomeWaiter& outcomes, ViewDesk& desk);

  /// Any thread; never waits. Reads are answered on a thread of the API's own.
  void handle(HttpRequest request, const Reply& reply) const { router_.handle(std::move(request), reply); }

 private:
  /// A route of `route_texts()`; a query parameter that it does not have is refused.
  void add(std::string_view method, std::string_view path, Router::Action action);
  void add_commands();
  void add_reads();
  void add_rebuilds();
  void add_operations();
  void take_command(const Call& call, const Reply& reply);
  void take_batch(const Call& call, const Reply& reply);
  void when_covered(const Call& call, const std::string& view, const Reply& reply,
                    const std::function<HttpResponse()>& answer);

  EventLog& log_;
  OutcomeWaiter& outcomes_;
  ViewDesk& desk_;
  Router router_;
  Errands errands_;
};

}  // namespace casetrail
