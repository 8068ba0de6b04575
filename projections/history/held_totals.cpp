// The intervals of each case, cut to what was asked for.
#include "projections/history/held_totals.h"

#include <algorithm>
#include <set>

#include "events/case/timer.h"
#include "projections/history/held.h"

namespace casetrail::history {
namespace {

std::optional<CalendarId> calendar_of(std::span<const CaseEvent> events) {
  std::optional<CalendarId> calendar;
  for (const auto& event : events) {
    const auto* attached = event.event.get_if<SlaAttached>();
    if (attached == nullptr) continue;
    calendar.reset();
    for (const auto& target : attached->targets) {
      if (!calendar) calendar = target.calendar;
    }
  }
  return calendar;
}

}  // namespace

HeldTotals::HeldTotals(const PolicyVersions& policies, TimeSpan span, Holders by)
    : HeldTotals([&policies](std::int32_t version, const auto& calendar, Timestamp from,
                             Timestamp to) { return policies.between(version, calendar, from, to); },
                 span, by) {}

void HeldTotals::take(std::span<const CaseEvent> events) {
  const auto calendar = calendar_of(events);
  std::set<Key> seen;
  for (const auto& held : held_by(events)) {
    const auto from = std::max(held.from, span_.from.value_or(held.from));
    const auto to = std::min(held.to.value_or(span_.to), span_.to);
    if (from >= to) continue;
    const auto elapsed = (to - from).count();
    const auto business = business_(held.policy_version, calendar, from, to).count();
    const Key key{held.by.department, by_ == Holders::people ? held.by.agent : std::nullopt};
    auto& holder = holders_[key];
    holder.elapsed_ms += elapsed;
    holder.business_ms += business;
    total_.elapsed_ms += elapsed;
    total_.business_ms += business;
    if (seen.insert(key).second) ++holder.cases;
  }
  if (!seen.empty()) ++total_.cases;
}

HeldTotal HeldTotals::total() const {
  auto total = total_;
  for (const auto& [key, holder] : holders_) {
    total.holders.push_back(holder);
    total.holders.back().department = key.first;
    total.holders.back().agent = key.second;
  }
  return total;
}

}  // namespace casetrail::history
