// Each decorator forwards, and passes its points on the way.
#include "tests/crash/crash_ports.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <optional>

namespace casetrail::crash {
namespace {

/// Batches of a store between two saves.
constexpr int kSaveEvery = 20;

/// Passed by every thread of the engine.
class Fuse {
 public:
  Fuse(CrashPoint point, int pass) : point_(point), left_(pass) {}

  void pass(CrashPoint point) {
    if (point != point_ || --left_ != 0) return;
    ::kill(::getpid(), SIGKILL);
    while (true) ::pause();
  }

  /// The rows of a view reached the disk, or the offset of its group reached the log.
  std::atomic<bool> rows_ahead_of_offset{false};

 private:
  CrashPoint point_;
  std::atomic<int> left_;
};

class CrashWriter final : public log::PartitionWriter {
 public:
  CrashWriter(std::unique_ptr<log::PartitionWriter> inner, Fuse& fuse)
      : inner_(std::move(inner)), fuse_(fuse) {}

  log::Promised<log::LogResult<void>> start_fence() override { return inner_->start_fence(); }
  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    if (records.empty()) return inner_->start_commit(records, next_command, generation);
    fuse_.pass(CrashPoint::before_commit);
    auto started = inner_->start_commit(records, next_command, generation);
    return std::async(std::launch::deferred, [this, started = std::move(started)]() mutable {
      auto result = started.get();
      if (result.outcome == log::CommitOutcome::committed) fuse_.pass(CrashPoint::after_commit);
      return result;
    });
  }

 private:
  std::unique_ptr<log::PartitionWriter> inner_;
  Fuse& fuse_;
};

/// Of a group of views.
class CrashMembership final : public log::Membership {
 public:
  CrashMembership(std::unique_ptr<log::Membership> inner, Fuse& fuse)
      : inner_(std::move(inner)), fuse_(fuse) {}

  log::LogResult<std::optional<Change>> poll(Duration wait) override { return inner_->poll(wait); }
  void acknowledge(const Change& change) override { inner_->acknowledge(change); }
  log::LogResult<void> rejoin() override { return inner_->rejoin(); }
  std::shared_ptr<const log::Generation> generation() const override { return inner_->generation(); }
  log::LogResult<std::optional<log::Offset>> committed(log::Partition partition) override {
    return inner_->committed(partition);
  }
  log::LogResult<void> commit(std::span<const Position> positions) override {
    if (fuse_.rows_ahead_of_offset.exchange(false)) fuse_.pass(CrashPoint::between_rows_and_offset);
    return inner_->commit(positions);
  }

 private:
  std::unique_ptr<log::Membership> inner_;
  Fuse& fuse_;
};

class CrashLog final : public log::EventLog {
 public:
  CrashLog(std::unique_ptr<log::EventLog> inner, Fuse& fuse) : inner_(std::move(inner)), fuse_(fuse) {}

  log::Partition partitions() const override { return inner_->partitions(); }
  log::LogResult<std::string> identity() override { return inner_->identity(); }
  std::optional<std::string> broken() const override { return inner_->broken(); }
  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override { return inner_->open_reader(topic); }
  std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override {
    return std::make_unique<CrashWriter>(inner_->open_writer(partition), fuse_);
  }
  log::LogResult<std::unique_ptr<log::Membership>> join(const std::string& group, log::Topic topic,
                                                        const std::optional<std::string>& member) override {
    auto joined = inner_->join(group, topic, member);
    if (!joined || topic != log::Topic::events) return joined;
    return std::make_unique<CrashMembership>(*std::move(joined), fuse_);
  }
  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    return inner_->bounds(topic, partition);
  }
  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override { return inner_->bounds(topic); }
  log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string& group,
                                                                  log::Topic topic) override {
    return inner_->group_positions(group, topic);
  }
  log::LogResult<std::vector<log::GroupReport>> groups() override { return inner_->groups(); }
  log::LogResult<void> forget_group(const std::string& group, log::Topic topic) override {
    return inner_->forget_group(group, topic);
  }
  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override {
    inner_->append(topic, partition, std::move(message),
                   [this, topic, done = std::move(done)](log::LogResult<log::Offset> appended) {
                     if (appended && topic == log::Topic::commands) fuse_.pass(CrashPoint::after_append);
                     done(std::move(appended));
                   });
  }
  log::LogResult<std::vector<log::TopicReport>> create_topics(log::Partition partitions) override {
    return inner_->create_topics(partitions);
  }
  log::LogResult<std::vector<log::TopicReport>> check_topics() override { return inner_->check_topics(); }

 private:
  std::unique_ptr<log::EventLog> inner_;
  Fuse& fuse_;
};

