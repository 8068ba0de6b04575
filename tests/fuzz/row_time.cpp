// Times as files have them: a line with the format, one with the zone, the rest is the text. What is read is
// a moment of the wire.
#include "workers/import/row_time.h"

#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"

using namespace casetrail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto text = fuzz::text_of(bytes, size);
  const auto format = fuzz::take_until(text, '\n');
  const auto zone = fuzz::take_until(text, '\n');
  const auto made = imports::TimeFormat::make(std::string(format), std::string(zone));
  if (!made) return 0;
  const auto at = made->read(text);
  if (!at) return 0;
  fuzz::must(parse_timestamp(to_wire(*at)) == *at, "a time of a row can be written", to_wire(*at));
  return 0;
}
