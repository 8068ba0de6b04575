// The body of an answer that goes on for as long as its client stays: written by any thread, bounded.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::http {

/// Text that many streams may share.
using Frame = std::shared_ptr<const std::string>;

/// Between who writes an answer and the server that sends it. Any thread.
class AnswerStream {
 public:
  /// `most_waiting` bytes may wait to be sent; a single frame is taken at any size.
  explicit AnswerStream(std::size_t most_waiting = std::size_t{1} << 20) : most_waiting_(most_waiting) {}

  /// Sends the frame behind those before it. Too much of what came before is still there: the client reads
  /// too slowly, and is cut off. False when nothing is sent any more.
  bool write(Frame frame);
  /// What was written is still sent; then the answer ends.
  void finish();
  /// Nothing more is sent: the client has gone, was cut off, or the server stops. The same for the writer and
  /// for the server.
  void cut();
  [[nodiscard]] bool open() const;
  [[nodiscard]] bool was_cut() const;
  /// Bytes that were written and not sent yet.
  [[nodiscard]] std::size_t waiting() const;

  /// For who sends: what has come since the last call, and counts as waiting until the next one.
  struct Taken {
    std::vector<Frame> frames;
    enum class Then { more, end, cut } then = Then::more;
  };
  [[nodiscard]] Taken take();
  /// `on_change` is called behind each change, by whoever made it; it must not wait.
  void listen(std::function<void()> on_change);

 private:
  void change(Taken::Then then);

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;  ///< guards all below
  std::vector<Frame> frames_;
  std::size_t bytes_ = 0;  ///< of `frames_`
  std::size_t taken_ = 0;  ///< bytes that are on their way
  Taken::Then then_ = Taken::Then::more;
  std::function<void()> on_change_;
};

/// One event of `text/event-stream`. No part holds a carriage return, and only `data` may have lines.
struct ServerEvent {
  std::string_view name{};
  std::string_view id{};
  std::string_view data{};
};

inline constexpr std::string_view kEventStreamType = "text/event-stream";

[[nodiscard]] Frame event_frame(const ServerEvent& event);

}  // namespace casetrail::http
