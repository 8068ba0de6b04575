// A lifelike working day of an after-sales department, from a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregates/case/command.h"
#include "aggregates/policy/policy.h"
#include "workers/simulate/scene.h"

namespace casetrail::simulate {

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::size_t cases = 320;
  Timestamp until;  ///< the end of the day: usually now
};

struct TimedCommand {
  CommandEnvelope envelope;  ///< `occurred_at` is the record's timestamp, too
  Expectation expectation{};
};

/// The commands of the day in the order of their times: most cases begin in the last ten hours before
/// `until` in which the department works, some were carried over from the six days before. It works in the
/// hours of the policy's most urgent promise. The same options and policy give the same commands, byte for
/// byte. Every command is what `decide` takes by `policy`, but for the refusals that are meant. Case and
/// command ids carry seed and `until`, so that two days do not meet.
[[nodiscard]] std::vector<TimedCommand> simulate_day(const SimulationOptions& options, const Policy& policy);

}  // namespace casetrail::simulate
