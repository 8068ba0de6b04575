// What is trimmed is in the store after the next write, and before that nothing is refilled.
#include "workers/command/timer_window.h"

#include <iterator>

namespace casetrail::command {

storage::StoreResult<void> TimerWindow::load(const storage::Store& store) {
  known_.clear();
  return read_behind(store, "");
}

storage::StoreResult<void> TimerWindow::refill(const storage::Store& store) {
  if (!horizon_ || known_.size() > capacity_ / 4) return {};
  return read_behind(store, encode(*horizon_));
}

storage::StoreResult<void> TimerWindow::read_behind(const storage::Store& store, const std::string& last) {
  horizon_.reset();
  return store.scan(family::kTimers, "", last, [&](std::string_view key, std::string_view) {
    if (key == last) return true;
    if (known_.size() == capacity_) {
      horizon_ = *known_.rbegin();
      return false;
    }
    if (auto timer = decode_timed_key(key)) known_.insert(std::move(*timer));
    return true;
  });
}

void TimerWindow::move(const CaseId& case_id, std::optional<Timestamp> from, std::optional<Timestamp> to) {
  if (from == to) return;
  if (from) known_.erase({*from, case_id.value});
  if (!to) return;
  TimedKey key{*to, case_id.value};
  if (horizon_ && *horizon_ < key) return;
  known_.insert(std::move(key));
  trim();
}

void TimerWindow::trim() {
  if (known_.size() <= capacity_ * 2) return;
  known_.erase(std::next(known_.begin(), static_cast<std::ptrdiff_t>(capacity_)), known_.end());
  horizon_ = *known_.rbegin();
}

}  // namespace casetrail::command
