// Boards that stay: each page is rendered once for all who look at it, whenever its view has come further.
// Who asks for changes is sent what of the page is other than before.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "workers/api/board_frames.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"
#include "workers/http/stream.h"

namespace casetrail::api {

/// What of which board somebody looks at.
struct BoardPage {
  std::string view;
  kit::BoardQuery query;       ///< `now` is the clock's
  std::optional<CaseId> only;  ///< of the partition of this case alone

  [[nodiscard]] auto key() const { return std::tie(view, query.filters, query.limit, query.after, only); }
  bool operator<(const BoardPage& other) const { return key() < other.key(); }
};

struct BoardPace {
  std::chrono::milliseconds pause{500};  ///< between two frames of a page, at least
  std::chrono::milliseconds heartbeat{5'000};
  std::chrono::milliseconds renewal{10'000};  ///< ages and time left move with the clock
};

/// Sends `board` frames and `change` frames, whose id is where the board stands, and `position` heartbeats
/// that carry the id of the last one. Ages and time left are counted anew with each `renewal`: a change of
/// the page is what happened, not that time passed. Any thread; one of its own renders, for a tenth of its
/// time, but rests for no longer than a heartbeat. `desk` outlives it.
class BoardStreams {
 public:
  explicit BoardStreams(ViewDesk& desk, const BoardPace& pace = {});
  ~BoardStreams();
  BoardStreams(const BoardStreams&) = delete;
  BoardStreams& operator=(const BoardStreams&) = delete;

  /// Where a client says that it stands: `has` is the id of its last frame; `resync` is why it cannot go on
  /// from there, a sentence.
  struct Since {
    std::optional<Positions> has{};
    std::string resync{};
    bool takes_changes = false;  ///< behind a `board`, until the page is renewed
  };
  /// Answers with a stream, or with the problem that there is with the page. The first frame is sent at once,
  /// unless the client has it.
  void open(BoardPage page, Since since, http::Reply reply);
  /// Ends all streams. The destructor does the same.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;

  struct Viewer {
    std::shared_ptr<http::AnswerStream> stream;
    std::optional<Positions> has;  ///< of the frame that it came with
    bool takes_changes;
    http::Frame sent = nullptr;  ///< the page that it has: the whole one, however it was sent
    bool has_page = false;       ///< of this stream, so that a change of it can be followed
  };
  struct Live {
    LiveBoard board;
    Timestamp now{};               ///< that its ages were counted by
    PageParts parts{};             ///< of `board`, for who takes changes
    std::uint64_t number = 0;      ///< of the frame
    http::Frame frame;             ///< of `board`; its id is where that stands
    http::Frame before{};          ///< the frame that `change` follows
    http::Frame change = nullptr;  ///< null: the page was made anew
    Positions covered;             ///< up to there the board shows what `frame` shows
    Clock::time_point made;
    Clock::time_point looked;
    std::vector<Viewer> viewers{};
  };
  struct Newcomer {
    BoardPage page;
    Since since;
    http::Reply reply;
  };
  using Pages = std::map<BoardPage, Live>;

  void run(const std::stop_token& stop);
  void welcome(Newcomer newcomer);
  /// Nothing when it was rendered; else why not.
  [[nodiscard]] std::optional<DeskFailure> render(const BoardPage& page, Live& live);
  static void show(LiveBoard board, Live& live);
  void look(const BoardPage& page, Live& live);
  static void send(Live& live);
  [[nodiscard]] static bool has_it(const Viewer& viewer, const Live& live);
  /// Whether the client has seen events that the view, which is catching up, has not reached yet.
  [[nodiscard]] static bool waits(const Viewer& viewer, const Live& live);
  void beat();

  ViewDesk& desk_;
  const BoardPace pace_;
  Pages pages_;                 ///< of the thread
  Clock::time_point beaten_{};  ///< of the thread
  std::mutex mutex_;            ///< guards all below
  std::condition_variable_any changed_;
  std::vector<Newcomer> newcomers_;
  std::jthread thread_;
};

}  // namespace casetrail::api
