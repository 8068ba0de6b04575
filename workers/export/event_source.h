// Where the events of an export come from.
#pragma once

#include <cstdint>
#include <functional>

#include "events/wire/message.h"

namespace casetrail::exports {

class EventSource {
 public:
  /// A record of the log that may be an event, borrowed.
  using Take = std::function<void(const MessageView&)>;
  /// How many records were read, of how many.
  using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

  virtual ~EventSource() = default;

  /// Whether names, contacts and places are masked already: masked twice, less is left of them.
  [[nodiscard]] virtual bool is_masked() const { return false; }

  /// Hands over all events that the log holds when it is called, those of a case in their order. What cannot
  /// be gone on with is thrown as a `Failure`, also by `take` and `progress`, which may end it.
  virtual void read(const Take& take, const Progress& progress) = 0;
};

}  // namespace casetrail::exports
