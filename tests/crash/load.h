// Clients that insist: each sends its commands until every one was answered, whatever happens to the server.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "events/outcome.h"
#include "workers/http/server.h"

namespace casetrail {

/// What one client was promised.
struct Promise {
  std::string case_id;
  std::vector<Outcome> outcomes;  ///< of its commands, in their order; each accepted
};

/// A case of its own: a registration and `messages` messages, each sent again by the same id until it was
/// answered. Stops early, without the rest, when `give_up` is set.
[[nodiscard]] Promise insist(const HttpAddress& address, const std::string& name, int messages,
                             const std::atomic<bool>& give_up);

/// Every difference between what was promised and what the server holds now, a sentence each:
/// an event lost, doubled, out of order, or an answer that is another one when asked again.
[[nodiscard]] std::vector<std::string> broken_promises(const HttpAddress& address,
                                                       const std::vector<Promise>& promises);

}  // namespace casetrail
