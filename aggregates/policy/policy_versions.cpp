// Finds the policy that held.
#include "aggregates/policy/policy_versions.h"

#include <iterator>
#include <utility>

namespace casetrail {

void PolicyVersions::add(std::int32_t version, Timestamp published_at, Policy policy) {
  published_.insert_or_assign(version, Published{published_at, std::move(policy)});
}

const Policy& PolicyVersions::of(std::int32_t version) const {
  const auto behind = published_.upper_bound(version);
  return behind == published_.begin() ? built_in_ : std::prev(behind)->second.policy;
}

const Policy& PolicyVersions::at(Timestamp moment) const {
  const auto* found = &built_in_;
  for (const auto& [version, published] : published_) {
    if (published.at <= moment) found = &published.policy;
  }
  return *found;
}

const Policy& PolicyVersions::newest() const {
  return published_.empty() ? built_in_ : published_.rbegin()->second.policy;
}

Duration PolicyVersions::between(std::int32_t version, const std::optional<CalendarId>& calendar,
                                 Timestamp from, Timestamp to) const {
  const auto& policy = of(version);
  if (policy.find_calendar(calendar) != nullptr || policy.calendars.empty())
    return policy.between(calendar, from, to);
  return policy.calendars.front().business_between(from, to);
}

}  // namespace casetrail
