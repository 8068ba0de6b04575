// Boards that stay: rendered once for all, sent when they differ, and whoever misses a frame comes to know.
#include "workers/api/board_streams.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <random>
#include <thread>

#include "tests/support/becomes.h"
#include "tests/workers/api/desk.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;
using test::becomes;
using testing::HasSubstr;

/// A board of two partitions that shows how many events it took, and of these how many count. Any thread.
class MovingDesk final : public fuzz::StoryDesk {
 public:
  void take(log::Partition partition, bool counts = true) {
    const std::scoped_lock lock(mutex_);
    ++next_[partition];
    if (counts) ++shown_;
  }
  [[nodiscard]] std::expected<LiveBoard, DeskFailure> live_board(std::string_view view,
                                                                 const kit::BoardQuery& query,
                                                                 const std::optional<CaseId>& only) override {
    if (view != "handoff") return StoryDesk::live_board(view, query, only);
    ++rendered;
    std::this_thread::sleep_for(renders_for);
    const std::scoped_lock lock(mutex_);
    LiveBoard board{R"({"offsets":)", next_, 11, 0};
    board.json += '"' + to_text(next_) + '"';
    board.positions_end = board.json.size();
    board.json += ",\"shown\":" + std::to_string(shown_);
    if (ages) board.json += ",\"now\":\"" + to_wire(query.now) + '"';
    for (const auto& [name, value] : query.filters) board.json.append(",\"").append(name).append("\":1");
    board.json += '}';
    return board;
  }
  [[nodiscard]] DeskAnswer board(std::string_view view, const kit::BoardQuery& query) override {
    return live_board(view, query, {})->json;
  }
  [[nodiscard]] std::optional<Positions> positions(std::string_view view,
                                                   const std::optional<CaseId>& only) override {
    if (view != "handoff") return StoryDesk::positions(view, only);
    const std::scoped_lock lock(mutex_);
    return next_;
  }

  std::atomic<int> rendered = 0;
  std::atomic<bool> ages = false;
  std::chrono::milliseconds renders_for{0};

 private:
  std::mutex mutex_;
  Positions next_{{0, 0}, {1, 0}};
  int shown_ = 0;
};

/// One event of a stream, as a client reads it.
struct SentEvent {
  std::string name;
  std::string id;
  std::string data;
};

SentEvent event_of(const std::string& frame) {
  SentEvent event;
  std::istringstream lines(frame);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("event: ")) event.name = line.substr(7);
    if (line.starts_with("id: ")) event.id = line.substr(4);
    if (line.starts_with("data: ")) event.data = line.substr(6);
  }
  return event;
}

/// Somebody who looks at a board.
class Looker {
 public:
  Looker(BoardStreams& streams, BoardPage page, BoardStreams::Since since = {}) {
    const auto answered = std::make_shared<std::promise<http::HttpResponse>>();
    auto answer = answered->get_future();
    streams.open(std::move(page), std::move(since),
                 [answered](http::HttpResponse given) { answered->set_value(std::move(given)); });
    response = answer.get();
  }
  Looker(const Looker&) = delete;
  Looker& operator=(const Looker&) = delete;
  ~Looker() {
    if (response.stream) response.stream->cut();
  }

  /// What has come since the last call.
  std::vector<SentEvent> take() const {
    std::vector<SentEvent> events;
    // Who takes again has taken what they got; what came between the two is theirs as well.
    for (auto taken = response.stream->take(); !taken.frames.empty(); taken = response.stream->take()) {
      for (const auto& frame : taken.frames) events.push_back(event_of(*frame));
    }
    return events;
  }
  /// The first of what comes next that is no heartbeat.
  SentEvent next() {
    SentEvent first;
    EXPECT_TRUE(becomes([&] {
      for (auto& event : take()) {
        if (first.name.empty() && event.name != "position") first = std::move(event);
      }
      return !first.name.empty();
    }));
    return first;
  }
  /// The next event of that name; those before it are passed over.
  SentEvent wait_for(const std::string& name) {
    SentEvent found;
    EXPECT_TRUE(becomes([&] {
      for (auto& event : take()) {
        if (event.name == name && found.name.empty()) found = event;
      }
      return !found.name.empty();
    })) << name;
    return found;
  }

