// Reads the times of another system's log.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"

namespace casetrail::imports {

/// One way to write a time. Used by one thread.
class TimeFormat {
 public:
  /// `format` is `iso8601` (RFC 3339, or its offset without a colon) or a pattern as strptime has it, such as
  /// `%d/%m/%Y %H:%M`. A pattern with `%z` carries its own offset (`Z`, `+0300`, `+03:00`); every other one
  /// is local time of `zone`, an IANA name. An error is a sentence.
  [[nodiscard]] static std::expected<TimeFormat, std::string> make(const std::string& format,
                                                                   const std::string& zone);
  [[nodiscard]] static bool carries_offset(std::string_view format);

  TimeFormat(const TimeFormat&) = default;
  TimeFormat& operator=(const TimeFormat&) = default;

  [[nodiscard]] const std::string& text() const;

  /// Seconds (`%S`) may have decimals, any number of them, of which the milliseconds are kept. An hour that
  /// the clocks of the zone show twice is the first of both, unless `%Z` tells which; one that they skip is
  /// an error, and so is a name behind `%Z` that is neither UTC nor the zone's at that moment, more than 14
  /// hours or 59 minutes behind `%z`, or a year before 1900.
  [[nodiscard]] std::expected<Timestamp, std::string> read(std::string_view text) const;

 private:
  struct Pattern;
  explicit TimeFormat(std::shared_ptr<const Pattern> pattern);

  std::shared_ptr<const Pattern> pattern_;
};

}  // namespace casetrail::imports
