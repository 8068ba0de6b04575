// What a board of the past costs: the nearer a copy that is kept for later, the fewer events lie between.
// Generated events, one partition.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "projections/boards.h"
#include "tests/bench/case_copies.h"
#include "tests/bench/rows.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "workers/log/passing_log.h"
#include "workers/projection/disk_copy_storage.h"
#include "workers/projection/past_boards.h"
#include "workers/projection/projection.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kPastMemory = std::size_t{1} << 30;
constexpr std::size_t kPastBatch = 50'000;
constexpr std::uint64_t kPastDisk = std::uint64_t{64} << 30;
constexpr auto kBegun = from_epoch_ms(1'800'000'000'000);

/// The event at an offset was recorded so many milliseconds after the first one.
Timestamp recorded(log::Offset offset) { return kBegun + Duration{offset}; }

/// Makes the events of a partition as they are asked for.
class MadeEvents final : public log::Reader {
 public:
  explicit MadeEvents(log::Offset end) : end_(end) {}

  log::LogResult<void> start(log::Partition, log::Offset from) override {
    next_ = from;
    return {};
  }
  void stop(log::Partition) override { end_ = next_; }
  log::ReadResult read(std::size_t max, Duration) override {
    records_.clear();
    const auto of_case = static_cast<log::Offset>(events_.events());
    // Records lend their bytes from the one case that is made.
    const auto number = next_ / of_case;
    const auto until = std::min({end_, (number + 1) * of_case, next_ + static_cast<log::Offset>(max)});
    if (next_ < until) events_.set_case(static_cast<std::size_t>(number) + 1);
    for (; next_ < until; ++next_) {
      auto message = events_.event(static_cast<std::size_t>(next_ % of_case));
      message.timestamp = recorded(next_);
      records_.push_back({0, next_, message});
    }
    return records_;
  }
  [[nodiscard]] log::Offset position(log::Partition) const override { return next_; }

 private:
  CaseCopies events_;
  log::Offset next_ = 0;
  log::Offset end_;
  std::vector<log::Record> records_;
};

/// A log whose events are made, and that holds nothing else.
class MadeLog final : public log::PassingLog {
 public:
  explicit MadeLog(log::Offset events) : PassingLog(std::make_shared<MemoryLog>(1)), events_(events) {}

  std::unique_ptr<log::Reader> open_reader(log::Topic topic) override {
    if (topic == log::Topic::events) return std::make_unique<MadeEvents>(events_);
    return PassingLog::open_reader(topic);
  }
  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    if (topic == log::Topic::events) return log::Bounds{0, events_, events_};
    return PassingLog::bounds(topic, partition);
  }
  log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override {
    if (topic == log::Topic::events) return std::vector{log::Bounds{0, events_, events_}};
    return PassingLog::bounds(topic);
  }

 private:
  log::Offset events_;
};

projection::ProjectionType past_type() {
  for (auto& type : projection::projection_types(view_types())) {
    if (type.name == "boards") return type;
  }
  throw std::runtime_error("Expected a projection 'boards', but there is none.");
}

/// Folds all events into a live copy, and keeps it for later.
void keep_for_later(MadeLog& log, const std::filesystem::path& data, storage::StorageMemory& memory,
                    log::Offset events) {
  const auto type = past_type();
  projection::DiskCopyStorage storage(data, type.name, memory, kPastDisk);
  std::vector<projection::DiscardedStore> discarded;
  const auto copy = projection::ProjectionCopy::open(log, storage, type, 1, discarded);
  if (!copy) throw std::runtime_error(copy.error());
  auto& partition = (*copy)->partition(0);
  MadeEvents reader(events);
  must(reader.start(0, 0));
  for (std::size_t in_batch = 0; reader.position(0) < events;) {
    for (const auto& record : must(reader.read(kPastBatch, {}))) {
      partition.apply(record);
      ++in_batch;
    }
    if (in_batch < kPastBatch && reader.position(0) < events) continue;
    partition.write(reader.position(0));
    in_batch = 0;
  }
  if (!partition.keep()) throw std::runtime_error(partition.progress().stopped);
  must(storage.home(1, 0, projection::family_names(type))
           .keep_for_later(recorded(events - 1), recorded(events)));
  must(storage.set_live(1));
}

Figure past_row(MadeLog& log, const std::filesystem::path& data, storage::StorageMemory& memory,
                log::Offset kept, log::Offset distance, std::size_t cases) {
  const auto type = past_type();
  const auto view =
      std::ranges::find(type.views, "cases", [](const kit::ViewType* one) { return one->name; });
  const auto begun = Clock::now();
  projection::DiskCopyStorage storage(data / "past", type.name, memory, data);
  projection::PastBoards boards(log, type, storage);
  const auto as_of = recorded(kept + distance - 1);
  for (;;) {
    const auto progress = boards.make(as_of);
    if (!progress) throw std::runtime_error(progress.error().sentence);
    if (!progress->is_made) continue;
    if (progress->done != distance)
      throw std::runtime_error(fmt::format("{} events were read, not {}.", progress->done, distance));
    break;
  }
  const auto board =
      boards.render(as_of, static_cast<std::size_t>(view - type.views.begin()), {.now = as_of, .limit = 50});
  if (!board) throw std::runtime_error(board.error().sentence);
  const auto took = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
  return {fmt::format("past.{}.{}", cases, distance),
          fmt::format("a board of the past, {} events behind a kept copy of {} cases", distance, cases), took,
          "ms", "opened, folded and rendered, generated events, one partition"};
}

}  // namespace

Figures past_rows(const std::filesystem::path& data, std::size_t cases) {
  const auto of_case = CaseCopies().events();
  const auto kept = static_cast<log::Offset>(cases * of_case);
  static constexpr log::Offset kDistances[] = {0, 1'000, 10'000, 100'000};
  MadeLog log(kept + 2 * kDistances[3]);
  storage::StorageMemory memory(kPastMemory);
  keep_for_later(log, data, memory, kept);
  Figures figures;
  for (const auto distance : kDistances)
    figures.push_back(past_row(log, data, memory, kept, distance, cases));
  return figures;
}

}  // namespace casetrail::bench