  http::HttpResponse response;
};

/// What a `board` frame holds of `board`.
std::string numbered(int frame, const std::string& board) {
  return "{\"frame\":" + std::to_string(frame) + ',' + board.substr(1);
}

BoardPage page(kit::FilterValues filters = {}) {
  return {"handoff", {.filters = std::move(filters)}, std::nullopt};
}

constexpr BoardPace kQuickBoards{1ms, 5ms, 1h};
constexpr BoardPace kNoBeats{1ms, 1h, 1h};

TEST(BoardStreams, SendTheBoardAtOnceAndWhenItMoves) {
  MovingDesk desk;
  BoardStreams streams(desk, kNoBeats);
  Looker looker(streams, page());
  EXPECT_EQ(looker.response.content_type, "text/event-stream");
  EXPECT_THAT(looker.response.headers, testing::Contains(http::HttpHeader{"Cache-Control", "no-store"}));
  EXPECT_THAT(looker.response.headers, testing::Contains(http::HttpHeader{"X-Accel-Buffering", "no"}));
  const auto first = looker.wait_for("board");
  EXPECT_EQ(first.id, "0:0,1:0");
  EXPECT_EQ(first.data, numbered(1, desk.board("handoff", {}).value()));
  desk.take(1);
  const auto second = looker.wait_for("board");
  EXPECT_EQ(second.id, "0:0,1:1");
  EXPECT_EQ(second.data, numbered(2, desk.board("handoff", {}).value()));
}

TEST(BoardStreams, SendWhatChangedToWhoTakesChangesAndThePageToOthers) {
  MovingDesk desk;
  BoardStreams streams(desk, kNoBeats);
  Looker changes(streams, page(), {.takes_changes = true});
  Looker pages(streams, page());
  EXPECT_EQ(changes.wait_for("board").data, numbered(1, desk.board("handoff", {}).value()));
  (void)pages.wait_for("board");
  const auto move = [&] {
    desk.take(1);
    (void)pages.wait_for("board");
    return changes.take();
  };
  (void)move();  // may be whole: the page was first made for nobody who takes changes
  const auto before = desk.board("handoff", {}).value();
  const auto events = move();
  ASSERT_EQ(events.size(), 1);
  EXPECT_EQ(events[0].name, "change");
  EXPECT_EQ(events[0].id, "0:0,1:2");
  EXPECT_EQ(events[0].data,
            R"({"frame":3,"members":{"offsets":"0:0,1:2","shown":2},"without":[],"rows":[]})");
}

TEST(BoardStreams, SendThePageToWhoTakesChangesAndHasMissedOneOrNone) {
  MovingDesk desk;
  desk.take(0);
  BoardStreams streams(desk, kNoBeats);
  Looker reads(streams, page(), {.takes_changes = true});
  (void)reads.wait_for("board");
  Looker deaf(streams, page(), {.takes_changes = true});
  ASSERT_TRUE(becomes([&] { return deaf.response.stream->waiting() > 0; }));
  Looker has_it(streams, page(), {.has = Positions{{0, 1}, {1, 0}}, .takes_changes = true});
  for (int i = 0; i < 3; ++i) {
    desk.take(0);
    (void)reads.next();
  }
  EXPECT_EQ(has_it.take().front().name, "board");
  EXPECT_EQ(deaf.wait_for("board").id, "0:1,1:0");
  desk.take(0);
  EXPECT_EQ(deaf.wait_for("board").id, "0:5,1:0");
}

TEST(BoardStreams, RestForNoLongerThanAHeartbeatHoweverSlowAPageIs) {
  MovingDesk desk;
  desk.renders_for = 300ms;
  BoardStreams streams(desk, {1ms, 50ms, 1ms});
  Looker looker(streams, page());
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) (void)looker.wait_for("board");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 8s);  // rests of nine times as long take 12 s
}

