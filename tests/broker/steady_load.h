// Clients that go on for as long as a fault takes, insist on every answer, and note how long each one took.
#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "tests/crash/load.h"
#include "workers/http/server.h"

namespace casetrail {

/// Each client leads some cases, asks one of the servers, and turns to the next one when no answer comes. A
/// command is sent again by the same id until it is answered; the time counts from the first try.
class SteadyLoad {
 public:
  using Clock = std::chrono::steady_clock;

  /// `run` names the cases and belongs to this load alone.
  SteadyLoad(std::vector<http::HttpAddress> servers, const std::string& run);
  ~SteadyLoad();
  SteadyLoad(const SteadyLoad&) = delete;
  SteadyLoad& operator=(const SteadyLoad&) = delete;

  /// Waits until every client was answered some commands more that it began from now on; false when one was
  /// not for a minute and a half.
  [[nodiscard]] bool goes_on() const;

  /// Lets every client take its last answer; what all of them were promised.
  [[nodiscard]] std::vector<crash::Promise> end();

  /// After `end`: the times of the answers that were waited for at `from` or later, printed as one line and
  /// kept as properties of the test.
  void report_pause(const std::string& fault, Clock::time_point from) const;

 private:
  struct Client;

  void lead(Client& client);

  std::vector<http::HttpAddress> servers_;
  std::string run_;
  std::atomic<bool> over_{false};     ///< no command is begun any more
  std::atomic<bool> give_up_{false};  ///< and none sent again
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace casetrail
