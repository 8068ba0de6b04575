// The other nodes of the log: which of them are ready, what each holds, and asking them.
#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "workers/api/elsewhere.h"
#include "workers/http/server.h"
#include "workers/http/tls.h"
#include "workers/log/reason.h"

namespace casetrail::node {

struct PeerOptions {
  std::vector<http::HttpAddress> addresses = {};  ///< the first ones are asked first; this node may be one
  http::Trust trust = {};
  /// Of this machine's own user, which only this node knows, and what is shown to others in its place; empty:
  /// it is shown to nobody.
  std::string local_token = {};
  std::string token_for_others = {};
};

/// As a peer said last.
struct Standing {
  api::Roles roles{};   ///< that it may be asked for
  std::string trouble;  ///< why it is asked for nothing, a sentence; empty: it is ready

  [[nodiscard]] bool may_answer(api::Role role) const { return trouble.empty() && roles.contains(role); }
};

/// What an answer to `GET /v1/node` says to a node of this name and log.
[[nodiscard]] Standing standing_of(const std::expected<http::HttpResponse, std::string>& answer,
                                   const std::string& node, const std::string& log);

/// Looks at each of them every second, and asks for what comes on a thread a question.
class Peers final : public api::Elsewhere {
 public:
  /// `node` and `log` are this node's own.
  Peers(const PeerOptions& options, std::string node, std::string log);
  ~Peers() override;
  Peers(const Peers&) = delete;
  Peers& operator=(const Peers&) = delete;

  void ask(api::Role role, http::HttpRequest request, const http::Reply& reply) override;
  /// Gives up what is under way and waits for it; from then on everything is answered 503. The destructor
  /// does the same.
  void stop();

  /// Of `roles`, those that no peer is ready for: a sentence each, with what keeps the peers.
  [[nodiscard]] std::vector<log::Reason> missing_of(const api::Roles& roles) const;

 private:
  struct Peer;
  struct Asking {
    std::atomic<bool> is_over = false;
    std::jthread thread;
  };
  class Passing;
  enum class Passed { answered, next };

  void look(Peer& peer, const std::stop_token& stop);
  void pass(api::Role role, const http::HttpRequest& request, const http::Reply& reply);
  Passed pass_to(Peer& peer, const http::HttpRequest& request, const http::Reply& reply,
                 std::chrono::steady_clock::time_point until);

  PeerOptions options_;
  std::string node_;
  std::string log_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::atomic<bool> is_stopping_ = false;
  std::mutex mutex_;  ///< guards the next one
  std::list<std::unique_ptr<Asking>> asking_;
};

}  // namespace casetrail::node
