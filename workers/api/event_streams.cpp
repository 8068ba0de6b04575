// The end of the log is read once; who is behind it is read for until they have reached it.
#include "workers/api/event_streams.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "workers/api/live_frames.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

constexpr Duration kTailWait{50};
constexpr Duration kBehindWait{20};
/// After the log has failed.
constexpr auto kReopenPause = std::chrono::milliseconds(500);

std::vector<ShownEvent> shown(std::span<const log::Record> records) {
  return {records.begin(), records.end()};
}

log::LogError error_of(const log::ReadError& error) { return error; }

}  // namespace

EventStreams::EventStreams(log::EventLog& log, const EventPace& pace)
    : log_(log), pace_(pace), thread_([this](const std::stop_token& stop) { run(stop); }) {}

EventStreams::~EventStreams() { stop(); }

void EventStreams::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void EventStreams::open(EventsFrom from, EventFilter filter, http::Reply reply) {
  {
    const std::scoped_lock lock(mutex_);
    newcomers_.push_back({std::move(from), std::move(filter), std::move(reply)});
  }
  changed_.notify_all();
}

void EventStreams::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::vector<Newcomer> newcomers;
    {
      std::unique_lock lock(mutex_);
      const auto somebody = [this] { return !newcomers_.empty(); };
      if (followers_.empty())
        changed_.wait(lock, stop, somebody);
      else if (rests_until_ > Clock::now())
        changed_.wait_until(lock, stop, rests_until_, somebody);
      newcomers.swap(newcomers_);
    }
    for (const auto& newcomer : newcomers) welcome(newcomer);
    std::erase_if(followers_, [](const Follower& follower) { return !follower.stream->open(); });
    if (followers_.empty()) {
      tail_.reset();
      behind_.reset();
    } else if (rests_until_ <= Clock::now()) {
      work();
    }
  }
  for (const auto& follower : followers_) follower.stream->finish();
}

void EventStreams::work() {
  auto done = tail_ ? log::LogResult<void>() : open_tail();
  if (done) done = read_tail();
  if (done) done = bring_up();
  if (!done) return rest(done.error());
  if (Clock::now() - beaten_ >= pace_.heartbeat) beat();
  // Each look costs as much as some dozens of events.
  const auto at_end = [&](const Follower& follower) { return !is_behind(follower, tail_->next); };
  if (std::ranges::all_of(followers_, at_end)) rests_until_ = Clock::now() + pace_.pause;
}

void EventStreams::welcome(const Newcomer& newcomer) {
  auto place = place_of(log_, newcomer.from);
  if (!place) return newcomer.reply(http::problem(503, "unavailable", place.error().what));
  Follower follower{newcomer.filter, std::move(place->next),
                    std::make_shared<http::AnswerStream>(pace_.most_waiting)};
  newcomer.reply(event_stream(follower.stream));
  if (!place->resync.empty()) follower.stream->write(resync_frame(place->resync));
  followers_.push_back(std::move(follower));
}

log::LogResult<void> EventStreams::open_tail() {
  const auto end = place_of(log_, FromEnd{});
  if (!end) return std::unexpected(end.error());
  Reading tail{log_.open_reader(log::Topic::events), end->next};
  for (const auto& [partition, next] : tail.next) {
    if (auto started = tail.reader->start(partition, next); !started) return started;
  }
  tail_ = std::move(tail);
  return {};
}

log::LogResult<void> EventStreams::read_tail() {
  const auto before = tail_->next;
  const auto waits = [&](const Follower& follower) { return is_behind(follower, before); };
  const auto wait = std::ranges::any_of(followers_, waits) ? Duration{0} : kTailWait;
  const auto records = tail_->reader->read(pace_.records, wait);
  if (!records) return std::unexpected(error_of(records.error()));
  for (auto& [partition, next] : tail_->next) next = tail_->reader->position(partition);
  if (tail_->next == before) return {};
  auto events = shown(*records);
  // Those who want the same and stand at the same place get the same.
  std::map<std::pair<EventFilter, Positions>, std::pair<http::Frame, Positions>> made;
  for (auto& follower : followers_) {
    if (is_behind(follower, before)) continue;
    const auto [known, is_new] = made.try_emplace({follower.filter, follower.next});
    auto& [frame, next] = known->second;
    if (is_new) {
      auto step = step_of(events, follower.filter, follower.next, tail_->next);
      frame = std::make_shared<const std::string>(std::move(step.frames));
      next = std::move(step.next);
    }
    (void)give(follower, frame, next);
  }
  return {};
}

