// How many requests each route was sent, how they were answered, and how long that took.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "workers/http/router.h"
#include "workers/log/counters.h"

namespace casetrail::api {

/// Any thread.
class Traffic {
 public:
  struct Figures {
    std::map<int, std::uint64_t> answers;  ///< by status
    log::DurationHistogram duration;       ///< from the request, whole, to its answer, which is not sent yet
  };
  using Visit = std::function<void(const http::RouteName&, const Figures&)>;

  Traffic();

  /// Counts the request under `route` when the reply is called. A reply that is dropped counts as 500.
  [[nodiscard]] http::Reply watch(const http::RouteName& route, const http::Reply& reply);

  /// Every route that was asked for, in order.
  void each(const Visit& visit) const;

 private:
  struct Ledger;
  std::shared_ptr<Ledger> ledger_;  ///< a reply may come when all else is gone
};

}  // namespace casetrail::api
