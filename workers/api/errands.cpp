// A queue ordered by time.
#include "workers/api/errands.h"

#include <spdlog/spdlog.h>

#include <exception>
#include <utility>

namespace casetrail::api {

Errands::Errands(std::size_t most_waiting)
    : most_waiting_(most_waiting), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Errands::~Errands() { stop(); }

void Errands::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

bool Errands::offer(Errand errand) {
  {
    const std::scoped_lock lock(mutex_);
    if (offered_ >= most_waiting_) return false;
    ++offered_;
    due_.push({{}, added_++, std::move(errand), Origin::offered});
  }
  changed_.notify_one();
  return true;
}

void Errands::add(Errand errand, Clock::time_point not_before) {
  {
    const std::scoped_lock lock(mutex_);
    due_.push({not_before, added_++, std::move(errand), Origin::added});
  }
  changed_.notify_one();
}

void Errands::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (due_.empty()) {
      changed_.wait(lock, stop, [this] { return !due_.empty(); });
      continue;
    }
    if (const auto at = due_.top().at; at > Clock::now()) {
      changed_.wait_until(lock, stop, at, [&] { return due_.top().at < at; });
      continue;
    }
    auto due = due_.top();
    due_.pop();
    if (due.origin == Origin::offered) --offered_;
    lock.unlock();
    try {
      std::exchange(due.errand, nullptr)();
    } catch (const std::exception& error) {
      spdlog::error("an errand was given up: {}", error.what());
    }
    lock.lock();
  }
}

}  // namespace casetrail::api
