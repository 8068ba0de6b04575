// Events and histories at random, from seeds.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "events/case_event.h"

namespace casetrail {

/// Any event of the vocabulary, each type as likely as the other.
[[nodiscard]] Event random_event(std::mt19937_64& random);

/// Events of `cases` cases in one order, each case's own order kept; no sense in them, but every type.
[[nodiscard]] std::vector<CaseEvent> random_history(std::uint64_t seed, std::size_t cases,
                                                    std::size_t events);

}  // namespace casetrail