bool EventStreams::is_behind(const Follower& follower, const Positions& end) const {
  return std::ranges::any_of(partitions_of(follower.filter, end), [&](const auto partition) {
    return follower.next.at(partition) < end.at(partition);
  });
}

EventStreams::Step EventStreams::step_of(std::vector<ShownEvent>& events, const EventFilter& filter,
                                         Positions next, const Positions& end) {
  Step step{{}, std::move(next)};
  for (auto& event : events) {
    auto& at = step.next.at(event.record().partition);
    if (event.record().offset < at) continue;
    at = event.record().offset + 1;
    if (!event.passes(filter) || event.json().empty()) continue;
    step.frames += *http::event_frame({.name = "event", .id = to_text(step.next), .data = event.json()});
  }
  for (const auto& [partition, position] : end)
    step.next[partition] = std::max(step.next[partition], position);
  return step;
}

bool EventStreams::give(Follower& follower, const http::Frame& frame, const Positions& next) const {
  const auto waiting = follower.stream->waiting();
  if (waiting > 0 && waiting + frame->size() > pace_.most_waiting) return false;
  if (!frame->empty() && !follower.stream->write(frame)) return false;
  follower.next = next;
  return true;
}

/// One batch for one of those who are behind and have taken what they got.
log::LogResult<void> EventStreams::bring_up() {
  const auto can = [&](const Follower& follower) {
    return is_behind(follower, tail_->next) && follower.stream->waiting() == 0;
  };
  auto chosen = std::ranges::find_if(
      followers_, [&](const Follower& follower) { return follower.stream == brought_up_ && can(follower); });
  if (chosen == followers_.end()) chosen = std::ranges::find_if(followers_, can);
  if (chosen == followers_.end()) return {};
  if (behind_ == std::nullopt || chosen->stream != brought_up_) {
    if (auto begun = begin_with(*chosen); !begun) return begun;
  }
  const auto records = behind_->reader->read(pace_.records, kBehindWait);
  if (!records) return std::unexpected(error_of(records.error()));
  for (auto& [partition, next] : behind_->next) next = behind_->reader->position(partition);
  auto events = shown(*records);
  auto step = step_of(events, chosen->filter, chosen->next, behind_->next);
  if (!give(*chosen, std::make_shared<const std::string>(std::move(step.frames)), step.next)) behind_.reset();
  if (is_behind(*chosen, tail_->next)) return {};
  behind_.reset();
  // Whoever has waited longest is next.
  std::ranges::rotate(chosen, std::next(chosen), followers_.end());
  return {};
}

log::LogResult<void> EventStreams::begin_with(Follower& follower) {
  auto place = place_of(log_, follower.next);
  if (!place) return std::unexpected(std::move(place).error());
  if (!place->resync.empty()) follower.stream->write(resync_frame(place->resync));
  follower.next = std::move(place->next);
  behind_.emplace(log_.open_reader(log::Topic::events), Positions{});
  brought_up_ = follower.stream;
  for (const auto partition : partitions_of(follower.filter, follower.next)) {
    const auto next = follower.next.at(partition);
    behind_->next[partition] = next;
    if (auto started = behind_->reader->start(partition, next); !started) return started;
  }
  return {};
}

void EventStreams::rest(const log::LogError& error) {
  spdlog::warn("events cannot be read for those who follow them: {}", error.what);
  tail_.reset();
  behind_.reset();
  rests_until_ = Clock::now() + kReopenPause;
}

void EventStreams::beat() {
  beaten_ = Clock::now();
  for (const auto& follower : followers_) {
    if (follower.stream->waiting() == 0)
      follower.stream->write(position_frame(to_text(follower.next), tail_ ? tail_->next : follower.next));
  }
}

}  // namespace casetrail::api
