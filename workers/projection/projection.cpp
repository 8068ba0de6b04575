// The life of a rebuild: begin, compare, switch, tidy; or give up and tidy.
#include "workers/projection/projection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "events/wire/reflect.h"

namespace casetrail::projection {
namespace {

std::int64_t applied(const ProjectionCopy& copy) {
  std::int64_t sum = 0;
  for (const auto& partition : copy.partitions()) sum += partition->progress().position.applied;
  return sum;
}

std::int64_t differing(const std::vector<FamilyDifference>& families) {
  std::int64_t sum = 0;
  for (const auto& family : families) sum += family.differing;
  return sum;
}

}  // namespace

Projection::Projection(log::EventLog& log, ProjectionType type, CopyStorage& storage, std::size_t workers)
    : log_(log), type_(std::move(type)), storage_(storage), workers_(workers) {}

std::expected<std::unique_ptr<Projection>, std::string> Projection::open(log::EventLog& log,
                                                                         ProjectionType type,
                                                                         CopyStorage& storage,
                                                                         std::size_t workers) {
  std::unique_ptr<Projection> projection(new Projection(log, std::move(type), storage, workers));
  if (auto opened = projection->open_copies(); !opened) return std::unexpected(std::move(opened).error());
  return projection;
}

std::expected<void, std::string> Projection::open_copies() {
  auto live = storage_.live();
  if (!live) return std::unexpected(std::move(live).error().what);
  const auto found = storage_.copies();
  if (!found) return std::unexpected(found.error().what);
  const auto newest = found->empty() ? 0 : found->back();
  const auto number = live->value_or(newest + 1);
  auto opened = open_copy(number);
  if (!opened) return std::unexpected(std::move(opened).error());
  copies_.live = *std::move(opened);
  if (!*live) {
    if (auto named = storage_.set_live(number); !named) return std::unexpected(std::move(named).error().what);
  }
  for (const auto other : *found) {
    if (other == number) continue;
    if (*live && other == newest && other > number) {
      auto interrupted = open_copy(other);
      if (!interrupted) return std::unexpected(std::move(interrupted).error());
      if ((*interrupted)->versions() == versions_of(type_)) {
        open_run();
        begin(*std::move(interrupted));
        continue;
      }
    }
    if (auto removed = storage_.remove(other); !removed)
      return std::unexpected(std::move(removed).error().what);
  }
  if (!copies_.building && copies_.live->versions() != versions_of(type_)) {
    asked_ = true;
    open_run();
  }
  return {};
}

std::expected<std::shared_ptr<ProjectionCopy>, std::string> Projection::open_copy(CopyNumber number) {
  std::vector<DiscardedStore> discarded;
  auto opened = ProjectionCopy::open(log_, storage_, type_, number, discarded);
  const std::scoped_lock lock(mutex_);
  for (const auto& [partition, found] : discarded) {
    ++discarded_stores_[static_cast<std::size_t>(found.reason)];
    const bool loses = found.reason == storage::DiscardReason::ahead_of_log;
    warnings_.push_back(
        fmt::format("{} copy {}, partition {}: its store was discarded ({}): {} It is built anew from {}",
                    type_.name, number, partition, name_of(found.reason), found.sentence,
                    loses ? "what the log still holds." : "the log, which takes time and loses nothing."));
  }
  return opened;
}

Projection::Copies Projection::copies() const {
  const std::scoped_lock lock(mutex_);
  return copies_;
}

std::expected<RebuildStatus, std::string> Projection::rebuild() {
  const std::scoped_lock lock(mutex_);
  if (under_way()) {
    return std::unexpected(fmt::format(
        "Expected to rebuild {}, but a rebuild of it is under way. Wait until it is over.", type_.name));
  }
  asked_ = true;
  open_run();
  return status_;
}

std::optional<RebuildStatus> Projection::rebuild_status() const {
  const std::scoped_lock lock(mutex_);
  if (status_.run == 0) return std::nullopt;
  return status_;
}

void Projection::warn(std::string sentence) {
  const std::scoped_lock lock(mutex_);
  warnings_.push_back(std::move(sentence));
}

std::vector<std::string> Projection::take_notices() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(notices_, {});
}

std::vector<std::string> Projection::take_warnings() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(warnings_, {});
}

std::vector<std::string> Projection::take_failures() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(failures_, {});
}

DiscardCounts Projection::discarded_stores() const {
  const std::scoped_lock lock(mutex_);
  return discarded_stores_;
}

void Projection::compare(CopyNumber building, RowPair pair) {
  const std::scoped_lock lock(mutex_);
  if (copies_.building && copies_.building->number() == building) pairs_.push_back(std::move(pair));
}

