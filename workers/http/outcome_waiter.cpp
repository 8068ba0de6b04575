// One reader over all partitions; whoever waits is found by the command's id.
#include "workers/http/outcome_waiter.h"

#include <spdlog/spdlog.h>

#include <vector>

namespace casetrail {
namespace {

constexpr Duration kPause{20};
constexpr std::size_t kBatch = 1000;

}  // namespace

LogResult<std::unique_ptr<OutcomeWaiter>> OutcomeWaiter::start(EventLog& log) {
  auto reader = log.open_reader(Topic::outcomes);
  for (Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = log.bounds(Topic::outcomes, partition);
    if (!bounds) return std::unexpected(bounds.error());
    if (auto started = reader->start(partition, bounds->high); !started)
      return std::unexpected(started.error());
  }
  std::unique_ptr<OutcomeWaiter> waiter(new OutcomeWaiter(std::move(reader)));
  waiter->thread_ = std::jthread([raw = waiter.get()](const std::stop_token& stop) { raw->listen(stop); });
  return waiter;
}

OutcomeWaiter::~OutcomeWaiter() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  end_those_until(Clock::time_point::max());
}

void OutcomeWaiter::expect(const CommandId& id, std::chrono::milliseconds patience, OnOutcome on_outcome) {
  const std::scoped_lock lock(mutex_);
  waiting_.emplace(id, Waiting{Clock::now() + patience, std::move(on_outcome)});
}

void OutcomeWaiter::listen(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto records = reader_->read(kBatch, kPause);
    if (!records) {
      spdlog::warn("outcomes cannot be read: {}", records.error().what);
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    } else {
      for (const auto& record : *records) {
        if (const auto outcome = read_outcome(record.message)) {
          tell(*outcome);
        } else {
          spdlog::warn("outcome passed over: partition={} offset={} reason=\"{}\"", record.partition,
                       record.offset, outcome.error().sentence());
        }
      }
    }
    end_those_until(Clock::now());
  }
}

void OutcomeWaiter::tell(const Outcome& outcome) {
  std::vector<Waiting> told;
  {
    const std::scoped_lock lock(mutex_);
    const auto [first, last] = waiting_.equal_range(outcome.command_id);
    for (auto it = first; it != last; ++it) told.push_back(std::move(it->second));
    waiting_.erase(first, last);
  }
  for (const auto& waiting : told) waiting.on_outcome(outcome);
}

void OutcomeWaiter::end_those_until(Clock::time_point now) {
  std::vector<Waiting> ended;
  {
    const std::scoped_lock lock(mutex_);
    for (auto it = waiting_.begin(); it != waiting_.end();) {
      if (it->second.until > now) {
        ++it;
        continue;
      }
      ended.push_back(std::move(it->second));
      it = waiting_.erase(it);
    }
  }
  for (const auto& waiting : ended) waiting.on_outcome(std::nullopt);
}

}  // namespace casetrail
