// Each promise is a loop over the log.
#include "tests/simulation/bookkeeping.h"

#include <fmt/format.h>

#include <set>

#include "tests/support/message_headers.h"
#include "workers/log/partition.h"
#include "workers/privacy/personal.h"

namespace casetrail::simulation {
namespace {

class PartitionAudit {
 public:
  PartitionAudit(log::Partition partition, log::Partition partitions, const PartitionLedger& ledger,
                 Complaints& into)
      : partition_(partition), partitions_(partitions), ledger_(ledger), complaints_(into) {
    for (const auto& command : ledger.commands) commands_.emplace(command.offset, &command);
    for (const auto& answer : ledger.answers) answers_.emplace(answer.answers, &answer);
  }

  void every_command_is_answered_once() {
    log::Offset before = -1;
    for (const auto& answer : ledger_.answers) {
      const auto command = commands_.find(answer.answers);
      if (command == commands_.end()) complain("answer without command", answer.answers, "nobody sent it");
      if (answer.answers <= before)
        complain("one answer a command", answer.answers, "answered again, or late");
      if (command != commands_.end() && (answer.outcome.command_id.value != command->second->id ||
                                         answer.source != command->second->source ||
                                         answer.outcome.case_id.value != command->second->key)) {
        complain("answer of the command", answer.answers, "it names another command");
      }
      before = answer.answers;
    }
    before = -1;
    for (const auto letter : ledger_.letters) {
      if (letter <= before) complain("one dead letter a record", letter, "buried again, or late");
      before = letter;
    }
    if (ledger_.newer) return;  // nobody may go on there
    const std::set<log::Offset> letters(ledger_.letters.begin(), ledger_.letters.end());
    for (const auto& command : ledger_.commands) {
      if (answers_.contains(command.offset) || letters.contains(command.offset)) continue;
      complain("nothing is lost", command.offset, "command " + command.id + " was never answered");
    }
  }

  void a_repeat_is_answered_alike() {
    std::map<std::pair<std::string, std::string>, std::pair<const SentCommand*, const Outcome*>> first_by_id;
    const std::set<log::Offset> letters(ledger_.letters.begin(), ledger_.letters.end());
    for (const auto& [offset, answer] : answers_) {
      const auto command = commands_.find(offset);
      if (command == commands_.end() || letters.contains(offset)) continue;
      const auto& outcome = answer->outcome;
      const auto own = std::pair(command->second->source, command->second->id);
      const auto first = first_by_id.find(own);
      if (first == first_by_id.end()) {
        if (outcome.first_seq > 0) first_by_id[own] = {command->second, &outcome};
        continue;
      }
      const auto& [sent, told] = first->second;
      if (sent->key == command->second->key && sent->body == command->second->body) {
        const bool alike = outcome.status == told->status && outcome.first_seq == told->first_seq &&
                           outcome.last_seq == told->last_seq && outcome.case_seq == told->last_seq &&
                           outcome.token == told->token;
        if (!alike)
          complain("a repeat is answered alike", offset, "command " + sent->id + " is told otherwise");
      } else if (outcome.code != "command_id_reused") {
        complain("a reused id is refused", offset, "command " + sent->id + " had another body before");
      }
    }
  }

  void every_event_has_its_cause() {
    for (const auto& event : ledger_.events) {
      const auto name = fmt::format("event {}/{} at {}", event.case_id, event.seq, event.offset);
      if (event.command_offset < 0) {
        if (!event.command_id.empty() || event.actor != "timer:casetrail")
          complain("an event has a cause", event.offset, name + " is of no command and no timer");
        continue;
      }
      const auto answer = answers_.find(event.command_offset);
      const auto* outcome = answer == answers_.end() ? nullptr : &answer->second->outcome;
      const bool told = outcome != nullptr && outcome->status == OutcomeStatus::accepted &&
                        offset_in(outcome->token, partition_) == event.command_offset &&
                        outcome->command_id.value == event.command_id &&
                        answer->second->source == header_of(*event.message, "ce_commandsource") &&
                        outcome->case_id.value == event.case_id && event.seq >= outcome->first_seq &&
                        event.seq <= outcome->last_seq;
      if (!told) complain("events are as answered", event.offset, name + " is not what its command was told");
    }
  }