TEST(BoardStreams, RenewAPageAsAWhole) {
  MovingDesk desk;
  desk.ages = true;
  BoardStreams streams(desk, {1ms, 1h, 20ms});
  Looker looker(streams, page(), {.takes_changes = true});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(looker.next().name, "board");
}

TEST(BoardStreams, RenderAPageOnceForAllWhoLookAtIt) {
  MovingDesk desk;
  BoardStreams streams(desk, {1h, 1h, 1h});
  std::vector<std::unique_ptr<Looker>> lookers;
  lookers.reserve(200);
  for (int i = 0; i < 200; ++i) lookers.push_back(std::make_unique<Looker>(streams, page({{"state", "x"}})));
  for (auto& looker : lookers) (void)looker->wait_for("board");
  EXPECT_EQ(desk.rendered, 1);
  Looker other(streams, page({{"kind", "x"}}));
  (void)other.wait_for("board");
  EXPECT_EQ(desk.rendered, 2);
}

TEST(BoardStreams, SendNothingWhenOnlyThePositionMoves) {
  MovingDesk desk;
  desk.ages = true;
  BoardStreams streams(desk, kQuickBoards);
  Looker looker(streams, page());
  const auto first = looker.wait_for("board");
  desk.take(0, false);
  while (looker.wait_for("position").data != R"({"positions":"0:1,1:0"})") {
  }
  const auto beat = looker.wait_for("position");
  EXPECT_EQ(beat.id, first.id);
  desk.take(0);
  EXPECT_EQ(looker.wait_for("board").id, "0:2,1:0");
}

TEST(BoardStreams, SendAPageAnewBecauseAgesMove) {
  MovingDesk desk;
  BoardStreams streams(desk, {1ms, 1h, 20ms});
  Looker looker(streams, page());
  const auto first = looker.wait_for("board");
  EXPECT_EQ(looker.wait_for("board").id, first.id);
}

TEST(BoardStreams, SendNothingToWhoStandsThereAlreadyUntilItMoves) {
  MovingDesk desk;
  desk.take(0);
  BoardStreams streams(desk, kQuickBoards);
  Looker looker(streams, page(), {.has = Positions{{0, 1}, {1, 0}}});
  EXPECT_EQ(looker.wait_for("position").id, "0:1,1:0");
  desk.take(1, false);
  desk.take(1);
  std::vector<SentEvent> events;
  ASSERT_TRUE(becomes([&] {
    for (auto& event : looker.take()) {
      if (event.name != "position") events.push_back(std::move(event));
    }
    return !events.empty();
  }));
  EXPECT_EQ(events.front().name, "board");
  EXPECT_EQ(events.front().id, "0:1,1:2");
}

TEST(BoardStreams, SendNothingOlderToWhoHasSeenMoreThanAViewThatCatchesUp) {
  MovingDesk desk;
  desk.take(0);
  BoardStreams streams(desk, kQuickBoards);
  Looker looker(streams, page(), {.has = Positions{{0, 2}, {1, 0}}});
  int beats = 0;
  std::vector<SentEvent> boards;
  const auto listen = [&] {
    for (auto& event : looker.take())
      event.name == "board" ? boards.push_back(std::move(event)) : void(++beats);
  };
  ASSERT_TRUE(becomes([&] {
    listen();
    return beats >= 3;
  }));
  EXPECT_TRUE(boards.empty());
  desk.take(0);
  desk.take(1);
  ASSERT_TRUE(becomes([&] {
    listen();
    return !boards.empty();
  }));
  EXPECT_EQ(boards.front().id, "0:2,1:1");
}

TEST(BoardStreams, SendTheBoardToWhoStandsBehindIt) {
  MovingDesk desk;
  desk.take(0);
  BoardStreams streams(desk, kNoBeats);
  Looker looker(streams, page(), {.has = Positions{{0, 0}, {1, 0}}});
  EXPECT_EQ(looker.wait_for("board").id, "0:1,1:0");
}

