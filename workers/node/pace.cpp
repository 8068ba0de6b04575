// A run of a part is what was heard of it without a long silence.
#include "workers/node/pace.h"

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;

constexpr auto kStandsAfter = 5s;
constexpr auto kSilence = 1min;

}  // namespace

bool Pace::goes_on(const std::string& part, std::int64_t position) {
  const auto now = now_();
  const std::scoped_lock lock(mutex_);
  const auto [run, is_new] = runs_.try_emplace(part, Run{position, now, position, now, now});
  auto& [first, begun, last, moved, asked] = run->second;
  if (!is_new && now - asked >= kSilence) run->second = {position, now, position, now, now};
  asked = now;
  if (position != last) {
    last = position;
    moved = now;
  }
  return now - moved < kStandsAfter;
}

std::optional<double> Pace::seconds_left(const std::string& part, std::int64_t left) const {
  const std::scoped_lock lock(mutex_);
  const auto run = runs_.find(part);
  if (run == runs_.end() || run->second.last <= run->second.first) return std::nullopt;
  const auto taken = static_cast<double>(run->second.last - run->second.first);
  const auto seconds = std::chrono::duration<double>(run->second.moved - run->second.begun).count();
  return static_cast<double>(left) * seconds / taken;
}

}  // namespace casetrail::node