void Projection::arrive(std::size_t worker) {
  const std::scoped_lock lock(mutex_);
  if (!copies_.switching) return;
  arrived_.insert(worker);
  if (arrived_.size() < workers_) return;
  if (auto named = storage_.set_live(copies_.building->number()); !named) {
    return give_up(RebuildStage::failed, named.error().what);
  }
  retired_.push_back(std::exchange(copies_.live, std::exchange(copies_.building, nullptr)));
  copies_.switching = false;
  status_.stage = RebuildStage::switched;
  status_.seconds_left.reset();
  const auto rows = differing(status_.difference);
  status_.sentence = fmt::format(
      "Rebuild finished: `{}` {} and is now live (copy {}).", type_.name,
      rows == 0 ? "matches the old copy" : fmt::format("differs from the old version in {} rows", rows),
      status_.copy);
  notices_.push_back(status_.sentence);
}

void Projection::advance(Timestamp now) {
  std::unique_lock lock(mutex_);
  if (!copies_.switching) remove_retired(lock);
  if (std::exchange(asked_, false)) {
    auto number = copies_.live->number() + 1;
    for (const auto& retired : retired_) number = std::max(number, retired->number() + 1);
    lock.unlock();
    auto opened = open_copy(number);
    lock.lock();
    if (opened) {
      begin(*std::move(opened));
    } else {
      status_.stage = RebuildStage::failed;
      status_.sentence = fmt::format("{}: no rebuild: {}", type_.name, opened.error());
      failures_.push_back(status_.sentence);
    }
  }
  if (!under_way()) return;
  measure(now);
  if (auto reason = broken_copy()) return give_up(RebuildStage::failed, *reason);
  if (copies_.switching) return;
  if (!pairs_.empty()) status_.stage = RebuildStage::comparing;
  for (auto& pair : std::exchange(pairs_, {})) comparison_->add(std::move(pair));
  lock.unlock();
  const auto state = comparison_->step();
  lock.lock();
  if (!state) return give_up(RebuildStage::failed, state.error().what);
  if (comparison_->compared() == copies_.live->partitions().size()) conclude();
}

void Projection::open_run() {
  const auto last = std::exchange(status_, {}).run;
  status_.run = last + 1;
  status_.projection = type_.name;
  for (const auto* view : type_.views) status_.views.emplace_back(view->name);
}

void Projection::begin(std::shared_ptr<ProjectionCopy> copy) {
  status_.copy = copy->number();
  status_.new_version = copy->versions() != copies_.live->versions();
  done_before_ = applied(*copy);
  measured_from_.reset();
  comparison_ = std::make_unique<RowComparison>(family_names(type_));
  arrived_.clear();
  notices_.push_back(fmt::format("{}: copy {} is built beside copy {}; views: {}.", type_.name,
                                 copy->number(), copies_.live->number(), fmt::join(status_.views, ", ")));
  copies_.building = std::move(copy);
}

void Projection::measure(Timestamp now) {
  if (!measured_from_) measured_from_ = now;
  status_.events_done = applied(*copies_.building);
  status_.events_total = std::max(applied(*copies_.live), status_.events_done);
  const std::chrono::duration<double> elapsed = now - *measured_from_;
  if (elapsed.count() <= 0) return;
  status_.events_per_second = static_cast<double>(status_.events_done - done_before_) / elapsed.count();
  if (status_.events_per_second > 0) {
    status_.seconds_left =
        static_cast<double>(status_.events_total - status_.events_done) / status_.events_per_second;
  }
}

void Projection::conclude() {
  status_.difference = comparison_->families();
  if (!status_.new_version && !comparison_->equal()) {
    return give_up(
        RebuildStage::differs,
        fmt::format("Expected copy {} of {} to be equal to the live one, but {} rows differ. The live "
                    "copy stays. Report the difference with the log's events of these rows.",
                    status_.copy, type_.name, differing(status_.difference)));
  }
  status_.stage = RebuildStage::switching;
  copies_.switching = true;
}

void Projection::give_up(RebuildStage stage, const std::string& sentence) {
  status_.stage = stage;
  status_.sentence = sentence;
  status_.seconds_left.reset();
  failures_.push_back(sentence);
  pairs_.clear();
  comparison_ = std::make_unique<RowComparison>(family_names(type_));
  copies_.switching = false;
  retired_.push_back(std::exchange(copies_.building, nullptr));
}

/// A retired copy goes when the last reader and feed have let go of it.
void Projection::remove_retired(std::unique_lock<std::mutex>& lock) {
  std::vector<CopyNumber> unused;
  std::erase_if(retired_, [&](const std::shared_ptr<ProjectionCopy>& copy) {
    if (copy.use_count() > 1) return false;
    unused.push_back(copy->number());
    return true;
  });
  for (const auto number : unused) {
    lock.unlock();
    auto removed = storage_.remove(number);
    lock.lock();
    if (!removed) notices_.push_back(std::move(removed).error().what);
  }
}

std::optional<std::string> Projection::broken_copy() const {
  for (const auto& copy : {copies_.live, copies_.building}) {
    for (const auto& partition : copy->partitions()) {
      auto progress = partition->progress();
      // What the log cannot give the copy, it would wait for for ever.
      const bool hopeless = copy == copies_.building && progress.health == PartitionHealth::unreadable;
      if (hopeless || progress.health == PartitionHealth::broken) return std::move(progress.stopped);
    }
  }
  return std::nullopt;
}

}  // namespace casetrail::projection
