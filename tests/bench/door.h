// Clients of the release binary that send commands.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "tests/bench/serving.h"
#include "workers/bench/desk_load.h"
#include "workers/bench/latencies.h"

namespace casetrail::bench {

/// Commands of one load, taken by many clients: each number once, in order.
class Tickets {
 public:
  explicit Tickets(std::string run);
  std::size_t take() { return next_++; }
  [[nodiscard]] http::HttpRequest request(std::size_t number) const;

 private:
  DeskLoad load_;
  std::atomic<std::size_t> next_{0};
};

struct Round {
  double rate = 0;  ///< a second, over all clients
  Latencies took;
};

/// `clients` send `commands` in all, each the next one when it has its answer and, at a `rate`, it is due.
/// Throws when one is not accepted.
[[nodiscard]] Round send(const http::HttpAddress& address, Tickets& tickets, std::size_t clients,
                         std::size_t commands, double rate);

}  // namespace casetrail::bench
