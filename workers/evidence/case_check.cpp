// The partition is read once, from its beginning: a link depends on all before it.
#include "workers/evidence/case_check.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "events/case/case_order.h"
#include "events/wire/cloud_event.h"
#include "workers/log/partition.h"

namespace casetrail::evidence {
namespace {

/// Of the events of one case, in their order.
class CaseEvents {
 public:
  explicit CaseEvents(CaseId case_id) : case_id_(std::move(case_id)) {}

  void take(log::Offset offset, const MessageView& record) {
    if (record.key != case_id_.value || !is_ours(record)) return;
    const auto read = read_event(record, event_);
    if (read.reading != Reading::ours) return note(offset, read.reason);
    const CaseOrder before = order_;
    const auto step = step_of(event_);
    if (take_turn(order_, step) == CaseTurn::closes) note(offset, why_closed(before, step));
    const auto link = link_of(record);
    events_.push_back({.offset = offset,
                       .seq = event_.seq,
                       .type = std::string(record.header("ce_type").value_or("")),
                       .link = link ? link->number : 0,
                       .command_id = event_.command_id.value,
                       .command_source = std::string(record.header(kCommandSourceHeader).value_or("")),
                       .command_offset = event_.command_offset});
  }

  [[nodiscard]] std::vector<CheckedEvent>& events() { return events_; }
  [[nodiscard]] std::vector<std::string>& problems() { return problems_; }

 private:
  void note(log::Offset offset, const std::string& what) {
    problems_.push_back(fmt::format("The event at offset {}: {}", offset, what));
  }

  CaseId case_id_;
  CaseOrder order_;
  CaseEvent event_;
  std::vector<CheckedEvent> events_;
  std::vector<std::string> problems_;
};

bool is_command_of(const CheckedEvent& event, const MessageView& record) {
  const auto cloud = read_cloud_event(record);
  if (!cloud || cloud->id != event.command_id) return false;
  const auto sender = cloud->source.empty() ? kSource : cloud->source;
  return event.command_source.empty() || event.command_source == sender;
}

log::LogResult<CommandFound> command_of(RecordSource& source, log::Partition partition, log::Offset low,
                                        const CheckedEvent& event) {
  if (event.command_offset < 0) return CommandFound::none;
  if (event.command_offset < low) return CommandFound::gone;
  auto found = CommandFound::other;
  auto read = source.read(log::Topic::commands, partition, event.command_offset, event.command_offset + 1,
                          [&](log::Offset, const MessageView& record) {
                            if (is_command_of(event, record)) found = CommandFound::same;
                          });
  if (!read) return std::unexpected(std::move(read).error());
  return found;
}

log::LogResult<void> find_commands(RecordSource& source, CheckedCase& checked) {
  const auto commands = source.bounds(log::Topic::commands, checked.partition);
  if (!commands) return std::unexpected(commands.error());
  std::map<log::Offset, CommandFound> known;  // the events of a command follow each other
  for (auto& event : checked.events) {
    const auto seen = known.find(event.command_offset);
    const auto found = seen == known.end() ? command_of(source, checked.partition, commands->low, event)
                                           : log::LogResult<CommandFound>(seen->second);
    if (!found) return std::unexpected(found.error());
    event.command = *found;
    if (seen != known.end()) continue;
    known.emplace(event.command_offset, *found);
    if (*found == CommandFound::other) {
      checked.problems.push_back(fmt::format(
          "Event {} names the command {} at offset {} of casetrail.commands/{}, but that is not what "
          "lies there.",
          event.seq, event.command_id, event.command_offset, checked.partition));
    }
  }
  return {};
}

}  // namespace

log::LogResult<CheckedCase> check_case(RecordSource& source, const CaseId& case_id, KnownHeads& known,
                                       const OnCaseChecked& on_progress) {
  const auto partitions = source.partitions();
  if (!partitions) return std::unexpected(partitions.error());
  if (*partitions == 0) return CheckedCase{};
  CheckedCase checked{.partition = log::partition_of(case_id.value, *partitions)};
  const auto partition = checked.partition;
  const auto heads = source.bounds(log::Topic::evidence, partition);
  if (!heads) return std::unexpected(heads.error());
  auto read = source.read(
      log::Topic::evidence, partition, heads->low, heads->stable,
      [&](log::Offset offset, const MessageView& record) { known.take(partition, offset, record); });
  if (!read) return std::unexpected(std::move(read).error());
  const auto bounds = source.bounds(log::Topic::events, partition);
  if (!bounds) return std::unexpected(bounds.error());
  checked.from = bounds->low;
  checked.end = bounds->stable;
  checked.chain = known.check_of(partition);
  CaseEvents events(case_id);
  read = source.read(log::Topic::events, partition, bounds->low, bounds->stable,
                     [&](log::Offset offset, const MessageView& record) {
                       checked.chain.take(offset, record);
                       events.take(offset, record);
                       on_progress(offset - bounds->low + 1, bounds->stable - bounds->low);
                     });
  if (!read) return std::unexpected(std::move(read).error());
  checked.chain.finish(bounds->stable);
  checked.events = std::move(events.events());
  checked.problems = std::move(events.problems());
  if (auto found = find_commands(source, checked); !found) return std::unexpected(std::move(found).error());
  return checked;
}

}  // namespace casetrail::evidence
