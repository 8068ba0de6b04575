// Sends commands through the log and reads their outcomes there.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/outcome.h"
#include "workers/import/command_sink.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// Needs an engine that takes the commands of `log`; gives up when it answers nothing for a minute. What is
/// unanswered then may still be taken later.
class LogCommandSink final : public CommandSink {
 public:
  using Clock = std::function<Timestamp()>;

  /// Reads outcomes from now on. `log` outlives the sink, and every append that the sink began.
  [[nodiscard]] static std::expected<std::unique_ptr<LogCommandSink>, std::string> open(EventLog& log,
                                                                                        Clock clock);

  [[nodiscard]] std::expected<void, std::string> send(Message command, OnAnswer on_answer) override;
  [[nodiscard]] std::expected<void, std::string> finish() override;

 private:
  struct Waiting {
    OnAnswer on_answer;
    std::optional<Offset> offset;  ///< of the command, once the log has it
    std::optional<Outcome> outcome;
  };
  /// What the log's own threads say of appends, until this thread takes it over.
  struct Appended {
    std::mutex mutex;
    std::vector<std::pair<std::string, LogResult<Offset>>> answers;
  };

  LogCommandSink(EventLog& log, Clock clock, std::unique_ptr<Reader> outcomes);
  std::expected<void, std::string> wait_until_below(std::size_t unanswered);
  std::expected<bool, std::string> take_appended();
  std::expected<bool, std::string> take_outcomes(Duration wait);
  void answer_if_known(const std::string& command_id);

  EventLog& log_;
  Clock clock_;
  std::unique_ptr<Reader> outcomes_;
  std::shared_ptr<Appended> appended_ = std::make_shared<Appended>();
  std::unordered_map<std::string, Waiting> waiting_;  ///< by command id
};

}  // namespace casetrail
