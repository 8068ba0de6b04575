// The HTTP API as an object: requests in, answers out, with a socket before it or without.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

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

  /// Any thread; never waits. Reads are answered on threads of the API's own.
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
  /// What an answer has to cover, and how long it may take.
  struct Covered {
    std::function<std::optional<std::string>()> behind;  ///< nothing: covered
    std::chrono::milliseconds patience;
  };
  void answer_when(const Covered& covered, const Reply& reply, const std::function<HttpResponse()>& answer);
  void simulate(std::uint64_t seed, std::size_t cases, const Reply& reply);

  EventLog& log_;
  OutcomeWaiter& outcomes_;
  ViewDesk& desk_;
  Router router_;
  Errands errands_;  ///< what never waits
  Errands asking_;   ///< what asks the log, and may wait for it
};

}  // namespace casetrail
