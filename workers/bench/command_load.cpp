// One thread appends, one hears the outcomes, one watches the boards.
#include "workers/bench/command_load.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "events/wire/outcome.h"
#include "workers/log/partition.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPatience = std::chrono::seconds(30);
constexpr std::size_t kReadAtOnce = 10'000;
constexpr Duration kReadWait{20};

Timestamp now_for_records() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

/// What the three threads share.
class Run {
 public:
  Run(log::EventLog& log, const LoadPlan& plan)
      : plan_(plan),
        reader_(log.open_reader(log::Topic::outcomes)),
        due_(plan.commands),
        window_(static_cast<std::ptrdiff_t>(plan.in_flight)) {}

  log::LogResult<void> start(log::EventLog& log) {
    for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
      const auto bounds = log.bounds(log::Topic::outcomes, partition);
      if (!bounds) return std::unexpected(bounds.error());
      if (auto started = reader_->start(partition, bounds->high); !started) return started;
    }
    threads_.emplace_back([this](const std::stop_token& stop) { hear(stop); });
    if (plan_.shown) threads_.emplace_back([this](const std::stop_token& stop) { watch(stop); });
    return {};
  }

  /// Waits for room in the window; false when there was none for too long or something failed.
  bool admit() { return window_.try_acquire_for(kPatience) && !failed(); }

  void sent(std::size_t index, Clock::time_point due) {
    due_[index].store(due.time_since_epoch().count(), std::memory_order_release);
  }

  void appended(std::size_t index, log::Partition partition, const log::LogResult<log::Offset>& offset) {
    if (!offset) return fail(offset.error().what);
    if (!plan_.shown || index % plan_.show_every != 0) return;
    const std::scoped_lock lock(mutex_);
    probes_.push_back({due_at(index), partition, *offset});
    changed_.notify_all();
  }

  /// Returns when every command was answered and shown, or nothing moves any more.
  std::expected<LoadResult, std::string> finish(Clock::time_point begun) {
    std::unique_lock lock(mutex_);
    std::size_t seen = 0;
    while (!is_done() && failure_.empty()) {
      const bool moved = changed_.wait_for(lock, kPatience, [&] {
        return is_done() || !failure_.empty() || result_.answered.count() != seen;
      });
      seen = result_.answered.count();
      if (!moved) failure_ = "Expected an outcome for every command, but none came for 30 s.";
    }
    if (!failure_.empty()) return std::unexpected(failure_);
    result_.seconds = std::chrono::duration<double>(last_ - begun).count();
    return std::move(result_);
  }

  void interrupt() {
    fail("The load was interrupted.");
    window_.release();
  }

  void fail(std::string why) {
    const std::scoped_lock lock(mutex_);
    if (failure_.empty()) failure_ = std::move(why);
    changed_.notify_all();
  }

 private:
  struct Probe {
    Clock::time_point due;
    log::Partition partition;
    log::Offset offset;
  };

  [[nodiscard]] bool failed() {
    const std::scoped_lock lock(mutex_);
    return !failure_.empty();
  }
  [[nodiscard]] bool is_done() const {
    return result_.answered.count() == plan_.commands && probes_.empty() && !watching_;
  }
  [[nodiscard]] Clock::time_point due_at(std::size_t index) const {
    return Clock::time_point(Clock::duration(due_[index].load(std::memory_order_acquire)));
  }

  void hear(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto records = reader_->read(kReadAtOnce, kReadWait);
      if (!records) return fail(records.error().what);
      if (records->empty()) continue;
      const auto now = Clock::now();
      const std::scoped_lock lock(mutex_);
      for (const auto& record : *records) take(record.message, now);
      last_ = now;
      changed_.notify_all();
    }
  }

  void take(const MessageView& message, Clock::time_point now) {
    const auto number = DeskLoad::number_of(message.header("ce_causationid").value_or(""));
    if (number < plan_.first || number - plan_.first >= plan_.commands) return;
    const bool accepted = message.header("ce_type") == "casetrail.command.accepted";
    ++(accepted ? result_.accepted : result_.rejected);
    result_.answered.add(now - due_at(number - plan_.first));
    window_.release();
  }

  void watch(const std::stop_token& stop) {
    while (true) {
      Probe probe;
      {
        std::unique_lock lock(mutex_);
        watching_ = false;
        changed_.notify_all();
        changed_.wait_for(lock, kReadWait, [&] { return !probes_.empty() || stop.stop_requested(); });
        if (stop.stop_requested()) return;
        if (probes_.empty()) continue;
        probe = probes_.front();
        probes_.pop_front();
        watching_ = true;
      }
      plan_.shown(probe.partition, probe.offset);
      const auto now = Clock::now();
      const std::scoped_lock lock(mutex_);
      result_.shown.add(now - probe.due);
    }
  }

  const LoadPlan plan_;
  std::unique_ptr<log::Reader> reader_;
  std::vector<std::atomic<Clock::rep>> due_;  ///< when each command was to be sent
  std::counting_semaphore<> window_;

  std::mutex mutex_;  ///< guards what follows
  std::condition_variable changed_;
  LoadResult result_;
  Clock::time_point last_;
  std::deque<Probe> probes_;
  bool watching_ = false;
  std::string failure_;

  std::vector<std::jthread> threads_;
};

}  // namespace

std::expected<LoadResult, std::string> run_load(log::EventLog& log, const DeskLoad& load,
                                                const LoadPlan& plan) {
  const auto run = std::make_shared<Run>(log, plan);
  if (auto started = run->start(log); !started) return std::unexpected(started.error().what);
  const std::stop_callback interrupted(plan.stop, [&run] { run->interrupt(); });
  const auto begun = Clock::now();
  for (std::size_t i = 0; i < plan.commands; ++i) {
    auto due = Clock::now();
    if (plan.rate > 0) {
      due = begun + std::chrono::duration_cast<Clock::duration>(
                        std::chrono::duration<double>(static_cast<double>(i) / plan.rate));
      std::this_thread::sleep_until(due);
    }
    if (!run->admit()) {
      run->fail("Expected room for the next command, but nothing was answered for 30 s.");
      break;
    }
    run->sent(i, plan.rate > 0 ? due : Clock::now());
    auto message = write_command(load.command(plan.first + i, now_for_records()));
    const auto partition = log::partition_of(message.key, log.partitions());
    log.append(log::Topic::commands, partition, std::move(message),
               [run, i, partition](const log::LogResult<log::Offset>& offset) {
                 run->appended(i, partition, offset);
               });
  }
  return run->finish(begun);
}

}  // namespace casetrail::bench
