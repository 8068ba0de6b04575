// Moments: what is read is written in one form of 24 characters, and read back as the same moment.
#include "events/wire/timestamp.h"

#include "tests/fuzz/harness.h"

using namespace casetrail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto at = parse_timestamp(fuzz::text_of(bytes, size));
  if (!at) return 0;
  const auto wire = to_wire(*at);
  fuzz::must(wire.size() == 24, "a moment has one length", wire);
  fuzz::must(parse_timestamp(wire) == at, "a moment is read back as it was", wire);
  return 0;
}
