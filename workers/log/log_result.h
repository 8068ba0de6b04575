// What the log answers when it did not do what it was asked.
#pragma once

#include <expected>
#include <string>

namespace casetrail::log {

enum class LogFailure {
  unavailable,   ///< the broker or the disk does not answer; asking again may help
  unknown,       ///< what was asked may have happened or not; only the log knows
  fenced,        ///< somebody else owns the partition now
  out_of_range,  ///< the offset is not in the log
  refused,       ///< asking again will not help: missing topic, no permission, too large
};

struct LogError {
  LogFailure failure;
  std::string what;  ///< a sentence that ends with the remedy
};

template <class T>
using LogResult = std::expected<T, LogError>;

}  // namespace casetrail::log
