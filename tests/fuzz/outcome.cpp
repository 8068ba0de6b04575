// Records of casetrail.outcomes: what is read is written again and read back the same.
#include "events/wire/outcome.h"

#include "events/wire/json_writer.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"
#include "tests/support/borrowed_message.h"

using namespace casetrail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const fuzz::Letter letter(fuzz::text_of(bytes, size));
  const auto offset = answered_offset(letter.view());
  const auto outcome = read_outcome(letter.view());
  if (!outcome) return 0;
  const auto written = write_outcome(*outcome, offset.value_or(0), letter.view().timestamp);
  const BorrowedMessage borrowed(written);
  const auto again = read_outcome(borrowed.view());
  fuzz::must(again.has_value(), "an outcome that was written can be read", written.value);
  fuzz::must(to_json(*again) == written.value, "an outcome is read back as it was", written.value);
  fuzz::must(answered_offset(borrowed.view()) == offset.value_or(0), "an outcome keeps its command's offset");
  return 0;
}