TEST(BoardStreams, SendOneResyncAndThenTheBoard) {
  MovingDesk desk;
  BoardStreams streams(desk, kQuickBoards);
  Looker looker(streams, page(), {.resync = "Another log."});
  std::vector<SentEvent> events;
  ASSERT_TRUE(becomes([&] {
    for (auto& event : looker.take()) events.push_back(event);
    return events.size() >= 2;
  }));
  EXPECT_EQ(events[0].name, "resync");
  EXPECT_EQ(events[0].data, R"({"detail":"Another log."})");
  EXPECT_EQ(events[1].name, "board");
}

TEST(BoardStreams, KeepOneFrameForWhoDoesNotReadAndThenSendTheNewest) {
  MovingDesk desk;
  BoardStreams streams(desk, kNoBeats);
  Looker deaf(streams, page());
  Looker reads(streams, page());
  ASSERT_TRUE(becomes([&] { return deaf.response.stream->waiting() > 0; }));
  const auto waiting = deaf.response.stream->waiting();
  for (int i = 0; i < 50; ++i) {
    desk.take(0);
    (void)reads.wait_for("board");
  }
  EXPECT_EQ(deaf.response.stream->waiting(), waiting);
  EXPECT_TRUE(deaf.response.stream->open());
  EXPECT_EQ(deaf.wait_for("board").id, "0:0,1:0");
  EXPECT_EQ(deaf.wait_for("board").id, "0:50,1:0");
}

TEST(BoardStreams, RenderNothingWhenNobodyLooks) {
  MovingDesk desk;
  BoardStreams streams(desk, kNoBeats);
  {
    Looker looker(streams, page());
    (void)looker.wait_for("board");
  }
  Looker other(streams, page({{"kind", "x"}}));
  (void)other.wait_for("board");
  for (int i = 0; i < 20; ++i) {
    desk.take(0);
    (void)other.wait_for("board");
  }
  const int before = desk.rendered;
  desk.take(0);
  (void)other.wait_for("board");
  EXPECT_EQ(desk.rendered, before + 1);
}

TEST(BoardStreams, EndWithTheirApi) {
  MovingDesk desk;
  std::shared_ptr<http::AnswerStream> stream;
  {
    BoardStreams streams(desk, kNoBeats);
    Looker looker(streams, page());
    (void)looker.wait_for("board");
    streams.stop();
    EXPECT_EQ(looker.response.stream->take().then, http::AnswerStream::Taken::Then::end);
  }
}

TEST(BoardStreams, WhoMissesOneFrameInAHundredEndsEqualWithoutComingAnew) {
  constexpr int kEvents = 10'000;
  const auto seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 dice(seed);
  MovingDesk desk;
  BoardStreams streams(desk, kQuickBoards);
  Looker looker(streams, page());
  std::atomic<int> events = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; i < kEvents || !stop.stop_requested(); events = ++i) {
      desk.take(i % 2, i % 3 != 0);
      if (i % 10 == 0) std::this_thread::sleep_for(1ms);
    }
  });
  std::string shown;
  Positions stands;
  int missed = 0;
  const auto take = [&] {
    for (const auto& event : looker.take()) {
      if (dice() % 100 == 0) {
        ++missed;
        continue;
      }
      if (event.name == "board") {
        shown = event.data;
        stands = positions_from(event.id).value();
      } else if (!same_partitions(stands, positions_from(event.id).value()) ||
                 is_ahead(positions_from(event.id).value(), stands)) {
        const auto board = desk.live_board("handoff", {}, {}).value();
        shown = board.json;
        stands = board.positions;
      }
    }
  };
  const auto shown_of = [](const std::string& json) { return json.substr(json.find("\"shown\"")); };
  EXPECT_TRUE(becomes([&] {
    take();
    return events >= kEvents && missed > 0;
  })) << missed;
  writer.request_stop();
  writer.join();
  const auto whole = "\"shown\":" + std::to_string(events - (events + 2) / 3) + "}";
  EXPECT_TRUE(becomes([&] {
    take();
    return !shown.empty() && shown_of(shown) == whole;
  })) << shown;
  EXPECT_TRUE(looker.response.stream->open());
}

