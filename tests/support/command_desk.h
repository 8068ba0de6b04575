// Sends commands to a scripted log, and reads what became of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "aggregates/case/command.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/wire/outcome.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/memory_log.h"
#include "workers/log/partition.h"

namespace casetrail {

class CommandDesk {
 public:
  explicit CommandDesk(MemoryLog& log) : log_(log) {}

  static CommandEnvelope make(std::string id, std::string case_id, Command command) {
    CommandEnvelope envelope;
    envelope.id.value = std::move(id);
    envelope.case_id.value = std::move(case_id);
    envelope.actor.kind = ActorKind::agent;
    envelope.actor.id = "li.wei";
    envelope.command = std::move(command);
    return envelope;
  }

  static CommandEnvelope registration(const std::string& id, const std::string& case_id) {
    RegisterRequest request;
    request.channel = Channel::phone;
    request.pii.name = "王芳";
    request.pii.contacts = {"13812341111"};
    request.pii.service_need = "无法开机";
    return make(id, case_id, std::move(request));
  }
  static CommandEnvelope question(const std::string& id, const std::string& case_id,
                                  const std::string& text = "?") {
    return make(id, case_id, ReceiveMessage{Channel::phone, {text}});
  }
  static CommandEnvelope answer(const std::string& id, const std::string& case_id) {
    return make(id, case_id, SendMessage{Channel::phone, {"!"}});
  }

  /// Appends it as of `at`, to the partition of its case.
  log::Offset send(CommandEnvelope command, Timestamp at) {
    command.occurred_at = at;
    return send(write_command(command));
  }
  log::Offset send(Message message, std::optional<log::Partition> partition = {}) {
    const auto into = partition.value_or(log::partition_of(message.key, log_.partitions()));
    return log::append_and_wait(log_, log::Topic::commands, into, std::move(message)).value();
  }

  struct Kept {
    log::Offset offset;
    Message message;
  };
  /// Everything committed in a topic's partition.
  [[nodiscard]] std::vector<Kept> all(log::Topic topic, log::Partition partition = 0) const {
    auto reader = log_.open_reader(topic);
    reader->start(partition, log_.bounds(topic, partition).value().low).value();
    std::vector<Kept> kept;
    const auto records = reader->read(1'000'000, Duration{0}).value();
    for (const auto& record : records) {
      Message message{std::string(record.message.key.value_or("")),
                      std::string(record.message.value),
                      {},
                      record.message.timestamp};
      for (const auto& [name, value] : record.message.headers) message.headers.add(name, value);
      kept.push_back({record.offset, std::move(message)});
    }
    return kept;
  }

  [[nodiscard]] std::vector<CaseEvent> events(log::Partition partition = 0) const {
    std::vector<CaseEvent> events;
    for (const auto& [offset, message] : all(log::Topic::events, partition)) {
      CaseEvent event;
      if (read_event(BorrowedMessage(message).view(), event).reading == Reading::ours)
        events.push_back(event);
    }
    return events;
  }
  /// The types of the events, in order: `request.registered`.
  [[nodiscard]] std::vector<std::string> event_types(log::Partition partition = 0) const {
    std::vector<std::string> types;
    for (const auto& event : events(partition)) types.emplace_back(codec_of(event.event).type);
    return types;
  }

  [[nodiscard]] std::vector<Outcome> outcomes(log::Partition partition = 0) const {
    std::vector<Outcome> outcomes;
    for (const auto& [offset, message] : all(log::Topic::outcomes, partition)) {
      outcomes.push_back(read_outcome(BorrowedMessage(message).view()).value());
    }
    return outcomes;
  }
  /// `accepted`, or the code of the rejection, in order.
  [[nodiscard]] std::vector<std::string> answers(log::Partition partition = 0) const {
    std::vector<std::string> answers;
    for (const auto& outcome : outcomes(partition)) answers.push_back(outcome.code.value_or("accepted"));
    return answers;
  }

 private:
  MemoryLog& log_;
};

}  // namespace casetrail
