// Another master key for a log that is sealed: the keys of all cases stay, and are wrapped anew.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "workers/log/event_log.h"
#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// A group of a log some of whose keys are wrapped with the old master key and some with the new one.
inline constexpr std::string_view kHalfRewrapped = "casetrail.rewrapping";

struct Rewrapped {
  std::int64_t keys = 0;     ///< of cases, now
  std::int64_t already = 0;  ///< of these, wrapped so before: by a change that was cut short
};

/// Told partitions: how many are done, of how many.
using OnRewrapped = std::function<void(std::int64_t done, std::int64_t total)>;

/// Wraps each key of `log`, which nobody writes meanwhile and which is not sealed, with `to` instead of
/// `from`, and reads them all again. What was wrapped before is destroyed as erased keys are. Again, after it
/// was cut short: the rest. `refused`: a command waits, or a key is wrapped with neither.
[[nodiscard]] log::LogResult<Rewrapped> rewrap_keys(log::EventLog& log, const Secret& from, const Secret& to,
                                                    const OnRewrapped& on_progress);

}  // namespace casetrail::privacy
