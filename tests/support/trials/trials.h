// What tests do with an event as its own type, a file a family: a change to one event compiles one of them.
#pragma once

#include <cstddef>
#include <optional>
#include <random>

#include "events/case/event.h"

namespace casetrail {

struct Trials {
  std::size_t types;  ///< of the family
  Event (*random)(std::size_t type, std::mt19937_64& random);
  /// Written to bytes and read again; nothing when it is of another family, or cannot be read.
  std::optional<Event> (*through_bytes)(const Event& event);
};

/// `Types` is a family. Defined in the file of its name beside this one.
template <class Types>
struct TrialsOf {
  static const Trials value;
};

}  // namespace casetrail