/// The points around the writes and the saves of one store.
struct StorePoints {
  std::optional<CrashPoint> before_batch{};
  std::optional<CrashPoint> after_batch{};
  std::optional<CrashPoint> before_save{};
  std::optional<CrashPoint> after_save{};
  bool of_live_view = false;
};

class CrashStore final : public storage::Store {
 public:
  CrashStore(storage::Store& inner, storage::StoreHome& home, const StorePoints& points, Fuse& fuse)
      : inner_(inner), home_(home), points_(points), fuse_(fuse) {}

  storage::StoreResult<std::optional<std::string>> get(storage::FamilyIndex family,
                                                       std::string_view key) const override {
    return inner_.get(family, key);
  }
  storage::StoreResult<void> scan(storage::FamilyIndex family, std::string_view prefix, std::string_view from,
                                  const OnRow& on_row) const override {
    return inner_.scan(family, prefix, from, on_row);
  }
  storage::StoreResult<void> write(const storage::StoreBatch& batch) override {
    if (!has_rows(batch)) return inner_.write(batch);
    if (points_.before_batch) fuse_.pass(*points_.before_batch);
    auto written = inner_.write(batch);
    if (!written) return written;
    if (points_.after_batch) fuse_.pass(*points_.after_batch);
    return ++batches_ % kSaveEvery == 0 ? home_.checkpoint() : written;
  }
  storage::StoreResult<void> flush() override { return inner_.flush(); }
  std::unique_ptr<storage::StoreView> snapshot() const override { return inner_.snapshot(); }

 private:
  static bool has_rows(const storage::StoreBatch& batch) {
    return std::ranges::any_of(batch.changes(),
                               [](const auto& change) { return change.family != storage::kMetaFamily; });
  }

  storage::Store& inner_;
  storage::StoreHome& home_;
  const StorePoints& points_;
  Fuse& fuse_;
  int batches_ = 0;
};

class CrashHome final : public storage::StoreHome {
 public:
  /// `inner` outlives this.
  CrashHome(storage::StoreHome& inner, const StorePoints& points, Fuse& fuse)
      : inner_(inner), points_(points), fuse_(fuse) {}

  storage::StoreResult<storage::OpenedStore> open(const storage::StoreIdentity& expected) override {
    auto opened = inner_.open(expected);
    if (!opened) return opened;
    store_ = std::make_unique<CrashStore>(*opened->store, *this, points_, fuse_);
    opened->store = store_.get();
    return opened;
  }
  storage::StoreResult<void> discard() override { return inner_.discard(); }
  storage::StoreResult<void> checkpoint() override {
    if (points_.before_save) fuse_.pass(*points_.before_save);
    auto saved = inner_.checkpoint();
    if (saved) pass_saved();
    return saved;
  }
  storage::StoreResult<void> start_checkpoint() override {
    if (points_.before_save) fuse_.pass(*points_.before_save);
    return inner_.start_checkpoint();
  }
  storage::StoreResult<bool> finish_checkpoint() override {
    auto saved = inner_.finish_checkpoint();
    if (saved && *saved) pass_saved();
    return saved;
  }

