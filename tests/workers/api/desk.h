// The API over a log that accepts every command and boards that never change, and what it answers.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "tests/fuzz/instant_log.h"
#include "tests/fuzz/story_desk.h"
#include "workers/api/api.h"

namespace casetrail::test {

template <class View = fuzz::StoryDesk>
class Desk {
 public:
  /// `node`: what of all it holds.
  explicit Desk(api::Node node = {}) : api_(log_, outcomes_.get(), desk_, std::move(node)) {}

  [[nodiscard]] const api::Api& api() const { return api_; }
  [[nodiscard]] http::HttpResponse ask(http::HttpRequest request) const {
    return begin(std::move(request)).get();
  }
  /// The same, of a request that is not answered at once.
  [[nodiscard]] std::future<http::HttpResponse> begin(http::HttpRequest request) const {
    const auto promise = std::make_shared<std::promise<http::HttpResponse>>();
    auto answer = promise->get_future();
    api_.handle(std::move(request),
                [promise](http::HttpResponse response) { promise->set_value(std::move(response)); });
    return answer;
  }
  [[nodiscard]] http::HttpResponse get(const std::string& target) const {
    return ask({.method = "GET", .target = target});
  }
  [[nodiscard]] View& view() { return desk_; }
  /// So many commands lie in the log.
  [[nodiscard]] log::Offset commands() { return log_.appended(); }

 private:
  fuzz::InstantLog log_;
  View desk_;
  std::unique_ptr<api::OutcomeWaiter> outcomes_ = api::OutcomeWaiter::start(log_).value();
  api::Api api_;
};

}  // namespace casetrail::test
