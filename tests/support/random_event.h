// Events and histories at random, from seeds.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "events/case/case_event.h"

namespace casetrail {

/// Any event of the vocabulary, each type as likely as the other.
[[nodiscard]] Event random_event(std::mt19937_64& random);

/// `event`, written to bytes and read again; nothing when it cannot be read.
[[nodiscard]] std::optional<Event> through_bytes(const Event& event);

/// Events of `cases` cases in one order, each case's own order kept; no sense in them, but every type.
[[nodiscard]] std::vector<CaseEvent> random_history(std::uint64_t seed, std::size_t cases,
                                                    std::size_t events);

}  // namespace casetrail
