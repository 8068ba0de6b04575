// A partition is made when a record lies behind the moment, or when all is read that the log held when it was
// asked.
#include "workers/projection/past_boards.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "workers/log/policy_tail.h"

namespace casetrail::projection {
namespace {

constexpr std::size_t kPastReadAtOnce = 1'000;
constexpr Duration kPastReadWait{200};
/// Records that one call takes: some tenths of a second.
constexpr std::size_t kPastStep = 20'000;

BoardError cannot_read(std::string what) { return {BoardError::Kind::unavailable, std::move(what)}; }

}  // namespace

struct PastBoards::Kept {
  std::shared_ptr<ProjectionCopy> copy;
  std::unique_ptr<log::Reader> reader;
  Timestamp as_of{};
  std::map<log::Partition, log::Offset> open;  ///< where each partition ends that is not made yet
  std::int64_t done = 0;
  std::int64_t total = 0;
};

PastBoards::PastBoards(log::EventLog& log, ProjectionType type, CopyStorage& storage)
    : log_(log), type_(std::move(type)), storage_(storage) {
  const auto left = storage_.copies();
  if (!left) return;  // who opens one is told
  for (const auto number : *left) remove(number);
}

PastBoards::~PastBoards() = default;

void PastBoards::remove(CopyNumber number) { (void)storage_.remove(number); }

void PastBoards::drop() {
  for (; !kept_.empty(); kept_.pop_front()) {
    const auto number = kept_.front()->copy->number();
    kept_.front()->copy.reset();
    remove(number);
  }
}

std::expected<PastProgress, BoardError> PastBoards::make(Timestamp as_of) {
  auto begun = begin(as_of);
  if (!begun) return std::unexpected(std::move(begun).error());
  auto& kept = **begun;
  for (std::size_t taken = 0; taken < kPastStep && !kept.open.empty();) {
    const auto records = kept.reader->read(kPastReadAtOnce, kPastReadWait);
    if (!records) return std::unexpected(cannot_read(records.error().what));
    std::set<log::Partition> ended;
    for (const auto& record : *records) {
      if (!kept.open.contains(record.partition) || ended.contains(record.partition)) continue;
      auto& partition = kept.copy->partition(record.partition);
      if (record.message.timestamp > as_of) {
        partition.write(record.offset);
        ended.insert(record.partition);
      } else {
        partition.apply(record);
        ++kept.done;
      }
    }
    taken += records->size();
    for (const auto& [number, end] : kept.open) {
      auto& partition = kept.copy->partition(number);
      if (partition.health() != PartitionHealth::sound) {
        const auto why = partition.progress().stopped;
        const auto copy = kept.copy->number();
        trusts_dated_ = trusts_dated_ && partition.health() != PartitionHealth::broken;
        kept_.pop_front();
        remove(copy);
        return std::unexpected(cannot_read(why));
      }
      if (!ended.contains(number) && kept.reader->position(number) >= end) {
        partition.write(kept.reader->position(number));
        ended.insert(number);
      }
    }
    for (const auto number : ended) {
      kept.reader->stop(number);
      kept.open.erase(number);
    }
  }
  for (const auto& [number, end] : kept.open)
    kept.copy->partition(number).write(kept.reader->position(number));
  return PastProgress{kept.done, kept.total, kept.open.empty()};
}

/// What is kept for this moment, or goes on from an earlier one, or is begun at the first record.
std::expected<PastBoards::Kept*, BoardError> PastBoards::begin(Timestamp as_of) {
  auto best = kept_.end();
  for (auto it = kept_.begin(); it != kept_.end(); ++it) {
    const bool fits = (*it)->as_of == as_of || ((*it)->as_of < as_of && (*it)->open.empty());
    if (fits && (best == kept_.end() || (*it)->as_of > (*best)->as_of)) best = it;
  }
  const auto dated = trusts_dated_ ? storage_.newest_dated(as_of) : std::nullopt;
  if (best == kept_.end() || (dated && *dated > (*best)->as_of)) {
    auto fresh = open(as_of);
    if (!fresh) return std::unexpected(std::move(fresh).error());
    while (kept_.size() >= kMostKept) {
      const auto number = kept_.back()->copy->number();
      kept_.pop_back();
      remove(number);
    }
    kept_.push_front(*std::move(fresh));
    return kept_.front().get();
  }
  kept_.splice(kept_.begin(), kept_, best);
  if (kept_.front()->as_of != as_of) {
    if (auto aimed = aim(*kept_.front(), as_of); !aimed) return std::unexpected(std::move(aimed).error());
  }
  return kept_.front().get();
}

std::expected<std::unique_ptr<PastBoards::Kept>, BoardError> PastBoards::open(Timestamp as_of) {
  const auto bounds = log_.bounds(log::Topic::events);
  if (!bounds) return std::unexpected(cannot_read(bounds.error().what));
  for (std::size_t i = 0; i < bounds->size(); ++i) {
    if (bounds->at(i).low == 0) continue;
    return std::unexpected(BoardError{BoardError::Kind::bad_query,
                                      fmt::format("Partition {} of casetrail.events begins at offset {}: "
                                                  "what lay before it is not kept, and no board of the past "
                                                  "can be told without it.",
                                                  i, bounds->at(i).low)});
  }
  auto kept = std::make_unique<Kept>();
  auto copy = open_copy(as_of);
  if (!copy) return std::unexpected(std::move(copy).error());
  kept->copy = *std::move(copy);
  if (auto aimed = aim(*kept, as_of); !aimed) {
    remove(newest_);
    return std::unexpected(std::move(aimed).error());
  }
  return kept;
}

/// One that begins as near before the moment as a copy for later does.
std::expected<std::shared_ptr<ProjectionCopy>, BoardError> PastBoards::open_copy(Timestamp as_of) {
  const auto open = [&] {
    std::vector<DiscardedStore> discarded;
    return ProjectionCopy::open(log_, storage_, type_, newest_, discarded);
  };
  ++newest_;
  if (trusts_dated_) storage_.begin_dated(newest_, as_of, log_.partitions(), family_names(type_));
  auto copy = open();
  if (copy && (*copy)->versions() != versions_of(type_)) {
    // Rows that an older version of a view made are no board of this one.
    copy->reset();
    remove(newest_++);
    copy = open();
  }
  if (!copy) return std::unexpected(cannot_read(std::move(copy).error()));
  return *std::move(copy);
}

std::expected<void, BoardError> PastBoards::aim(Kept& kept, Timestamp as_of) {
  const auto bounds = log_.bounds(log::Topic::events);
  if (!bounds) return std::unexpected(cannot_read(bounds.error().what));
  const auto quarantines = log::read_quarantines(log_);
  if (!quarantines) return std::unexpected(cannot_read(quarantines.error().what));
  auto reader = log_.open_reader(log::Topic::events);
  std::map<log::Partition, log::Offset> open;
  std::int64_t total = 0;
  for (log::Partition number = 0; number < log_.partitions(); ++number) {
    auto& partition = kept.copy->partition(number);
    std::set<log::Offset> passed_over;
    for (const auto& quarantine : *quarantines) {
      if (quarantine.partition == number) passed_over.insert(quarantine.offset);
    }
    partition.pass_over(std::move(passed_over));
    const auto end = bounds->at(static_cast<std::size_t>(number)).stable;
    if (partition.next() >= end) continue;
    if (auto started = reader->start(number, partition.next()); !started)
      return std::unexpected(cannot_read(started.error().what));
    open[number] = end;
    total += end - partition.next();
  }
  kept.reader = std::move(reader);
  kept.open = std::move(open);
  kept.as_of = as_of;
  kept.done = 0;
  kept.total = total;
  return {};
}

std::expected<RenderedBoard, BoardError> PastBoards::render(Timestamp as_of, std::size_t index,
                                                            const kit::BoardQuery& query) const {
  const auto found = std::ranges::find_if(
      kept_, [&](const auto& kept) { return kept->as_of == as_of && kept->open.empty(); });
  if (found == kept_.end())
    return std::unexpected(cannot_read("The board of this moment is not made any more. Ask again."));
  const auto& copy = *(*found)->copy;
  std::int64_t applied = 0;
  for (const auto& partition : copy.partitions()) applied += partition->progress().position.applied;
  if (applied == 0) {
    return std::unexpected(BoardError{
        BoardError::Kind::bad_query,
        fmt::format("Nothing was recorded until {}: there is no board of that moment.", to_wire(as_of))});
  }
  return render_copy(copy, type_, index, partitions_of(copy, std::nullopt), query,
                     [](log::Partition, log::Offset) { return std::int64_t{0}; });
}

}  // namespace casetrail::projection