  void every_accepted_command_has_its_events() {
    std::map<log::Offset, std::int64_t> counts;
    for (const auto& event : ledger_.events) ++counts[event.command_offset];
    for (const auto& [offset, answer] : answers_) {
      const auto& outcome = answer->outcome;
      const auto own = offset_in(outcome.token, partition_) == offset;
      if (outcome.status != OutcomeStatus::accepted || !own || outcome.first_seq == 0) continue;
      const auto promised = outcome.last_seq - outcome.first_seq + 1;
      // Behind a newer record the events cannot be known.
      if (counts[offset] != promised && !ledger_.newer) {
        complain("events are as answered", offset,
                 fmt::format("{} events of command {}, but {} were promised", counts[offset],
                             outcome.command_id.value, promised));
      }
      const auto command = commands_.find(offset);
      const auto expected = command == commands_.end() ? std::nullopt : command->second->expected_seq;
      if (expected && *expected + 1 != outcome.first_seq)
        complain("an expected seq is honoured", offset, "the case had moved on");
    }
  }

  void cases_are_whole() {
    std::map<std::string, std::int64_t> seqs;
    log::Offset command = -1;
    for (const auto& event : ledger_.events) {
      if (event.seq != ++seqs[event.case_id]) {
        complain("no gap and no repeat of seq", event.offset,
                 fmt::format("event {}/{} follows {}", event.case_id, event.seq, seqs[event.case_id] - 1));
      }
      seqs[event.case_id] = event.seq;
      if (event.message->key != event.case_id || log::partition_of(event.case_id, partitions_) != partition_)
        complain("a case has one partition", event.offset, "event of " + event.case_id);
      if (event.command_offset >= 0 && event.command_offset < command)
        complain("one writer", event.offset, "its command came before that of its forerunner");
      command = std::max(command, event.command_offset);
    }
    for (const auto& answer : ledger_.answers) {
      if (answer.outcome.code == "case_damaged")
        complain("no case is damaged", answer.answers, answer.outcome.message.value_or(""));
    }
  }

 private:
  void complain(std::string rule, log::Offset offset, const std::string& what) {
    complaints_.push_back(
        {std::move(rule), fmt::format("partition {} offset {}: {}", partition_, offset, what)});
  }

  log::Partition partition_;
  log::Partition partitions_;
  const PartitionLedger& ledger_;
  Complaints& complaints_;
  std::map<log::Offset, const SentCommand*> commands_;
  std::map<log::Offset, const GivenAnswer*> answers_;
};

}  // namespace

Complaints check_bookkeeping(const std::vector<PartitionLedger>& ledgers) {
  Complaints complaints;
  const auto partitions = static_cast<log::Partition>(ledgers.size());
  for (log::Partition partition = 0; partition < partitions; ++partition) {
    PartitionAudit audit(partition, partitions, ledgers[static_cast<std::size_t>(partition)], complaints);
    audit.every_command_is_answered_once();
    audit.a_repeat_is_answered_alike();
    audit.every_event_has_its_cause();
    audit.every_accepted_command_has_its_events();
    audit.cases_are_whole();
  }
  return complaints;
}

Complaints check_keys(const MemoryLog& log) {
  Complaints complaints;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    std::string keys;
    log.visit(log::Topic::keys, partition, 0,
              [&](log::Offset, const Message& record) { keys += record.value; });
    log.visit(log::Topic::events, partition, 0, [&](log::Offset offset, const Message& event) {
      const auto sealed = privacy::sealed_personal(event.value);
      if (!sealed || keys.contains(fmt::format(R"("key_id":"{}")", sealed->key_id))) return;
      complaints.push_back({"what is sealed has its key",
                            fmt::format("partition {} offset {}: {}", partition, offset, sealed->key_id)});
    });
  }
  return complaints;
}

}  // namespace casetrail::simulation
