// The JSON reader over every type of event and command: `TYPE VERSION`, a line end, the JSON. What is read is
// written as well-formed JSON, and read back the same.
#include "events/wire/json_reader.h"

#include "aggregates/case/command.h"
#include "events/case/event.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/letter.h"

using namespace casetrail;

namespace {

template <class Decode>
void check(Decode decode, std::string_view type, int version, std::string_view json) {
  const auto message = decode(type, version, json);
  if (!message) return fuzz::must(!message.error().sentence().empty(), "an error has a sentence");
  std::string written;
  message->append_json(written);
  const auto malformed = check_json_object(written);
  fuzz::must(!malformed, "what is written is JSON", written);
  const auto again = decode(type, codec_of(*message).version, written);
  fuzz::must(again.has_value(), "what is written can be read", again ? "" : again.error().sentence());
  std::string rewritten;
  again->append_json(rewritten);
  fuzz::must(rewritten == written, "what is written is read back as it was", written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto text = fuzz::text_of(bytes, size);
  auto line = fuzz::take_until(text, '\n');
  const auto type = fuzz::take_until(line, ' ');
  const auto version = whole_number<int>(line).value_or(1);
  const bool well_formed = !check_json_object(text);
  check(decode_event, type, version, text);
  // Who reads a stranger's JSON checks it first.
  if (well_formed) check(decode_command, type, version, text);
  return 0;
}
