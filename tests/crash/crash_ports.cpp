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

class CrashWriter final : public PartitionWriter {
 public:
  CrashWriter(std::unique_ptr<PartitionWriter> inner, Fuse& fuse) : inner_(std::move(inner)), fuse_(fuse) {}

  Promised<LogResult<void>> start_fence() override { return inner_->start_fence(); }
  Promised<CommitResult> start_commit(std::span<const Outgoing> records, Offset next_command,
                                      const std::shared_ptr<const Generation>& generation) override {
    if (records.empty()) return inner_->start_commit(records, next_command, generation);
    fuse_.pass(CrashPoint::before_commit);
    auto started = inner_->start_commit(records, next_command, generation);
    return std::async(std::launch::deferred, [this, started = std::move(started)]() mutable {
      auto result = started.get();
      if (result.outcome == CommitOutcome::committed) fuse_.pass(CrashPoint::after_commit);
      return result;
    });
  }

 private:
  std::unique_ptr<PartitionWriter> inner_;
  Fuse& fuse_;
};

/// Of a group of views.
class CrashMembership final : public Membership {
 public:
  CrashMembership(std::unique_ptr<Membership> inner, Fuse& fuse) : inner_(std::move(inner)), fuse_(fuse) {}

  LogResult<std::optional<Change>> poll(Duration wait) override { return inner_->poll(wait); }
  void acknowledge(const Change& change) override { inner_->acknowledge(change); }
  LogResult<void> rejoin() override { return inner_->rejoin(); }
  std::shared_ptr<const Generation> generation() const override { return inner_->generation(); }
  LogResult<std::optional<Offset>> committed(Partition partition) override {
    return inner_->committed(partition);
  }
  LogResult<void> commit(std::span<const Position> positions) override {
    if (fuse_.rows_ahead_of_offset.exchange(false)) fuse_.pass(CrashPoint::between_rows_and_offset);
    return inner_->commit(positions);
  }

 private:
  std::unique_ptr<Membership> inner_;
  Fuse& fuse_;
};

class CrashLog final : public EventLog {
 public:
  CrashLog(std::unique_ptr<EventLog> inner, Fuse& fuse) : inner_(std::move(inner)), fuse_(fuse) {}

  Partition partitions() const override { return inner_->partitions(); }
  LogResult<std::string> identity() override { return inner_->identity(); }
  std::optional<std::string> broken() const override { return inner_->broken(); }
  std::unique_ptr<Reader> open_reader(Topic topic) override { return inner_->open_reader(topic); }
  std::unique_ptr<PartitionWriter> open_writer(Partition partition) override {
    return std::make_unique<CrashWriter>(inner_->open_writer(partition), fuse_);
  }
  LogResult<std::unique_ptr<Membership>> join(const std::string& group, Topic topic,
                                              const std::optional<std::string>& member) override {
    auto joined = inner_->join(group, topic, member);
    if (!joined || topic != Topic::events) return joined;
    return std::make_unique<CrashMembership>(*std::move(joined), fuse_);
  }
  LogResult<Bounds> bounds(Topic topic, Partition partition) override {
    return inner_->bounds(topic, partition);
  }
  LogResult<std::vector<Bounds>> bounds(Topic topic) override { return inner_->bounds(topic); }
  LogResult<std::vector<GroupPosition>> group_positions(const std::string& group, Topic topic) override {
    return inner_->group_positions(group, topic);
  }
  LogResult<std::vector<GroupReport>> groups() override { return inner_->groups(); }
  LogResult<void> forget_group(const std::string& group, Topic topic) override {
    return inner_->forget_group(group, topic);
  }
  void append(Topic topic, Partition partition, Message message, OnAppended done) override {
    inner_->append(topic, partition, std::move(message),
                   [this, topic, done = std::move(done)](LogResult<Offset> appended) {
                     if (appended && topic == Topic::commands) fuse_.pass(CrashPoint::after_append);
                     done(std::move(appended));
                   });
  }
  LogResult<std::vector<TopicReport>> create_topics(Partition partitions) override {
    return inner_->create_topics(partitions);
  }
  LogResult<std::vector<TopicReport>> check_topics() override { return inner_->check_topics(); }

 private:
  std::unique_ptr<EventLog> inner_;
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

class CrashStore final : public Store {
 public:
  CrashStore(Store& inner, StoreHome& home, const StorePoints& points, Fuse& fuse)
      : inner_(inner), home_(home), points_(points), fuse_(fuse) {}

  StoreResult<std::optional<std::string>> get(FamilyIndex family, std::string_view key) const override {
    return inner_.get(family, key);
  }
  StoreResult<void> scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                         const OnRow& on_row) const override {
    return inner_.scan(family, prefix, from, on_row);
  }
  StoreResult<void> write(const StoreBatch& batch) override {
    if (!has_rows(batch)) return inner_.write(batch);
    if (points_.before_batch) fuse_.pass(*points_.before_batch);
    auto written = inner_.write(batch);
    if (!written) return written;
    if (points_.after_batch) fuse_.pass(*points_.after_batch);
    return ++batches_ % kSaveEvery == 0 ? home_.checkpoint() : written;
  }
  StoreResult<void> flush() override { return inner_.flush(); }
  std::unique_ptr<StoreView> snapshot() const override { return inner_.snapshot(); }

