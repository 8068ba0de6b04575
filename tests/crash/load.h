// Clients that insist: each sends its commands until every one was answered, whatever happens to the server.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "workers/http/client.h"
#include "workers/http/server.h"

namespace casetrail::crash {

/// What a client was told of one command.
struct Answer {
  std::string command_id;
  std::string body;            ///< of its request
  std::int64_t first_seq = 0;  ///< of its events; 0: it led to none
  std::int64_t last_seq = 0;
  std::string token;  ///< what is read with it covers the command; empty: reads do not wait for it
};

/// What was promised about one case: the answers to its commands, in their order.
struct Promise {
  std::string case_id;
  std::vector<Answer> answers;
};

/// One attempt to send a command, whose request has `body`. Nothing: no answer that can be relied on.
[[nodiscard]] std::optional<Answer> send_command(
    http::HttpClient& client, const std::string& body,
    std::chrono::milliseconds patience = std::chrono::seconds(10));

/// Some clients at work from its making to its end. Each plays the story of every command, in cases of its
/// own, again and again; a command is sent again by the same id until it is answered.
class Load {
 public:
  /// `run`: part of every id, no other load of the same log has it.
  Load(http::HttpAddress address, std::string run);
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  /// Gives up what is under way.
  ~Load();

  [[nodiscard]] std::size_t answered() const { return answered_; }
  /// Waits until `more` commands have been answered. False: they are not within a minute.
  [[nodiscard]] bool wait_for(std::size_t more) const;

  /// Begins no command more, insists on those under way, and returns all that was promised.
  [[nodiscard]] std::vector<Promise> finish();

 private:
  void work(std::size_t client);
  [[nodiscard]] std::vector<Promise> play_story(std::size_t client, int times);

  http::HttpAddress address_;
  std::string run_;
  std::atomic<std::size_t> answered_ = 0;
  std::atomic<bool> enough_ = false;
  std::atomic<bool> given_up_ = false;
  std::mutex mutex_;  ///< guards `promises_`
  std::vector<Promise> promises_;
  std::vector<std::jthread> clients_;
};

}  // namespace casetrail::crash
