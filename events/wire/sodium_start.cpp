// Once a process.
#include "events/wire/sodium_start.h"

#include <sodium.h>

#include <stdexcept>

namespace casetrail {

bool start_sodium() {
  static const bool has_randomness = sodium_init() >= 0;
  return has_randomness;
}

void start_sodium_with_randomness() {
  if (!start_sodium()) throw std::runtime_error("Expected random numbers of the system, but there are none.");
}

}  // namespace casetrail
