// The offsets of a zone, out of Howard Hinnant's tz library. The only file that includes it.
#include "aggregates/time/zone.h"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace casetrail {

std::expected<Zone, std::string> Zone::load(const std::string& name) {
  using namespace std::chrono;
  const auto first = sys_days{year{1970} / 1 / 1};
  const auto last = sys_days{year{2100} / 1 / 1};
  try {
    const auto* found = date::locate_zone(name);
    Zone zone;
    zone.name_ = name;
    zone.spans_.clear();
    for (sys_seconds at = first; at < last;) {
      const auto info = found->get_info(at);
      const auto begin = zone.spans_.empty() ? Timestamp::min() : Timestamp{info.begin};
      zone.spans_.push_back({begin, info.offset});
      at = info.end;
    }
    return zone;
  } catch (const std::runtime_error& error) {
    return std::unexpected("Expected an IANA time zone such as Asia/Shanghai, but '" + name +
                           "' is not in the zone database (" + error.what() + ").");
  }
}

bool Zone::exists(std::string_view name) {
  try {
    return date::locate_zone(name) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

const Zone::Span& Zone::span_at(Timestamp at) const {
  const auto next = std::ranges::upper_bound(spans_, at, {}, &Span::begin);
  return next == spans_.begin() ? spans_.front() : *(next - 1);
}

LocalTime Zone::to_local(Timestamp at) const { return at.time_since_epoch() + span_at(at).offset; }

Timestamp Zone::to_utc(LocalTime local) const {
  // A zone's offset is less than a day: the span of the day before is the one that `local` lies in or
  // follows.
  const auto* span = &span_at(Timestamp{local - std::chrono::days{1}});
  const auto* const end = spans_.data() + spans_.size();
  for (; span != end; ++span) {
    const auto at = std::max(Timestamp{local - span->offset}, span->begin);
    if (span + 1 == end || at < (span + 1)->begin) return at;
  }
  return Timestamp{local};
}

}  // namespace casetrail
