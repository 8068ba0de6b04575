// One reader over all partitions; whoever waits is found by the command's id, then by its place.
#include "workers/api/outcome_waiter.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace casetrail::api {
namespace {

constexpr Duration kPause{20};
constexpr std::size_t kBatch = 1000;
/// A partition that the log does not deliver is asked for again after this.
constexpr auto kStartAgain = std::chrono::milliseconds(500);

}  // namespace

log::LogResult<std::unique_ptr<OutcomeWaiter>> OutcomeWaiter::start(log::EventLog& log) {
  auto reader = log.open_reader(log::Topic::outcomes);
  const auto bounds = log.bounds(log::Topic::outcomes);
  if (!bounds) return std::unexpected(bounds.error());
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto end = bounds->at(static_cast<std::size_t>(partition)).high;
    if (auto started = reader->start(partition, end); !started) return std::unexpected(started.error());
  }
  std::unique_ptr<OutcomeWaiter> waiter(new OutcomeWaiter(log, std::move(reader)));
  waiter->thread_ = std::jthread([raw = waiter.get()](const std::stop_token& stop) { raw->listen(stop); });
  return waiter;
}

OutcomeWaiter::~OutcomeWaiter() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  end_those_until(Clock::time_point::max());
}

OutcomeWaiter::Ticket OutcomeWaiter::expect(const CommandId& id, log::Partition partition,
                                            std::chrono::milliseconds patience, OnOutcome on_outcome) {
  Ticket ticket;
  ticket.room_ = room_;
  ticket.id_ = id;
  const std::scoped_lock lock(room_->mutex);
  ticket.number_ = ++room_->last_number;
  room_->waiting.emplace(id,
                         Waiting{ticket.number_, partition, Clock::now() + patience, std::move(on_outcome)});
  return ticket;
}

void OutcomeWaiter::Ticket::appended(log::Offset offset) const {
  OnOutcome on_outcome;
  std::optional<Heard> heard;
  {
    const std::scoped_lock lock(room_->mutex);
    const auto [first, last] = room_->waiting.equal_range(id_);
    const auto mine =
        std::find_if(first, last, [&](const auto& entry) { return entry.second.number == number_; });
    if (mine == last) return;
    auto& waiting = mine->second;
    waiting.offset = offset;
    const auto early = std::ranges::find(waiting.early, offset, &Heard::command);
    if (early == waiting.early.end()) return waiting.early.clear();
    heard = std::move(*early);
    on_outcome = std::move(waiting.on_outcome);
    room_->waiting.erase(mine);
  }
  on_outcome(std::move(heard));
}

void OutcomeWaiter::listen(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    start_those_due(Clock::now());
    const auto records = reader_->read(kBatch, kPause);
    if (!records) {
      lose(records.error());
    } else {
      for (const auto& record : *records) hear(record);
    }
    end_those_until(Clock::now());
  }
}

void OutcomeWaiter::lose(const log::ReadError& error) {
  spdlog::warn("outcomes cannot be read: {}", error.what);
  if (!error.partition) return std::this_thread::sleep_for(kStartAgain);
  cut_off_[*error.partition] = {Clock::now() + kStartAgain, reader_->position(*error.partition)};
}

void OutcomeWaiter::start_those_due(Clock::time_point now) {
  for (auto it = cut_off_.begin(); it != cut_off_.end();) {
    auto& [partition, cut] = *it;
    if (cut.until > now) {
      ++it;
      continue;
    }
    // What retention took meanwhile nobody waits for any more.
    if (const auto bounds = log_.bounds(log::Topic::outcomes, partition)) {
      cut.next = std::clamp(cut.next, bounds->low, bounds->high);
    }
    if (reader_->start(partition, cut.next)) {
      it = cut_off_.erase(it);
    } else {
      cut.until = now + kStartAgain;
      ++it;
    }
  }
}

void OutcomeWaiter::hear(const log::Record& record) {
  auto outcome = read_outcome(record.message);
  const auto offset = answered_offset(record.message);
  if (outcome && offset) return tell(record.partition, {*std::move(outcome), *offset});
  spdlog::warn("outcome passed over: partition={} offset={} reason=\"{}\"", record.partition, record.offset,
               outcome ? "it names no record that it answers" : outcome.error().sentence());
}

void OutcomeWaiter::tell(log::Partition partition, const Heard& heard) {
  std::vector<OnOutcome> told;
  {
    const std::scoped_lock lock(room_->mutex);
    const auto [first, last] = room_->waiting.equal_range(heard.outcome.command_id);
    for (auto it = first; it != last;) {
      auto& waiting = it->second;
      const bool mine = waiting.partition == partition && waiting.offset == heard.command;
      if (!mine) {
        if (waiting.partition == partition && !waiting.offset) waiting.early.push_back(heard);
        ++it;
        continue;
      }
      told.push_back(std::move(waiting.on_outcome));
      it = room_->waiting.erase(it);
    }
  }
  for (const auto& on_outcome : told) on_outcome(heard);
}

void OutcomeWaiter::end_those_until(Clock::time_point now) {
  std::vector<Waiting> ended;
  {
    const std::scoped_lock lock(room_->mutex);
    for (auto it = room_->waiting.begin(); it != room_->waiting.end();) {
      if (it->second.until > now) {
        ++it;
        continue;
      }
      ended.push_back(std::move(it->second));
      it = room_->waiting.erase(it);
    }
  }
  for (const auto& waiting : ended) waiting.on_outcome(std::nullopt);
}

}  // namespace casetrail::api
