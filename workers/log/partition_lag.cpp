// The arithmetic of lag, the same for commands and views.
#include "workers/log/partition_lag.h"

#include <algorithm>

namespace casetrail::log {
namespace {

/// An end of this age is none.
constexpr Duration kStale = std::chrono::seconds(10);
constexpr std::size_t kMostEnds = 64;

double seconds(Duration duration) { return std::max(0.0, std::chrono::duration<double>(duration).count()); }

}  // namespace

void tell(const MeasuredLag& measured, Timestamp now, PartitionLag& into) {
  into.current_offset = measured.next;
  into.end_age_seconds = seconds(now - measured.at);
  if (now - measured.at > kStale) return;
  into.log_end_offset = std::max(measured.high, measured.next);
  into.lag = *into.log_end_offset - measured.next;
  if (*into.lag == 0) {
    into.lag_seconds = 0.0;
  } else if (measured.since) {
    into.lag_seconds = seconds(now - *measured.since);
  }
}

void EndHistory::heard(Offset end, Timestamp at, Offset position) {
  if (!ends_.empty() && end < ends_.back().offset) ends_.clear();
  while (ends_.size() > 1 && ends_[1].offset <= position) ends_.pop_front();
  if (!ends_.empty() && ends_.back().offset == end) {
    ends_.back().at = at;
    return;
  }
  ends_.push_back({end, at});
  if (ends_.size() <= kMostEnds) return;
  std::deque<End> thinned;
  for (std::size_t i = 0; i < ends_.size(); i += 2) thinned.push_back(ends_[i]);
  if (thinned.back().offset != end) thinned.push_back(ends_.back());
  ends_ = std::move(thinned);
}

std::optional<Timestamp> EndHistory::covered_at(Offset position) const {
  const auto behind = std::ranges::upper_bound(ends_, position, {}, &End::offset);
  if (behind == ends_.begin()) return std::nullopt;
  return std::prev(behind)->at;
}

}  // namespace casetrail::log
