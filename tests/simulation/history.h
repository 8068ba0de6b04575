// One history: a plan played in a world, and what the oracle says of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "tests/simulation/complaint.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/ports.h"
#include "tests/simulation/world.h"

namespace casetrail::simulation {

struct History {
  Complaints complaints;
  std::map<std::string, std::uint64_t>
      seen{};         ///< how often: answers by code, events by type, faults that hit
  std::string story;  ///< what happened, a line each
  std::string log;    ///< a line a record
};

/// Makes a mutation anew for each history, so that what it counts begins at nothing.
using MakeMutation = std::function<Mutation()>;
[[nodiscard]] inline Mutation no_mutation() { return {}; }

/// The same plan gives the same history, but for the keys and the ciphertext of a sealed log.
[[nodiscard]] History play(const Plan& plan, const MakeMutation& make_mutation = no_mutation,
                           Sealing sealing = Sealing::open);

/// Leaves acts out of `plan`, as long as a history still breaks the promise that it broke first.
[[nodiscard]] Plan shrink(Plan plan, const MakeMutation& make_mutation = no_mutation,
                          Sealing sealing = Sealing::open);

/// For people: what was broken, the shrunk plan's story, and its log.
[[nodiscard]] std::string report(std::uint64_t seed, const Plan& plan, const History& history);

}  // namespace casetrail::simulation
