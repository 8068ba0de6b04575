// The threads of the engine.
#include "workers/node/loop.h"

#include <pthread.h>
#include <spdlog/spdlog.h>

#include <chrono>

namespace casetrail::node {
namespace {

constexpr auto kPause = std::chrono::milliseconds(200);

using Clock = std::chrono::steady_clock;

void run(const std::stop_token& stop, const std::string& name, std::atomic<Clock::time_point>& began,
         const Loops::Step& step) {
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
  std::string last_error;
  while (!stop.stop_requested()) {
    began = Clock::now();
    const auto done = step();
    if (done) {
      if (!last_error.empty()) spdlog::info("{} goes on", name);
      last_error.clear();
      continue;
    }
    if (done.error() != last_error) spdlog::warn("{}: {}", name, done.error());
    last_error = done.error();
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

Loops::~Loops() {
  for (auto& thread : threads_) thread.request_stop();
}

void Loops::add(std::string name, Step step) {
  auto& beat = beats_.emplace_back(std::move(name));
  threads_.emplace_back([&beat, step = std::move(step)](const std::stop_token& stop) {
    run(stop, beat.name, beat.began, step);
  });
}

std::vector<std::string> Loops::standing_still(Clock::duration patience) const {
  const auto now = Clock::now();
  std::vector<std::string> names;
  for (const auto& beat : beats_) {
    if (now - beat.began.load() >= patience) names.push_back(beat.name);
  }
  return names;
}

}  // namespace casetrail::node
