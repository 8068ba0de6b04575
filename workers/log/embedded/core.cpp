// The embedded log's queue, its waiters and its groups.
#include "workers/log/embedded/core.h"

#include <fmt/core.h>

#include <utility>

#include "workers/log/embedded/group.h"
#include "workers/log/embedded/known.h"

namespace casetrail::embedded {

namespace {

/// Of one synced write: beyond it a waiter gains nothing from company.
constexpr std::size_t kJobsAtOnce = 20'000;
constexpr std::size_t kJobOverhead = 64;

std::size_t index(log::Topic topic) { return static_cast<std::size_t>(topic); }

template <class Answer, class Ask>
log::Promised<Answer> future_of(const Ask& ask) {
  const auto answer = std::make_shared<std::promise<Answer>>();
  auto answered = answer->get_future();
  ask([answer](Answer value) { answer->set_value(std::move(value)); });
  return answered;
}

template <class Answer, class Ask>
Answer answer_of(const Ask& ask) {
  return future_of<Answer>(ask).get();
}

}  // namespace

EmbeddedCore::EmbeddedCore(EmbeddedLogOptions options, std::unique_ptr<EmbeddedRows> rows,
                           AnsweredMarks marks)
    : options_(std::move(options)),
      rows_(std::move(rows)),
      marks_(std::move(marks)),
      reserve_(options_.folder, options_.disk_reserve_bytes) {}

log::LogResult<std::unique_ptr<EmbeddedCore>> EmbeddedCore::start(EmbeddedLogOptions options,
                                                                  std::unique_ptr<EmbeddedRows> rows,
                                                                  AnsweredMarks marks) {
  std::unique_ptr<EmbeddedCore> core(new EmbeddedCore(std::move(options), std::move(rows), std::move(marks)));
  if (auto loaded = core->load(); !loaded) {
    return std::unexpected(log::LogError{
        log::LogFailure::refused,
        fmt::format("The log cannot be read ({}); mend the disk or restore the folder from a backup.",
                    loaded.error().what)});
  }
  if (core->partitions_ != 0) {
    if (const auto marked = core->mark(); !marked) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable,
          fmt::format("The log cannot be written ({}); mend the disk and start again.", marked.error())});
    }
  }
  core->thread_ = std::jthread([raw = core.get()] { raw->run(); });
  return core;
}

EmbeddedCore::~EmbeddedCore() {
  {
    const std::lock_guard lock(queue_mutex_);
    closing_ = true;
  }
  queued_.notify_all();
  if (thread_.joinable()) thread_.join();
}

EmbeddedRows::Result<void> EmbeddedCore::load() {
  auto identity = rows_->get(keys::kIdentity);
  if (!identity) return std::unexpected(identity.error());
  identity_ = identity->value_or(EmbeddedRows::fresh_uuid());
  if (!*identity) {
    const RowsBatch named{{{std::string(keys::kIdentity), identity_}}, {}};
    if (auto written = rows_->write(named); !written) return written;
  }
  const auto partitions = rows_->get(keys::kPartitions);
  if (!partitions) return std::unexpected(partitions.error());
  if (*partitions) lay_out(static_cast<log::Partition>(keys::number_of(**partitions)));
  for (const log::Topic topic : kTopics) {
    for (log::Partition partition = 0; partition < partitions_of(topic); ++partition) {
      const auto at = slot_of(topic, partition);
      const auto next = rows_->get(keys::next(topic, partition));
      const auto low = rows_->get(keys::low(topic, partition));
      if (!next || !low) return std::unexpected(next ? low.error() : next.error());
      if (*next) next_[at] = keys::number_of(**next);
      ends_[at].next = next_[at];
      if (*low) ends_[at].low = keys::number_of(**low);
    }
  }
  for (log::Partition partition = 0; partition < partitions_; ++partition) {
    const auto destroyed = rows_->get(keys::destroyed(partition));
    if (!destroyed) return std::unexpected(destroyed.error());
    if (*destroyed) with_destroyed_keys_.insert(partition);
  }
  return rows_->scan(keys::kGroups, keys::kBehindGroups,
                     [this](std::string_view key, std::string_view value) {
                       group_offsets_[keys::group_of(key)] = keys::number_of(value);
                       return true;
                     });
}

std::expected<void, std::string> EmbeddedCore::mark() {
  if (auto marked = marks_.write(next_); !marked) return marked;
  if (!known_marks_) {
    auto opened = open_known(options_.folder, identity_);
    if (!opened) return std::unexpected(std::move(opened).error());
    known_marks_ = *std::move(opened);
  }
  return known_marks_->write(next_);
}

