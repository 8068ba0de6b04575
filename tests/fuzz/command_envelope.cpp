// Records of casetrail.commands in either mode: what is taken is read back the same, and what it leads to can
// be recorded; what is refused is told why.
#include "aggregates/case/command.h"
#include "aggregates/case/decider.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"
#include "tests/support/borrowed_message.h"

using namespace casetrail;

namespace {

constexpr auto kWallClock = from_epoch_ms(1'795'000'000'000);

/// As the command worker does with the first command of a partition.
void decide_and_record(const CommandEnvelope& envelope, Timestamp record_time) {
  const auto now = std::max(Timestamp{}, std::min(record_time, kWallClock));
  CaseState state;
  const auto events = decide(state, envelope, now, Policy{});
  if (!events) return fuzz::must(!events.error().sentence.empty(), "a refusal has a sentence");
  for (const auto& fact : *events) {
    CaseEvent event;
    event.case_id = envelope.case_id;
    event.seq = state.seq + 1;
    event.occurred_at = envelope.occurred_at;
    event.recorded_at = now;
    event.actor = envelope.actor;
    event.command_id = envelope.id;
    event.correlation_id = envelope.correlation_id;
    event.traceparent = envelope.traceparent;
    event.event = fact;
    evolve(state, event);
    const auto written = write_event(event);
    const BorrowedMessage borrowed(written);
    CaseEvent again;
    const auto read = read_event(borrowed.view(), again);
    fuzz::must(read.reading == Reading::ours, "what a command led to can be read", read.reason);
    fuzz::must(again.occurred_at == event.occurred_at, "an event keeps its time");
    fuzz::must(fuzz::equal(write_event(again), written), "what a command led to is read back as it was",
               written.value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const fuzz::Letter letter(fuzz::text_of(bytes, size));
  const auto command = read_command(letter.view());
  if (!command) {
    fuzz::must(command.error().sentence().starts_with("Expected "), "an unreadable command has a sentence",
               command.error().sentence());
    return 0;
  }
  const auto written = write_command(*command);
  const BorrowedMessage borrowed(written);
  const auto again = read_command(borrowed.view());
  fuzz::must(again.has_value(), "a command that was written can be read",
             again ? "" : again.error().sentence());
  fuzz::must(again->occurred_at == command->occurred_at, "a command keeps its time");
  fuzz::must(again->digest == command->digest, "a command keeps its digest", written.value);
  fuzz::must(fuzz::equal(write_command(*again), written), "a command is read back as it was", written.value);
  decide_and_record(*command, letter.view().timestamp);
  return 0;
}
