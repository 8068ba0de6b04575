// Records of casetrail.events in either mode: one that is ours is written again and read back the same.
#include "events/case/case_event.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"
#include "tests/support/borrowed_message.h"

using namespace casetrail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const fuzz::Letter letter(fuzz::text_of(bytes, size));
  CaseEvent event;
  const auto read = read_event(letter.view(), event);
  fuzz::must((read.reading == Reading::ours) == read.reason.empty(), "what is not ours has a reason");
  if (read.reading != Reading::ours) return 0;

  fuzz::must(event.seq > 0 && event.policy_version >= 0 && event.command_offset >= -1,
             "numbers of an event are in range");
  const auto written = write_event(event);
  const BorrowedMessage borrowed(written);
  CaseEvent again;
  const auto reread = read_event(borrowed.view(), again);
  fuzz::must(reread.reading == Reading::ours, "an event that was written can be read", reread.reason);
  fuzz::must(again.seq == event.seq && again.command_offset == event.command_offset,
             "an event keeps its place");
  fuzz::must(fuzz::equal(write_event(again), written), "an event is read back as it was", written.value);
  return 0;
}
