// A record is read as every reader reads it, so that what cannot be sealed is found before it is copied.
#include "workers/privacy/copy_rule.h"

#include <fmt/format.h>

#include "events/wire/attribute_texts.h"
#include "workers/log/policy_tail.h"

namespace casetrail::privacy {

log::LogResult<CopyRule> CopyRule::of(log::EventLog& log) {
  const auto quarantines = log::read_quarantines(log);
  if (!quarantines) return std::unexpected(quarantines.error());
  CopyRule rule;
  for (const auto& quarantine : *quarantines)
    rule.quarantined_.emplace(quarantine.partition, quarantine.offset);
  return rule;
}

log::LogResult<Fate> CopyRule::fate_of(const log::Record& record) {
  if (quarantined_.contains({record.partition, record.offset})) return Fate::placed;
  const auto read = read_event(record.message, event_);
  switch (read.reading) {
    case Reading::ours: return Fate::copied;
    case Reading::foreign: return Fate::left;
    case Reading::newer:
    case Reading::damaged: break;
  }
  return std::unexpected(log::LogError{
      log::LogFailure::refused,
      fmt::format("casetrail.events/{} offset {}: {} So nobody can tell which of its texts are personal. "
                  "{}casetrail events quarantine {} {} --reason …",
                  record.partition, record.offset, read.reason,
                  read.reading == Reading::newer ? "" : "Leave it behind, and begin again: ",
                  record.partition, record.offset)});
}

Message copied(const MessageView& record) {
  Message copy{.key = std::string(record.key.value_or("")),
               .value = std::string(record.value),
               .headers = {},
               .timestamp = record.timestamp};
  for (const auto& [name, value] : record.headers) {
    if (name != kLinkHeader) copy.headers.add(name, value);
  }
  return copy;
}

Message placed(const MessageView& record) {
  return {
      .key = std::string(record.key.value_or("")), .value = {}, .headers = {}, .timestamp = record.timestamp};
}

}  // namespace casetrail::privacy
