// An amount of time as people say it: hours that count, or days on which the company works.
#pragma once

#include "events/wire/timestamp.h"

namespace casetrail {

/// `days` business days, and `time` of business time after them. `3h` has no days, `3bd` no time.
struct BusinessSpan {
  int days = 0;
  Duration time{};

  constexpr BusinessSpan() = default;
  template <class Rep, class Period>
  constexpr BusinessSpan(std::chrono::duration<Rep, Period> amount)
      : time(amount) {}  // NOLINT: an amount of time is one
  constexpr BusinessSpan(int business_days, Duration amount) : days(business_days), time(amount) {}

  friend constexpr bool operator==(const BusinessSpan&, const BusinessSpan&) = default;
};

}  // namespace casetrail
