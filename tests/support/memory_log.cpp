// The scripted log: its topics, its script and its dump.
#include "tests/support/memory_log.h"

#include <fmt/core.h>

#include <algorithm>
#include <cassert>

#include "tests/support/memory_log_state.h"
#include "tests/support/message_headers.h"

namespace casetrail {

namespace {

constexpr log::Topic kTopics[] = {log::Topic::commands,    log::Topic::events, log::Topic::outcomes,
                                  log::Topic::deadletters, log::Topic::policy, log::Topic::keys,
                                  log::Topic::evidence};
constexpr std::string_view kEntryStates[] = {"committed", "open", "aborted", "marker"};

std::string line_of(const Entry& entry) {
  const Message& message = entry.message;
  return fmt::format("key={} type={} at={} {}", message.key, header_of(message, "ce_type"),
                     epoch_ms(message.timestamp), message.value);
}

}  // namespace

void MemoryLog::State::create(log::Partition count) {
  partitions = count;
  for (const log::Topic topic : kTopics) {
    topics[topic].resize(topic == log::Topic::policy ? 1 : static_cast<std::size_t>(count));
  }
}

PartitionLog* MemoryLog::State::find(log::Topic topic, log::Partition partition) {
  const auto it = topics.find(topic);
  if (it == topics.end() || partition < 0 || static_cast<std::size_t>(partition) >= it->second.size()) {
    return nullptr;
  }
  return &it->second[static_cast<std::size_t>(partition)];
}

log::Offset MemoryLog::State::add(PartitionLog& log, Message message, EntryState as) {
  const log::Offset offset = log.high();
  log.entries.push_back({std::move(message), as});
  if (as == EntryState::open) log.open.insert(offset);
  return offset;
}

void MemoryLog::State::end(const Transaction& transaction, TransactionEnd ending) {
  std::set<PartitionLog*> touched;
  for (const auto& [log, offset] : transaction.records) {
    log->at(offset).state = ending == TransactionEnd::commit ? EntryState::committed : EntryState::aborted;
    log->open.erase(offset);
    touched.insert(log);
  }
  for (PartitionLog* log : touched) add(*log, {}, EntryState::marker);
  if (ending == TransactionEnd::abort) return;
  for (const auto& [partition, next] : transaction.inputs)
    groups[std::string(log::kCommandGroup)].offsets[partition] = next;
}

bool MemoryLog::State::pending(log::Partition partition) const {
  return std::ranges::any_of(owners, [&](const auto& entry) {
    const auto& left_open = entry.second.left_open;
    return left_open && left_open->first.inputs.contains(partition);
  });
}

void MemoryLog::State::arrive(Journey& journey, log::CommitResult result) {
  journey.over = true;
  journey.result = std::move(result);
  journeys.erase(journey.generation.get());
}

namespace {

log::LogResult<void> next_of(std::deque<log::LogFailure>& failures) {
  if (failures.empty()) return {};
  const log::LogFailure failure = failures.front();
  failures.pop_front();
  return std::unexpected(log::LogError{failure, "The script makes this call fail; call again."});
}

}  // namespace

log::LogResult<void> MemoryLog::State::scripted(Call call) { return next_of(failures[call]); }

log::LogResult<void> MemoryLog::State::scripted_read(log::Topic topic, log::Partition partition) {
  return next_of(read_failures[{topic, partition}]);
}

MemoryLog::MemoryLog(log::Partition partitions) : state_(std::make_unique<State>()) {
  if (partitions > 0) state_->create(partitions);
}
MemoryLog::~MemoryLog() = default;

log::Partition MemoryLog::partitions() const { return state_->partitions; }

log::LogResult<std::string> MemoryLog::identity() { return fmt::format("memory-{}", state_->incarnation); }

std::unique_ptr<log::Reader> MemoryLog::open_reader(log::Topic topic) { return make_reader(*state_, topic); }

std::unique_ptr<log::PartitionWriter> MemoryLog::open_writer(log::Partition partition) {
  return make_writer(*state_, partition);
}

log::LogResult<log::Bounds> MemoryLog::bounds(log::Topic topic, log::Partition partition) {
  if (auto ok = state_->scripted(Call::bounds); !ok) return std::unexpected(ok.error());
  const PartitionLog* log = state_->find(topic, partition);
  if (log == nullptr) {
    return std::unexpected(
        log::LogError{log::LogFailure::refused, "There is no such partition; create the topics."});
  }
  return log::Bounds{log->low, log->stable(), log->high()};
}

log::LogResult<std::vector<log::Bounds>> MemoryLog::bounds(log::Topic topic) {
  if (auto ok = state_->scripted(Call::bounds); !ok) return std::unexpected(ok.error());
  std::vector<log::Bounds> all;
  for (const PartitionLog& log : state_->topics[topic]) all.push_back({log.low, log.stable(), log.high()});
  return all;
}

log::LogResult<std::vector<log::GroupPosition>> MemoryLog::group_positions(const std::string& group,
                                                                           log::Topic topic) {
  std::vector<log::GroupPosition> positions;
  const auto it = state_->groups.find(group);
  const auto count = static_cast<log::Partition>(state_->topics[topic].size());
  for (log::Partition partition = 0; partition < count; ++partition) {
    auto& position = positions.emplace_back(partition, std::nullopt);
    if (it == state_->groups.end()) continue;
    const auto at = it->second.offsets.find(partition);
    if (at != it->second.offsets.end()) position.committed = at->second;
  }
  return positions;
}

std::size_t MemoryLog::most_commits_at_once() const { return state_->most_commits_at_once; }

void MemoryLog::hold_fence(log::Partition partition) { state_->held_fences[partition] = nullptr; }

void MemoryLog::release_fence(log::Partition partition) {
  const auto held = state_->held_fences.extract(partition);
  if (held && held.mapped()) held.mapped()();
}

void MemoryLog::append(log::Topic topic, log::Partition partition, Message message, OnAppended done) {
  PartitionLog* log = state_->find(topic, partition);
  if (log == nullptr) {
    done(std::unexpected(
        log::LogError{log::LogFailure::refused, "There is no such partition; create the topics."}));
    return;
  }
  if (state_->append_faults.empty()) {
    done(state_->add(*log, std::move(message), EntryState::committed));
    return;
  }
  const AppendFault fault = state_->append_faults.front();
  state_->append_faults.pop_front();
  const std::unexpected lost(
      log::LogError{log::LogFailure::unknown, "The answer was lost; look into the log."});
  switch (fault) {
    case AppendFault::unavailable:
      done(std::unexpected(
          log::LogError{log::LogFailure::unavailable, "The log does not answer; try again."}));
      return;
    case AppendFault::unknown_appended:
      state_->add(*log, std::move(message), EntryState::committed);
      done(lost);
      return;
    case AppendFault::unknown_lost: done(lost); return;
    case AppendFault::duplicated:
      state_->add(*log, message, EntryState::committed);
      done(state_->add(*log, std::move(message), EntryState::committed));
      return;
    case AppendFault::late:
      state_->late.push_back({topic, partition, std::move(message), std::move(done)});
      return;
  }
}

void MemoryLog::release_late() {
  for (auto& [topic, partition, message, done] : std::exchange(state_->late, {})) {
    done(state_->add(*state_->find(topic, partition), std::move(message), EntryState::committed));
  }
}

log::LogResult<std::vector<log::TopicReport>> MemoryLog::create_topics(log::Partition partitions) {
  if (state_->topics.empty()) state_->create(partitions);
  return check_topics();
}

log::LogResult<std::vector<log::TopicReport>> MemoryLog::check_topics() {
  std::vector<log::TopicReport> reports;
  for (const log::Topic topic : kTopics) {
    const auto count =
        static_cast<log::Partition>(state_->topics.contains(topic) ? state_->topics[topic].size() : 0);
    reports.push_back({topic, count > 0, count, {}});
    if (count == 0) reports.back().problems.emplace_back("The topic is missing; create the topics.");
  }
  return reports;
}

void MemoryLog::fault_commit(log::Partition partition, CommitFault fault) {
  state_->commit_faults[partition].push_back(fault);
}

void MemoryLog::fault_append(AppendFault fault) { state_->append_faults.push_back(fault); }

void MemoryLog::fail(Call call, log::LogFailure failure) { state_->failures[call].push_back(failure); }

void MemoryLog::limit_reads(std::optional<std::size_t> records) { state_->longest_read = records; }

void MemoryLog::clear_faults() {
  state_->commit_faults.clear();
  state_->append_faults.clear();
  state_->failures.clear();
  state_->read_failures.clear();
  state_->longest_read.reset();
}

void MemoryLog::fail_read(log::Topic topic, log::Partition partition, log::LogFailure failure) {
  state_->read_failures[{topic, partition}].push_back(failure);
}

void MemoryLog::begin_foreign(log::Partition partition, Message message, log::Topic topic) {
  PartitionLog* log = state_->find(topic, partition);
  assert(log != nullptr && !state_->foreign.contains(partition));
  const log::Offset offset = state_->add(*log, std::move(message), EntryState::open);
  state_->foreign[partition].records.emplace_back(log, offset);
}

void MemoryLog::commit_foreign(log::Partition partition) {
  state_->end(state_->foreign.at(partition), TransactionEnd::commit);
  state_->foreign.erase(partition);
}

void MemoryLog::abort_foreign(log::Partition partition) {
  state_->end(state_->foreign.at(partition), TransactionEnd::abort);
  state_->foreign.erase(partition);
}

void MemoryLog::trim(log::Topic topic, log::Partition partition, log::Offset low) {
  state_->find(topic, partition)->low = low;
}

void MemoryLog::recreate() {
  const log::Partition partitions = state_->partitions;
  state_->topics.clear();
  state_->foreign.clear();
  state_->late.clear();
  state_->create(partitions);
  for (auto& [name, group] : state_->groups) group.offsets.clear();
  for (auto& [partition, owner] : state_->owners) owner.left_open.reset();
  while (!state_->journeys.empty())
    state_->arrive(*state_->journeys.begin()->second,
                   {log::CommitOutcome::fenced, -1, "The topics are others now."});
  ++state_->incarnation;
}

log::Offset MemoryLog::visit(log::Topic topic, log::Partition partition, log::Offset from,
                             const OnRecord& on_record) const {
  const PartitionLog& log = *state_->find(topic, partition);
  log::Offset offset = std::max(from, log.low);
  for (; offset < log.stable(); ++offset) {
    const Entry& entry = log.at(offset);
    if (entry.state == EntryState::committed) on_record(offset, entry.message);
  }
  return offset;
}

bool MemoryLog::is_settled(log::Topic topic, log::Partition partition) const {
  const PartitionLog& log = *state_->find(topic, partition);
  return log.stable() == log.high();
}

std::string MemoryLog::dump() const {
  std::string out;
  for (const auto& [topic, logs] : state_->topics) {
    for (std::size_t partition = 0; partition < logs.size(); ++partition) {
      for (log::Offset offset = logs[partition].low; offset < logs[partition].high(); ++offset) {
        const Entry& entry = logs[partition].at(offset);
        out += fmt::format("{}/{} @{} {}", enum_names(topic)[static_cast<std::size_t>(topic)], partition,
                           offset, kEntryStates[std::to_underlying(entry.state)]);
        if (entry.state != EntryState::marker) out += " " + line_of(entry);
        out += '\n';
      }
    }
  }
  return out;
}

}  // namespace casetrail
