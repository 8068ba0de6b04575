// Events as they come, for many clients: one thread reads the end of the log once for all of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "workers/api/event_door.h"
#include "workers/http/exchange.h"
#include "workers/http/stream.h"

namespace casetrail::api {

struct EventPace {
  std::chrono::milliseconds heartbeat{5'000};
  std::size_t records = 500;                        ///< read at once
  std::size_t most_waiting = std::size_t{4} << 20;  ///< bytes of a client
  std::chrono::milliseconds pause{20};  ///< between two looks at the end of the log, while nobody is behind
};

/// Sends an `event` frame for each event that passes, whose id is where a client goes on behind it, and
/// `position` heartbeats with such an id. Who is behind the end, because they begin there or read slowly, is
/// brought up by the same thread, one after the other. Any thread; `log` outlives it.
class EventStreams {
 public:
  explicit EventStreams(log::EventLog& log, const EventPace& pace = {});
  ~EventStreams();
  EventStreams(const EventStreams&) = delete;
  EventStreams& operator=(const EventStreams&) = delete;

  /// Answers with a stream, or with the problem that there is with the log.
  void open(EventsFrom from, EventFilter filter, http::Reply reply);
  /// Ends all streams. The destructor does the same.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;

  struct Follower {
    EventFilter filter;
    Positions next;
    std::shared_ptr<http::AnswerStream> stream;
  };
  struct Newcomer {
    EventsFrom from;
    EventFilter filter;
    http::Reply reply;
  };
  /// A reader, and how far it has come.
  struct Reading {
    std::unique_ptr<log::Reader> reader;
    Positions next;
  };
  /// What a batch makes of a position: the frames, and where they lead.
  struct Step {
    std::string frames;
    Positions next;
  };

  void run(const std::stop_token& stop);
  void work();
  void welcome(const Newcomer& newcomer);
  [[nodiscard]] log::LogResult<void> open_tail();
  [[nodiscard]] log::LogResult<void> read_tail();
  [[nodiscard]] log::LogResult<void> bring_up();
  [[nodiscard]] log::LogResult<void> begin_with(Follower& follower);
  [[nodiscard]] bool is_behind(const Follower& follower, const Positions& end) const;
  [[nodiscard]] static Step step_of(std::vector<ShownEvent>& events, const EventFilter& filter,
                                    Positions next, const Positions& end);
  /// False when there is no room: the follower stays where it is.
  [[nodiscard]] bool give(Follower& follower, const http::Frame& frame, const Positions& next) const;
  void rest(const log::LogError& error);
  void beat();

  log::EventLog& log_;
  const EventPace pace_;
  // Of the thread.
  std::vector<Follower> followers_;
  std::optional<Reading> tail_;
  std::optional<Reading> behind_;  ///< reads for `brought_up_`
  std::shared_ptr<http::AnswerStream> brought_up_;
  Clock::time_point rests_until_{};
  Clock::time_point beaten_{};
  std::mutex mutex_;  ///< guards all below
  std::condition_variable_any changed_;
  std::vector<Newcomer> newcomers_;
  std::jthread thread_;
};

}  // namespace casetrail::api
