// Every policy that was published, for whoever tells what held at another time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "aggregates/policy/policy.h"
#include "events/wire/timestamp.h"

namespace casetrail {

class PolicyVersions {
 public:
  /// Versions come in their order; those that cannot be read are left out.
  void add(std::int32_t version, Timestamp published_at, Policy policy);

  /// That of the version, else of the newest one before it; the built-in one where there is none.
  [[nodiscard]] const Policy& of(std::int32_t version) const;
  /// The newest one that had been published by then; the built-in one where there was none.
  [[nodiscard]] const Policy& at(Timestamp moment) const;
  [[nodiscard]] const Policy& newest() const;

  /// Business time as the policy of `version` counts it: by that calendar, else by its first one; where it
  /// has none, every hour.
  [[nodiscard]] Duration between(std::int32_t version, const std::optional<CalendarId>& calendar,
                                 Timestamp from, Timestamp to) const;

 private:
  struct Published {
    Timestamp at;
    Policy policy;
  };
  Policy built_in_;
  std::map<std::int32_t, Published> published_;
};

}  // namespace casetrail
