// JSON under a key of its own.
#include "events/wire/quarantine.h"

#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"

namespace casetrail {
namespace {

constexpr std::string_view kHeader = "casetrail-quarantine";

}  // namespace

Message write_quarantine(const Quarantine& quarantine) {
  Message message;
  message.key = "quarantine";
  message.value = to_json(quarantine);
  message.headers = {
      {"content-type", "application/json"}, {kWriterHeader, kWriterGeneration}, {kHeader, "1"}};
  message.timestamp = quarantine.at;
  return message;
}

bool is_quarantine(const MessageView& message) { return message.header(kHeader).has_value(); }

std::optional<Quarantine> read_quarantine(const MessageView& message) {
  if (!is_quarantine(message)) return std::nullopt;
  Quarantine quarantine;
  if (from_json(message.value, quarantine)) return std::nullopt;
  return quarantine;
}

}  // namespace casetrail
