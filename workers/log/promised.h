// An answer of the log that may still be on its way.
#pragma once

#include <future>
#include <utility>

namespace casetrail::log {

/// Who asks may do something else before it waits. One that is dropped may wait for what was begun.
template <class T>
using Promised = std::future<T>;

/// The answer to what is over already.
template <class T>
[[nodiscard]] Promised<T> answered(T result) {
  std::promise<T> answer;
  answer.set_value(std::move(result));
  return answer.get_future();
}

}  // namespace casetrail::log
