// One entry a route: so few that a lock and a map cost nothing beside an answer.
#include "workers/api/traffic.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

namespace casetrail::api {

struct Traffic::Ledger {
  mutable std::mutex mutex;
  std::map<http::RouteName, Figures> routes;

  void count(const http::RouteName& route, int status, double seconds) {
    const std::scoped_lock lock(mutex);
    auto& figures = routes[route];
    ++figures.answers[status];
    figures.duration.observe(seconds);
  }
};

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kNoAnswer = 500;

/// Shared by the copies of one reply.
template <class Ledger>
class Watched {
 public:
  Watched(std::shared_ptr<Ledger> ledger, http::RouteName route, http::Reply reply)
      : ledger_(std::move(ledger)), route_(std::move(route)), reply_(std::move(reply)) {}
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() { count(kNoAnswer); }

  void answer(http::HttpResponse response) {
    count(response.status);
    reply_(std::move(response));
  }

 private:
  void count(int status) {
    if (counted_.test_and_set()) return;
    ledger_->count(route_, status, std::chrono::duration<double>(Clock::now() - since_).count());
  }

  std::shared_ptr<Ledger> ledger_;
  http::RouteName route_;
  http::Reply reply_;
  Clock::time_point since_ = Clock::now();
  std::atomic_flag counted_;
};

}  // namespace

Traffic::Traffic() : ledger_(std::make_shared<Ledger>()) {}

http::Reply Traffic::watch(const http::RouteName& route, const http::Reply& reply) {
  const auto watched = std::make_shared<Watched<Ledger>>(ledger_, route, reply);
  return [watched](http::HttpResponse response) { watched->answer(std::move(response)); };
}

void Traffic::each(const Visit& visit) const {
  const std::scoped_lock lock(ledger_->mutex);
  for (const auto& [route, figures] : ledger_->routes) visit(route, figures);
}

}  // namespace casetrail::api
