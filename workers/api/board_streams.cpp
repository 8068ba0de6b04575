// One thread looks twice a second where each board stands, and renders those pages that may have changed.
#include "workers/api/board_streams.h"

#include <algorithm>
#include <utility>

#include "workers/api/api_answers.h"
#include "workers/api/live_frames.h"
#include "workers/api/wall_clock.h"

namespace casetrail::api {
namespace {

/// A view that is asked much and slow to render leaves this many times as long for everything else.
constexpr int kRest = 9;

}  // namespace

BoardStreams::BoardStreams(ViewDesk& desk, const BoardPace& pace)
    : desk_(desk), pace_(pace), thread_([this](const std::stop_token& stop) { run(stop); }) {}

BoardStreams::~BoardStreams() { stop(); }

void BoardStreams::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void BoardStreams::open(BoardPage page, Since since, http::Reply reply) {
  {
    const std::scoped_lock lock(mutex_);
    newcomers_.push_back({std::move(page), std::move(since), std::move(reply)});
  }
  changed_.notify_all();
}

void BoardStreams::run(const std::stop_token& stop) {
  auto next_look = Clock::now();
  while (!stop.stop_requested()) {
    std::vector<Newcomer> newcomers;
    {
      std::unique_lock lock(mutex_);
      const auto somebody = [this] { return !newcomers_.empty(); };
      if (pages_.empty())
        changed_.wait(lock, stop, somebody);
      else
        changed_.wait_until(lock, stop, next_look, somebody);
      newcomers.swap(newcomers_);
    }
    const auto begin = Clock::now();
    for (auto& newcomer : newcomers) welcome(std::move(newcomer));
    if (begin < next_look) continue;
    for (auto it = pages_.begin(); it != pages_.end();) {
      auto& viewers = it->second.viewers;
      std::erase_if(viewers, [](const Viewer& viewer) { return !viewer.stream->open(); });
      if (!viewers.empty()) look(it->first, it->second);
      it = viewers.empty() ? pages_.erase(it) : std::next(it);
    }
    if (begin - beaten_ >= pace_.heartbeat) beat();
    const auto now = Clock::now();
    // Who hears nothing for long takes the stream for dead.
    const Clock::duration rest = kRest * (now - begin);
    next_look = std::max(begin + pace_.pause, now + std::min<Clock::duration>(rest, pace_.heartbeat));
  }
  for (auto& [page, live] : pages_) {
    for (const auto& viewer : live.viewers) viewer.stream->finish();
  }
}

void BoardStreams::welcome(Newcomer newcomer) {
  auto& [page, since, reply] = newcomer;
  auto [found, is_new] = pages_.try_emplace(page);
  auto& live = found->second;
  if (is_new) {
    if (auto failure = render(page, live)) {
      pages_.erase(found);
      return reply(answer_of(DeskAnswer(std::unexpected(*std::move(failure)))));
    }
  } else if (Clock::now() - live.looked >= pace_.pause) {
    look(page, live);
  }
  Viewer viewer{std::make_shared<http::AnswerStream>(), std::move(since.has), since.takes_changes};
  reply(event_stream(viewer.stream));
  if (!since.resync.empty()) viewer.stream->write(resync_frame(since.resync));
  live.viewers.push_back(std::move(viewer));
  send(live);
}

std::optional<DeskFailure> BoardStreams::render(const BoardPage& page, Live& live) {
  auto query = page.query;
  query.now = wall_clock();
  auto board = desk_.live_board(page.view, query, page.only);
  if (!board) return std::move(board).error();
  live.now = query.now;
  live.made = live.looked = Clock::now();
  live.parts = {};
  show(*std::move(board), live);
  return std::nullopt;
}

/// What was shown before has parts when the new board may follow it as a change.
void BoardStreams::show(LiveBoard board, Live& live) {
  live.board = std::move(board);
  live.covered = live.board.positions;
  const auto id = to_text(live.covered);
  const auto takes_changes = [](const Viewer& viewer) { return viewer.takes_changes; };
  auto parts = std::ranges::any_of(live.viewers, takes_changes) ? parts_of(live.board.json) : PageParts{};
  ++live.number;
  live.before = std::exchange(live.frame, board_frame(live.board.json, live.number, id));
  const bool follows = !live.parts.members.empty() && !parts.members.empty();
  live.change = follows ? change_frame(live.parts, parts, live.number, id) : nullptr;
  live.parts = std::move(parts);
}

/// A view that cannot be read now is looked at again the next time.
void BoardStreams::look(const BoardPage& page, Live& live) {
  live.looked = Clock::now();
  if (live.looked - live.made >= pace_.renewal) {
    (void)render(page, live);
  } else if (const auto positions = desk_.positions(page.view, page.only);
             positions && *positions != live.covered) {
    // By the clock of the last frame, so that only what happened makes a difference.
    auto query = page.query;
    query.now = live.now;
    auto board = desk_.live_board(page.view, query, page.only);
    if (board && board->shows_as(live.board)) {
      live.covered = board->positions;
    } else if (board) {
      show(*std::move(board), live);
    }
  }
  send(live);
}

/// Who has not taken the last frame yet gets only the newest one, once there is room. Who waits for a view
/// that is catching up gets nothing older than what they have.
void BoardStreams::send(Live& live) {
  for (auto& viewer : live.viewers) {
    if (viewer.sent == live.frame || viewer.stream->waiting() > 0) continue;
    if (waits(viewer, live)) continue;
    if (has_it(viewer, live)) {
      viewer.sent = live.frame;
      continue;
    }
    const bool follows = viewer.has_page && live.change != nullptr && viewer.sent == live.before;
    if (!viewer.stream->write(follows ? live.change : live.frame)) continue;
    viewer.sent = live.frame;
    viewer.has_page = viewer.takes_changes;
  }
}

bool BoardStreams::has_it(const Viewer& viewer, const Live& live) {
  return viewer.sent == nullptr && viewer.has && same_partitions(*viewer.has, live.covered) &&
         !is_ahead(live.board.positions, *viewer.has);
}

bool BoardStreams::waits(const Viewer& viewer, const Live& live) {
  return viewer.sent == nullptr && viewer.has && is_ahead(*viewer.has, live.covered);
}

void BoardStreams::beat() {
  beaten_ = Clock::now();
  for (auto& [page, live] : pages_) {
    const auto positions = desk_.positions(page.view, page.only);
    const auto stands = positions.value_or(live.covered);
    const auto frame = position_frame(to_text(live.board.positions), stands);
    for (const auto& viewer : live.viewers) {
      if (viewer.stream->waiting() > 0) continue;
      if (viewer.sent == live.frame) viewer.stream->write(frame);
      if (waits(viewer, live)) viewer.stream->write(position_frame(to_text(*viewer.has), stands));
    }
  }
}

}  // namespace casetrail::api