 private:
  void pass_saved() {
    if (points_.after_save) fuse_.pass(*points_.after_save);
    if (points_.of_live_view) fuse_.rows_ahead_of_offset = true;
  }

  storage::StoreHome& inner_;
  StorePoints points_;
  Fuse& fuse_;
  std::unique_ptr<CrashStore> store_;
};

/// The home of a command store, which it owns.
class CrashCommandHome final : public storage::StoreHome {
 public:
  CrashCommandHome(std::unique_ptr<storage::StoreHome> inner, Fuse& fuse)
      : inner_(std::move(inner)),
        crashing_(*inner_,
                  {.before_batch = CrashPoint::before_snapshot_batch,
                   .after_batch = CrashPoint::after_snapshot_batch,
                   .before_save = CrashPoint::before_checkpoint,
                   .after_save = CrashPoint::after_checkpoint},
                  fuse) {}

  storage::StoreResult<storage::OpenedStore> open(const storage::StoreIdentity& expected) override {
    return crashing_.open(expected);
  }
  storage::StoreResult<void> discard() override { return crashing_.discard(); }
  storage::StoreResult<void> checkpoint() override { return crashing_.checkpoint(); }
  storage::StoreResult<void> start_checkpoint() override { return crashing_.start_checkpoint(); }
  storage::StoreResult<bool> finish_checkpoint() override { return crashing_.finish_checkpoint(); }

 private:
  std::unique_ptr<storage::StoreHome> inner_;
  CrashHome crashing_;
};

class CrashCopies final : public projection::CopyStorage {
 public:
  CrashCopies(std::unique_ptr<projection::CopyStorage> inner, Fuse& fuse)
      : inner_(std::move(inner)), fuse_(fuse) {}

  storage::StoreResult<std::optional<projection::CopyNumber>> live() override {
    auto live = inner_->live();
    if (live) live_ = *live;
    return live;
  }
  storage::StoreResult<void> set_live(projection::CopyNumber copy) override {
    const bool is_switch = std::exchange(live_, copy).has_value();
    if (is_switch) fuse_.pass(CrashPoint::before_switch);
    auto named = inner_->set_live(copy);
    if (named && is_switch) fuse_.pass(CrashPoint::after_switch);
    return named;
  }
  storage::StoreResult<std::vector<projection::CopyNumber>> copies() override { return inner_->copies(); }
  storage::StoreHome& home(projection::CopyNumber copy, log::Partition partition,
                           const std::vector<std::string>& families) override {
    auto& home = homes_[{copy, partition}];
    if (!home) {
      home = std::make_unique<CrashHome>(inner_->home(copy, partition, families), points_of(copy), fuse_);
    }
    return *home;
  }
  storage::StoreResult<void> remove(projection::CopyNumber copy) override {
    std::erase_if(homes_, [&](const auto& home) { return home.first.first == copy; });
    return inner_->remove(copy);
  }

 private:
  [[nodiscard]] StorePoints points_of(projection::CopyNumber copy) const {
    if (live_ && copy > *live_) return {.before_batch = CrashPoint::inside_rebuild};
    return {.before_save = CrashPoint::before_view_checkpoint, .of_live_view = true};
  }

  std::unique_ptr<projection::CopyStorage> inner_;
  Fuse& fuse_;
  std::optional<projection::CopyNumber> live_;
  std::map<std::pair<projection::CopyNumber, log::Partition>, std::unique_ptr<CrashHome>> homes_;
};

}  // namespace

node::PortWraps killing_at(CrashPoint point, int pass) {
  const auto fuse = std::make_shared<Fuse>(point, pass);
  return {.log = [fuse](auto log) { return std::make_unique<CrashLog>(std::move(log), *fuse); },
          .command_home =
              [fuse](auto home) { return std::make_unique<CrashCommandHome>(std::move(home), *fuse); },
          .copies = [fuse](auto copies) { return std::make_unique<CrashCopies>(std::move(copies), *fuse); }};
}

}  // namespace casetrail::crash
