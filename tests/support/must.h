// The value of a log's answer; without one the test ends with the log's own sentence.
#pragma once

#include <stdexcept>
#include <utility>

#include "workers/log/event_log.h"

namespace casetrail {

template <class T>
T must(LogResult<T> answer) {
  if (!answer) throw std::runtime_error(answer.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(*answer);
}

}  // namespace casetrail
