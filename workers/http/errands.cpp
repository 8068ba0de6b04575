// A queue ordered by time.
#include "workers/http/errands.h"

namespace casetrail {

Errands::Errands() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

Errands::~Errands() {
  thread_.request_stop();
  thread_.join();
}

void Errands::add(Errand errand, Clock::time_point not_before) {
  {
    const std::scoped_lock lock(mutex_);
    due_.push({not_before, added_++, std::move(errand)});
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
    const auto errand = due_.top().errand;
    due_.pop();
    lock.unlock();
    errand();
    lock.lock();
  }
}

}  // namespace casetrail