/// Who takes changes as the console does: a change of a frame that is not there means to come anew.
TEST(BoardStreams, WhoFollowsChangesAndMissesSomeEndsEqual) {
  constexpr int kEvents = 3'000;
  const auto seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 dice(seed);
  MovingDesk desk;
  desk.ages = true;
  BoardStreams streams(desk, {1ms, 5ms, 10ms});
  auto looker = std::make_unique<Looker>(streams, page(), BoardStreams::Since{.takes_changes = true});
  std::atomic<int> events = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; i < kEvents || !stop.stop_requested(); events = ++i) {
      desk.take(i % 2);
      if (i % 5 == 0) std::this_thread::sleep_for(1ms);
    }
  });
  std::map<std::string, RawJson> shown;
  int changes = 0;
  int anew = 0;
  const auto take = [&] {
    for (const auto& event : looker->take()) {
      if (event.name == "position" || dice() % 5 == 0) continue;
      auto parts = parts_of(event.data).members;
      if (event.name == "board") {
        shown = std::move(parts);
        continue;
      }
      ++changes;
      if (!shown.contains("frame") ||
          std::stoull(parts["frame"].text) != std::stoull(shown["frame"].text) + 1) {
        ++anew;
        looker = std::make_unique<Looker>(streams, page(), BoardStreams::Since{.takes_changes = true});
        return;
      }
      shown["frame"] = parts["frame"];
      for (auto& [name, value] : parts_of(parts["members"].text).members) shown[name] = std::move(value);
    }
  };
  EXPECT_TRUE(becomes([&] {
    take();
    return events >= kEvents && anew > 0;
  })) << changes;
  writer.request_stop();
  writer.join();
  const auto whole = std::to_string(events);
  EXPECT_TRUE(becomes([&] {
    take();
    return shown["shown"].text == whole;
  })) << to_json(shown);
}

TEST(BoardOverHttp, AStreamOfAnUnknownViewOrFilterIsAProblem) {
  const test::Desk<> desk;
  EXPECT_EQ(desk.get("/v1/boards/nothing/stream").status, 404);
  EXPECT_EQ(desk.get("/v1/boards/handoff/stream?nonsense=1").status, 400);
  EXPECT_EQ(desk.get("/v1/boards/handoff/stream?now=2025-11-25T00:00:00Z").status, 400);
  EXPECT_EQ(desk.get("/v1/boards/handoff/stream?token=0:1").status, 400);
  EXPECT_EQ(desk.get("/v1/boards/handoff/stream?changes=yes").status, 400);
}

std::string first_frames(const http::HttpResponse& response) {
  std::string text;
  EXPECT_TRUE(response.stream) << response.body;
  if (!response.stream) return text;
  EXPECT_TRUE(becomes([&] {
    for (const auto& frame : response.stream->take().frames) text += *frame;
    return text.contains("event: board") || text.contains("event: position");
  }));
  response.stream->cut();
  return text;
}

TEST(BoardOverHttp, AStreamGoesOnFromTheIdOfTheLastFrame) {
  const test::Desk<> desk;
  const http::HttpRequest plain{.method = "GET", .target = "/v1/boards/handoff/stream?limit=1"};
  EXPECT_THAT(first_frames(desk.ask(plain)),
              HasSubstr("event: board\nid: 0:1,1:1\ndata: {\"frame\":1,\"totals\""));
  auto behind = plain;
  behind.headers.push_back({"last-event-id", "0:0,1:1"});
  EXPECT_THAT(first_frames(desk.ask(behind)), HasSubstr("event: board"));
  for (const auto* elsewhere : {"0:99,1:1", "0:1", "0:1,1:1,2:1", "0:1,7:1", "moon"}) {
    const auto text =
        first_frames(desk.get("/v1/boards/handoff/stream?last_event_id=" + http::percent_encode(elsewhere)));
    EXPECT_THAT(text, HasSubstr("event: resync\ndata: {\"detail\":\"This log has no position")) << elsewhere;
    EXPECT_THAT(text, HasSubstr("event: board")) << elsewhere;
  }
}

}  // namespace
}  // namespace casetrail::api
