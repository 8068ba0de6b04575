// Times, days, hours and zones in YAML.
#pragma once

#include <array>
#include <chrono>
#include <string_view>
#include <vector>

#include "aggregates/policy/section.h"
#include "aggregates/time/business_span.h"
#include "aggregates/time/calendar.h"

namespace casetrail::yaml {

using Week = std::array<DayHours, 7>;

/// `90m`, `2h`, `3d`, or `3bd`, which counts in days of a calendar.
void read(const Place& place, BusinessSpan& into);
void read(const Place& place, Duration& into);
/// A time of the day.
void read(const Place& place, std::chrono::minutes& into);
void read(const Place& place, OpenHours& into);
void read(const Place& place, std::chrono::sys_days& into);
void read(const Place& place, Week& into);
void read(const Place& place, Zone& into);

void tell(Shape& shape, const BusinessSpan& value);
void tell(Shape& shape, const Duration& value);
void tell(Shape& shape, const std::chrono::minutes& value);
void tell(Shape& shape, const OpenHours& value);
void tell(Shape& shape, const std::chrono::sys_days& value);
void tell(Shape& shape, const Week& value);
void tell(Shape& shape, const Zone& value);

/// The days of `mon-fri`, `sun-thu`, `sat` or `all`; Monday is 0.
[[nodiscard]] std::vector<std::size_t> days_of(const Place& place, std::string_view key);
/// Of one day: they do not overlap.
void check_order(const Place& place, const DayHours& hours);

}  // namespace casetrail::yaml
