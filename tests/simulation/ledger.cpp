// Reads the topics by their documented headers.
#include "tests/simulation/ledger.h"

#include <algorithm>
#include <charconv>

#include "events/wire/cloud_event.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/message_headers.h"
#include "tests/support/must.h"

namespace casetrail::simulation {
namespace {

std::int64_t number_in(std::string_view text, std::int64_t otherwise) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() ? number : otherwise;
}

SentCommand command_of(log::Offset offset, const Message& message) {
  SentCommand command{offset,
                      header_of(message, "ce_id"),
                      header_of(message, "ce_source"),
                      message.key,
                      header_of(message, "ce_type") + message.value,
                      std::nullopt};
  const auto expected = number_in(header_of(message, "ce_expectedsequence"), -1);
  if (expected >= 0) command.expected_seq = expected;
  return command;
}

void take_event(log::Offset offset, const Message& message, PartitionLedger& into) {
  const auto mark = header_of(message, kWriterHeader);
  if (mark.empty() || into.newer) return;
  if (mark != kWriterGeneration) {
    into.newer = offset;
    return;
  }
  into.events.push_back({offset, header_of(message, "ce_subject"), header_of(message, "ce_type"),
                         number_in(header_of(message, "ce_sequence"), -1),
                         header_of(message, "ce_causationid"),
                         number_in(header_of(message, "ce_commandoffset"), -1),
                         header_of(message, "ce_actor"), message.timestamp, &message});
}

void take_answer(const Message& message, PartitionLedger& into) {
  auto outcome = read_outcome(BorrowedMessage(message).view());
  into.answers.push_back({number_in(header_of(message, "ce_commandoffset"), -1),
                          header_of(message, "ce_commandsource"), outcome ? *std::move(outcome) : Outcome{}});
}

/// Where `open` shows another value of an event, that one counts.
void open_events(log::EventLog& open, log::Partition partition, PartitionLedger& ledger) {
  const auto reader = open.open_reader(log::Topic::events);
  must(reader->start(partition, must(open.bounds(log::Topic::events, partition)).low));
  const auto records = must(reader->read(1'000'000, Duration{0}));
  auto record = records.begin();
  for (auto& event : ledger.events) {
    record = std::ranges::find(record, records.end(), event.offset, &log::Record::offset);
    if (record == records.end()) break;
    if (record->message.value == event.message->value) continue;
    event.message = &ledger.opened.emplace_back(*event.message);
    ledger.opened.back().value = record->message.value;
  }
}

}  // namespace

std::vector<PartitionLedger> read_ledger(const MemoryLog& log, log::EventLog& open) {
  std::vector<PartitionLedger> all(static_cast<std::size_t>(log.partitions()));
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    auto& ledger = all[static_cast<std::size_t>(partition)];
    log.visit(log::Topic::commands, partition, 0, [&](log::Offset offset, const Message& message) {
      ledger.commands.push_back(command_of(offset, message));
    });
    log.visit(log::Topic::events, partition, 0,
              [&](log::Offset offset, const Message& message) { take_event(offset, message, ledger); });
    open_events(open, partition, ledger);
    log.visit(log::Topic::outcomes, partition, 0,
              [&](log::Offset, const Message& message) { take_answer(message, ledger); });
    log.visit(log::Topic::deadletters, partition, 0, [&](log::Offset, const Message& message) {
      ledger.letters.push_back(number_in(header_of(message, "casetrail.errors.offset"), -1));
    });
  }
  return all;
}

log::Offset offset_in(std::string_view token, log::Partition partition) {
  const auto prefix = std::to_string(partition) + ":";
  return token.starts_with(prefix) ? number_in(token.substr(prefix.size()), -1) : -1;
}

}  // namespace casetrail::simulation