 private:
  static bool has_rows(const StoreBatch& batch) {
    return std::ranges::any_of(batch.changes(),
                               [](const auto& change) { return change.family != kMetaFamily; });
  }

  Store& inner_;
  StoreHome& home_;
  const StorePoints& points_;
  Fuse& fuse_;
  int batches_ = 0;
};

class CrashHome final : public StoreHome {
 public:
  /// `inner` outlives this.
  CrashHome(StoreHome& inner, const StorePoints& points, Fuse& fuse)
      : inner_(inner), points_(points), fuse_(fuse) {}

  StoreResult<OpenedStore> open(const StoreIdentity& expected) override {
    auto opened = inner_.open(expected);
    if (!opened) return opened;
    store_ = std::make_unique<CrashStore>(*opened->store, *this, points_, fuse_);
    opened->store = store_.get();
    return opened;
  }
  StoreResult<void> discard() override { return inner_.discard(); }
  StoreResult<void> checkpoint() override {
    if (points_.before_save) fuse_.pass(*points_.before_save);
    auto saved = inner_.checkpoint();
    if (saved) pass_saved();
    return saved;
  }
  StoreResult<void> start_checkpoint() override {
    if (points_.before_save) fuse_.pass(*points_.before_save);
    return inner_.start_checkpoint();
  }
  StoreResult<bool> finish_checkpoint() override {
    auto saved = inner_.finish_checkpoint();
    if (saved && *saved) pass_saved();
    return saved;
  }

 private:
  void pass_saved() {
    if (points_.after_save) fuse_.pass(*points_.after_save);
    if (points_.of_live_view) fuse_.rows_ahead_of_offset = true;
  }

  StoreHome& inner_;
  StorePoints points_;
  Fuse& fuse_;
  std::unique_ptr<CrashStore> store_;
};

/// The home of a command store, which it owns.
class CrashCommandHome final : public StoreHome {
 public:
  CrashCommandHome(std::unique_ptr<StoreHome> inner, Fuse& fuse)
      : inner_(std::move(inner)),
        crashing_(*inner_,
                  {.before_batch = CrashPoint::before_snapshot_batch,
                   .after_batch = CrashPoint::after_snapshot_batch,
                   .before_save = CrashPoint::before_checkpoint,
                   .after_save = CrashPoint::after_checkpoint},
                  fuse) {}

  StoreResult<OpenedStore> open(const StoreIdentity& expected) override { return crashing_.open(expected); }
  StoreResult<void> discard() override { return crashing_.discard(); }
  StoreResult<void> checkpoint() override { return crashing_.checkpoint(); }
  StoreResult<void> start_checkpoint() override { return crashing_.start_checkpoint(); }
  StoreResult<bool> finish_checkpoint() override { return crashing_.finish_checkpoint(); }

 private:
  std::unique_ptr<StoreHome> inner_;
  CrashHome crashing_;
};

class CrashCopies final : public CopyStorage {
 public:
  CrashCopies(std::unique_ptr<CopyStorage> inner, Fuse& fuse) : inner_(std::move(inner)), fuse_(fuse) {}

  StoreResult<std::optional<CopyNumber>> live() override {
    auto live = inner_->live();
    if (live) live_ = *live;
    return live;
  }
  StoreResult<void> set_live(CopyNumber copy) override {
    const bool is_switch = std::exchange(live_, copy).has_value();
    if (is_switch) fuse_.pass(CrashPoint::before_switch);
    auto named = inner_->set_live(copy);
    if (named && is_switch) fuse_.pass(CrashPoint::after_switch);
    return named;
  }
  StoreResult<std::vector<CopyNumber>> copies() override { return inner_->copies(); }
  StoreHome& home(CopyNumber copy, Partition partition, const std::vector<std::string>& families) override {
    auto& home = homes_[{copy, partition}];
    if (!home) {
      home = std::make_unique<CrashHome>(inner_->home(copy, partition, families), points_of(copy), fuse_);
    }
    return *home;
  }
  StoreResult<void> remove(CopyNumber copy) override {
    std::erase_if(homes_, [&](const auto& home) { return home.first.first == copy; });
    return inner_->remove(copy);
  }

 private:
  [[nodiscard]] StorePoints points_of(CopyNumber copy) const {
    if (live_ && copy > *live_) return {.before_batch = CrashPoint::inside_rebuild};
    return {.before_save = CrashPoint::before_view_checkpoint, .of_live_view = true};
  }

  std::unique_ptr<CopyStorage> inner_;
  Fuse& fuse_;
  std::optional<CopyNumber> live_;
  std::map<std::pair<CopyNumber, Partition>, std::unique_ptr<CrashHome>> homes_;
};

}  // namespace

PortWraps killing_at(CrashPoint point, int pass) {
  const auto fuse = std::make_shared<Fuse>(point, pass);
  return {.log = [fuse](auto log) { return std::make_unique<CrashLog>(std::move(log), *fuse); },
          .command_home =
              [fuse](auto home) { return std::make_unique<CrashCommandHome>(std::move(home), *fuse); },
          .copies = [fuse](auto copies) { return std::make_unique<CrashCopies>(std::move(copies), *fuse); }};
}

}  // namespace casetrail::crash