void EmbeddedCore::lay_out(log::Partition partitions) {
  if (partitions_ != 0) return;
  const auto slots = slots_of(partitions);
  ends_ = std::vector<Ends>(slots);
  next_.assign(slots, 0);
  partitions_ = partitions;
}

log::Partition EmbeddedCore::partitions_of(log::Topic topic) const {
  return topic == log::Topic::policy ? std::min(partitions_.load(), 1) : partitions_.load();
}

bool EmbeddedCore::has(log::Topic topic, log::Partition partition) const {
  return partition >= 0 && partition < partitions_of(topic);
}

std::size_t EmbeddedCore::slot_of(log::Topic topic, log::Partition partition) const {
  const auto each = static_cast<std::size_t>(partitions_.load());
  // The policy, which has one partition, lies before the topics that came later.
  const auto begin = topic > log::Topic::policy ? (index(topic) - 1) * each + 1 : index(topic) * each;
  return begin + static_cast<std::size_t>(partition);
}

std::optional<std::string> EmbeddedCore::failed() const {
  const std::lock_guard lock(broken_mutex_);
  return broken_;
}

std::optional<std::string> EmbeddedCore::broken() const {
  if (auto why = failed()) return why;
  return reserve_.has_room_for(0) ? std::nullopt : std::optional(reserve_.refusal());
}

const Ends* EmbeddedCore::ends(log::Topic topic, log::Partition partition) const {
  return has(topic, partition) ? &ends_[slot_of(topic, partition)] : nullptr;
}

void EmbeddedCore::append(log::Partition partition, Encoded record, log::EventLog::OnAppended done) {
  const auto bytes = record.record.size();
  if (!reserve_.has_room_for(bytes))
    return done(std::unexpected(log::LogError{log::LogFailure::unavailable, reserve_.refusal()}));
  {
    const std::lock_guard lock(queue_mutex_);
    if (queue_bytes_ < queue_share(options_.memory_bytes)) {
      push(Append{partition, std::move(record), std::move(done)}, bytes);
      done = nullptr;
    }
  }
  if (!done) return queued_.notify_one();
  done(std::unexpected(
      log::LogError{log::LogFailure::unavailable,
                    "The log's disk is slower than what comes in. Send less at once, and again."}));
}

log::LogResult<std::uint64_t> EmbeddedCore::fence(log::Partition partition) {
  return answer_of<log::LogResult<std::uint64_t>>(
      [&](auto done) { enqueue(Fence{partition, std::move(done)}); });
}

log::Promised<log::CommitResult> EmbeddedCore::start_commit(
    log::Partition partition, std::uint64_t epoch, std::vector<Written> records, log::Offset next_command,
    std::shared_ptr<const EmbeddedGeneration> generation) {
  return future_of<log::CommitResult>([&](auto done) {
    enqueue(Transaction{partition, epoch, std::move(records), next_command, std::move(generation),
                        std::move(done)});
  });
}

log::LogResult<void> EmbeddedCore::commit(std::shared_ptr<const EmbeddedGeneration> generation,
                                          log::Topic topic,
                                          std::vector<log::Membership::Position> positions) {
  return answer_of<log::LogResult<void>>([&](auto done) {
    enqueue(Positions{std::move(generation), topic, std::move(positions), std::move(done)});
  });
}

log::LogResult<void> EmbeddedCore::create(log::Partition partitions) {
  return answer_of<log::LogResult<void>>([&](auto done) { enqueue(Create{partitions, std::move(done)}); });
}

log::LogResult<void> EmbeddedCore::forget(const std::string& group, log::Topic topic) {
  return answer_of<log::LogResult<void>>([&](auto done) { enqueue(Forget{group, topic, std::move(done)}); });
}

/// The marks are those of before, so that the rows are never behind them. The journal may be cut within a
/// write that nobody was answered yet.
log::LogResult<void> EmbeddedCore::checkpoint(const std::filesystem::path& folder) const {
  const auto failed = [&](const std::string& why) {
    return std::unexpected(log::LogError{
        log::LogFailure::unavailable,
        fmt::format("The log cannot be put into {} ({}); mend that and try again.", folder.string(), why)});
  };
  std::vector<log::Offset> answered;
  for (const Ends& ends : ends_) answered.push_back(ends.next);
  if (const auto made = rows_->checkpoint(folder); !made) return failed(made.error().what);
  auto marks = AnsweredMarks::open(folder);
  if (!marks) return failed(marks.error());
  if (const auto written = marks->write(answered); !written) return failed(written.error());
  return {};
}

