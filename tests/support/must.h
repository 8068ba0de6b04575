// The value of a log's answer; without one the test ends with the log's own sentence.
#pragma once

#include <expected>
#include <stdexcept>
#include <utility>

namespace casetrail {

/// `Error`: one of the log's.
template <class T, class Error>
T must(std::expected<T, Error> answer) {
  if (!answer) throw std::runtime_error(answer.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(*answer);
}

}  // namespace casetrail
