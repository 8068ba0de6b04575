// The order within a batch is the order of the log: due timers, then the command, then the next one.
#include "workers/command/batch_decider.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "events/case/case_order.h"
#include "events/case/privacy.h"
#include "events/wire/cloud_event.h"
#include "workers/command/dead_letter.h"
#include "workers/command/sentence.h"
#include "workers/log/partition.h"

namespace casetrail::command {
namespace {

/// A transaction stays small enough to be answered in milliseconds, and to be decided again without harm.
constexpr std::size_t kFullRecords = 16'000;
/// Timers of one case that are due at the same moment; more of them is a timer that sets itself again.
constexpr int kMostAtOnce = 64;
constexpr std::size_t kFullBytes = std::size_t{8} << 20;

Actor timer_actor() {
  Actor actor;
  actor.kind = ActorKind::timer;
  actor.id = "casetrail";
  return actor;
}

Rejection reused(const RememberedCommand& first) {
  return {"command_id_reused", fmt::format("Expected a command id that is new to its source, but it named "
                                           "another command to case {} at offset {}.",
                                           first.case_id.value, first.offset)};
}

Rejection damaged(const std::string& why) {
  return {"case_damaged",
          fmt::format("Expected a case whose events follow each other, but its log is damaged: {}. "
                      "An operator has to look at it.",
                      as_clause(why))};
}

Rejection too_large() {
  return {"too_large",
          fmt::format("Expected events of at most {} KiB each, but one is larger.", kMaxRecordBytes >> 10)};
}

bool erases(const std::vector<Event>& events) {
  return std::ranges::any_of(events, [](const Event& event) {
    return event.get_if<ErasureRequested>() != nullptr || event.get_if<CustomerErased>() != nullptr;
  });
}

Rejection unforgetting(const std::string& why) {
  return {"log_not_sealed", fmt::format("Expected a log that can forget, but {}.", why)};
}

}  // namespace

bool BatchDecider::full() const {
  return draft_.records.size() >= kFullRecords || draft_.bytes >= kFullBytes || state_.timers().exhausted() ||
         state_.failure();
}

std::string BatchDecider::token(log::Offset offset) const {
  return std::to_string(scene_.partition).append(":").append(std::to_string(offset));
}

std::size_t BatchDecider::take_commands(std::span<const log::Record* const> commands) {
  std::size_t taken = 0;
  while (taken < commands.size() && !full()) {
    const auto& command = *commands[taken];
    const auto at = std::max(state_.time(), std::min(command.message.timestamp, scene_.wall));
    if (!fire_timers_before(at, at)) break;
    state_.set_time(at);
    take_command(command, at);
    ++taken;
  }
  return taken;
}

void BatchDecider::take_due_timers() {
  static_cast<void>(fire_timers_before(scene_.wall, std::max(state_.time(), scene_.wall)));
}

bool BatchDecider::fire_timers_before(Timestamp due, Timestamp at) {
  while (!full()) {
    const auto* timer = state_.timers().earliest();
    if (timer == nullptr || timer->at >= due) return true;
    fire(TimedKey(*timer), at);
  }
  return false;
}

void BatchDecider::fire(const TimedKey& timer, Timestamp at) {
  const CaseId case_id{timer.name};
  const auto& state = state_.state_of(case_id);
  CaseEvent first;
  first.case_id = case_id;
  first.seq = state.seq + 1;
  first.occurred_at = timer.at;
  first.recorded_at = at;
  first.actor = timer_actor();
  first.policy_version = policies_.version();
  first.correlation_id = case_id.value;
  auto events = fire_earliest_timer(state, at, policies_.policy());
  const bool ends = !events.empty() && record(std::move(first), {}, events);
  ++draft_.tally.timers_fired;
  const auto is_next = [&] {
    const auto* next = state_.timers().earliest();
    return next != nullptr && *next == timer;
  };
  fired_at_once_ = is_next() ? fired_at_once_ + 1 : 0;
  if (ends && fired_at_once_ <= kMostAtOnce) return;

  fired_at_once_ = 0;
  const auto why = fmt::format("the timer due at {} does not end", to_wire(timer.at));
  spdlog::error("partition={} case={} is closed to commands: {}", scene_.partition, case_id.value, why);
  state_.close_case(case_id, why);
  if (is_next()) state_.distrust("A timer row of case " + case_id.value);
}

void BatchDecider::take_command(const log::Record& record, Timestamp at) {
  auto envelope = read_command(record.message);
  if (!envelope) return bury(record, at, "invalid_command", envelope.error());
  if (log::partition_of(envelope->case_id.value, scene_.partitions) != scene_.partition) {
    return bury(
        record, at, "wrong_partition",
        {envelope->id,
         envelope->case_id,
         {"", fmt::format("the partition of the key, {}, but it lies in {}",
                          log::partition_of(envelope->case_id.value, scene_.partitions), scene_.partition)},
         envelope->source});
  }
  if (envelope->actor.kind == ActorKind::import_) draft_.tally.of_the_past.push_back(record.offset);
  envelope->occurred_at = std::min(envelope->occurred_at, at);
  envelope->place = record.offset * scene_.partitions + scene_.partition;
  if (const auto first = state_.remembered(envelope->id, envelope->source)) {
    if (first->digest == envelope->digest) return answer_again(*envelope, record.offset, *first, at);
    return refuse(*envelope, record.offset, at, reused(*first));
  }
  if (const auto* why = state_.damage_of(envelope->case_id)) {
    return refuse(*envelope, record.offset, at, damaged(*why));
  }
  decide_command(*envelope, record.offset, at);
}

void BatchDecider::decide_command(const CommandEnvelope& envelope, log::Offset offset, Timestamp at) {
  const auto& state = state_.state_of(envelope.case_id);
  const auto seq = state.seq;
  auto decision = decide(state, envelope, at, policies_.policy());
  if (!decision) return refuse(envelope, offset, at, decision.error());
  if (erases(*decision)) {
    if (const auto why = scene_.cannot_forget()) return refuse(envelope, offset, at, unforgetting(*why));
  }

  CaseEvent first;
  first.case_id = envelope.case_id;
  first.seq = seq + 1;
  first.occurred_at = envelope.occurred_at;
  first.recorded_at = at;
  first.actor = envelope.actor;
  first.command_id = envelope.id;
  first.command_digest = envelope.digest;
  first.command_offset = offset;
  first.commands_anew = state_.counts_anew(offset);
  first.policy_version = policies_.version();
  first.correlation_id = envelope.correlation_id.empty() ? envelope.case_id.value : envelope.correlation_id;
  first.traceparent = envelope.traceparent;
  const auto count = static_cast<std::int64_t>(decision->size());
  if (!record(std::move(first), envelope.source, *decision)) return refuse(envelope, offset, at, too_large());

  Outcome outcome{envelope.id, envelope.case_id, OutcomeStatus::accepted, {}, {}, 0, 0,
                  seq + count, token(offset)};
  if (count > 0) {
    outcome.first_seq = seq + 1;
    outcome.last_seq = seq + count;
  }
  append_outcome(std::move(outcome), envelope.source, offset, at);
  ++draft_.tally.accepted;
}

void BatchDecider::answer_again(const CommandEnvelope& envelope, log::Offset offset,
                                const RememberedCommand& first, Timestamp at) {
  append_outcome({envelope.id,
                  envelope.case_id,
                  OutcomeStatus::accepted,
                  {},
                  {},
                  first.first_seq,
                  first.last_seq,
                  first.last_seq,
                  token(first.offset)},
                 envelope.source, offset, at);
  ++draft_.tally.repeated;
}

void BatchDecider::refuse(const CommandEnvelope& envelope, log::Offset offset, Timestamp at,
                          const Rejection& rejection) {
  append_outcome({envelope.id, envelope.case_id, OutcomeStatus::rejected, rejection.code, rejection.sentence,
                  0, 0, state_.state_of(envelope.case_id).seq, token(offset)},
                 envelope.source, offset, at);
  ++draft_.tally.rejected;
  ++draft_.tally.refusals[rejection.code];
  if (rejection.code == "stale_version") ++draft_.tally.conflicts;
}

void BatchDecider::bury(const log::Record& record, Timestamp at, std::string_view code,
                        const UnreadableCommand& unreadable) {
  append(log::Topic::deadletters, make_dead_letter(record, code, unreadable.sentence()));
  ++draft_.tally.dead_letters;
  if (unreadable.id.empty() || unreadable.case_id.empty()) return;
  append_outcome({unreadable.id, unreadable.case_id, OutcomeStatus::rejected, std::string(code),
                  unreadable.sentence(), 0, 0, 0, token(record.offset)},
                 unreadable.source, record.offset, at);
}

bool BatchDecider::record(CaseEvent envelope, std::string_view source, const std::vector<Event>& events) {
  const auto first_seq = envelope.seq;
  const auto put = [&](std::size_t i) {
    envelope.seq = first_seq + static_cast<std::int64_t>(i);
    envelope.event = events[i];
    envelope.ends_command = !envelope.command_id.empty() && i + 1 == events.size();
  };
  std::vector<Message> messages;
  messages.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    put(i);
    messages.push_back(write_event(envelope));
    if (!source.empty()) messages.back().headers.add(kCommandSourceHeader, source);
    if (size_of(messages.back()) > kMaxRecordBytes) return false;
  }
  const auto& state = state_.state_of(envelope.case_id);
  for (std::size_t i = 0; i < events.size(); ++i) {
    put(i);
    state_.take(envelope, source);
    add_status_after(messages[i], state.status);
    append(log::Topic::events, std::move(messages[i]));
  }
  draft_.tally.events += events.size();
  if (!events.empty()) draft_.last_event = event_id(envelope.case_id, envelope.seq);
  return true;
}

void BatchDecider::append(log::Topic topic, Message message) {
  draft_.bytes += size_of(message);
  draft_.records.push_back({topic, std::move(message)});
}

void BatchDecider::append_outcome(Outcome outcome, std::string_view source, log::Offset offset,
                                  Timestamp at) {
  if (outcome.message) outcome.message = as_sentence(*outcome.message);
  auto message = write_outcome(outcome, offset, at);
  if (!source.empty()) message.headers.add(kCommandSourceHeader, source);
  append(log::Topic::outcomes, std::move(message));
}

}  // namespace casetrail::command