void EmbeddedCore::enqueue(Job job) {
  {
    const std::lock_guard lock(queue_mutex_);
    push(std::move(job), 0);
  }
  queued_.notify_one();
}

void EmbeddedCore::push(Job job, std::size_t bytes) {
  queue_bytes_ += bytes + kJobOverhead;
  queue_.push_back(std::move(job));
}

std::deque<EmbeddedCore::Job> EmbeddedCore::next_jobs() {
  std::deque<Job> jobs;
  {
    std::unique_lock lock(queue_mutex_);
    const auto is_ready = [this] { return closing_ || !queue_.empty(); };
    if (with_destroyed_keys_.empty()) {
      queued_.wait(lock, is_ready);
    } else {
      queued_.wait_until(lock, destroyed_at_.value_or(std::chrono::steady_clock::now()) + kDestroyEvery,
                         is_ready);
    }
    if (queue_.size() <= kJobsAtOnce) {
      jobs.swap(queue_);
      queue_bytes_ = 0;
    }
    while (!queue_.empty() && jobs.size() < kJobsAtOnce) {
      const auto* append = std::get_if<Append>(&queue_.front());
      queue_bytes_ -= kJobOverhead + (append == nullptr ? 0 : append->record.record.size());
      jobs.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
  }
  return jobs;
}

void EmbeddedCore::run() {
  for (;;) {
    if (!forgot_at_ || std::chrono::steady_clock::now() - *forgot_at_ >= kForgetEvery) forget_expired();
    forget_destroyed_keys();
    auto jobs = next_jobs();
    if (jobs.empty() && is_closing()) return;
    write(std::move(jobs));
  }
}

bool EmbeddedCore::is_closing() const {
  const std::lock_guard lock(queue_mutex_);
  return closing_;
}

void EmbeddedCore::write(std::deque<Job> jobs) {
  Group group(*this);
  for (Job& job : jobs) {
    std::visit([&group](auto& of_kind) { group.take(of_kind); }, job);
  }
  group.finish();
}

std::uint64_t EmbeddedCore::appends(log::Topic topic) const {
  const Bell& bell = bells_[index(topic)];
  const std::lock_guard lock(bell.mutex);
  return bell.count;
}

void EmbeddedCore::await_append(log::Topic topic, std::uint64_t seen,
                                std::chrono::steady_clock::time_point until) const {
  const Bell& bell = bells_[index(topic)];
  std::unique_lock lock(bell.mutex);
  bell.rung.wait_until(lock, until, [&] { return bell.count != seen; });
}

std::shared_ptr<const EmbeddedGeneration> EmbeddedCore::join(const std::string& group) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(groups_mutex_);
    number = ++generations_[group];
    ++members_[group];
  }
  joined_.notify_all();
  return std::make_shared<EmbeddedGeneration>(group, number);
}

void EmbeddedCore::leave(const std::string& group) {
  const std::lock_guard lock(groups_mutex_);
  --members_.at(group);
}

std::vector<log::GroupReport> EmbeddedCore::groups() const {
  const std::lock_guard lock(groups_mutex_);
  std::map<std::string, std::size_t> found;
  for (const auto& [key, next] : group_offsets_) found[key.group];
  for (const auto& [group, members] : members_) {
    if (members > 0) found[group] = members;
  }
  std::vector<log::GroupReport> groups;
  groups.reserve(found.size());
  for (const auto& [group, members] : found) groups.push_back({group, members});
  return groups;
}

bool EmbeddedCore::await_displacement(const EmbeddedGeneration& generation, Duration wait) const {
  std::unique_lock lock(groups_mutex_);
  return !joined_.wait_for(lock, wait,
                           [&] { return generations_.at(generation.group()) != generation.number(); });
}

bool EmbeddedCore::current(const std::shared_ptr<const EmbeddedGeneration>& generation) const {
  if (generation == nullptr) return false;
  const std::lock_guard lock(groups_mutex_);
  return generations_.at(generation->group()) == generation->number();
}

std::optional<log::Offset> EmbeddedCore::group_offset(const keys::GroupKey& key) const {
  const std::lock_guard lock(groups_mutex_);
  const auto it = group_offsets_.find(key);
  return it == group_offsets_.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace casetrail::embedded
