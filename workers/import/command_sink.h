// Where commands go that nobody waits for one by one, and what became of each.
#pragma once

#include <expected>
#include <functional>
#include <string>

#include "events/wire/message.h"

namespace casetrail::imports {

enum class Taken {
  added,    ///< accepted, for the first time
  known,    ///< accepted before: nothing was added
  refused,  ///< asking again will not help
};

struct CommandAnswer {
  Taken taken{};
  std::string code;      ///< of the rejection
  std::string sentence;  ///< of the rejection: "Expected to X, but Y."
};

/// Used by one thread. Errors are sentences with their remedy, and end the sending.
class CommandSink {
 public:
  using OnAnswer = std::function<void(const CommandAnswer&)>;

  virtual ~CommandSink() = default;

  /// Appends `command` with the present as its record time; commands of one case keep their order. Waits
  /// while too many are unanswered. `on_answer` is told once, on this thread, within this or a later call,
  /// when the answer is durable.
  [[nodiscard]] virtual std::expected<void, std::string> send(Message command, OnAnswer on_answer) = 0;

  /// Waits until all are answered.
  [[nodiscard]] virtual std::expected<void, std::string> finish() = 0;
};

}  // namespace casetrail::imports
